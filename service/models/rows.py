"""Values on their way between JSON content and the columns of one engine."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from service.models.fields import ChoiceSet, Day, Dialect, Flag, LineSet, Number, Text

_json = json.JSONEncoder(ensure_ascii=False).encode


def to_column(field: Any, value: Any, dialect: Dialect) -> Any:
    """A content value as the engine's driver takes it."""
    if value is None:
        return None
    if isinstance(field, Text | ChoiceSet | LineSet):
        return _json(value)
    if isinstance(field, Day):
        return date.fromisoformat(value) if dialect == "postgres" else value
    if isinstance(field, Number):
        return Decimal(value) if dialect == "postgres" else value
    if isinstance(field, Flag) and dialect == "sqlite":
        return int(value)
    return value


def from_column(field: Any, value: Any) -> Any:
    """A value as a driver gave it, as content value; the same for both engines."""
    if value is None:
        return None
    if isinstance(field, Text | ChoiceSet | LineSet):
        return from_json(value)
    if isinstance(field, Day):
        return value if isinstance(value, str) else value.isoformat()
    if isinstance(field, Number):
        return plain(Decimal(value))
    if isinstance(field, Flag):
        return bool(value)
    return value


def from_json(value: Any) -> Any:
    """A JSON column as a driver gave it: text, or already read."""
    return json.loads(value) if isinstance(value, str) else value


def default_of(field: Any) -> Any:
    """What a field holds when nobody says anything."""
    return field.default() if callable(field.default) else field.default


def plain(number: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing: `92.07`, `12500`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment(value: datetime, dialect: Dialect) -> Any:
    """A time stamp as the engine's driver takes it; always with its offset."""
    return value if dialect == "postgres" else value.isoformat()


def from_moment(value: Any) -> datetime:
    """A time stamp as a driver gave it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
