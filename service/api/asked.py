"""What a client asks for, as it stands in an address or in a body, before anything is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson

from service.errors import RequestRefused

SHA256 = "sha256:"
MEMBERS = frozenset({"query", "documentId", "operationName", "variables", "extensions"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL-over-HTTP request: a document or the id of one, and what to do with it."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]
    canonical: bytes
    """The operation and its variables, the same bytes however they were written."""

    @property
    def seq(self) -> int | None:
        """The newest change that the client knows of, if it says so."""
        said = self.extensions.get("seq")
        return said if isinstance(said, int) and not isinstance(said, bool) else None


def from_address(query_string: bytes) -> Asked:
    """What a GET asks for.

    :raises RequestRefused: the parameters are not those of a request.
    """
    try:
        pairs = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        raise RequestRefused("The address has to be UTF-8, percent-encoded, with 20 parameters at most.") from None
    known = [(name, value) for name, value in pairs if name in MEMBERS]
    given = {name: value for name, value in known if value}
    if len({name for name, _ in known}) < len(known):
        raise RequestRefused("A parameter of the address is given twice.")
    return _asked(
        {**given, **{name: _json(given[name], name) for name in ("variables", "extensions") if name in given}}
    )


def from_body(body: bytes) -> Asked:
    """What a POST asks for.

    :raises RequestRefused: the body is not the JSON of a request.
    """
    said = _json(body, "The body")
    if not isinstance(said, dict):
        raise RequestRefused("The body has to be a JSON object with `query` or `documentId`.")
    return _asked(said)


def _json(text: str | bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestRefused(f"{name} is no JSON: {str(error)[:200]}.") from None


def _asked(said: dict[str, Any]) -> Asked:
    query, document_id = _text(said, "query"), _text(said, "documentId")
    extensions = _object(said, "extensions")
    if query is None and document_id is None:
        document_id = _persisted(extensions)
    if (query is None) == (document_id is None):
        raise RequestRefused("Send either `query` or `documentId`.")
    operation_name, variables = _text(said, "operationName"), _object(said, "variables")
    try:
        canonical = orjson.dumps([operation_name, variables], option=orjson.OPT_SORT_KEYS)
    except TypeError:
        raise RequestRefused("`variables` are nested too deeply.") from None
    return Asked(query, document_id, operation_name, variables, extensions, canonical)


def _text(said: dict[str, Any], name: str) -> str | None:
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise RequestRefused(f"`{name}` has to be a string.")
    return value or None


def _object(said: dict[str, Any], name: str) -> dict[str, Any]:
    value = said.get(name)
    if value is not None and not isinstance(value, dict):
        raise RequestRefused(f"`{name}` has to be an object.")
    return value or {}


def _persisted(extensions: dict[str, Any]) -> str | None:
    """The document that Apollo's clients name by its hash."""
    named = extensions.get("persistedQuery")
    digest = named.get("sha256Hash") if isinstance(named, dict) else None
    return SHA256 + digest if isinstance(digest, str) else None
