"""Bodies over real connections: those that are too large, and those that come too slowly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn

from service.api import bodies
from service.app import create_app
from service.database import Database
from tests.catalogue.loading import filled, settings
from tests.factories import a_source
from tests.serving import eventually

HEAD = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
BODY = b'{"query": "{ __typename }"}'


@asynccontextmanager
async def _served(folder: Path) -> AsyncIterator[int]:
    """The application behind a real server; its port."""
    url = f"sqlite:///{folder}/kopa.db"
    async with Database(url) as database:
        await filled(database, [a_source()])
    app = create_app(settings(database_url=url))
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="on", http="httptools", proxy_headers=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        await eventually(lambda: server.started and app.state.follower.catalogue)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving


async def _connected(port: int, *sent: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for each in sent:
        writer.write(each)
    await writer.drain()
    return reader, writer


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    status, *fields = head.strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (field.partition(": ") for field in fields)}
    body = await reader.readexactly(int(headers["content-length"]))
    return int(status.split()[1]), headers, json.loads(body)["errors"][0]["extensions"]["code"]


async def test_a_huge_body_is_refused_before_it_has_come(tmp_path: Path) -> None:
    """Of 20 MB that are announced one byte is enough; and the connection is given up."""
    async with _served(tmp_path) as port, asyncio.timeout(30):
        head = f"{HEAD}content-length: 20000000\r\n\r\n".encode()
        reader, writer = await _connected(port, head, b"{")
        status, headers, code = await _answer(reader)
        assert (status, code, headers["connection"]) == (413, "PAYLOAD_TOO_LARGE", "close")
        assert await reader.read() == b""
        writer.close()


async def test_a_body_of_no_stated_length_is_cut_where_it_is_too_large(tmp_path: Path) -> None:
    async with _served(tmp_path) as port, asyncio.timeout(30):
        chunk = b"8000\r\n" + b" " * 0x8000 + b"\r\n"
        reader, writer = await _connected(port, f"{HEAD}transfer-encoding: chunked\r\n\r\n".encode(), *[chunk] * 4)
        assert (await _answer(reader))[0] == 413
        writer.close()


async def test_a_body_that_dribbles_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though a byte comes every now and then; another client is answered meanwhile."""
    monkeypatch.setattr(bodies, "PATIENCE", 0.5)
    async with _served(tmp_path) as port, asyncio.timeout(30):
        reader, writer = await _connected(port, f"{HEAD}content-length: {len(BODY)}\r\n\r\n".encode())

        async def dribble() -> None:
            for byte in BODY[:-1]:
                writer.write(bytes([byte]))
                await asyncio.sleep(0.1)

        dribbling = asyncio.create_task(dribble())
        other, busy = await _connected(port, f"{HEAD}content-length: {len(BODY)}\r\n\r\n".encode(), BODY)
        assert b" 200 " in await other.readline()
        status, headers, code = await _answer(reader)
        assert (status, code, headers["connection"]) == (408, "REQUEST_TIMEOUT", "close")
        dribbling.cancel()
        for each in (writer, busy):
            each.close()


async def test_a_body_in_pieces_is_put_together(tmp_path: Path) -> None:
    async with _served(tmp_path) as port, asyncio.timeout(30):
        reader, writer = await _connected(port, f"{HEAD}content-length: {len(BODY)}\r\n\r\n".encode())
        for n in range(0, len(BODY), 5):
            writer.write(BODY[n : n + 5])
            await writer.drain()
            await asyncio.sleep(0.01)
        assert b" 200 " in await reader.readline()
        writer.close()
