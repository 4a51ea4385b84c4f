"""How many places a service has, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from service.i18n import Words
from service.models.service import AvailabilityState
from service.showing.labels import choice_name


def told(service: Any, words: Words, day: Callable[[date], str]) -> str:
    """How many places are free, with the day on which it was said."""
    now = service.availability_today()
    said = [choice_name(words, now.state)]
    if now.free_places is not None:
        said.append(words.count("free_places_told", now.free_places))
    if now.weeks_to_wait is not None:
        said.append(words.count("weeks_told", now.weeks_to_wait))
    if now.as_of is not None and now.state is not AvailabilityState.UNKNOWN:
        said.append(day(now.as_of))
    return ", ".join(said)
