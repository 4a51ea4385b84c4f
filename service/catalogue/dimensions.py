"""What one can filter by: the values of an object by name, and what lies in what."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Dimension = tuple[str, Hashable]
"""The name of something one can filter by, and a value of it."""

Dimensions = dict[str, Callable[[Any], Hashable]]
"""What one can filter by, and what tells an object's value; a frozenset where it can have several."""

NOTHING: frozenset[str] = frozenset()

FEW = 4
"""Of so many objects together it is remembered what they lie in; more seldom come together twice."""

MOST_CLOSURES = 20_000
"""How many closures are remembered; many records lie in the same regions, and have the same terms."""


@dataclass(frozen=True, slots=True)
class Several:
    """Values of which hardly two objects have the same ones together."""

    each: Callable[[Any], Iterable[Hashable]]

    def __call__(self, item: Any) -> frozenset[Hashable]:
        return frozenset(self.each(item))


@dataclass(frozen=True, slots=True)
class Within:
    """Regions or terms that an object has, by each of which and by all that it lies in one filters."""

    each: Callable[[Any], Iterable[Any]]

    def __call__(self, item: Any) -> frozenset[str]:
        return upward(*self.each(item))


def upward(*objects: Any) -> frozenset[str]:
    """The ids of objects and of everything they lie in: parents, and for former regions their successors.

    Remembered until a region or a term changes.
    """
    first = next(filter(None, objects), None)
    if first is None:
        return NOTHING
    closures: dict[tuple[Any, ...], frozenset[str]] = first.catalogue.closures
    known = closures.get(objects)
    if known is None:
        known = frozenset(lineage(first)) if len(objects) == 1 else NOTHING.union(*map(upward, {*objects}))
        if len(objects) <= FEW:
            if len(closures) >= MOST_CLOSURES:
                closures.clear()
            closures[objects] = known
    return known


def lineage(*items: Any) -> dict[str, Any]:
    """Objects and everything they lie in, by id."""
    found: dict[str, Any] = {}
    ahead = [*items]
    while ahead:
        here = ahead.pop()
        if here.id not in found:
            found[here.id] = here
            ahead.extend(here.above())
    return found


@lru_cache(1_000)
def choices(values: tuple[Hashable, ...]) -> frozenset[Hashable]:
    """What is chosen of few values, as a set; many records choose the same."""
    return frozenset(values)
