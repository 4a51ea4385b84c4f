"""All objects of something in one order, that follows when some leave, come or move."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest, nsmallest
from itertools import groupby, pairwise
from typing import Any

from service.catalogue.postings import bitset, places_of

Key = tuple[Any, ...]
"""What an order sorts by; texts, numbers and flags only, so that a cursor can carry it. The id comes last."""


STRETCHES = 64
"""Into so many an order is cut to find the first of a selection."""

DENSE = 16
"""Of a selection of so many times as many as are wanted the first ones are looked for stretch by stretch."""


class Ordered:
    """Objects with their keys, in ascending order of the keys."""

    __slots__ = ("_ranks", "_stretches", "keys", "objects")

    def __init__(self, keys: list[Key], objects: list[Any]) -> None:
        self.keys = keys
        self.objects = objects
        self._ranks: array[float] | None = None
        self._stretches: dict[int, int] = {}

    @classmethod
    def of(cls, objects: Iterable[Any], key: Callable[[Any], Key]) -> Ordered:
        items = list(objects)
        keys = list(map(key, items))
        places = sorted(range(len(keys)), key=keys.__getitem__)
        return cls([keys[place] for place in places], [items[place] for place in places])

    def ranks(self) -> array[float]:
        """By the ordinal of each object a number that is less than those of all that come after it.

        Some of the objects are sooner sorted by these than by their keys. They are made when somebody first needs them.
        They are no places: who comes between two others gets a number between theirs, so that nobody else's changes.
        """
        if self._ranks is None:
            ranks = array("d", bytes(8 * (max((item.ordinal for item in self.objects), default=-1) + 1)))
            for place, item in enumerate(self.objects):
                ranks[item.ordinal] = place
            self._ranks = ranks
        return self._ranks

    def first(self, mask: int, count: int, *, descending: bool = False) -> list[int]:
        """The ordinals of the first objects of a selection, in order."""
        some = mask if mask.bit_count() <= DENSE * count else self._at_least(mask, count, descending=descending)
        places = places_of(some.to_bytes(some.bit_length() // 8 + 1, "little"))
        return (nlargest if descending else nsmallest)(count, places, key=self.ranks().__getitem__)

    def cut(self) -> Iterator[None]:
        """Steps after which the first of any selection are found without a look at the objects before them."""
        for number in range(STRETCHES):
            self._stretch(number)
            yield

    def _at_least(self, mask: int, count: int, *, descending: bool) -> int:
        """Of a selection the first so many, and at most a stretch more."""
        found = 0
        for number in range(STRETCHES)[:: -1 if descending else 1]:
            some = mask & self._stretch(number)
            found |= some
            count -= some.bit_count()
            if count <= 0:
                break
        return found

    def _stretch(self, number: int) -> int:
        """The objects of a stretch, as bits."""
        if number not in self._stretches:
            size = len(self.objects)
            some = self.objects[size * number // STRETCHES : size * (number + 1) // STRETCHES]
            self._stretches[number] = bitset([item.ordinal for item in some], len(self.ranks()))
        return self._stretches[number]

    def exchange(self, gone: Sequence[Key], come: Sequence[tuple[Key, Any]]) -> None:
        """Take out the objects with some keys, which end in the id, so that each has its own; put others in."""
        self._stretches = {} if gone or come else self._stretches
        for key in gone:
            place = bisect_left(self.keys, key)
            del self.keys[place], self.objects[place]
        for key, item in come:
            place = bisect_left(self.keys, key)
            self.keys.insert(place, key)
            self.objects.insert(place, item)
            self._rank([place])

    def exchanged(self, gone: Sequence[Key], come: Sequence[tuple[Key, Any]]) -> Ordered:
        """The order after an exchange; of many it takes less than to move, for each, all that comes after it."""
        joins = sorted(come, key=lambda pair: pair[0])
        cuts = [(bisect_left(self.keys, key), 1) for key in gone]
        steps = sorted([*cuts, *((bisect_left(self.keys, key), 0) for key, _ in joins)])
        after = Ordered([], [])
        joined = []
        start, coming = 0, iter(joins)
        for place, cut in steps:
            after.keys.extend(self.keys[start:place])
            after.objects.extend(self.objects[start:place])
            start = place + cut
            if not cut:
                key, item = next(coming)
                joined.append(len(after.keys))
                after.keys.append(key)
                after.objects.append(item)
        after.keys.extend(self.keys[start:])
        after.objects.extend(self.objects[start:])
        after._ranks = None if self._ranks is None else self._ranks[:]
        after._rank(joined)
        return after

    def lists(self) -> Iterator[list[Any]]:
        """The long lists that it keeps."""
        yield from (self.keys, self.objects)

    def _rank(self, places: Sequence[int]) -> None:
        """Give those at some places, in ascending order, numbers between those of the others."""
        if self._ranks is None:
            return
        for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
            inside = [place for _, place in run]
            first, last = inside[0], inside[-1]
            numbers = self._between(first - 1, last + 1)
            if numbers is None:
                self._ranks = None  # There is no room left between two, or one has no ordinal yet.
                return
            for item, number in zip(self.objects[first : last + 1], numbers, strict=True):
                self._ranks.extend([0.0] * (item.ordinal + 1 - len(self._ranks)))
                self._ranks[item.ordinal] = number

    def _between(self, before: int, after: int) -> list[float] | None:
        """Numbers for all between two places that have theirs; None where there is no room."""
        assert self._ranks is not None
        count = after - before - 1
        inside = self.objects[before + 1 : after]
        if any(item.ordinal is None for item in inside):
            return None
        low = self._ranks[self.objects[before].ordinal] if before >= 0 else None
        high = self._ranks[self.objects[after].ordinal] if after < len(self.objects) else None
        if low is None:
            low = 0.0 if high is None else high - count - 1
        if high is None:
            high = low + count + 1
        numbers = [low + (high - low) * each / (count + 1) for each in range(1, count + 1)]
        rising = [low, *numbers, high]
        return numbers if all(a < b for a, b in pairwise(rising)) else None
