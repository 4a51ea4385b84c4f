"""Days and imprecise dates as people write them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date

from service.i18n import Words


def show_date(date: Any, words: Words) -> str:
    """A date as exact as it is known."""
    return "" if date is None else shown_day(date.value, words)


def shown_day(text: str, words: Words) -> str:
    """`2010-03` as people write it."""
    if words.language != "lv":
        return text
    return ".".join(reversed(text.split("-"))) + ("." if "-" in text else "")


def day(on: date, words: Words) -> str:
    """A day: 26.06.2013., 26 June 2013."""
    return _in_figures(on, "%d.%m.%Y.") if words.language == "lv" else _written(on, "d MMMM yyyy")


def dated(on: Any, words: Words) -> str:
    """A date as exact as it is known, in running text; a year alone stays a bare number."""
    parts = len(on.value.split("-"))
    if parts == 3:
        return day(on.earliest, words)
    if parts == 1:
        return str(on.value)
    return _in_figures(on.earliest, "%m.%Y.") if words.language == "lv" else _written(on.earliest, "MMMM yyyy")


@lru_cache(10_000)
def _in_figures(on: date, pattern: str) -> str:
    return on.strftime(pattern)


@lru_cache(10_000)
def _written(on: date, pattern: str) -> str:
    return str(format_date(on, pattern, locale="en_GB"))
