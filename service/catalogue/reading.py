"""How a row becomes the attributes of a published object: one reader for each attribute, found once per type."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from service.catalogue.dates import partial_date
from service.catalogue.values import Point, money
from service.catalogue.words import Words
from service.models import fields as declared
from service.models.rows import from_column
from service.models.shape import Shape

Row = dict[str, Any]
Reader = Callable[[Row], Any]


def readers(table: Shape, attributes: tuple[str, ...]) -> dict[str, Reader]:
    """What reads each attribute of a type that stands in the row itself; references are linked later."""
    found: dict[str, Reader] = {}
    for name, field in table.scalars.items():
        if name in attributes:
            found[name] = _scalar(name, field)
        elif name.endswith("_minor") and name.removesuffix("_minor") in attributes:
            found[name.removesuffix("_minor")] = _money(name)
    if "point" in attributes:
        found["point"] = _point
    return found


def _scalar(name: str, field: Any) -> Reader:
    convert = _converter(field)

    def read(row: Row) -> Any:
        value = row[name]
        return None if value is None else convert(value)

    return read


def _converter(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, declared.Choice):
        return field.choices
    if isinstance(field, declared.ChoiceSet):
        choices = field.choices
        return lambda raw: [choices(value) for value in from_column(field, raw)]  # type: ignore[call-arg]
    if isinstance(field, declared.PartialDate):
        return partial_date
    if isinstance(field, declared.Day):
        return lambda raw: date.fromisoformat(str(raw))
    if isinstance(field, declared.Number):
        return lambda raw: Decimal(from_column(field, raw))
    if isinstance(field, declared.Line):
        return sys.intern
    if isinstance(field, declared.Text):
        return _words
    return lambda raw: from_column(field, raw)


def _words(raw: Any) -> Words:
    """A text by language, Latvian first on both engines."""
    return _shared(raw) if isinstance(raw, str) else _ordered(raw)


@lru_cache(50_000)
def _shared(raw: str) -> Words:
    """Texts that stand in many rows, as units and evidence do, are one object in memory."""
    return _ordered(orjson.loads(raw))


def _ordered(words: Words) -> Words:
    return {"lv": words["lv"]} | dict(sorted(words.items()))


def _money(name: str) -> Reader:
    return lambda row: money(row[name], row["currency"])


def _point(row: Row) -> Point | None:
    return None if row["lon"] is None else Point(lon=row["lon"], lat=row["lat"])
