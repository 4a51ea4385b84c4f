"""Setting the attributes of very many objects: written out as Python once for each type and compiled.

At 50,000 organisations a start makes 1.5 million objects; `setattr` in a loop takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Any


def empty(made: Any) -> Any:
    """An object without values: lists of others are the empty tuple that all share, everything else is null."""
    item = object.__new__(made)
    blanking(made)(item)
    return item


def new(made: Any, count: int) -> list[Any]:
    """Many objects, all of whose attributes are yet to be filled."""
    return list(map(object.__new__, repeat(made, count)))


def fill(items: Iterable[Any], columns: Mapping[str, Iterable[Any]]) -> None:
    """Give each object its value of each column; a column has the name of an attribute."""
    _filling(tuple(columns))(items, list(columns.values()))


@cache
def blanking(made: Any, filled: frozenset[str] = frozenset()) -> Callable[[Any], None]:
    """What gives an object its empty values, but for the attributes that are filled in any case."""
    blank = [name for name in made.SLOTS if name not in filled]
    lines = [f" item.{name} = {'()' if name in made.LISTS else 'None'}" for name in blank]
    return _compiled("\n".join(["def written(item):", *lines]))


@cache
def _filling(names: tuple[str, ...]) -> Callable[[Iterable[Any], Sequence[Iterable[Any]]], None]:
    values = "".join(f", value_{name}" for name in names)
    lines = [f"  item.{name} = value_{name}" for name in names] or ["  pass"]
    return _compiled("\n".join(["def written(items, columns):", f" for item{values} in zip(items, *columns):", *lines]))


def _compiled(source: str) -> Callable[..., None]:
    """The function that a source defines; nothing stands in it but the names of attributes, which Python checked."""
    made: dict[str, Callable[..., None]] = {}
    exec(source, made)
    return made["written"]
