"""Several workers behind one address: all answer, all follow, and one that dies is replaced."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from service.database import Database
from service.editing.revisions import publish
from service.server import SECONDS_TO_ANSWER
from tests.catalogue.loading import AUTHOR, filled
from tests.factories import a_source, make_organisation
from tests.serving import Served, another_process, eventually

COUNT = "{ organisations { totalCount } }"
ENOUGH = 40
"""Connections of which each worker takes some, whatever the kernel prefers."""


@pytest.fixture
async def served(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    async with Database(sqlite_url) as database:
        await filled(database, [a_source(), make_organisation(1)])
    async with another_process(sqlite_url, tmp_path, "--workers", "2") as served:
        await eventually(lambda: all_ready(served))
        yield served


async def all_ready(served: Served) -> bool:
    """Whether both workers have told that they are loaded."""
    return sum(line["message"] == "The catalogue is loaded." for line in served.lines()) >= 2


async def asked(served: Served, **extensions: int) -> list[int]:
    """What many connections, all open at once, are told the number of organisations is."""

    async def one() -> int:
        async with httpx2.AsyncClient(base_url=served.client.base_url, timeout=30) as client:
            answer = await client.post("/graphql", json={"query": COUNT, "extensions": extensions})
            return int(answer.json()["data"]["organisations"]["totalCount"])

    return await asyncio.gather(*(one() for _ in range(ENOUGH)))


def answering(served: Served) -> set[int]:
    """The processes that have answered a query."""
    return {line["pid"] for line in served.lines() if line.get("route") == "/graphql"}


def children(pid: int) -> set[int]:
    """The processes that a process has started and that still run."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {child for child in map(int, told) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}


def running(pids: set[int]) -> set[int]:
    """Those of some processes that are still there."""
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


async def test_all_workers_answer_and_none_from_before_what_the_client_has_seen(
    served: Served, sqlite_url: str
) -> None:
    assert set(await asked(served)) == {1}
    assert len(answering(served)) == 2
    async with Database(sqlite_url) as database:
        seq = await publish(database, [make_organisation(2)], author=AUTHOR)
    assert set(await asked(served, seq=seq)) == {2}


async def test_a_killed_worker_is_replaced_and_the_other_answers_meanwhile(served: Served) -> None:
    before = children(served.process.pid)
    assert len(before) == 2
    os.kill(min(before), signal.SIGKILL)
    # Whoever is killed just while its supervisor asks after it is missed only when no answer has come.
    await eventually(lambda: len(children(served.process.pid) - before) == 1, 2 * SECONDS_TO_ANSWER)
    assert max(before) in children(served.process.pid)
    assert (await served.client.get("/healthz")).status_code == 200


async def test_one_signal_ends_them_all(served: Served, sqlite_url: str) -> None:
    workers = children(served.process.pid)
    assert await served.stop() == 0
    assert not running(workers)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)


async def test_a_supervisor_that_is_killed_leaves_nobody_behind(served: Served) -> None:
    workers = children(served.process.pid)
    assert len(workers) == 2
    served.process.kill()
    await eventually(lambda: not running(workers))
