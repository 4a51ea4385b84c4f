"""How the endpoint's answers leave: head and body in one piece, and those of one turn of the loop together.

uvicorn takes an answer apart, looks at every header field with two regular expressions, and writes head and body by
themselves, which for a small answer is half of all the time it takes. For the endpoint, whose fields are all its own,
the server offers an extension of ASGI, `kopa.whole`, which sends an answer as it is.

Handing bytes to the system wakes whoever waits for them, which takes about as long as making a small answer. Of answers
handed over one right after the other only the first does, so they wait for each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from starlette.types import Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

WHOLE = "kopa.whole"

SMALL = 16_384
"""Bytes of a body up to which it takes less to copy it behind its head than to hand both to the system."""

CLOSING = b"connection: close\r\n"

Field = tuple[bytes, bytes]
SendWhole = Callable[[Send, int, bytes, bytes], Awaitable[None]]
"""Takes a request's `send`, a status, the lines of header fields that need no second look, and the body, whose length
they tell."""


def lines_of(fields: Iterable[Field]) -> bytes:
    """Header fields as they are written."""
    return b"".join([b"%b: %b\r\n" % field for field in fields])


class Outbox:
    """Where the answers of one server wait until everybody has been answered whose turn it is."""

    def __init__(self) -> None:
        self.extensions: Mapping[str, SendWhole] = {WHOLE: self._send}
        self._waiting: list[tuple[asyncio.Transport, bytes, bytes]] = []
        self._defaults: tuple[list[Field], bytes] = [], b""

    def empty(self) -> None:
        """Hand over all that waits; nothing can be sent to who has gone."""
        waiting, self._waiting = self._waiting, []
        for transport, head, body in waiting:
            if not transport.is_closing():
                _write(transport, head, body)

    async def _send(self, send: Send, status: int, lines: bytes, body: bytes) -> None:
        """What uvicorn's `RequestResponseCycle.send` does for the two messages of an answer."""
        cycle = send.__self__  # type: ignore[attr-defined]
        if cycle.flow.write_paused and not cycle.disconnected:
            await cycle.flow.drain()
        if cycle.disconnected:
            return
        cycle.response_started = True
        cycle.waiting_for_100_continue = False
        if CLOSING in lines:
            cycle.keep_alive = False
        elif not cycle.keep_alive:
            lines += CLOSING
        head = b"%b%b%b\r\n" % (STATUS_LINE[status], self._lines_of_all(cycle.default_headers), lines)
        if cycle.keep_alive:
            self._put(cycle.transport, head, body)
        else:
            _write(cycle.transport, head, body)
        cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            cycle.transport.close()
        cycle.on_response()

    def _lines_of_all(self, fields: list[Field]) -> bytes:
        """The lines of what the server says of itself with every answer; it makes a new list once a second."""
        if fields is not self._defaults[0]:
            self._defaults = fields, lines_of(fields)
        return self._defaults[1]

    def _put(self, transport: asyncio.Transport, head: bytes, body: bytes) -> None:
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self.empty)
        self._waiting.append((transport, head, body))


def _write(transport: asyncio.Transport, head: bytes, body: bytes) -> None:
    if len(body) <= SMALL:
        transport.write(head + body)
    else:
        transport.writelines((head, body))


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol with the extension. Whatever it sends by itself comes after the answers that wait."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._outbox = OUTBOXES.setdefault(self.server_state, Outbox())

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = self._outbox.extensions  # type: ignore[typeddict-item]

    def eof_received(self) -> None:
        """The connection is closed after this, though who says no more may still listen."""
        self._outbox.empty()
        super().eof_received()

    def send_400_response(self, msg: str) -> None:
        self._outbox.empty()
        super().send_400_response(msg)

    def shutdown(self) -> None:
        self._outbox.empty()
        super().shutdown()


OUTBOXES: WeakKeyDictionary[ServerState, Outbox] = WeakKeyDictionary()
"""That of each server in this process."""
