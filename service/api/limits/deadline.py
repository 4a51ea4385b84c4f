"""A moment by which an answer has to be there."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any

from graphql import AbortSignal
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from service.errors import TimedOut

MARGIN = 0.001
"""Seconds by which a timer may fire too early."""


class Deadline(AbortSignal):
    """Looked at between two pieces of work, for nothing can interrupt Python that runs in the loop's thread.

    graphql-core takes it as its `abort_signal`: `Interruptible` looks at it before each object, what is awaited is cut
    short when `wait()` returns, and AbortedGraphQLExecutionError carries `reason`. Compiled plans call `check()`.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds

    @property
    def aborted(self) -> bool:  # type: ignore[override]
        """Whether it has passed."""
        return monotonic() >= self._end

    @property
    def reason(self) -> TimedOut:
        """What to tell when it has passed."""
        return TimedOut(f"The answer took longer than {self.seconds:g} seconds. Ask for less at once.")

    def check(self) -> None:
        """Raises TimedOut when it has passed."""
        if self.aborted:
            raise self.reason

    async def wait(self) -> TimedOut:
        """The reason, as soon as it has passed."""
        await asyncio.sleep(max(0.0, self._end - monotonic()) + MARGIN)
        return self.reason


class Interruptible(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's executor, which by itself looks at an abort signal only where it awaits and in the end."""

    def execute_fields(self, *args: Any, **options: Any) -> Any:
        if self.abort_signal is not None and self.abort_signal.aborted:
            raise self.abort_error()
        return super().execute_fields(*args, **options)
