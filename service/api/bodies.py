"""Reading the body of a request: JSON only, no larger and no slower than a document needs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import cast

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
    _require_json(headers)
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and (len(length) > 9 or int(length) > LARGEST):
        raise BodyTooLarge(f"The body is larger than {LARGEST} bytes.")
    try:
        async with asyncio.timeout(PATIENCE):
            return await _read(receive)
    except TimeoutError:
        raise RequestTimeout(f"The body did not come within {PATIENCE:.0f} seconds.") from None


def _require_json(headers: Headers) -> None:
    media, *parameters = headers.get(b"content-type", b"").lower().split(b";")
    charset = next((each.partition(b"=")[2] for each in parameters if each.strip().startswith(b"charset=")), b"utf-8")
    if media.strip() != b"application/json" or charset.strip(b' "') not in (b"utf-8", b"utf8"):
        raise UnsupportedMedia("The body has to be `application/json` in UTF-8.")
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise UnsupportedMedia("The body has to come as it is, not packed.")


async def _read(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += cast(bytes, message.get("body", b""))
        if len(body) > LARGEST:
            raise BodyTooLarge(f"The body is larger than {LARGEST} bytes.")
        if not message.get("more_body", False):
            return body
