"""Periodic jobs, each done by one process at a time.

A process takes the job's lease for a short time and renews it while it works. If it is killed, the lease runs out and
another process takes over; if it only was too slow to renew, its work is stopped, since another may have begun.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from service.database import Database, Reader
from service.errors import DatabaseError
from service.models.rows import from_moment, moment

log = logging.getLogger("kopa.jobs")

LEASE = timedelta(seconds=60)
LOOKS_EVERY = timedelta(seconds=3)


@dataclass(frozen=True)
class Job:
    """Something to be done every so often; it may be cut off at any point and must then be done again.

    `is_waiting` tells cheaply whether there is anything to do, so that an idle directory writes nothing.
    """

    name: str
    every: timedelta
    work: Callable[[datetime], Awaitable[object]]
    is_waiting: Callable[[datetime], Awaitable[bool]] | None = None


class Runner:
    """Does the jobs that are due and that nobody else is doing."""

    def __init__(
        self, database: Database, jobs: Sequence[Job], lease: timedelta = LEASE, looks_every: timedelta = LOOKS_EVERY
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._lease = lease
        self._looks_every = looks_every.total_seconds()
        self._holder = str(uuid4())
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look at once: something is to be done."""
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled; what goes wrong is logged and tried again."""
        while True:
            self._wake.clear()
            try:
                await self.do_due()
            except DatabaseError as error:
                log.warning("Jobs wait for the database: %s", error)
            with suppress(TimeoutError):
                # Not wait_for: on Python 3.11 it swallows a cancellation that comes in the turn in which it is woken.
                async with asyncio.timeout(self._looks_every):
                    await self._wake.wait()

    async def do_due(self) -> list[str]:
        """Do what is due once; the names of the jobs that were done."""
        return [job.name for job in await self._due() if await self._take(job) and await self._do(job)]

    async def _due(self) -> list[Job]:
        """A cheap look first: most of the time there is nothing to do."""
        now = await _now(self._database)
        leases = {row["job"]: row for row in await self._database.fetch("SELECT job, until, done_at FROM lease")}
        due = [job for job in self._jobs if _is_due(job, leases.get(job.name), now)]
        return [job for job in due if job.is_waiting is None or await job.is_waiting(now)]

    async def _take(self, job: Job) -> bool:
        async with self._database.transaction() as transaction:
            now = await _now(transaction)
            stamp, until = (moment(when, transaction.dialect) for when in (now, now + self._lease))
            before = moment(now - job.every, transaction.dialect)
            new = "INSERT INTO lease (id, job) VALUES (?, ?) ON CONFLICT (job) DO NOTHING"
            await transaction.execute(new, str(uuid4()), job.name)
            taken = await transaction.execute(
                "UPDATE lease SET holder = ?, until = ? WHERE job = ?"
                " AND (until IS NULL OR until <= ?) AND (done_at IS NULL OR done_at <= ?)",
                *(self._holder, until, job.name, stamp, before),
            )
        return taken > 0

    async def _do(self, job: Job) -> bool:
        """Work under the lease; whether it was done."""
        work = asyncio.ensure_future(self._work(job))
        try:
            while not (await asyncio.wait([work], timeout=self._lease.total_seconds() / 3))[0]:
                if not await self._renew(job):
                    log.warning("The lease of a job was lost; it is stopped.", extra={"job": job.name})
                    return False
            done = work.result()
        finally:
            work.cancel()
            await asyncio.wait([work])
            await self._give_back(job, done=not work.cancelled() and work.result())
        return done

    async def _work(self, job: Job) -> bool:
        try:
            await job.work(await _now(self._database))
        except Exception:
            log.exception("A job failed; it is tried again.", extra={"job": job.name})
            return False
        return True

    async def _renew(self, job: Job) -> bool:
        try:
            async with self._database.transaction() as transaction:
                now = await _now(transaction)
                stamp, until = (moment(when, transaction.dialect) for when in (now, now + self._lease))
                sql = "UPDATE lease SET until = ? WHERE job = ? AND holder = ? AND until > ?"
                return await transaction.execute(sql, until, job.name, self._holder, stamp) > 0
        except DatabaseError:
            return False

    async def _give_back(self, job: Job, *, done: bool) -> None:
        async with self._database.transaction() as transaction:
            stamp = moment(await _now(transaction), transaction.dialect)
            sql = "UPDATE lease SET holder = NULL, until = NULL{} WHERE job = ? AND holder = ?"
            given = (stamp, job.name, self._holder) if done else (job.name, self._holder)
            await transaction.execute(sql.format(", done_at = ?" if done else ""), *given)


def _is_due(job: Job, lease: dict[str, object] | None, now: datetime) -> bool:
    if lease is None:
        return True
    held = lease["until"] is not None and from_moment(lease["until"]) > now
    return not held and (lease["done_at"] is None or from_moment(lease["done_at"]) + job.every <= now)


async def _now(reader: Database | Reader) -> datetime:
    """The time of the database, since the clocks of several machines differ."""
    if reader.dialect == "sqlite":
        return datetime.now(UTC)
    [row] = await reader.fetch("SELECT clock_timestamp() AS now")
    return from_moment(row["now"])
