"""What nouns, fields and values are called on the screen."""

from __future__ import annotations

from service.i18n import Words
from service.showing.labels import choice_name, noun_name, nouns_name

__all__ = ["choice_name", "field_help", "field_name", "noun_name", "nouns_name"]


def field_name(words: Words, table: str, field: str) -> str:
    """A field of a table; most share their name with the same field of other tables. Raises KeyError."""
    found = words.first(f"field.{table}.{field}", f"field.{field}")
    if found is None:
        raise KeyError(f"field.{table}.{field}")
    return found


def field_help(words: Words, table: str, field: str) -> str:
    """What one has to know to fill a field; empty where its name says it all."""
    return words.first(f"help.{table}.{field}", f"help.{field}") or ""
