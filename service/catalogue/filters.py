"""Filters and orders, as inputs of GraphQL and what they ask of the indexes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from service.catalogue.connection import Direction
from service.catalogue.indexes import Index, Selection
from service.catalogue.near import NearBy, near
from service.catalogue.ordered import Key

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

WORDS = "Having these words in whichever form, with or without diacritics, and phrases in quotes, in"
"""How the filter by text begins to say what it does where the search knows the noun."""


class Filter:
    """What every filter input can do; its fields are the names of dimensions, or have a method `by_…`."""

    NOUN: ClassVar[str]
    LOOKUPS: ClassVar[dict[str, str]] = {}
    """The fields that name a record by id or code, and where to look: a noun, or `taxonomy_term/<taxonomy>`."""
    CHOICES: ClassVar[dict[str, Callable[[Catalogue], Iterable[Hashable]]]] = {}
    """Of fields that no index tells, or not together with other fields: what one can choose."""
    TOGETHER: ClassVar[dict[str, tuple[str, ...]]] = {}
    """Fields with a method whose meaning hangs on others too."""
    BY_WORDS: ClassVar[bool] = False
    """Whether the search knows the noun: its `text` are then words in whichever form, and not letters in a row."""

    @classmethod
    def of(cls, noun: str) -> type[Filter] | None:
        """The filter of a noun; None where it has none."""
        return next((each for each in cls.__subclasses__() if noun == each.NOUN), None)

    @classmethod
    def names(cls) -> list[str]:
        """The names of its fields."""
        return [each.name for each in fields(cls)]  # type: ignore[arg-type]

    def selection(self, catalogue: Catalogue) -> Selection:
        """What fits every given field."""
        index = catalogue.indexes[self.NOUN]
        return index.selection(self._given, lambda: self._mask(catalogue, index))

    def asking(self, name: str, value: Any) -> Self:
        """The same filter that asks for something else by one of its fields; for nothing by None."""
        return replace(self, **{name: value})  # type: ignore[type-var]

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
        """What fits one field; what takes long to find is found once for all filters that ask for it."""
        if special := getattr(self, f"by_{name}", None):
            together = tuple(pair for pair in self._given if pair[0] in (name, *self.TOGETHER.get(name, ())))
            return index.selection(("by", *together), lambda: special(catalogue, value)).mask
        mask = 0
        for wanted in value if isinstance(value, tuple) else [value]:
            found = catalogue.find(self.LOOKUPS[name], wanted) if name in self.LOOKUPS else None
            mask |= index.having((name, wanted if found is None else found.id))
        return mask

    def by_near(self, catalogue: Catalogue, by: NearBy) -> int:
        return near(catalogue, self.NOUN, by)

    def by_text(self, catalogue: Catalogue, text: str) -> int:
        if catalogue.search is None or not self.BY_WORDS:
            return catalogue.indexes[self.NOUN].containing(text)
        return catalogue.search.matching(self.NOUN, text)


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
