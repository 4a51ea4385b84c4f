"""What was told of single objects, kept as bytes until the catalogue changes.

The same organisation stands in many answers. What a plan tells of it without any list of other objects is small, is
the same for all variables, and is made once; every further answer takes over the bytes. Whatever changes in the
catalogue, all of it is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

ROOM = 32_000_000
"""Bytes for all that is kept."""

KEPT = 250
"""About the bytes that each takes beside its own."""


class Memory:
    """What the plans of a process have told, of one state of the catalogue."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self.size = 0
        self._state: object = None
        self._filled: list[Told] = []

    def at(self, state: object) -> None:
        """Forget everything when the catalogue is in another state."""
        if state is not self._state:
            self.forget()
            self._state = state

    def forget(self) -> None:
        for told in self._filled:
            told.clear()
        self._filled.clear()
        self.size = 0

    def keep(self, told: Told, item: Any, fragment: orjson.Fragment, size: int) -> None:
        """Keep what was told of an object; when there is no room left, begin anew."""
        if self.size + size > self.room:
            self.forget()
        if not told:
            self._filled.append(told)
        self.size += size
        told[item] = fragment


class Told(dict[Any, Any]):
    """What one place of a plan tells, by object. `tell` makes what is not kept yet, null for what is null."""

    __slots__ = ("_memory", "tell")

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.tell: Callable[[Any], Any] = _nothing

    def __missing__(self, item: Any) -> Any:
        data = self.tell(item)
        if data is None:
            return None
        text = orjson.dumps(data)
        fragment = orjson.Fragment(text)
        self._memory.keep(self, item, fragment, len(text) + KEPT)
        return fragment


def _nothing(_: Any) -> None:
    return None
