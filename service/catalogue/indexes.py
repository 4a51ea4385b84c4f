"""Indexes: for each value one can filter by the objects that have it, as the bits of an int; and every order."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from service.catalogue.connection import Key, Ordered
from service.catalogue.words import fold

Dimension = tuple[str, Hashable]
Places: TypeAlias = "int | array[int]"

REMEMBERED = 200
"""How many selections an index keeps: the same filter is asked again for every list of a nested query."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What fits a filter."""

    mask: int
    octets: bytes

    @classmethod
    def of(cls, mask: int) -> Selection:
        return cls(mask, mask.to_bytes(mask.bit_length() // 8 + 1, "little"))

    def passes(self, item: Any) -> bool:
        """Whether an object's bit is set."""
        return self.has(item.ordinal)

    def has(self, place: int) -> bool:
        """Whether a bit is set."""
        return place >> 3 < len(self.octets) and bool(self.octets[place >> 3] >> (place & 7) & 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """How an object stands in its index: its values, and its key in each order that was made."""

    dimensions: frozenset[Dimension]
    keys: dict[Any, Key]


class Index:
    """The objects of one noun. Each keeps its ordinal for as long as it is there; none is given again."""

    def __init__(self, objects: Sequence[Any | None]) -> None:
        """`objects` by ordinal; None where one has left."""
        self.objects = list(objects)
        self.everything = bitset((place for place, item in enumerate(objects) if item is not None), len(objects))
        self._folded: list[str] | None = None
        self._having = _by_dimension(objects)
        self._values: dict[str, set[Hashable]] = {}
        for name, value in self._having:
            self._values.setdefault(name, set()).add(value)
        self._orders: dict[Callable[[Any], Key], Ordered] = {}
        self._selections: dict[Hashable, Selection] = {}

    def rebuilt(self) -> Index:
        """An index of the same objects as they are now, with the orders that were made."""
        fresh = Index(self.objects)
        for key in list(self._orders):
            fresh.ordered(key)
        return fresh

    @property
    def folded(self) -> list[str]:
        """The folded texts by ordinal; made when somebody first looks for a text."""
        if self._folded is None:
            self._folded = ["" if item is None else _folded(item) for item in self.objects]
        return self._folded

    @property
    def size(self) -> int:
        """How many objects there are."""
        return self.everything.bit_count()

    def present(self) -> Iterator[Any]:
        """The objects that are there, by ordinal."""
        return (item for item in self.objects if item is not None)

    def having(self, dimension: Dimension) -> int:
        """The objects that have a value."""
        found = self._having.get(dimension, 0)
        return found if isinstance(found, int) else bitset(found, len(self.objects))

    def counts(self, name: str, fitting: Selection) -> dict[Hashable, int]:
        """A facet: of what fits, how many objects have each value of that name; values that none has are left out."""
        found = {value: self._count(self._having[name, value], fitting) for value in self._values.get(name, ())}
        return {value: count for value, count in found.items() if count}

    def _count(self, places: Places, fitting: Selection) -> int:
        if isinstance(places, int):
            return (places & fitting.mask).bit_count()
        return sum(fitting.has(place) for place in places)

    def dimensions(self) -> Iterator[Dimension]:
        """Every value that some object has."""
        yield from self._having

    def containing(self, text: str) -> int:
        """The objects whose folded texts contain the folded text."""
        wanted = fold(text)
        places = (place for place, folded in enumerate(self.folded) if wanted in folded)
        return bitset(places, len(self.objects)) & self.everything

    def where(self, holds: Callable[[Any], bool]) -> int:
        """The objects of which something holds."""
        return bitset((item.ordinal for item in self.present() if holds(item)), len(self.objects))

    def ordered(self, key: Callable[[Any], Key]) -> Ordered:
        """All objects by a key; made once for each key."""
        if key not in self._orders:
            self._orders[key] = Ordered.of(self.present(), key)
        return self._orders[key]

    def selection(self, name: Hashable, mask: Callable[[], int]) -> Selection:
        """The selection of a name, made when it is not remembered."""
        found = self._selections.get(name)
        if found is None:
            if len(self._selections) >= REMEMBERED:
                del self._selections[next(iter(self._selections))]
            found = self._selections[name] = Selection.of(mask())
        return found

    def forget(self) -> None:
        """Remember no selection any more: a slug or code that a filter names may mean another record now."""
        self._selections.clear()

    def entry(self, item: Any) -> Entry | None:
        """How an object stands here now; None for one that does not."""
        if item.ordinal is None:
            return None
        return self._entry(item)

    def _entry(self, item: Any) -> Entry:
        return Entry(dimensions_of(item), {key: key(item) for key in self._orders})

    def enter(self, item: Any, before: Entry | None) -> None:
        """Let an object stand as it is now, instead of as it stood before."""
        after = self._entry(item)
        if before is None:
            self._add(item, after)
            return
        self._move(item, before.dimensions, after.dimensions)
        if self._folded is not None:
            self._folded[item.ordinal] = _folded(item)
        for key, ordered in self._orders.items():
            if before.keys[key] != after.keys[key]:
                ordered.remove(before.keys[key])
                ordered.insert(after.keys[key], item)

    def _add(self, item: Any, after: Entry) -> None:
        item.ordinal = len(self.objects)
        self.objects.append(item)
        if self._folded is not None:
            self._folded.append(_folded(item))
        self.everything |= 1 << item.ordinal
        self._move(item, frozenset(), after.dimensions)
        for key, ordered in self._orders.items():
            ordered.insert(after.keys[key], item)

    def leave(self, item: Any, before: Entry) -> None:
        """Take an object out; its ordinal stays empty."""
        self._move(item, before.dimensions, frozenset())
        for key, ordered in self._orders.items():
            ordered.remove(before.keys[key])
        self.everything &= ~(1 << item.ordinal)
        self.objects[item.ordinal] = None
        if self._folded is not None:
            self._folded[item.ordinal] = ""

    def turn(self, item: Any, before: frozenset[Dimension], after: frozenset[Dimension]) -> None:
        """Let an object have other values of those that depend on the day."""
        self._move(item, before, after)

    def _move(self, item: Any, before: frozenset[Dimension], after: frozenset[Dimension]) -> None:
        self._selections.clear()
        for dimension in before - after:
            self._take(dimension, item.ordinal)
        for dimension in after - before:
            self._put(dimension, item.ordinal)

    def _put(self, dimension: Dimension, place: int) -> None:
        found = self._having.get(dimension)
        if isinstance(found, int):
            self._having[dimension] = found | 1 << place
            return
        places = array("I") if found is None else found
        self._values.setdefault(dimension[0], set()).add(dimension[1])
        places.append(place)
        self._having[dimension] = _packed(places, len(self.objects))

    def _take(self, dimension: Dimension, place: int) -> None:
        found = self._having[dimension]
        if isinstance(found, int):
            found &= ~(1 << place)
            self._having[dimension] = found
        else:
            found.remove(place)
        if not found:
            del self._having[dimension]
            self._values[dimension[0]].discard(dimension[1])


def dimensions_of(item: Any) -> frozenset[Dimension]:
    """Every value by which an object is filtered."""
    return frozenset((*item.daily(), *item.dimensions()))


def _folded(item: Any) -> str:
    return "\n".join(map(fold, item.texts()))


def _by_dimension(objects: Sequence[Any | None]) -> dict[Dimension, Places]:
    places: dict[Dimension, array[int]] = {}
    for place, item in enumerate(objects):
        for dimension in () if item is None else dimensions_of(item):
            places.setdefault(dimension, array("I")).append(place)
    return {dimension: _packed(found, len(objects)) for dimension, found in places.items()}


def _packed(places: array[int], size: int) -> Places:
    """Places as a bitset, or as they are where these take less room."""
    return places if len(places) * places.itemsize * 8 < size else bitset(places, size)


def bitset(places: Iterable[int], size: int) -> int:
    """An int with the bits at these places."""
    octets = bytearray(size // 8 + 1)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")
