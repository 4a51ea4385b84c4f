"""A process keeps its catalogue in step with the database: load once, then follow the log."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any

from tortoise.exceptions import OperationalError

from service.catalogue import room
from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import Change, changes_after
from service.database import Database
from service.errors import DatabaseError, NotReady
from service.settings import Settings
from service.turns import in_turns

POLL = 0.25
"""Seconds between two looks at the log. PostgreSQL wakes the follower earlier; nothing depends on it."""

RETRY = 1.0
"""Seconds before another try when the database does not answer."""

LISTENS_FOR = 60.0
"""Seconds after which the connection that wakes the follower is made anew: it may be lost without a word."""

LONGEST_WAIT = 2.0
"""Seconds that a request waits for the change its client has already seen."""

UNREADABLE = (DatabaseError, OperationalError)
"""The database does not answer, or not now: its tables are just being restored."""

log = logging.getLogger("kopa.catalogue")


class Follower:
    """The catalogue of this process, and whether it is ready."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        today: Callable[[], date] | None = None,
        prepare: Callable[[Catalogue], Awaitable[object]] | None = None,
        ahead: Callable[[Catalogue], Iterable[object]] = lambda _: (),
    ) -> None:
        """`prepare` adds to a loaded catalogue what is needed before anybody is shown it; `ahead` finds step by step
        what takes long, before anybody asks for it."""
        self.database = database
        self.settings = settings
        self.catalogue: Catalogue | None = None
        self.lag = 0.0
        self._today = today or (lambda: datetime.now(settings.timezone).date())
        self._prepare = prepare
        self._ahead = ahead
        self._woken = asyncio.Event()
        self._moved = asyncio.Condition()
        self._looked = monotonic()
        self._trouble = ""

    @property
    def seq(self) -> int:
        """The newest change that the catalogue holds."""
        return self.catalogue.last_change.seq if self.catalogue else -1

    @property
    def current(self) -> Catalogue:
        """The catalogue. Raises NotReady while there is none."""
        if self.catalogue is None:
            raise NotReady("The directory is loading; ask again in a few seconds.")
        return self.catalogue

    @property
    def silence(self) -> float:
        """Seconds since the database last told how far the log is."""
        return monotonic() - self._looked

    def wake(self) -> None:
        """Look at the log now; something was just committed."""
        self._woken.set()

    async def reached(self, seq: int, seconds: float = LONGEST_WAIT) -> bool:
        """Wait until the catalogue holds a change; False when it does not in time.

        Nobody waits for a change that the database does not have: what a client has seen before a restore.
        """
        if self.seq >= seq:
            return True
        self.wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                if not await self._exists(seq):
                    return True
                async with self._moved:
                    await self._moved.wait_for(lambda: self.seq >= seq)
        return self.seq >= seq

    async def run(self) -> None:
        """Load and follow until cancelled. What fails is told in the log, and tried again."""
        listening = asyncio.create_task(self._listen())
        try:
            while True:
                await self._try()
        finally:
            room.leave()
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self) -> None:
        while True:
            with suppress(*UNREADABLE):
                async with self.database.listening(self.wake):
                    # What was notified while nobody listened was missed.
                    self.wake()
                    await asyncio.sleep(LISTENS_FOR)
            await asyncio.sleep(RETRY)

    async def _try(self) -> None:
        try:
            await self._step()
        except UNREADABLE as error:
            self._tell(str(error))
            await asyncio.sleep(RETRY)
        except Exception:
            log.exception("The catalogue could not follow the log; it is loaded afresh.")
            self.catalogue = None
            await asyncio.sleep(RETRY)
        else:
            self._tell("")

    def _tell(self, trouble: str) -> None:
        """Say what the trouble with the database is, and that it is over; each once."""
        if trouble and trouble != self._trouble:
            log.warning("The database does not answer: %s", trouble)
        elif self._trouble and not trouble:
            log.info("The database answers again.")
        self._trouble = trouble

    async def _step(self) -> None:
        if self.catalogue is None:
            await self._load()
        elif not await self._follow(self.catalogue):
            await self._look_ahead(self.catalogue, until=self._is_time(monotonic() + POLL))
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL):
                    await self._woken.wait()

    async def _load(self) -> None:
        room.unsettle()
        gc.disable()
        try:
            catalogue = await Catalogue.load(self.database, self.settings, self._today())
            if self._prepare is not None:
                await self._prepare(catalogue)
            await self._look_ahead(catalogue, until=lambda: False)
        finally:
            gc.enable()
        room.settle()
        await asyncio.to_thread(room.give_back)
        await self._show(catalogue)
        log.info("The catalogue is loaded.", extra={"seq": self.seq, "records": len(catalogue.records)})

    async def _follow(self, catalogue: Catalogue) -> bool:
        """Take over what is new; False when nothing was."""
        self._woken.clear()
        applying = Applying(catalogue)
        if self._today() > catalogue.today:
            await applying.midnight(self._today())
        if await self._clock() == (catalogue.epoch, catalogue.last_change.seq):
            return False
        changes = await changes_after(self.database, catalogue.last_change.seq)
        # The clock is read after them, so that they are of the history that it names.
        epoch, _ = await self._clock()
        if epoch != catalogue.epoch or not _goes_on(catalogue, changes):
            log.warning("The database was restored, or a value redacted; the catalogue is loaded afresh.")
            self.catalogue = None
            return True
        await applying.apply(changes)
        self.lag = max(0.0, (datetime.now(UTC) - changes[-1].at) / timedelta(seconds=1))
        await self._show(catalogue)
        return True

    async def _look_ahead(self, catalogue: Catalogue, until: Callable[[], bool]) -> None:
        """In turn with requests. What fails here fails for who asks, and for nobody else."""
        try:
            async for _ in in_turns(self._ahead(catalogue)):
                if until():
                    return
        except Exception:
            log.exception("What takes long could not be found ahead.")

    def _is_time(self, at: float) -> Callable[[], bool]:
        """Whether something new came, or may have come."""
        return lambda: self._woken.is_set() or monotonic() > at

    async def _clock(self) -> tuple[str, int]:
        """The history that the database holds, and how far it is."""
        [clock] = await self.database.fetch("SELECT epoch, seq FROM change_clock WHERE id = 1")
        self._looked = monotonic()
        return clock["epoch"], clock["seq"]

    async def _exists(self, seq: int) -> bool:
        """Whether a change was made; while the database does not answer, it may have been."""
        with suppress(*UNREADABLE):
            return (await self._clock())[1] >= seq
        return True

    async def _show(self, catalogue: Catalogue) -> None:
        async with self._moved:
            self.catalogue = catalogue
            self._moved.notify_all()


def _goes_on(catalogue: Catalogue, changes: list[Change]) -> bool:
    """Whether changes are the next ones of the catalogue's history, with no gap."""
    return bool(changes) and changes[0].seq == catalogue.last_change.seq + 1


def sizes(catalogue: Catalogue | None) -> dict[str, Any]:
    """How many records of each noun are in memory."""
    return {} if catalogue is None else {noun: index.size for noun, index in catalogue.indexes.items()}
