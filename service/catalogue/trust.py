"""Trust: who stands behind a link. Derived from the latest word of each side and from evidence, never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.models.cooperation import ConfirmationState, Side
from service.models.fields import Choices
from service.models.source import EvidenceBasis, SourceKind, Speaker

if TYPE_CHECKING:
    from service.catalogue.cooperation import CooperationLink


class Trust(Choices):
    """Who stands behind a link."""

    DISPUTED = "disputed", "A side sees it differently."
    CLAIMED = "claimed", "Neither side's own word is known."
    ONE_SIDED = "one_sided", "One side says so."
    MUTUAL = "mutual", "Both sides say so."


DOCUMENTS = frozenset({SourceKind.OFFICIAL_REGISTER, SourceKind.LEGAL_ACT, SourceKind.CONTRACT})
WORDS = {Speaker.SIDE_A: {Side.SIDE_A}, Speaker.SIDE_B: {Side.SIDE_B}, Speaker.BOTH: {Side.SIDE_A, Side.SIDE_B}}


def trust_of(link: CooperationLink) -> Trust:
    """By the sides that confirmed it, or whose own published word a source states."""
    said = published_words(link)
    for word in link.confirmations:
        if word.state is ConfirmationState.DISPUTED:
            return Trust.DISPUTED
        if word.state is ConfirmationState.CONFIRMED:
            said.add(word.side)
    return (Trust.CLAIMED, Trust.ONE_SIDED, Trust.MUTUAL)[len(said)]


def published_words(link: CooperationLink) -> set[Side]:
    """The sides whose own published word a source states."""
    said: set[Side] = set()
    for item in link.evidence:
        if item.speaks_for is not None and item.basis is EvidenceBasis.STATED:
            said |= WORDS.get(item.speaks_for, set())
    return said


def is_documented(link: CooperationLink) -> bool:
    return link.agreement is not None or any(item.source.kind in DOCUMENTS for item in link.evidence)
