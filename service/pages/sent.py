"""Pages as they were sent, to be sent again until something is published."""

from __future__ import annotations

from service.bounded import Bounded

ROOM = 8_000_000
"""Bytes: some thousand pages."""


class Sent:
    """The pages of one version of what is published; nobody may be sent those of an earlier one any more: they go."""

    def __init__(self) -> None:
        self._version = ""
        self._pages: Bounded[bytes, bytes] = Bounded(ROOM)

    def __len__(self) -> int:
        return len(self._pages)

    def of(self, version: str) -> Bounded[bytes, bytes]:
        """Those of a version, by their tags."""
        if version != self._version:
            self._version, self._pages = version, Bounded(ROOM)
        return self._pages
