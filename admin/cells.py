"""What stands in the cells of a list, read off the published objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from admin.labels import choice_name
from admin.naming import shown_day, title
from service.catalogue.dates import PartialDate
from service.catalogue.record import Record
from service.catalogue.values import Money
from service.i18n import Words
from service.models.fields import Choices

FEW = 2
"""So many members of a set are named; of the others it is said how many there are."""

LONGEST = 90
"""Letters of a text in a cell."""


def cell(record: Any, name: str, words: Words) -> str:
    """A field of a record, in short."""
    return shown(getattr(record, name.removesuffix("_minor") if name.endswith("_minor") else name), words)


def shown(value: Any, words: Words) -> str:
    """A value as it is told in a list."""
    told = next((_SHOWN[cls] for cls in type(value).__mro__ if cls in _SHOWN), None)
    return str(value) if told is None else told(value, words)


def _words(text: dict[str, str], words: Words) -> str:
    return _short(text.get(words.language) or text["lv"])


def _day(day: date, words: Words) -> str:
    return shown_day(day.isoformat()[:10], words)


def _money(money: Money, words: Words) -> str:
    return f"{_decimal(money.amount, words)} {money.currency}"


def _few(values: Sequence[Any], words: Words) -> str:
    named = [shown(value, words) for value in values[:FEW]]
    rest = len(values) - len(named)
    return ", ".join([*named, *([words.count("more_found", rest)] if rest else [])])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _decimal(value: Decimal, words: Words) -> str:
    whole, _, part = f"{value:,f}".partition(".")
    part = part.rstrip("0")
    if words.language == "lv":
        return whole.replace(",", "\u00a0") + (f",{part.ljust(2, '0')}" if part else "")
    return whole + (f".{part.ljust(2, '0')}" if part else "")


_SHOWN: dict[type, Callable[[Any, Words], str]] = {
    type(None): lambda value, words: "",
    bool: lambda value, words: words("yes") if value else "",
    dict: _words,
    Choices: lambda value, words: choice_name(words, value),
    PartialDate: lambda value, words: shown_day(value.value, words),
    date: _day,
    Money: _money,
    Decimal: _decimal,
    Record: lambda value, words: _short(title(value, words)),
    str: lambda value, words: _short(value),
    list: _few,
    tuple: _few,
}
