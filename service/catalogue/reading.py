"""How a row becomes the attributes of a published object: one reader for each attribute, found once per type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from service.catalogue.dates import partial_date
from service.catalogue.values import Point, money
from service.catalogue.words import Words
from service.models import fields as declared
from service.models.rows import from_column
from service.models.shape import Shape

Row = dict[str, Any]
Convert = Callable[..., Any]

UNIQUE = (declared.Url, declared.Email, declared.Phone, declared.Paragraph)
"""Fields whose values seldom stand in two rows."""


IN_ORDER = (["lv"], ["lv", "en"])


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads one attribute: the columns it stands in, and what makes the value of theirs; null stays null.

    `repeats` says whether so many rows hold the same that it is worth remembering what it becomes. Without `convert`
    the value stands there as it is.
    """

    columns: tuple[str, ...]
    convert: Convert | None = None
    repeats: bool = True

    def of(self, row: Row) -> Any:
        """The value of a row."""
        return self.made(*(row[column] for column in self.columns))

    def made(self, *raw: Any) -> Any:
        """What the columns of one row become."""
        return raw[0] if self.convert is None or raw[0] is None else self.convert(*raw)

    def all(self, *columns: Iterable[Any]) -> Iterable[Any]:
        """What the columns of many rows become."""
        return columns[0] if self.convert is None else map(self.made, *columns)


def readers(table: Shape, made: type[Any]) -> dict[str, Reader]:
    """What reads each attribute of a type that stands in the row itself; references are linked later."""
    found = _found.get(made)
    if found is None:
        found = _found[made] = dict(_readers(table, made.SLOTS))
    return found


_found: dict[type[Any], dict[str, Reader]] = {}


def _readers(table: Shape, attributes: tuple[str, ...]) -> Any:
    for name, field in table.scalars.items():
        if name in attributes:
            yield name, Reader((name,), _converter(field), repeats=not (field.unique or isinstance(field, UNIQUE)))
        elif name.endswith("_minor") and name.removesuffix("_minor") in attributes:
            yield name.removesuffix("_minor"), Reader((name, "currency"), money)
    if "point" in attributes:
        yield "point", Reader(("lon", "lat"), _point, repeats=False)


def _converter(field: Any) -> Convert | None:
    """What makes the value of what a column holds; None where it is the same."""
    if isinstance(field, declared.Choice):
        return field.choices
    if isinstance(field, declared.ChoiceSet):
        choices = field.choices
        return lambda raw: tuple(choices(value) for value in from_column(field, raw))  # type: ignore[call-arg]
    if isinstance(field, declared.LineSet):
        return lambda raw: tuple(from_column(field, raw))
    if isinstance(field, declared.PartialDate):
        return partial_date
    if isinstance(field, declared.Day):
        return lambda raw: date.fromisoformat(str(raw))
    if isinstance(field, declared.Number):
        return lambda raw: Decimal(from_column(field, raw))
    if isinstance(field, declared.Text):
        return _words
    return bool if isinstance(field, declared.Flag) else None


def _words(raw: Any) -> Words:
    """A text by language, Latvian first on both engines."""
    words: Words = orjson.loads(raw) if isinstance(raw, str) else raw
    return words if [*words] in IN_ORDER else {"lv": words["lv"]} | dict(sorted(words.items()))


def _point(lon: float | None, lat: float | None) -> Point | None:
    return None if lon is None or lat is None else Point(lon=lon, lat=lat)
