"""Answers as bytes: data, the errors as they may be told, and what the answer cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import orjson
from graphql import ExecutionResult, GraphQLError

from service.api.limits import LARGEST_COST
from service.api.schema import cause_of, schema
from service.errors import DocumentRefused, KopaError
from service.logs import request_id

UNEXPECTED = "Something went wrong on our side."

MOST_ERRORS = 20
LONGEST_MESSAGE = 500
MOST_LOCATIONS = 10
LARGEST_ERRORS = 100_000
"""Bytes of all errors of an answer together."""


class Answer(NamedTuple):
    """The bytes of an answer, and whether all of it is there; only then somebody may keep it.

    `seq` is the last change that was made for it.
    """

    body: bytes
    complete: bool
    seq: int | None = None


def whole(data: Any, cost: int, seq: int | None = None) -> Answer:
    return Answer(orjson.dumps({"data": data, "extensions": _extensions(cost, seq)}), complete=True, seq=seq)


def of_result(result: ExecutionResult, cost: int, seq: int | None = None) -> Answer:
    """What graphql-core found; `seq` is the last change that was made. Without data the request itself was no good.

    :raises DocumentRefused: it could not be executed.
    """
    if not result.errors:
        return whole(result.data, cost, seq)
    if result.data is None and all(error.path is None for error in result.errors):
        raise refused("BAD_USER_INPUT", result.errors)
    schema.process_errors(result.errors)
    told = _bounded(map(_told, result.errors))
    return Answer(
        orjson.dumps({"data": result.data, "errors": told, "extensions": _extensions(cost, seq)}),
        complete=False,
        seq=seq,
    )


def _extensions(cost: int, seq: int | None) -> dict[str, Any]:
    told: dict[str, Any] = {"cost": {"requested": cost, "limit": LARGEST_COST}}
    return told if seq is None else {**told, "seq": seq}


def refused(code: str, errors: Sequence[GraphQLError]) -> DocumentRefused:
    """What GraphQL itself says of a document or of its variables."""
    return DocumentRefused(code, _bounded(map(_formatted, errors)))


def of_refusal(error: KopaError) -> bytes:
    mistakes = error.mistakes if isinstance(error, DocumentRefused) else [_of(error)]
    return orjson.dumps({"errors": mistakes})


def _of(error: KopaError) -> dict[str, Any]:
    return {"message": error.message, "extensions": error.extensions}


def _told(error: GraphQLError) -> dict[str, Any]:
    """An error of a field. What went wrong inside is in the log, under the id that the client gets."""
    cause = cause_of(error)
    if cause is None:
        return _formatted(error)
    if isinstance(cause, KopaError):
        return {**_formatted(error), **_of(cause)}
    extensions = {"code": KopaError.code, "id": request_id.get()}
    return {**_formatted(error), "message": UNEXPECTED, "extensions": extensions}


def _formatted(error: GraphQLError) -> dict[str, Any]:
    told: dict[str, Any] = {"message": error.message[:LONGEST_MESSAGE]}
    if error.locations:
        told["locations"] = [location.formatted for location in error.locations[:MOST_LOCATIONS]]
    if error.path:
        told["path"] = error.path
    return told


def _bounded(errors: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many of the first errors as fit; a path is left out when it alone is too long."""
    told: list[dict[str, Any]] = []
    left = LARGEST_ERRORS
    for error in errors:
        size = len(orjson.dumps(error))
        if told and (size > left or len(told) == MOST_ERRORS):
            break
        if size > left:
            error.pop("path", None)
        told.append(error)
        left -= size
    return told
