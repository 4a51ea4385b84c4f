"""Drafts: the content that a record is to have, as somebody hands it in."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from service import models
from service.models.shape import shape


@dataclass(frozen=True)
class Draft:
    """The content that a record is to have; ids are given at the first draft.

    With a `base`, the revision that its author saw, it is made one with what was published since; without, it takes
    the place of whatever is published.
    """

    noun: str
    id: str
    content: dict[str, Any]
    base: str | None = None


def new_id() -> str:
    """An id for a record that does not exist yet: a UUID of version 7, so that later ones sort later."""
    number = time.time_ns() // 1_000_000 << 80 | 0x7 << 76 | 0b10 << 62
    return str(UUID(int=number | secrets.randbits(12) << 64 | secrets.randbits(62)))


def with_part_ids(noun: str, content: Any) -> Any:
    """The content with an id for each owned child that has none, so that two people's new ones are never the same."""
    if noun not in models.NOUNS or not isinstance(content, dict):
        return content
    lists = {name: content[name] for name in shape(noun).parts if isinstance(content.get(name), list)}
    return content | {name: [_with_id(item) for item in items] for name, items in lists.items()}


def _with_id(item: Any) -> Any:
    return {**item, "id": str(uuid4())} if isinstance(item, dict) and not item.get("id") else item
