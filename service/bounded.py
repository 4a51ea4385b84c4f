"""A memory that forgets what was not used for longest, bounded by bytes and not by the number of entries."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """Values by key, as many as fit."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value of about `size` bytes. One that is larger than all there is room for is not kept."""
        if size > self.most:
            return
        _, before = self._kept.pop(key, (None, 0))
        self._kept[key] = value, size
        self.size += size - before
        while self.size > self.most:
            _, (_, gone) = self._kept.popitem(last=False)
            self.size -= gone
