"""The parts of a load: the values of columns, and lists in the making."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from service.catalogue.linking import packed
from service.catalogue.reading import Reader

Columns = dict[str, Sequence[Any]]
"""A batch of rows, turned: the values of each column."""

REMEMBERED = 5_000
"""How many values of one column are remembered, so that what many rows hold is made once, and is one object."""


def texts(ids: Iterable[Any]) -> list[str | None]:
    """Ids as texts; PostgreSQL's driver gives objects."""
    return [None if id is None else str(id) for id in ids]


def turned(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Columns:
    """A batch of rows by column."""
    return dict(zip(columns, zip(*rows, strict=True), strict=True))


def rows(columns: Columns) -> Iterable[dict[str, Any]]:
    """A batch by row again, for what is looked at one by one."""
    return (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


class Values:
    """What makes the attributes of one table's objects of its columns, for as long as one load takes."""

    def __init__(self, readers: dict[str, Reader]) -> None:
        self._made = {
            name: (reader.columns, lru_cache(REMEMBERED)(reader.convert) if reader.repeats else reader.convert)
            for name, reader in readers.items()
        }
        self.columns = tuple(dict.fromkeys(name for columns, _ in self._made.values() for name in columns))
        """The columns it needs, each once."""

    def of(self, columns: Columns) -> dict[str, Iterable[Any]]:
        """The values of each attribute."""
        return {name: map(convert, *map(columns.__getitem__, its)) for name, (its, convert) in self._made.items()}


class Gathered:
    """Lists of others in the making; handed over when they are whole, so that each has the room it needs."""

    def __init__(self) -> None:
        self._lists: dict[str, defaultdict[Any, list[Any]]] = {}

    @property
    def size(self) -> int:
        """How many lists there are."""
        return sum(map(len, self._lists.values()))

    def add(self, name: str, holders: Iterable[Any], items: Iterable[Any]) -> None:
        """Let each holder have an item in the list of that name; some may have no holder."""
        lists = self._lists.setdefault(name, defaultdict(list))
        for holder, item in zip(holders, items, strict=True):
            if holder is not None:
                lists[holder].append(item)

    def hand_over(self) -> None:
        """Give the lists to those that keep them."""
        for name, lists in self._lists.items():
            for holder, items in lists.items():
                setattr(holder, name, packed(items))
        self._lists.clear()
