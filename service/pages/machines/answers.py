"""Answers that are written piece by piece, and not at all for who has them already."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from service.caching import FOR_A_WHILE, NOT_AT_ALL, Versions, digest, has, tag
from service.catalogue.catalogue import Catalogue
from service.pages.view import RETRY_AFTER

TOGETHER = 200
"""So many records are told at once; then others have their turn."""

HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}

Write = Callable[[Sequence[Any]], bytes]


def not_ready() -> Response:
    return PlainTextResponse("The directory is loading.", 503, {"Retry-After": RETRY_AFTER})


def kept(request: Request, catalogue: Catalogue) -> dict[str, str]:
    """The headers by which an answer is kept until what is published changes."""
    known: Versions = request.app.state.versions
    version = known.of(catalogue)
    if version is None:
        return {**HEADERS, "Cache-Control": NOT_AT_ALL.decode()}
    question = f"{request.url.path}?{urlencode(request.query_params.multi_items())}"
    its = tag(version, digest(question.encode("utf-8", "surrogatepass")))
    return {**HEADERS, "Cache-Control": FOR_A_WHILE.decode(), "ETag": its.decode()}


def is_known(request: Request, headers: dict[str, str]) -> bool:
    """Whether the client has the answer already."""
    asked = request.headers.get("if-none-match", "").encode("latin-1")
    return "ETag" in headers and has(asked, headers["ETag"].encode())


def in_pieces(
    request: Request,
    catalogue: Catalogue,
    records: Callable[[], Iterable[Any]],
    write: Write,
    media_type: str,
    around: tuple[bytes, bytes] = (b"", b""),
    **headers: str,
) -> Response:
    """An answer that tells of records; they are found only when the client does not have it."""
    told = kept(request, catalogue) | headers
    if is_known(request, told):
        return Response(status_code=304, headers=told)
    written = _written(catalogue, list(records()), write, around)
    return StreamingResponse(written, media_type=media_type, headers=told)


async def _written(
    catalogue: Catalogue, records: list[Any], write: Write, around: tuple[bytes, bytes]
) -> AsyncIterator[bytes]:
    yield around[0]
    for some in _batches(records):
        yield write([record for record in some if catalogue.records.get(record.id) is record])
        await asyncio.sleep(0)
    yield around[1]


def _batches(records: list[Any]) -> Iterator[list[Any]]:
    waiting = iter(records)
    while some := list(islice(waiting, TOGETHER)):
        yield some
