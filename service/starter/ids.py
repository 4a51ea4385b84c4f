"""Ids that never change: each is made from where a record comes from and what it is called there."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("6b6f7061-2e6c-5076-9d64-697265637479")


def identify(noun: str, key: str) -> str:
    """The id of a record by its key; a key from elsewhere begins with its source, as in `register:1520`."""
    source, separator, original = key.rpartition(":")
    return str(uuid5(NAMESPACE, f"{source if separator else 'kopa'}:{noun}:{original}"))
