"""Introductions: the partners suggested to an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import strawberry

from service.catalogue.connection import After, Before, Connection, First, Last, Window, part
from service.catalogue.costs import PAGE, Cost
from service.catalogue.introductions.reason import IntroductionReason, reason_key
from service.catalogue.introductions.suggesting import Suggesting
from service.catalogue.refs import OrganisationRef

SUGGESTING = Cost(weight="2000")
"""Looking for who works in the same regions, for the same people: some 20 to 150 ms among 5,000 organisations."""


@strawberry.type(description="An organisation that another might like to meet: no link between them is known.")
class Introduction:
    organisation: OrganisationRef = strawberry.field(description="Whom to meet.")
    key: strawberry.Private[tuple[Any, ...]]
    suggesting: strawberry.Private[Suggesting]

    @strawberry.field(description="Why: what municipal sides say is lacking comes first.", directives=[PAGE])
    def reasons(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[IntroductionReason]:
        reasons = self.suggesting.reasons(self.organisation)
        window = Window(first, after, last, before)
        found: Connection[IntroductionReason] = part(reasons, reason_key, window, descending=False)
        return found


def suggested_partners(organisation: Any, window: Window) -> Connection[Introduction]:
    """A page of those an organisation might like to meet, the best reasons first."""
    introductions = Introductions(Suggesting(organisation))
    found: Connection[Introduction] = part(introductions, lambda one: one.key, window, descending=False)
    return found


class Introductions(Sequence[Any]):
    """All introductions in order; each is made when it is looked at."""

    def __init__(self, suggesting: Suggesting) -> None:
        self._suggesting = suggesting
        self._ranked = suggesting.ranked()

    def __len__(self) -> int:
        return len(self._ranked)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._made(ranked) for ranked in self._ranked[place]]
        return self._made(self._ranked[place])

    def _made(self, ranked: tuple[Any, ...]) -> Introduction:
        *key, place = ranked
        other = self._suggesting.index.objects[place]
        return Introduction(organisation=other, key=tuple(key), suggesting=self._suggesting)
