"""Introductions: the partners suggested to an organisation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import strawberry

from service.catalogue.connection import After, Before, Connection, First, Last, Window, part
from service.catalogue.costs import PAGE, Cost
from service.catalogue.indexes import Index, Selection
from service.catalogue.introductions.reason import IntroductionReason, reason_key
from service.catalogue.introductions.suggesting import Suggesting
from service.catalogue.orders import among
from service.catalogue.reach import objects_of
from service.catalogue.refs import OrganisationRef

SUGGESTING = Cost(weight="6000")
"""Looking for who works in the same regions, for the same people: some 10 ms among 50,000 organisations, and up
to 130 ms for a municipal side with hundreds of bodies."""

SEVERAL = 16
"""When one of so many is meant, it is quicker to go through all in their order than to sort those."""


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
        self._ranks = suggesting.ranked()
        self._ends = [*accumulate(rank.places.bit_count() for rank in self._ranks)]
        self._named: dict[int, list[Any]] = {}
        """By the number of a rank those of it, in alphabetical order."""

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._at(each) for each in range(*place.indices(len(self)))]
        return self._at(place)

    def _at(self, place: int) -> Introduction:
        number = bisect_right(self._ends, place)
        if number not in self._named:
            self._named[number] = alphabetical(self._suggesting.index, self._ranks[number].places)
        other = self._named[number][place - self._ends[number]]
        key = (*self._ranks[number].key, *type(other).DEFAULT_ORDER[0](other))
        return Introduction(organisation=other, key=key, suggesting=self._suggesting)


def alphabetical(index: Index, mask: int) -> list[Any]:
    """Organisations by their names."""
    if mask.bit_count() * SEVERAL > index.size:
        key = next(index.present()).DEFAULT_ORDER[0]
        return among(index.ordered(key).objects, Selection(mask).octets)
    found = list(objects_of(index, mask))
    return sorted(found, key=type(found[0]).DEFAULT_ORDER[0])
