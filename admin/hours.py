"""Hours at which something is to happen, as browsers send them and by the clock of the directory."""

from __future__ import annotations

from datetime import UTC, datetime

from admin.visit import Desk
from service.editing.messages import problem
from service.errors import InputError


def read(desk: Desk, text: str) -> datetime:
    """What somebody chose. Raises InputError when it is no hour."""
    try:
        local = datetime.fromisoformat(text.strip())
        return (local if local.tzinfo else local.replace(tzinfo=desk.entrance.settings.timezone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError([problem("hour_has_passed", ("due_at",))]) from None


def written(desk: Desk, at: datetime | None) -> str:
    """As the control for it holds an hour; nothing when there is none."""
    return "" if at is None else f"{at.astimezone(desk.entrance.settings.timezone):%Y-%m-%dT%H:%M}"
