"""Which of many held on a day: each is indexed by the days on which it starts and ends, and by their years.

A day is then some years and at most 366 days together, instead of a question to each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import MINYEAR, date, timedelta
from typing import TYPE_CHECKING, Any

from service.catalogue.dimensions import Dimensions

if TYPE_CHECKING:
    from service.catalogue.indexes import Index

START, END = "start", "end"


def spans(span: Callable[[Any], tuple[date | None, date | None]]) -> Dimensions:
    """Where a span lies in time: what has no start never held, what has no end still does."""
    return {
        START: lambda item: span(item)[0],
        f"{START}_year": lambda item: (day := span(item)[0]) and day.year,
        END: lambda item: span(item)[1],
        f"{END}_year": lambda item: (day := span(item)[1]) and day.year,
    }


def held_on(index: Index, day: date) -> int:
    """What started on that day or before, and has not ended before it."""
    return _until(index, START, day) & ~_until(index, END, day - timedelta(days=1) if day > date.min else None)


def _until(index: Index, name: str, day: date | None) -> int:
    mask = 0
    if day is not None:
        for year in range(MINYEAR, day.year):
            mask |= index.having((f"{name}_year", year))
        for ordinal in range(date(day.year, 1, 1).toordinal(), day.toordinal() + 1):
            mask |= index.having((name, date.fromordinal(ordinal)))
    return mask
