"""Filters and orders, as inputs of GraphQL and what they ask of the indexes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from service.catalogue.connection import Direction, Key
from service.catalogue.indexes import Index, Selection

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
        return index.selection(self._given, lambda: self._mask(catalogue, index))

    @cached_property
    def _given(self) -> tuple[tuple[str, Hashable], ...]:
        """The fields that are given, with their values; the same question asks with the same filter again."""
        said = ((each.name, getattr(self, each.name)) for each in fields(self))  # type: ignore[arg-type]
        return tuple(
            (name, tuple(value) if isinstance(value, list) else value) for name, value in said if value is not None
        )

    def _mask(self, catalogue: Catalogue, index: Index) -> int:
        mask = index.everything
        for name, value in self._given:
            mask &= self._fitting(catalogue, index, name, value)
        return mask

    def _fitting(self, catalogue: Catalogue, index: Index, name: str, value: Any) -> int:
        if special := getattr(self, f"by_{name}", None):
            return int(special(index, value))
        mask = 0
        for wanted in value if isinstance(value, tuple) else [value]:
            found = catalogue.find(self.LOOKUPS[name], wanted) if name in self.LOOKUPS else None
            mask |= index.having((name, wanted if found is None else found.id))
        return mask

    def by_text(self, index: Index, text: str) -> int:
        return index.containing(text)


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
