"""What is said about a published record so far, and what the visitor may say about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from admin.labels import choice_name
from admin.naming import Named, named
from admin.visit import Desk
from service.editing import desk as work
from service.editing import viewing
from service.editing.permits import Step
from service.editing.policy import SPEAKING
from service.models.account import Role
from service.models.cooperation import ROLES, ConfirmationState, Side
from service.showing.vacancies import told

DEGREES = range(6)
"""How closely two work together, from not at all to as one team."""


@dataclass(frozen=True)
class SideSaid:
    """One side of a link: who it is, what it said last, and whether the visitor may speak for it."""

    name: str
    role: str
    party: Named
    word: str
    disputed: bool
    confirmed: bool
    degree: str
    note: str
    speaks: bool
    asks: bool


@dataclass(frozen=True)
class Voices:
    """All of it for one record."""

    assured: str
    freshness: str
    may_assure: bool
    sides: Sequence[SideSaid]
    itself: bool
    sources: Sequence[Named]
    availability: str
    may_tell: bool


async def words_of(desk: Desk, link: str, side: Side) -> list[viewing.Word]:
    """What a side of a link has said, the latest first, as far as the visitor sees it."""
    return [word for word in await viewing.words(desk.database, desk.viewer, link) if word.side == side]


async def voices(desk: Desk, noun: str, record: Any) -> Voices:
    """What is said about a record, and by whom it may be said."""
    may = await work.able(desk.database, desk.viewer, SPEAKING, noun, record.id)
    fresh = record.freshness_today()
    return Voices(
        assured=desk.day(record.assured_on) if record.assured_on else "",
        freshness=choice_name(desk.words, fresh) if fresh else "",
        may_assure=Step.ASSURE in may,
        sides=await _sides(desk, record, Step.CONFIRM in may) if noun == "cooperation_link" else (),
        itself=desk.viewer.role is Role.REPRESENTATIVE,
        sources=list({item.source.id: named(item.source, desk.words) for item in record.evidence}.values()),
        availability=told(record, desk.words, desk.day) if noun == "service" else "",
        may_tell=noun == "service" and Step.AVAILABILITY in may,
    )


async def _sides(desk: Desk, link: Any, may: bool) -> list[SideSaid]:
    latest: dict[str, viewing.Word] = {}
    for word in await viewing.words(desk.database, desk.viewer, link.id):
        latest.setdefault(word.side, word)
    return [_side(desk, link, side, latest, may) for side in Side]


def _side(desk: Desk, link: Any, side: Side, latest: Mapping[str, viewing.Word], may: bool) -> SideSaid:
    words, party = desk.words, getattr(link, side.value)
    said = next((word for word in link.confirmations if word.side is side), None)
    state = said.state if said is not None else ConfirmationState.UNASKED
    private = latest.get(side.value)
    itself = desk.viewer.role is Role.REPRESENTATIVE
    told = choice_name(words, state)
    return SideSaid(
        name=side.value,
        role=choice_name(words, ROLES[link.kind][list(Side).index(side)]),
        party=named(party, words),
        word=told if said is None or state is ConfirmationState.UNASKED else f"{told}, {desk.day(said.on)}",
        disputed=state is ConfirmationState.DISPUTED,
        confirmed=state is ConfirmationState.CONFIRMED,
        degree=degree_name(desk, private.tie_level) if private and private.tie_level is not None else "",
        note=(private.note or "") if private else "",
        speaks=may and (not itself or party.id in desk.viewer.organisations),
        asks=may and not itself and bool(party.email) and state is not ConfirmationState.CONFIRMED,
    )


def degree_name(desk: Desk, degree: int) -> str:
    """A degree of cooperation in words."""
    return f"{degree} – {desk.words(f'choice.degree.{degree}')}"


def degrees(desk: Desk) -> list[tuple[str, str]]:
    return [(str(degree), degree_name(desk, degree)) for degree in DEGREES]
