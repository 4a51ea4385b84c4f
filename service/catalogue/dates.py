"""Dates as exact as they are known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

from service.catalogue.published import published
from service.models.fields import Choices


class DatePrecision(Choices):
    """How exact a date is."""

    YEAR = "year", "The year is known."
    MONTH = "month", "The month is known."
    DAY = "day", "The day is known."


@published(
    value=True,
    descriptions={
        "value": "The date in ISO 8601: 2010, 2010-03 or 2010-03-26.",
        "precision": "How exact the date is.",
        "earliest": "The first day it can be.",
        "latest": "The last day it can be.",
    },
)
class PartialDate:
    """A date as exact as it is known; 2010 lies between 1 January and 31 December."""

    value: str
    precision: DatePrecision
    earliest: date
    latest: date


@lru_cache(50_000)
def partial_date(value: str) -> PartialDate:
    """`2010-03` as a date; the same text always gives the same object."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return PartialDate(
            value=value,
            precision=DatePrecision.YEAR,
            earliest=date(parts[0], 1, 1),
            latest=date(parts[0], 12, 31),
        )
    if len(parts) == 2:
        year, month = parts
        last = date(year, month, monthrange(year, month)[1])
        return PartialDate(value=value, precision=DatePrecision.MONTH, earliest=date(year, month, 1), latest=last)
    day = date(*parts)
    return PartialDate(value=value, precision=DatePrecision.DAY, earliest=day, latest=day)


@lru_cache(100)
def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of its month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
