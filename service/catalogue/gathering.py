"""The parts of a load: the values of columns, and lists in the making."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from service.catalogue.linking import packed
from service.catalogue.reading import Reader
from service.catalogue.slots import fill
from service.engines.base import finished

T = TypeVar("T")

Columns = dict[str, Sequence[Any]]
"""A batch of rows, turned: the values of each column."""

REMEMBERED = 20_000
"""From so many values of one attribute on, what they become is remembered anew."""


async def ahead(batches: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """The same, each read while the one before it is worked on."""
    coming = asyncio.ensure_future(anext(batches, None))
    try:
        while (batch := await coming) is not None:
            coming = asyncio.ensure_future(anext(batches, None))
            yield batch
    finally:
        await finished(_closed(coming, batches))


async def _closed(coming: asyncio.Future[Any], batches: AsyncGenerator[Any, None]) -> None:
    await asyncio.wait([coming])
    await batches.aclose()
    if not coming.cancelled():
        coming.exception()  # Whoever waits for it was told, or went away.


class Made(dict[Any, Any]):
    """What raw values become. What many rows hold is made once, and is one object."""

    def __init__(self, reader: Reader) -> None:
        several = len(reader.columns) > 1
        self._make: Callable[[Any], Any] = (lambda raw: reader.made(*raw)) if several else reader.made

    def __missing__(self, raw: Any) -> Any:
        made = self[raw] = self._make(raw)
        return made


class Values:
    """What makes the attributes of one table's objects of its columns, for as long as one load takes."""

    def __init__(self, readers: dict[str, Reader]) -> None:
        self._readers = readers
        self._made = {name: Made(reader) for name, reader in readers.items() if reader.repeats}
        self.columns = tuple(dict.fromkeys(name for reader in readers.values() for name in reader.columns))
        """The columns it needs, each once."""

    def of(self, columns: Columns) -> dict[str, Iterable[Any]]:
        """The values of each attribute."""
        return {name: self._of(name, *map(columns.__getitem__, it.columns)) for name, it in self._readers.items()}

    def _of(self, name: str, *columns: Sequence[Any]) -> Iterable[Any]:
        made = self._made.get(name)
        if made is None:
            return self._readers[name].all(*columns)
        if len(made) >= REMEMBERED:
            made.clear()
        return map(made.__getitem__, columns[0] if len(columns) == 1 else zip(*columns, strict=True))


def rows(columns: Columns, *names: str) -> Iterator[tuple[Any, ...]]:
    """Some columns by row again, for what is looked at one by one."""
    return zip(*map(columns.__getitem__, names), strict=True)


class Gathered:
    """Lists of others in the making; handed over when they are whole, so that each has the room it needs."""

    def __init__(self) -> None:
        self._lists: dict[str, defaultdict[Any, list[Any]]] = {}
        self._sorted_by: dict[str, str] = {}

    @property
    def size(self) -> int:
        """How many lists there are."""
        return sum(map(len, self._lists.values()))

    def add(self, name: str, holders: Iterable[Any], items: Iterable[Any], sorted_by: str | None = None) -> None:
        """Let each holder have an item in the list of that name; some may have no holder."""
        if sorted_by is not None:
            self._sorted_by[name] = sorted_by
        lists = self._lists.setdefault(name, defaultdict(list))
        for holder, item in zip(holders, items, strict=True):
            if holder is not None:
                lists[holder].append(item)

    def hand_over(self) -> None:
        """Give the lists to those that keep them."""
        for name, lists in self._lists.items():
            if name in self._sorted_by:
                _sort(lists.values(), self._sorted_by[name])
            fill(lists, {name: map(packed, lists.values())})
        self._lists.clear()


def _sort(lists: Iterable[list[Any]], name: str) -> None:
    place = attrgetter(name)
    for items in lists:
        if len(items) > 1:
            items.sort(key=place)
