"""The work list: published records that somebody should look at, of those that whoever asks may change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import strawberry

from service import models
from service.accounts.viewer import Viewer
from service.api.paging import keyed
from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE
from service.catalogue.dates import months_before
from service.catalogue.dimensions import Dimension
from service.catalogue.indexes import Selection
from service.catalogue.postings import places_of
from service.catalogue.published import graphql_enum
from service.catalogue.record import Freshness, Record
from service.catalogue.trust import Trust
from service.editing.policy import NONE, OWNERS, PARTICIPANTS, Seen, every, grant
from service.models.fields import Choices
from service.models.source import EvidenceBasis

SOON = 6
"""Months before its end in which an agreement is on the list."""


class WorkKind(Choices):
    """Why a record should be looked at."""

    STALE = "stale", "Nobody has said for long that it is still true."
    DISPUTED = "disputed", "A side of the link sees it differently."
    ONE_SIDED = "one_sided", "Only one side of the link has said that it is so."
    WITHOUT_EVIDENCE = (
        "without_evidence",
        "No source states it: it was inferred. Not asked of places, regions and terms.",
    )
    ENDING = "ending", "The agreement ends within six months."


graphql_enum(WorkKind)

Find = Callable[[Catalogue, str], Iterator[Any]]
"""Finds the records of a noun that are to be looked at."""


def _having(dimension: Dimension) -> Find:
    def find(catalogue: Catalogue, noun: str) -> Iterator[Any]:
        index = catalogue.indexes[noun]
        return iter([index.objects[place] for place in places_of(Selection(index.having(dimension)).octets)])

    return find


def _without_evidence(catalogue: Catalogue, noun: str) -> Iterator[Any]:
    stated = EvidenceBasis.STATED
    return (each for each in catalogue.of(noun) if not any(item.basis is stated for item in each.evidence))


def _ending(catalogue: Catalogue, noun: str) -> Iterator[Any]:
    for agreement in catalogue.of(noun):
        end: date | None = agreement.valid_to.latest if agreement.valid_to else None
        if end is not None and catalogue.today <= end and months_before(end, SOON) <= catalogue.today:
            yield agreement


REFERENCE = frozenset({"region", "taxonomy", "taxonomy_term", "location"})
"""What others are described by: where it was inferred, nobody has to look for a source that states it."""

CLAIMS = tuple(noun for noun, model in models.NOUNS.items() if model.NEEDS_EVIDENCE and noun not in REFERENCE)
LINK = ("cooperation_link",)

FINDING: dict[WorkKind, tuple[tuple[str, ...], Find]] = {
    WorkKind.STALE: (tuple(models.NOUNS), _having(("freshness", Freshness.STALE))),
    WorkKind.DISPUTED: (LINK, _having(("trust", Trust.DISPUTED))),
    WorkKind.ONE_SIDED: (LINK, _having(("trust", Trust.ONE_SIDED))),
    WorkKind.WITHOUT_EVIDENCE: (CLAIMS, _without_evidence),
    WorkKind.ENDING: (("agreement",), _ending),
}
"""Of which nouns each kind is, and how they are found."""


@strawberry.type(description="The records that should be looked at for one reason.")
class Work:
    catalogue: strawberry.Private[Catalogue]
    viewer: strawberry.Private[Viewer]
    kind: WorkKind = strawberry.field(description="Why they should be looked at.")

    @strawberry.field(description="The records, those that were not heard of longest first.", directives=[PAGE])
    def records(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Record]:
        found = to_look_at(self.catalogue, self.viewer, self.kind)
        keys = [waiting_since(each) for each in found]
        return keyed(found, keys, Window(first, after, last, before))


def to_look_at(catalogue: Catalogue, viewer: Viewer, kind: WorkKind) -> list[Any]:
    """The records that an account should look at for one reason, those that were not heard of longest first."""
    return sorted(unsorted(catalogue, viewer, kind), key=waiting_since)


def unsorted(catalogue: Catalogue, viewer: Viewer, kind: WorkKind) -> Iterator[Any]:
    """The same in no order, one by one: each noun's records are listed first, so that others may have turns between."""
    nouns, find = FINDING[kind]
    return (each for noun in nouns for each in _changeable(viewer, noun, find(catalogue, noun)))


def waiting_since(record: Any) -> tuple[str, str]:
    """The order of the work list."""
    return str(record.last_heard() or ""), record.id


def _changeable(viewer: Viewer, noun: str, records: Iterator[Any]) -> Iterator[Any]:
    """Those of some published records that an account may propose to change."""
    rule = grant(viewer, noun)
    if rule is None or rule.changes == NONE:
        return
    for record in records:
        if rule.rows is every or rule.rows(viewer, Seen(noun, None, frozenset(_owners(noun, record)))):
            yield record


def _owners(noun: str, record: Any) -> Iterator[str]:
    """The organisations that a published record belongs to."""
    named = [getattr(record, name) for name in OWNERS.get(noun, ())]
    if noun in PARTICIPANTS:
        named += [each.organisation for each in record.participations]
    elif noun == "organisation":
        named.append(record)
    elif noun == "location":
        named += [*record.seat_of, *(service.provider for service in record.services)]
    elif noun == "agreement":
        named += [side for link in record.links for side in (link.side_a, link.side_b)]
    return (each.id for each in named if each is not None)
