"""What stands in the fields of a form, by the names that a browser sends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Pair = tuple[str, str]

MOST_ROWS = 200
"""Rows of one list of owned children that a form may have."""


class Typed:
    """The values of a form. Names are paths: `name.lv`, `evidence.0.says.lv`."""

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    @classmethod
    def of_form(cls, pairs: Iterable[tuple[str, Any]]) -> Typed:
        """What a browser sent; files are none of our fields."""
        return cls((name, value) for name, value in pairs if isinstance(value, str))

    def pairs(self) -> Iterator[Pair]:
        """Everything, as a browser would send it."""
        yield from ((name, value) for name, values in self._values.items() for value in values)

    def text(self, name: str) -> str:
        """The value of a field; nothing when it is not there."""
        return (self._values.get(name) or [""])[-1]

    def texts(self, name: str) -> list[str]:
        """The values of a field that can have several."""
        return self._values.get(name, [])

    def has(self, name: str, value: str) -> bool:
        return value in self.texts(name)

    def put(self, name: str, *values: str) -> None:
        """Let a field hold other values."""
        self._values[name] = list(values)

    def begins(self, name: str) -> bool:
        """Whether anything is filled below a path."""
        return any(any(map(str.strip, values)) for key, values in self._values.items() if key.startswith(f"{name}."))

    def rows(self, part: str) -> list[int]:
        """The numbers of the rows of a list of owned children."""
        found = (re.fullmatch(rf"{re.escape(part)}\.([0-9]{{1,4}})\.id", name) for name in self._values)
        return sorted({int(match[1]) for match in found if match})[:MOST_ROWS]

    def drop(self, path: str) -> None:
        """Take away everything below a path."""
        self._values = {name: values for name, values in self._values.items() if not name.startswith(f"{path}.")}

    def bring(self, other: Typed, path: str, to: str = "") -> None:
        """Let a path, with everything below it, hold what another form holds there, or at a path of another name."""
        to = to or path
        self._values.pop(to, None)
        self.drop(to)
        for name, values in other._values.items():
            if name == path or name.startswith(f"{path}."):
                self._values[to + name[len(path) :]] = [*values]

    def add_row(self, part: str, id: str) -> int:
        """A new row at the end of a list; its number."""
        number = max(self.rows(part), default=-1) + 1
        self.put(f"{part}.{number}.id", id)
        return number

    def settle(self, part: str) -> None:
        """Leave out the new rows in which nothing is filled, and number the others anew."""
        kept = [row for row in self.rows(part) if not self._is_blank(f"{part}.{row}")]
        numbers = {row: number for number, row in enumerate(kept)}
        start = re.compile(rf"{re.escape(part)}\.([0-9]{{1,4}})\.")
        settled: dict[str, list[str]] = {}
        for name, values in self._values.items():
            match = start.match(name)
            if match is None:
                settled[name] = values
            elif (row := int(match[1])) in numbers:
                settled[f"{part}.{numbers[row]}.{name[match.end() :]}"] = values
        self._values = settled

    def _is_blank(self, row: str) -> bool:
        mine = (name for name in self._values if name.startswith(f"{row}.") and name != f"{row}.id")
        return not any(value.strip() for name in mine for value in self._values[name])
