"""Objects in an order: lists on objects, whose order the catalogue remembers, and views of ordered objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from array import array

    from service.catalogue.connection import Passes
    from service.catalogue.ordered import Key

MOST_ORDERS = 50_000
"""How many orders of lists on objects a catalogue remembers."""

MANY = 16
"""Lists of fewer are sorted by their keys: to look for ranks takes as long."""


def in_default_order(objects: Sequence[Any], owner: Any) -> Sequence[Any]:
    """The objects of a list on an object as they are shown when nobody asks for another order."""
    found = owner.catalogue.orders.get(id(objects))
    if found is not None and found[0] is objects:
        return found[1]  # type: ignore[no-any-return]
    if len(objects) < 2:
        return objects
    key, descending = type(objects[0]).DEFAULT_ORDER
    return _remembered(owner, objects, id(objects), key, descending=descending)


def in_order(objects: Sequence[Any], key: Callable[[Any], Key], owner: Any, *, descending: bool) -> Sequence[Any]:
    """The objects in an order, which the catalogue of the one they hang on remembers until something changes."""
    name = (id(objects), key, descending)
    found = None if owner is None else owner.catalogue.orders.get(name)
    if found is not None and found[0] is objects:
        return found[1]  # type: ignore[no-any-return]
    return _remembered(owner, objects, name, key, descending=descending)


def _remembered(
    owner: Any, objects: Sequence[Any], name: Any, key: Callable[[Any], Key], *, descending: bool
) -> list[Any]:
    ordered = _sorted(objects, key, descending=descending)
    if owner is not None:
        known = owner.catalogue.orders
        if len(known) >= MOST_ORDERS:
            known.clear()
        known[name] = objects, ordered
    return ordered


def _sorted(objects: Sequence[Any], key: Callable[[Any], Key], *, descending: bool) -> list[Any]:
    """By the ranks of all objects of the noun where it has them: that takes a fraction of sorting by keys."""
    ranks = None if len(objects) < MANY else _ranks(objects[0], key)
    if ranks is None:
        return sorted(objects, key=key_on(type(objects[0]), key), reverse=descending)
    keys = list(map(ranks.__getitem__, ordinals(objects)))
    places = sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)
    return list(map(objects.__getitem__, places))


def _ranks(item: Any, key: Callable[[Any], Key]) -> array[float] | None:
    """The ranks in an order of all that stand where an object does; None for what is part of a record."""
    subject = subject_of(item)
    index = subject.catalogue.index_of(subject) if hasattr(subject, "catalogue") else None
    return None if index is None else index.ranks(key)


def among(objects: Sequence[Any], octets: bytes) -> list[Any]:
    """Those of the objects whose bits are set."""
    size = len(octets)
    places = zip(objects, ordinals(objects), strict=True)
    return [item for item, place in places if place >> 3 < size and octets[place >> 3] >> (place & 7) & 1]


def ordinals(objects: Sequence[Any]) -> Iterator[int]:
    """The ordinals of objects of one class."""
    subject = getattr(objects[0], "SUBJECT", None) if objects else None
    return map(attrgetter("ordinal" if subject is None else f"{subject}.ordinal"), objects)


def passing(octets: bytes) -> Passes:
    """What lets objects pass whose bits are set."""
    size = len(octets)

    def passes(item: Any) -> Any:
        place = item.ordinal
        return place >> 3 < size and octets[place >> 3] >> (place & 7) & 1

    return passes


def key_on(kind: type[Any], key: Callable[[Any], Key]) -> Callable[[Any], Key]:
    """The key of objects of a class; a link seen from one side, which stands for the link, has the key of that."""
    return (lambda item: key(subject_of(item))) if hasattr(kind, "SUBJECT") else key


def subject_of(item: Any) -> Any:
    """What an object stands for; mostly itself."""
    name = getattr(item, "SUBJECT", None)
    return item if name is None else getattr(item, name)


class Backwards(Sequence[Any]):
    """A list read from its end."""

    __slots__ = ("_objects",)

    def __init__(self, objects: list[Any]) -> None:
        self._objects = objects

    def __len__(self) -> int:
        return len(self._objects)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._objects[~each] for each in range(*place.indices(len(self._objects)))]
        return self._objects[~place]


class Keys(Sequence[Any]):
    """The keys of objects, each made when it is looked at."""

    __slots__ = ("_key", "_objects")

    def __init__(self, objects: list[Any], key: Callable[[Any], Key]) -> None:
        self._objects = objects
        self._key = key

    def __len__(self) -> int:
        return len(self._objects)

    def __getitem__(self, place: Any) -> Any:
        return self._key(self._objects[place])
