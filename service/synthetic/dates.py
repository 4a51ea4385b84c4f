"""Days around a fixed one, so that no clock changes what is generated, and dates as exact as somebody knows them."""

from __future__ import annotations

from datetime import date

from service.synthetic.chance import Chance, Weighted

REFERENCE = date(2026, 11, 1)
"""The day on which a synthetic directory stands: what was attested lately was so before it."""

LENGTHS = Weighted({len("2010"): 35, len("2010-03"): 25, len("2010-03-26"): 40})


def day(offset: int) -> str:
    """The day so many days after the reference."""
    return date.fromordinal(REFERENCE.toordinal() + offset).isoformat()


def partial(chance: Chance, offset: int) -> str:
    """The same with its precision: year, month or day."""
    return day(offset)[: chance.weighted(LENGTHS)]
