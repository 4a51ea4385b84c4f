"""What is sent back over HTTP: status, header fields, body."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from starlette.responses import Response

from service.api.answers import Answer, of_refusal
from service.api.media import ANY, PACKINGS, WORTH_PACKING, Media
from service.caching import FOR_A_WHILE, NOT_AT_ALL
from service.errors import (
    BodyTooLarge,
    KopaError,
    MethodNotAllowed,
    RequestRefused,
    RequestTimeout,
    TooOften,
    Unauthenticated,
)
from service.wire import lines_of

METHODS = b"GET, HEAD, POST, OPTIONS"

PARTIAL = 294
"""Data beside errors, as the draft of GraphQL over HTTP has it."""

HUGE = 250_000
"""Bytes from which on an answer is packed in another thread."""

Fields = list[tuple[bytes, bytes]]

SHARED: Fields = [(b"vary", b"Accept, Accept-Encoding"), (b"access-control-allow-origin", b"*")]
"""What stands with every answer, also with one that is only confirmed."""

KEPT = (b"cache-control", FOR_A_WHILE)

ALWAYS: Fields = [
    *SHARED,
    (b"access-control-expose-headers", b"ETag, Retry-After, X-Request-Id"),
    (b"x-content-type-options", b"nosniff"),
]


class Manner(NamedTuple):
    """How a client wants its answer: its media type, and how it is packed."""

    media: Media
    packing: str


class Reply(NamedTuple):
    status: int
    fields: Fields
    body: bytes = b""
    lines: bytes = b""
    """The fields as they are written, where the reply is sent again and again."""


OPTIONS = Reply(
    204,
    [
        *ALWAYS,
        (b"allow", METHODS),
        (b"access-control-allow-methods", METHODS),
        (b"access-control-allow-headers", b"Accept, Authorization, Content-Type, If-None-Match, X-Request-Id"),
        (b"access-control-max-age", b"86400"),
    ],
)
"""What every page of any site may do here; nothing of it needs a cookie, and none is heeded that comes from there."""


async def of_answer(answer: Answer, manner: Manner, caching: Fields) -> Reply:
    media, packing = manner
    body, fields = answer.body, [*ALWAYS, *caching, (b"content-type", media.type)]
    if packing and len(body) >= WORTH_PACKING:
        pack = PACKINGS[packing]
        body = await asyncio.to_thread(pack, body) if len(body) > HUGE else pack(body)
        fields.append((b"content-encoding", packing.encode()))
    fields.append((b"content-length", b"%d" % len(body)))
    partial = not answer.complete and media.graphql
    return Reply(PARTIAL if partial else 200, fields, body)


def unchanged(tag: bytes) -> Reply:
    """Confirms the answer with a tag."""
    fields = [*SHARED, (b"etag", tag), KEPT]
    return Reply(304, fields, lines=lines_of(fields))


def of_page(page: Response) -> Reply:
    return Reply(page.status_code, page.raw_headers, bytes(page.body))


def of_error(error: KopaError, media: Media | None) -> Reply:
    """A refusal. Old clients expect 200 for whatever was well-formed as a request, even when its document was not."""
    media = media or ANY
    body = of_refusal(error)
    well_formed = error.status == 400 and not isinstance(error, RequestRefused)
    fields = [
        *ALWAYS,
        (b"content-type", media.type),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", NOT_AT_ALL),
        *_consequences(error),
    ]
    return Reply(200 if well_formed and media.legacy else error.status, fields, body)


def _consequences(error: KopaError) -> Fields:
    """What a client should know or do, as header fields."""
    match error:
        case Unauthenticated():
            return [(b"www-authenticate", b'Bearer error="invalid_token"')]
        case MethodNotAllowed():
            return [(b"allow", error.allowed.encode())]
        case TooOften(seconds=int(seconds)):
            return [(b"retry-after", b"%d" % seconds)]
        case BodyTooLarge() | RequestTimeout():
            return [(b"connection", b"close")]
    return [(b"retry-after", b"2")] if error.status == 503 else []
