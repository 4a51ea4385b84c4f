"""What is meant to hurt, sent over HTTP while eight ordinary clients go on asking.

    python -m benchmarks.hostile

Each document of the tests' corpus and each broken request is sent several times, never the same bytes twice: alone,
for the processor time it takes, and beside the clients, for how long it and they wait. Every one has to be refused
with a 4xx in 100 ms and 100 kB, and 99 of 100 ordinary answers to come in 50 ms; at five times that it fails.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import orjson

from benchmarks import folder
from benchmarks.catalogue import directory
from benchmarks.peers.processes import Server, cpu, served
from service.api.persisted import shipped
from tests.api.hostile import hostile

SIZE = 5_000
TIMES = 5
BESIDE = 20
"""So many times beside the clients, who get some two hundred answers meanwhile."""

CLIENTS = 8
PAUSE = 0.05
"""Seconds between two questions of an ordinary client: together they ask about as much as a busy site."""

LONGEST, LARGEST, LONGEST_OF_OTHERS = 0.1, 100_000, 0.05
PATIENCE = 5
"""So many times longer is a failure on any machine."""

HEAD = "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: application/graphql-response+json\r\n"
MEGABYTE = 1_000_000

Request = Callable[[int], bytes]
"""Makes the request for the n-th time."""


@dataclass(frozen=True)
class Figure:
    """What became of one hostile request: milliseconds of the processor, seconds, bytes."""

    name: str
    status: int
    cpu: float
    waited: float
    size: int
    others: float

    def harmless(self, patience: int = 1) -> bool:
        """Whether it is refused, briefly, and within so many times what it and the others may wait."""
        refused = 400 <= self.status < 500 and self.size < LARGEST
        return refused and self.waited < patience * LONGEST and self.others < patience * LONGEST_OF_OTHERS


def corpus() -> Iterator[tuple[str, Request]]:
    """The documents of the tests, and what is no document at all."""
    for each in hostile():
        yield each.name, lambda n, text=each.text: posted(orjson.dumps({"query": f"{text} #{n}"}))  # type: ignore[misc]
    yield "a body of 20 MB", lambda n: posted(b" " * (20 * MEGABYTE + n))
    yield "a body that says it has 20 MB", lambda n: head(20 * MEGABYTE + n) + b"{"
    yield "a comment of a megabyte", lambda n: posted(orjson.dumps({"query": "#" * MEGABYTE + str(n)}))
    yield "invalid UTF-8", lambda n: posted(b'{"query": "\xff\xfe%d"}' % n)
    yield "half a character", lambda n: posted(b'{"query": "{ \\ud800 %d }"}' % n)
    yield "JSON 100,000 deep", lambda n: posted(b"[" * (99_990 + n))
    yield (
        "variables 30,000 deep",
        lambda n: posted(
            b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * (30_000 + n) + b"]" * (30_000 + n) + b"}}"
        ),
    )
    yield "a number", lambda n: posted(b"%d" % n)
    yield "a string", lambda n: posted(b'"%d"' % n)
    yield "a batch", lambda n: posted(b"[" + b'{"query":"{__typename}"},' * 100 + b"%d]" % n)
    yield "no JSON", lambda n: posted(b"{" * 1_000 + b"%d" % n)


def posted(body: bytes) -> bytes:
    return head(len(body)) + body


def head(length: int) -> bytes:
    return f"{HEAD}content-type: application/json\r\ncontent-length: {length}\r\n\r\n".encode()


async def asked(server: Server, request: bytes) -> tuple[int, float, int]:
    """The status of the answer, how long it took, and its bytes. A server may hang up when it has said what it has."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    began = perf_counter()
    try:
        writer.write(request)
        top = await reader.readuntil(b"\r\n\r\n")
        length = int(top.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        return int(top.split()[1]), perf_counter() - began, len(body)
    finally:
        writer.transport.abort()


class Others:
    """Ordinary clients, and how long each of their answers took."""

    def __init__(self, server: Server) -> None:
        self.waited: list[float] = []
        self._server = server

    async def run(self) -> None:
        await asyncio.gather(*(self._client(n) for n in range(CLIENTS)))

    async def _client(self, n: int) -> None:
        texts = [*shipped().values()]
        await asyncio.sleep(n * PAUSE / CLIENTS)
        while True:
            body = orjson.dumps({"query": texts[n % 4]})
            self.waited.append((await asked(self._server, posted(body)))[1])
            await asyncio.sleep(PAUSE)


async def slow(server: Server) -> None:
    """Clients that begin and never end; what they keep busy is part of what the others have to bear."""
    connections = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(50)]
    for n, (_, writer) in enumerate(connections):
        writer.write(head(1_000 + n) + b"{")


async def figures(server: Server) -> Iterator[Figure]:
    await slow(server)
    found = []
    for name, request in corpus():
        before = cpu(server.pid)
        for n in range(TIMES):
            await asked(server, request(n))
        spent = (cpu(server.pid) - before) / TIMES
        others = Others(server)
        running = asyncio.create_task(others.run())
        await asyncio.sleep(2 * PAUSE)
        seen = []
        for n in range(BESIDE):
            seen.append(await asked(server, request(TIMES + n)))
            await asyncio.sleep(PAUSE)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        statuses, waits, sizes = zip(*seen, strict=True)
        p99 = statistics.quantiles(others.waited, n=100, method="inclusive")[-1]
        found.append(Figure(name, max(statuses), spent * 1e3, statistics.median(waits), max(sizes), p99))
    return iter(found)


def main() -> int:
    command = [sys.executable, "-m", "service", "serve", "--host", "127.0.0.1", "--port", "{port}"]
    environment = {"KOPA_DATABASE_URL": f"sqlite:///{directory(SIZE)}", "KOPA_RATE_LIMIT": "0"}
    with served(command, Path(folder()) / "hostile.log", environment, ready="/readyz") as server:
        seen = list(asyncio.run(figures(server)))
    print("| what | status | CPU, ms | answered in, ms | bytes | others' p99, ms | |\n|---|---|---|---|---|---|---|")
    for each in sorted(seen, key=lambda each: -each.cpu):
        words = f"{each.cpu:.0f} | {each.waited * 1e3:.0f} | {each.size:,} | {each.others * 1e3:.0f}"
        print(f"| {each.name} | {each.status} | {words} | {'' if each.harmless() else '!'} |")
    return 0 if all(each.harmless(PATIENCE) for each in seen) else 1


if __name__ == "__main__":
    sys.exit(main())
