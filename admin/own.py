"""What a representative finds on the first page: her organisations with what is theirs, and links to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from admin.labels import noun_name
from admin.naming import title
from admin.visit import Desk
from service.api.viewer.work import waiting_since
from service.catalogue.cooperation import Phase
from service.catalogue.types import NOUN_OF
from service.models.cooperation import ConfirmationState, Side

MOST_SHOWN = 12
SPOKEN = frozenset({ConfirmationState.CONFIRMED, ConfirmationState.DISPUTED})


@dataclass(frozen=True)
class Line:
    """A record of an organisation, and when it was last heard that it is true."""

    noun: str
    one: str
    id: str
    name: str
    heard: str
    today: bool


@dataclass(frozen=True)
class Own:
    """An organisation with its records, those that were not looked at longest first."""

    id: str
    name: str
    lines: Sequence[Line]
    more: int


@dataclass(frozen=True)
class Unconfirmed:
    """A link about which a side of the visitor's has said nothing yet."""

    id: str
    name: str
    side: str
    description: str


def own_organisations(desk: Desk) -> list[Own]:
    """The organisations for which the visitor speaks."""
    return [_own(desk, each) for each in _organisations(desk)]


def _organisations(desk: Desk) -> list[Any]:
    found = (desk.catalogue.node(id) for id in sorted(desk.viewer.organisations))
    return sorted(
        {each.id: each for each in found if each is not None}.values(), key=lambda each: title(each, desk.words)
    )


def _own(desk: Desk, organisation: Any) -> Own:
    records = sorted(_records(organisation), key=waiting_since)
    lines = [_line(desk, organisation), *(_line(desk, each) for each in records[:MOST_SHOWN])]
    return Own(organisation.id, title(organisation, desk.words), lines, max(0, len(records) - MOST_SHOWN))


def _records(organisation: Any) -> Iterator[Any]:
    yield from organisation.services
    yield from (seen.link for seen in organisation.cooperation)
    yield from (*organisation.needs, *organisation.figures)


def _line(desk: Desk, record: Any) -> Line:
    noun, heard = NOUN_OF[type(record)], record.last_heard()
    return Line(
        noun,
        noun_name(desk.words, noun),
        record.id,
        title(record, desk.words),
        desk.day(heard) if heard else "",
        record.assured_on == desk.catalogue.today,
    )


def to_confirm(desk: Desk) -> list[Unconfirmed]:
    """The links that go on and about which the visitor's side has not spoken."""
    found: dict[tuple[str, str], Unconfirmed] = {}
    for organisation in _organisations(desk):
        for link in (seen.link for seen in organisation.cooperation):
            side = Side.SIDE_A if link.side_a is organisation else Side.SIDE_B
            said = next((word.state for word in link.confirmations if word.side is side), None)
            if said not in SPOKEN and link.phase_today() is not Phase.ENDED:
                told = link.description or {}
                text = told.get(desk.language) or told.get("lv", "")
                found[link.id, side.value] = Unconfirmed(link.id, title(link, desk.words), side.value, text)
    return list(found.values())
