"""Answers in one piece are the same as uvicorn sends them, byte for byte."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send

from service.app import create_app
from service.database import Database
from service.wire import WHOLE, Protocol
from tests.catalogue.loading import filled, settings
from tests.factories import a_source, make_organisation
from tests.serving import eventually

ASK = b"GET /graphql?query={organisations{totalCount}} HTTP/1.1\r\nhost: x\r\n"
POST = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: %d\r\n%b\r\n%b"
BODY = b'{"query": "{ organisations { totalCount nodes { name } } }"}'
LONG = b'{"query": "{ __schema { types { name description fields { name description } } } }"}'

REQUESTS = {
    "get": ASK + b"\r\n",
    "head": ASK.replace(b"GET", b"HEAD") + b"\r\n",
    "star": ASK + b"if-none-match: *\r\n\r\n",
    "options": ASK.replace(b"GET", b"OPTIONS") + b"\r\n",
    "delete": ASK.replace(b"GET", b"DELETE") + b"\r\n",
    "page": ASK + b"accept: text/html\r\n\r\n",
    "post": POST % (len(BODY), b"", BODY),
    "post that waits for a word": POST % (len(BODY), b"expect: 100-continue\r\n", BODY),
    "a long answer": POST % (len(LONG), b"", LONG),
    "nonsense": POST % (1, b"", b"{"),
    "too large": POST % (200_000, b"", b""),
    "closing": ASK + b"connection: close\r\n\r\n",
    "of old": ASK.replace(b"HTTP/1.1", b"HTTP/1.0") + b"\r\n",
    "two at once": (ASK + b"\r\n") * 2,
}
OWN = rb"(?m)^(date|x-request-id): [^\r]*"


@asynccontextmanager
async def _served(url: str, protocol: Any) -> AsyncIterator[int]:
    app = create_app(settings(database_url=url))
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="on", http=protocol, proxy_headers=False, ws="none")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        await eventually(lambda: server.started and app.state.follower.catalogue)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving


async def _answers(port: int, request: bytes) -> bytes:
    """All that comes, until nothing more does; what tells the moment and the request is left out."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    await writer.drain()
    got = b""
    try:
        while more := await asyncio.wait_for(reader.read(100_000), 1.0):
            got += more
    except TimeoutError:
        got += WAITS
    writer.close()
    return re.sub(OWN, rb"\1: ...", got)


@pytest.fixture
async def url(sqlite_url: str) -> str:
    async with Database(sqlite_url) as database:
        await filled(database, [a_source(), make_organisation()])
    return sqlite_url


async def test_every_answer_is_the_same(url: str) -> None:
    async with _served(url, "httptools") as usual, _served(url, Protocol) as whole:
        for name, request in REQUESTS.items():
            expected, found = await asyncio.gather(_answers(usual, request), _answers(whole, request))
            assert expected.startswith(b"HTTP/1.1"), name
            assert found == expected, name


@asynccontextmanager
async def _serving(app: Any) -> AsyncIterator[int]:
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="off", http=Protocol, ws="none")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving


WAITS = b"(and waits)"
REFUSAL = (
    b"HTTP/1.1 400 Bad Request\r\ndate: ...\r\nserver: uvicorn\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 3\r\nconnection: close\r\n\r\nNo."
)
ANSWER = b"HTTP/1.1 200 OK\r\ndate: ...\r\nserver: uvicorn\r\ncontent-length: 2\r\n\r\nok"
AFTERWARDS: dict[str, tuple[Callable[[Any], None], list[bytes]]] = {
    "nothing": (lambda connection: None, [ANSWER + WAITS] * 2),
    "the server stops": (lambda connection: connection.shutdown(), [ANSWER] * 2),
    "nonsense follows": (lambda connection: connection.send_400_response("No."), [ANSWER + REFUSAL] * 2),
    "one has gone": (lambda connection: connection.transport.close(), [b"", ANSWER + WAITS]),
}


@pytest.mark.parametrize("happens", AFTERWARDS)
def test_what_waits_is_sent_whatever_happens_next(happens: str) -> None:
    """Two are answered in one turn, and before that is over something happens to the first, or to both."""
    uvloop.run(_answered_together(*AFTERWARDS[happens]))


async def _answered_together(act: Callable[[Any], None], expected: list[bytes]) -> None:
    asked, both = [], asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        connection = send.__self__.transport.get_protocol()  # type: ignore[attr-defined]
        asked.append(connection)
        if len(asked) == 2:
            both.set()
        await both.wait()
        await scope["extensions"][WHOLE](send, 200, b"content-length: 2\r\n", b"ok")
        if len(set(expected)) == 1 or connection is asked[0]:
            act(connection)

    async with _serving(app) as port:
        first = asyncio.create_task(_answers(port, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"))
        await eventually(lambda: asked)
        second = asyncio.create_task(_answers(port, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"))
        assert await asyncio.gather(first, second) == expected


async def test_who_says_no_more_after_the_question_is_answered() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await scope["extensions"][WHOLE](send, 200, b"content-length: 2\r\n", b"ok")

    async with _serving(app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        writer.write_eof()
        assert (await reader.read()).endswith(b"\r\n\r\nok")
        writer.close()


async def test_it_is_offered_and_a_client_that_has_gone_gets_nothing() -> None:
    """Also when the answer is ready only after that."""
    offered, gone = [], asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            offered.append(scope["extensions"][WHOLE])
            while (await receive())["type"] != "http.disconnect":
                pass
            await scope["extensions"][WHOLE](send, 200, b"content-length: 2\r\n", b"ok")
            gone.set()

    async with _serving(app) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        await eventually(lambda: offered)
        writer.close()
        await asyncio.wait_for(gone.wait(), 20)
