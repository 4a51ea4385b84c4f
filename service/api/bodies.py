"""Reading the body of a request: JSON only, no larger and no slower than a document needs."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator, Mapping
from typing import Any, cast

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from service.errors import BodyTooLarge, RequestTimeout, UnsupportedMedia

LARGEST = 100_000
"""Bytes of a body."""

PATIENCE = 10.0
"""Seconds in which a body has to be there."""

Headers = Mapping[bytes, bytes]


async def body_of(headers: Headers, receive: Receive) -> bytes:
    """The whole body.

    :raises UnsupportedMedia: it is not said to be JSON in UTF-8.
    :raises BodyTooLarge: it is larger than we read.
    :raises RequestTimeout: it came too slowly.
    :raises ClientDisconnect: the client went away.
    """
    said = headers.get(b"content-type", b""), headers.get(b"content-encoding", b"identity")
    if said not in USUAL:
        _require_json(*said)
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and (len(length) > 9 or int(length) > LARGEST):
        raise BodyTooLarge(f"The body is larger than {LARGEST} bytes.")
    reading = _read(receive)
    try:
        waiting = reading.send(None)
    except StopIteration as read:  # It had come already, as nearly always: what is not awaited needs no timer.
        return cast(bytes, read.value)
    try:
        async with asyncio.timeout(PATIENCE):
            return await Resumed(reading, waiting)
    except TimeoutError:
        raise RequestTimeout(f"The body did not come within {PATIENCE:.0f} seconds.") from None


USUAL = {(b"application/json", b"identity")}
"""Content types and encodings that need no second look."""


def _require_json(content_type: bytes, encoding: bytes) -> None:
    media, *parameters = content_type.lower().split(b";")
    charset = next((each.partition(b"=")[2] for each in parameters if each.strip().startswith(b"charset=")), b"utf-8")
    if media.strip() != b"application/json" or charset.strip(b' "') not in (b"utf-8", b"utf8"):
        raise UnsupportedMedia("The body has to be `application/json` in UTF-8.")
    if encoding.lower() != b"identity":
        raise UnsupportedMedia("The body has to come as it is, not packed.")


class Resumed:
    """A coroutine that was begun without awaiting it, and what it waits for."""

    def __init__(self, begun: Coroutine[Any, Any, bytes], waiting: Any) -> None:
        self._begun = begun
        self._waiting = waiting

    def __await__(self) -> Generator[Any, Any, bytes]:
        try:
            yield self._waiting
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is meant for what was begun.
            yield self._begun.throw(error)
        return (yield from self._begun.__await__())


async def _read(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > LARGEST:
            raise BodyTooLarge(f"The body is larger than {LARGEST} bytes.")
        if not message.get("more_body", False):
            return body
