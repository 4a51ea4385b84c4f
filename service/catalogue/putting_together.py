"""Putting together who has which value, of very many objects at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from service.catalogue.dimensions import Several, Within, upward
from service.catalogue.postings import Having, Postings, bitset, packed, values_of

Places = dict[Any, list[int]]
"""Places by value."""


class Putting(dict[Any, Callable[[int], None]]):
    """What puts one more place to those of a value."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def __missing__(self, value: Any) -> Callable[[int], None]:
        its = self._places[value] = []
        put = self[value] = its.append
        return put


class Together:
    """The places of each value; of several values first by the whole set, which many objects share."""

    def __init__(self, value: Callable[[Any], Hashable]) -> None:
        self._value = value
        self._places: Places = {}
        self._put = Putting(self._places)

    def add(self, places: Sequence[int], items: Iterable[Any]) -> None:
        """Let the objects at places have their values."""
        for put, place in zip(map(self._put.__getitem__, map(self._value, items)), places, strict=True):
            put(place)

    def postings(self, size: int) -> Postings:
        """Who has which value."""
        found: defaultdict[Hashable, list[int]] = defaultdict(list)
        for value, places in self._places.items():
            for each in values_of(value):
                found[each] += places
        return Postings.of(found, size)


class Singly:
    """The places of each of several values."""

    def __init__(self, values: Several | Within) -> None:
        self._values = values.each
        self._places: Places = {}
        self._put = Putting(self._places)

    def add(self, places: Sequence[int], items: Iterable[Any]) -> None:
        """Let the objects at places have their values."""
        put = self._put
        for place, values in zip(places, map(self._values, items), strict=True):
            for value in values:
                put[value](place)

    def postings(self, size: int) -> Postings:
        """Who has which value."""
        return Postings.of({value: {*places} for value, places in self._places.items()}, size)


class Below(Singly):
    """The places of each region or term, which then stand for all that it lies in too."""

    def postings(self, size: int) -> Postings:
        """Closures are looked at once for each region or term, and many places are put together as bits."""
        self._places.pop(None, None)
        below: defaultdict[Hashable, list[Having]] = defaultdict(list)
        for each, places in self._places.items():
            its = packed({*places}, size)
            for id in upward(each):
                below[id].append(its)
        return Postings({id: _union(its, size) for id, its in below.items()})


def _union(several: list[Having], size: int) -> Having:
    if len(several) == 1:
        return several[0]
    many = [its for its in several if isinstance(its, int)]
    few = {place for its in several if not isinstance(its, int) for place in its}
    return reduce(or_, many, bitset(few, size)) if many else packed(few, size)


def together(value: Callable[[Any], Hashable]) -> Together | Singly:
    """What puts together who has which value of one name."""
    if isinstance(value, Within):
        return Below(value)
    return Singly(value) if isinstance(value, Several) else Together(value)
