"""Periodic jobs: one process at a time, also when processes are killed, slow or fail."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.database import Database
from service.jobs import Job, Runner
from service.migrations.runner import migrate
from tests.serving import GENEROUS, eventually

ROOT = Path(__file__).parent.parent
SHORT = timedelta(seconds=0.9)
NEVER_AGAIN = timedelta(days=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, models=()) as opened:
        await migrate(opened)
        yield opened


class Work:
    """Counts how often it is done, and by how many at a time."""

    def __init__(self, seconds: float = 0.05) -> None:
        self.seconds = seconds
        self.done = 0
        self.now = 0
        self.most = 0

    async def __call__(self, when: datetime) -> None:
        assert when.tzinfo is not None
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(self.seconds)
            self.done += 1
        finally:
            self.now -= 1


async def test_of_many_processes_one_does_a_job(database: Database) -> None:
    work = Work()
    job = Job("letters", NEVER_AGAIN, work)
    runners = [Runner(database, [job]) for _ in range(6)]
    done = await asyncio.gather(*(runner.do_due() for runner in runners))
    assert (work.done, work.most) == (1, 1)
    assert sorted(done) == [[]] * 5 + [["letters"]]
    assert await runners[0].do_due() == []


async def test_a_runner_stops_though_it_is_woken_in_the_same_turn(database: Database) -> None:
    runner = Runner(database, [], looks_every=NEVER_AGAIN)
    running = asyncio.ensure_future(runner.run())
    for _ in range(100):
        await asyncio.sleep(0.001)
    runner.wake()
    await asyncio.sleep(0)
    running.cancel()
    done, _ = await asyncio.wait([running], timeout=GENEROUS)
    assert done
    assert running.cancelled()


async def test_a_job_is_done_again_when_its_time_has_come(database: Database) -> None:
    work = Work(0)
    runner = Runner(database, [Job("letters", timedelta(seconds=0.3), work), Job("sweep", NEVER_AGAIN, Work())])
    assert await runner.do_due() == ["letters", "sweep"]
    assert await runner.do_due() == []
    await asyncio.sleep(0.35)
    assert await runner.do_due() == ["letters"]


async def test_a_job_that_has_nothing_to_do_takes_no_lease(database: Database) -> None:
    work, waiting = Work(0), False

    async def is_waiting(now: datetime) -> bool:
        return waiting

    runner = Runner(database, [Job("letters", timedelta(0), work, is_waiting)])
    assert await runner.do_due() == []
    assert await database.fetch("SELECT id FROM lease") == []
    waiting = True
    assert await runner.do_due() == ["letters"]


async def test_a_long_job_keeps_its_lease(database: Database) -> None:
    work = Work(seconds=2.5 * SHORT.total_seconds())
    job = Job("letters", NEVER_AGAIN, work)
    first = asyncio.create_task(Runner(database, [job], SHORT).do_due())
    other = Runner(database, [job], SHORT)
    while not first.done():
        await asyncio.sleep(0.1)
        await other.do_due()
    assert (work.done, work.most) == (1, 1)


async def test_a_lost_lease_stops_the_work(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    work = Work(seconds=GENEROUS)
    running = asyncio.create_task(Runner(database, [Job("letters", NEVER_AGAIN, work)], SHORT).do_due())
    await eventually(lambda: work.now == 1)
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE lease SET holder = 'somebody else'")
    assert await asyncio.wait_for(running, GENEROUS / 2) == []
    assert (work.now, work.done) == (0, 0)
    assert "lease" in caplog.text


async def test_what_fails_is_logged_and_tried_again(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    tries = []

    async def failing(now: datetime) -> None:
        tries.append(now)
        raise RuntimeError("No.")

    runner = Runner(database, [Job("letters", NEVER_AGAIN, failing)])
    assert [await runner.do_due(), await runner.do_due()] == [[], []]
    assert len(tries) == 2
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


async def test_running_ends_at_once_and_gives_the_lease_back(database: Database) -> None:
    work = Work(seconds=GENEROUS)
    running = asyncio.create_task(Runner(database, [Job("letters", NEVER_AGAIN, work)]).run())
    await eventually(lambda: work.now == 1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert work.now == 0
    [lease] = await database.fetch("SELECT holder, until, done_at FROM lease")
    assert set(lease.values()) == {None}


async def test_a_runner_wakes_when_it_is_told_to(database: Database) -> None:
    work = Work(0)
    job = Job("letters", timedelta(0), work)
    runner = Runner(database, [job], looks_every=timedelta(seconds=GENEROUS))
    running = asyncio.create_task(runner.run())
    await eventually(lambda: work.done == 1)
    runner.wake()
    await eventually(lambda: work.done >= 2)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


HOLDER = """
import asyncio, sys
from datetime import timedelta
from service.database import Database
from service.jobs import Job, Runner

async def work(now):
    print("working", flush=True)
    await asyncio.sleep(600)

async def main():
    async with Database(sys.argv[1], models=()) as database:
        await Runner(database, [Job("letters", timedelta(days=1), work)], timedelta(seconds=0.9)).run()

asyncio.run(main())
"""


async def test_another_takes_over_from_a_killed_process(database: Database) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLDER, database.url]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)  # noqa: ASYNC220
    try:
        assert process.stdout is not None
        assert await asyncio.to_thread(process.stdout.readline) == b"working\n"
        work = Work()
        runner = Runner(database, [Job("letters", NEVER_AGAIN, work)], SHORT)
        await asyncio.sleep(2 * SHORT.total_seconds())
        assert await runner.do_due() == []  # It lives, and renews.
        process.send_signal(signal.SIGKILL)
        process.wait()
        await eventually(runner.do_due)
        assert work.done == 1
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
