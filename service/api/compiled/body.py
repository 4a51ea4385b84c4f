"""The lines of one function in the making."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

LETTERS = frozenset("exy")
"""With which the names of a function's own variables begin, beside `t` and `i` by themselves."""


class Body:
    """A function's source: its head, and lines below it."""

    def __init__(self, head: str) -> None:
        self._lines = [head]
        self._fresh = 0
        self.depth = 1

    def line(self, text: str) -> None:
        self._lines.append(" " * self.depth + text)

    def fresh(self, letter: str) -> str:
        """A name that nothing in this function has."""
        assert letter in LETTERS
        self._fresh += 1
        return f"{letter}{self._fresh}"

    @contextmanager
    def indented(self) -> Iterator[None]:
        self.depth += 1
        yield
        self.depth -= 1

    def text(self) -> str:
        return "\n".join(self._lines)
