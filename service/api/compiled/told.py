"""What was told of single objects, kept as bytes until the catalogue changes.

The same organisation stands in many answers. What a plan tells of it, when that is not much and the same for all
variables, is made once; every further answer takes over the bytes. Whatever changes in the catalogue, all of it is
forgotten: what a resolver has looked at to tell of an object, nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

ROOM = 64_000_000
"""Bytes for all that is kept."""

KEPT = 250
"""About the bytes that each takes beside its own."""


class Memory:
    """What the plans of a process have told, of one state of the catalogue.

    It has two halves. When the newer one is full it becomes the older, whose bytes go unless they are asked for again.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self.size = 0
        """Bytes of the newer half."""
        self.check: Callable[[], None] = _unhurried
        self._state: object = None
        self._filled: list[Told] = []

    def at(self, state: object, check: Callable[[], None]) -> None:
        """Begin an answer with a deadline's check; forget everything when the catalogue is in another state."""
        self.check = check
        if state is not self._state:
            self.forget()
            self._state = state

    def forget(self) -> None:
        for told in self._filled:
            told.forget()
        self._filled.clear()
        self.size = 0

    def keep(self, told: Told, item: Any, fragment: orjson.Fragment, size: int) -> None:
        """Keep what was told of an object, which takes about so many bytes."""
        if self.size + size > self.room // 2:
            self._turn()
        if not told and not told.older:
            self._filled.append(told)
        self.size += size
        told.size += size
        told[item] = fragment

    def _turn(self) -> None:
        """The newer half becomes the older one."""
        for told in self._filled:
            told.turn()
        self._filled = [told for told in self._filled if told.older]
        self.size = 0


class Told(dict[Any, Any]):
    """What one place of a plan tells, by object. `tell` makes what is not kept yet, null for what is null."""

    __slots__ = ("_memory", "each", "older", "size", "tell")

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.tell: Callable[[Any, Callable[[], None]], Any] = _nothing
        self.older: dict[Any, orjson.Fragment] = {}
        self.size = self.each = 0

    def __missing__(self, item: Any) -> Any:
        fragment, size = self.older.pop(item, None), self.each
        if fragment is None:
            data = self.tell(item, self._memory.check)
            if data is None:
                return None
            text = orjson.dumps(data)
            fragment, size = orjson.Fragment(text), len(text) + KEPT
        self._memory.keep(self, item, fragment, size)
        return fragment

    def turn(self) -> None:
        """What was the newer half is the older one now; each of it takes as many bytes as all did on average."""
        self.older, self.each = dict(self), self.size // max(len(self), 1)
        self.clear()
        self.size = 0

    def forget(self) -> None:
        self.older = {}
        self.clear()
        self.size = self.each = 0


def _nothing(_: Any, __: Callable[[], None]) -> None:
    return None


def _unhurried() -> None:
    """The check of a deadline that there is none."""
