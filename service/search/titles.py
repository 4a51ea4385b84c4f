"""What a record that was found is called: its name, or the names of those that it ties together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from service.catalogue.cooperation import CooperationLink
from service.catalogue.location import Location
from service.catalogue.need import Need

Spoken = Any
"""A text by language, or one of no language; None where there is none."""


def title(record: Any, language: str) -> tuple[str, list[str]]:
    """What a record is called in a language, and the texts that this is made of."""
    between, its = _TITLES.get(type(record), _own)(record)
    texts = [_in(language, each) for each in its if each]
    return between.join(texts), texts


def _in(language: str, spoken: Spoken) -> str:
    return spoken if isinstance(spoken, str) else str(spoken.get(language) or spoken["lv"])


def _own(it: Any) -> tuple[str, list[Spoken]]:
    return "", [it.title if hasattr(it, "title") else it.name]


def _location(it: Location) -> tuple[str, list[Spoken]]:
    """Of a place that says nothing of itself, as a confidential one, the municipality."""
    named = [it.name] if it.name else [it.address, it.town]
    return ", ", named if any(named) else [it.region.name]


def _need(it: Need) -> tuple[str, list[Spoken]]:
    return ": ", [it.category.name, it.region.name]


def _link(it: CooperationLink) -> tuple[str, list[Spoken]]:
    return " – ", [it.side_a.name, it.side_b.name]


_TITLES: dict[type[Any], Callable[[Any], tuple[str, list[Spoken]]]] = {
    Location: _location,
    Need: _need,
    CooperationLink: _link,
}
