"""Long work leaves others their turn, and does all of it in order."""

from __future__ import annotations

import asyncio
from time import perf_counter

from service.turns import SLICE, in_turns


async def test_everything_comes_in_order() -> None:
    assert [n async for n in in_turns(range(1000))] == [*range(1000)]
    assert [n async for n in in_turns(())] == []


async def test_others_have_their_turn_every_few_hundredths_of_a_second() -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(others())
    async for _ in in_turns(range(10)):
        until = perf_counter() + SLICE / 2
        while perf_counter() < until:
            pass
    other.cancel()
    assert turns >= 4
