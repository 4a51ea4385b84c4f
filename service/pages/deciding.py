"""What decides whether somebody may come to a service: what is known of it, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.pages.telling import Telling

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Decisive:
    """Facts as they stand in a list of results, each with what it is called; and in one line what is not known."""

    facts: Facts
    lacking: str


def decisive(service: Any, tell: Telling) -> Decisive:
    """Who may come, how one applies, what it costs, whom the residence rule lets in, and which places are free."""
    found = dict(_each(service, tell))
    known = tuple((tell.words(f"page.{name}"), said) for name, said in found.items() if said)
    lacking = (name for name in LACKING if not found[name])
    return Decisive(known, ", ".join(tell.words(f"page.unknown.{name}") for name in lacking))


LACKING = ("who", "access", "fee", "places")
"""What is told to be unknown; of a residence rule that is not known nothing is said."""


def _each(service: Any, tell: Telling) -> Iterator[tuple[str, str]]:
    yield "who", tell.who(service)
    yield "access", tell.choices(service.access_routes)
    yield "fee", tell.choice(service.fee) if service.fee else ""
    yield "residence", tell.choice(service.residence_rule) if service.residence_rule else ""
    yield "places", tell.vacancies(service) if service.availability_today().as_of else ""
