"""How a change is told to others: a line of the public feed, with a cursor to go on from, and no more than is public.

The feed over HTTP and webhooks say the same of a change.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from service.catalogue.changes import Change
from service.catalogue.connection import cursor, key_of
from service.models import Location
from service.models.revision import Act


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the feed of one history of the database."""

    epoch: str
    seq: int

    def __str__(self) -> str:
        return cursor((self.epoch, self.seq))

    @classmethod
    def of(cls, text: str) -> Place | None:
        """The place that a cursor names, None when it is none of this feed."""
        with suppress(ValueError):
            match key_of(text):
                case (str() as epoch, int() as seq) if seq >= 0:
                    return cls(epoch, seq)
        return None


def discreet(change: Change, *, is_open: bool) -> Change:
    """The change as it may be told today: a place that was withdrawn or has become confidential tells no address."""
    if change.noun != "location" or "content" not in change.payload or is_open:
        return change
    content = {name: value for name, value in change.payload["content"].items() if name not in Location.CONFIDENTIAL}
    return replace(change, payload={**change.payload, "content": content})


def line(epoch: str, change: Change) -> dict[str, Any]:
    """A change as the feed tells it; a tombstone has no content."""
    said: dict[str, Any] = {
        "cursor": str(Place(epoch, change.seq)),
        "noun": change.noun,
        "id": change.record,
        "act": change.act.value,
        "at": change.at.isoformat(),
    }
    if change.act is Act.MERGE:
        return {**said, "into": change.payload["into"]}
    return said if change.act is Act.WITHDRAW else {**said, **change.payload}
