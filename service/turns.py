"""Long work on the event loop in slices: whoever asks for something meanwhile is answered in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from time import perf_counter
from typing import TypeVar

SLICE = 0.010
"""Seconds after which others have their turn."""

T = TypeVar("T")


async def in_turns(items: Iterable[T]) -> AsyncIterator[T]:
    """The items one after another; what is done with a slice of them is done at once, then others have their turn."""
    began = perf_counter()
    for item in items:
        yield item
        if perf_counter() - began > SLICE:
            await asyncio.sleep(0)
            began = perf_counter()
