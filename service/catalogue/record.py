"""What every published record has: an id that lasts, a version, dates, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import strawberry

from service import models
from service.catalogue.costs import at_most
from service.catalogue.dates import months_before
from service.catalogue.dimensions import Dimensions
from service.catalogue.ordered import Key
from service.catalogue.published import Hidden, Many, published
from service.catalogue.refs import EvidenceRef
from service.models.fields import Choices
from service.models.source import EvidenceBasis

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


MOST_CREDITS = 10
"""Of how many sources the licences and credits of a record are reckoned with in the cost of a query."""


class Freshness(Choices):
    """How long ago somebody last said that a record is true."""

    FRESH = "fresh", "Within 12 months."
    AGEING = "ageing", "Within 24 months."
    STALE = "stale", "Longer ago."


@strawberry.interface(description="Something with an id that lasts.")
class Node:
    __slots__ = ()
    id: strawberry.ID = strawberry.field(description="The id; it is never given to anything else.")


@published(
    models.Record,
    interface=True,
    descriptions={
        "id": "The id; it is never given to anything else.",
        "evidence": "What shows that the record is true.",
    },
)
class Record(Node):
    """What every published record has."""

    id: strawberry.ID
    version: int
    first_published_at: datetime
    last_modified: datetime
    assured_on: date | None
    assured_by: str | None
    evidence: Many[EvidenceRef]
    ordinal: Hidden[int]
    catalogue: Hidden[Catalogue]

    FELT: ClassVar[frozenset[str]] = frozenset()
    """The attributes by which others are filtered, sorted or searched: what it feeds, and its dependents."""

    SHAPES: ClassVar[frozenset[str]] = frozenset()
    """The attributes on which rests what everything lies in."""

    FEEDS: ClassVar[tuple[str, ...]] = ()
    """The references to records that are filtered by what refers to them."""

    DIMENSIONS: ClassVar[Dimensions] = {}
    """The values by which one filters it, beside those that depend on the day."""

    DAILY: ClassVar[Dimensions] = {"freshness": lambda record: record.freshness_today()}
    """The values by which one filters it that depend on the day."""

    BY_SOURCES: ClassVar[bool] = False
    """Whether it is filtered by what kind of sources it has."""

    @strawberry.field(description="How long ago somebody last said it is true; null when nobody ever did.")
    def freshness(self) -> Freshness | None:
        return self.freshness_today()

    @strawberry.field(description="The licences of its sources, each once.", directives=[at_most(MOST_CREDITS)])
    def licences(self) -> list[str]:
        return sorted({item.source.licence for item in self.evidence if item.source.licence})

    @strawberry.field(
        description="The credits that the licences of its sources ask for.", directives=[at_most(MOST_CREDITS)]
    )
    def attributions(self) -> list[str]:
        return sorted({item.source.attribution for item in self.evidence if item.source.attribution})

    @strawberry.field(description="Whether some of it was inferred rather than stated by its sources.")
    def inferred(self) -> bool:
        return any(item.basis is EvidenceBasis.INFERRED for item in self.evidence)

    def last_heard(self) -> date | None:
        """The last day on which somebody said it is true; a noun with attestations looks at those too."""
        return self.assured_on

    def freshness_today(self) -> Freshness | None:
        return self.freshness_of(self.last_heard())

    def freshness_of(self, heard: date | None) -> Freshness | None:
        """How fresh it is when it was last heard of on a day."""
        if heard is None:
            return None
        today, settings = self.catalogue.today, self.catalogue.settings
        if heard >= months_before(today, settings.fresh_months):
            return Freshness.FRESH
        return Freshness.AGEING if heard >= months_before(today, settings.ageing_months) else Freshness.STALE

    def texts(self) -> list[str]:
        """The texts by which one looks for it."""
        return []

    def dependents(self) -> Iterator[Any]:
        """Other records that are filtered, sorted or searched by attributes of this one."""
        yield from ()

    def above(self) -> Iterator[Any]:
        """What it lies in, for filters that look below."""
        yield from ()


def part_place(part: Part) -> Key:
    return (part.owner.id, part.position)


@published()
class Part:
    """What belongs to a record and lives and dies with it; kept in its owner's order."""

    id: Hidden[str]
    owner: Hidden[Record]
    position: Hidden[int]

    DEFAULT_ORDER: ClassVar[tuple[Callable[[Any], Key], bool]] = (part_place, False)
