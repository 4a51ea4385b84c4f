"""Filters and orders, as inputs of GraphQL and what they ask of the indexes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from service.catalogue.connection import Direction, Key, Window, page, part
from service.catalogue.indexes import Index, Selection
from service.catalogue.orders import Backwards, passing

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


class Filter:
    """What every filter input can do; its fields are the names of dimensions, or have a method `by_…`."""

    NOUN: ClassVar[str]
    LOOKUPS: ClassVar[dict[str, str]] = {}
    """The fields that name a record by id or code, and where to look: a noun, or `taxonomy_term/<taxonomy>`."""

    def selection(self, catalogue: Catalogue) -> Selection:
        """What fits every given field."""
        index = catalogue.indexes[self.NOUN]
        given = {name: value for name in self._names() if (value := getattr(self, name)) is not None}
        name = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in given.items())
        return index.selection(name, lambda: self._mask(catalogue, index, given))

    @classmethod
    @cache
    def _names(cls) -> tuple[str, ...]:
        """The fields."""
        return tuple(field.name for field in fields(cls))  # type: ignore[arg-type]

    def _mask(self, catalogue: Catalogue, index: Index, given: dict[str, Any]) -> int:
        mask = index.everything
        for name, value in given.items():
            mask &= self._fitting(catalogue, index, name, value)
        return mask

    def _fitting(self, catalogue: Catalogue, index: Index, name: str, value: Any) -> int:
        if special := getattr(self, f"by_{name}", None):
            return int(special(index, value))
        mask = 0
        for wanted in value if isinstance(value, list) else [value]:
            found = catalogue.find(self.LOOKUPS[name], wanted) if name in self.LOOKUPS else None
            mask |= index.having((name, wanted if found is None else found.id))
        return mask

    def by_text(self, index: Index, text: str) -> int:
        return index.containing(text)


def listing(catalogue: Catalogue, noun: str, filter: Filter | None, order_by: Order | None, window: Window) -> Any:
    """A page of all published records of a noun."""
    index = catalogue.indexes[noun]
    key, descending = catalogue.types[noun].DEFAULT_ORDER if order_by is None else order_by.chosen()
    ordered = index.ordered(key)
    if filter is None:
        return part(Backwards(ordered.objects) if descending else ordered.objects, key, window, descending=descending)
    fitting = filter.selection(catalogue)
    count = fitting.mask.bit_count()
    if count * count > len(ordered.objects) * FEW:
        return page(ordered, passing(fitting.octets), count, window, descending=descending)
    places = sorted(places_of(fitting.octets), key=ordered.key_by_ordinal().__getitem__, reverse=descending)
    return part([index.objects[place] for place in places], key, window, descending=descending)


FEW = 2
"""So many times the root of the number of all objects is quicker to sort than to find among them in their order."""

_BITS = [[bit for bit in range(8) if octet >> bit & 1] for octet in range(256)]
_SOME = re.compile(rb"[^\0]", re.DOTALL)


def places_of(octets: bytes) -> list[int]:
    """The places of the bits that are set."""
    starts = [match.start() for match in _SOME.finditer(octets)]
    return [start << 3 | bit for start in starts for bit in _BITS[octets[start]]]


class Order:
    """What every order input can do."""

    NOUN: ClassVar[str]
    KEYS: ClassVar[dict[Any, Callable[[Any], Key]]]
    field: Any
    direction: Any

    @classmethod
    def of(cls, noun: str) -> list[type[Order]]:
        """The orders of a noun."""
        return [order for order in cls.__subclasses__() if noun == order.NOUN]

    def chosen(self) -> tuple[Callable[[Any], Key], bool]:
        """The key, and whether it descends."""
        return self.KEYS[self.field], self.direction is Direction.DESC


def date_key(date: Any) -> tuple[bool, str]:
    """A partial date to sort by; what has none comes first, so that it is last from the newest on."""
    return (date is not None, "" if date is None else date.value)
