"""How the endpoint's answers leave: head and body in one piece.

uvicorn takes an answer apart, looks at every header field with two regular expressions, and writes head and body by
themselves, which for a small answer is half of all the time it takes. For the endpoint, whose fields are all its own,
the server offers an extension of ASGI, `kopa.whole`, which sends an answer as it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.types import Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

WHOLE = "kopa.whole"

SMALL = 16_384
"""Bytes of a body up to which it takes less to copy it behind its head than to hand both to the system."""

Field = tuple[bytes, bytes]
SendWhole = Callable[[Send, int, Sequence[Field], bytes], Awaitable[None]]
"""Takes a request's `send`, a status, header fields that need no second look, and the body, whose length they tell."""


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol with the extension."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = EXTENSIONS


async def _send_whole(send: Send, status: int, fields: Sequence[Field], body: bytes) -> None:
    """What uvicorn's `RequestResponseCycle.send` does for the two messages of an answer."""
    cycle = send.__self__  # type: ignore[attr-defined]
    if cycle.flow.write_paused and not cycle.disconnected:
        await cycle.flow.drain()
    if cycle.disconnected:
        return
    cycle.response_started = True
    cycle.waiting_for_100_continue = False
    if (b"connection", b"close") in fields:
        cycle.keep_alive = False
    elif not cycle.keep_alive:
        fields = [*fields, (b"connection", b"close")]
    lines = [b"%b: %b\r\n" % field for field in (*cycle.default_headers, *fields)]
    head = b"".join((STATUS_LINE[status], *lines, b"\r\n"))
    if len(body) <= SMALL:
        cycle.transport.write(head + body)
    else:
        cycle.transport.writelines((head, body))
    cycle.response_complete = True
    cycle.message_event.set()
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()


EXTENSIONS: dict[str, Any] = {WHOLE: _send_whole}
