"""The cooperation of an organisation at a glance: who does what for whom, since when, on which document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from admin.labels import choice_name
from admin.naming import Named, named, show_date
from admin.visit import Desk
from service.catalogue.cooperation import Phase
from service.models.cooperation import LinkKind, LinkRole

MOST_TOLD = 60
"""So many links of one kind are told here; all of them are in the list of links."""

ORDER = sorted(LinkKind, key=lambda kind: kind is LinkKind.COOPERATION)
"""What tells nothing of its kind comes last."""

PHASES = (Phase.ACTIVE, Phase.PLANNED, Phase.LAST_KNOWN, Phase.ENDED)


@dataclass(frozen=True)
class Tie:
    """One link: the other side, what it is about, its time, and what it rests on."""

    id: str
    partner: Named
    about: str
    categories: Sequence[str]
    period: str
    phase: str
    documents: Sequence[Named]


@dataclass(frozen=True)
class Ties:
    """The links of one kind in which the organisation has the same role."""

    kind: str
    role: str
    partner_role: str
    ties: Sequence[Tie]
    size: int

    @property
    def more(self) -> int:
        return self.size - len(self.ties)


def ties_of(desk: Desk, organisation: Any) -> list[Ties]:
    """Its links by kind and role, those that are going on first."""
    found: dict[tuple[LinkKind, LinkRole], list[Any]] = {}
    for seen in sorted(organisation.cooperation, key=_place):
        found.setdefault((seen.link.kind, seen.role), []).append(seen)
    return [_ties(desk, found[key]) for key in sorted(found, key=lambda key: (ORDER.index(key[0]), key[1].value))]


def _place(seen: Any) -> tuple[int, str]:
    """Those that began last come first among those that stand alike."""
    began = seen.link.valid_from or seen.link.attested_on
    return PHASES.index(seen.link.phase_today()), _backward(began.earliest.isoformat() if began else "")


def _backward(day: str) -> str:
    return "".join(chr(ord("9") - ord(letter) + ord("0")) if letter.isdigit() else letter for letter in day) or "~"


def _ties(desk: Desk, alike: Sequence[Any]) -> Ties:
    words, first = desk.words, alike[0]
    return Ties(
        choice_name(words, first.link.kind),
        choice_name(words, first.role),
        choice_name(words, first.partner_role),
        [_tie(desk, seen) for seen in alike[:MOST_TOLD]],
        len(alike),
    )


def _tie(desk: Desk, seen: Any) -> Tie:
    words, link = desk.words, seen.link
    about = link.description or {}
    return Tie(
        link.id,
        named(seen.partner, words),
        about.get(words.language) or about.get("lv", ""),
        list(dict.fromkeys(named(term, words).name for term in link.terms())),
        period(desk, link),
        choice_name(words, link.phase_today()),
        [named(record, words) for record in _documents(link)],
    )


def period(desk: Desk, link: Any) -> str:
    """From when until when, as far as it is known; of a link without dates when it was last attested."""
    words = desk.words
    start, end = show_date(link.valid_from, words), show_date(link.valid_to, words)
    if start and end:
        return f"{start}–{end}"
    if start or end:
        return words("since", day=start) if start else words("until_day", day=end)
    heard = link.last_heard()
    return words("last_heard", day=desk.day(heard)) if heard else ""


def _documents(link: Any) -> Iterator[Any]:
    """The agreement and the project; where there is neither, the sources that state it."""
    known = [record for record in (link.agreement, link.project) if record is not None]
    yield from known or dict.fromkeys(item.source for item in link.evidence)
