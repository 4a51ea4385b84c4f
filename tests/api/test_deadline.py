"""A deadline stops what runs too long, wherever it runs."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from graphql import AbortedGraphQLExecutionError, execute, parse

from service.api.limits import Deadline, Interruptible
from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.errors import TimedOut

CORE = schema._schema


def test_a_deadline_that_has_passed_is_told() -> None:
    assert not Deadline(60).aborted
    Deadline(60).check()
    with pytest.raises(TimedOut, match="0 seconds"):
        Deadline(0).check()
    assert (TimedOut.code, TimedOut.status) == ("TIMEOUT", 503)


class Countdown(Deadline):
    """A deadline that passes when it has been looked at so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__(60)
        self.looks = looks

    @property
    def aborted(self) -> bool:  # type: ignore[override]
        self.looks -= 1
        return self.looks < 0


async def _asked(catalogue: Catalogue, deadline: Deadline, text: str) -> Any:
    result = execute(CORE, parse(text), catalogue, abort_signal=deadline, executor_class=Interruptible)
    return await result if asyncio.iscoroutine(result) else result


async def test_graphql_core_stops_when_the_deadline_passes(catalogue: Catalogue) -> None:
    text = "{ organisations(first: 100) { nodes { services { nodes { id } } } } }"
    patient = Countdown(10**6)
    assert (await _asked(catalogue, patient, text)).errors is None
    looks = 10**6 - patient.looks
    assert looks > 100  # Before each object.
    hasty = Countdown(looks // 2)
    with pytest.raises(AbortedGraphQLExecutionError) as stopped:
        await _asked(catalogue, hasty, text)
    assert isinstance(stopped.value.reason, TimedOut)
    assert not (stopped.value.aborted_result.data or {}).get("organisations")


async def test_a_deadline_wakes_who_waits_for_it() -> None:
    deadline = Deadline(0.01)
    async with asyncio.timeout(5):
        assert isinstance(await deadline.wait(), TimedOut)
    assert deadline.aborted
