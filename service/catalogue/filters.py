"""Filters and orders, as inputs of GraphQL and what they ask of the indexes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar

from service.catalogue.connection import Direction, Key, Window, everything, page
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
        given = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        name = tuple(tuple(value) if isinstance(value, list) else value for value in given.values())
        return index.selection(name, lambda: self._mask(catalogue, index, given))

    def _mask(self, catalogue: Catalogue, index: Index, given: dict[str, Any]) -> int:
        mask = index.everything
        for name, value in given.items():
            if value is not None:
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
        return page(ordered, everything, index.size, window, descending=descending)
    fitting = filter.selection(catalogue)
    return page(ordered, fitting.passes, fitting.mask.bit_count(), window, descending=descending)


class Order:
    """What every order input can do."""

    KEYS: ClassVar[dict[Any, Callable[[Any], Key]]]
    field: Any
    direction: Any

    def chosen(self) -> tuple[Callable[[Any], Key], bool]:
        """The key, and whether it descends."""
        return self.KEYS[self.field], self.direction is Direction.DESC


def upward(*objects: Any) -> dict[str, Any]:
    """Objects and everything they lie in, by id: parents, and for former regions their successors."""
    found: dict[str, Any] = {}
    for item in objects:
        if item is not None and item.id not in found:
            found |= _closure(item)
    return found


def _closure(item: Any) -> dict[str, Any]:
    """What one object lies in, and itself; remembered until a region or a term changes."""
    closures: dict[str, dict[str, Any]] = item.catalogue.closures
    known = closures.get(item.id)
    if known is not None:
        return known
    found: dict[str, Any] = {}
    ahead = [item]
    while ahead:
        here = ahead.pop()
        if here.id not in found:
            found[here.id] = here
            ahead.extend(here.above())
    closures[item.id] = found
    return found


def date_key(date: Any) -> tuple[bool, str]:
    """A partial date to sort by; what has none comes first, so that it is last from the newest on."""
    return (date is not None, "" if date is None else date.value)
