"""Regions of today and of the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH_FEW
from service.catalogue.dates import PartialDate
from service.catalogue.dimensions import Within, upward
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order
from service.catalogue.indexes import Selection
from service.catalogue.ordered import Key
from service.catalogue.postings import places_of
from service.catalogue.published import Crowd, Many, published
from service.catalogue.record import Part, Record
from service.catalogue.refs import (
    EventRef,
    FigureRef,
    NeedRef,
    OrganisationAuthorityRef,
    OrganisationRef,
    ProjectRef,
    RegionNutsRef,
    RegionRef,
    RegionSuccessionRef,
    ServiceRef,
)
from service.catalogue.values import Point
from service.catalogue.words import Words, sort_key, spoken
from service.models.fields import Choices
from service.models.region import RegionKind, SuccessionRelation


def region_name(region: Region) -> Key:
    return (*sort_key(region.name["lv"]), region.id)


def region_code(region: Region) -> Key:
    return (region.code, region.id)


@published(
    models.Region,
    descriptions={
        "point": "A point inside the region.",
        "subregions": "The regions that lie in it today.",
        "successions": "What became of it in reforms.",
        "predecessors": "What came to it in reforms.",
        "nuts3": "The statistical regions it lies in, by version of NUTS.",
        "organisations": "The organisations that say they are active here.",
        "services": "The services that are for this region.",
        "projects": "The projects carried out here.",
        "events": "The events here.",
        "needs": "What is said to be lacking or enough here.",
        "figures": "Figures about it.",
        "authorities": "The bodies that act or acted for exactly this region.",
        "municipal_side": "The bodies that act or acted for it or for a predecessor: its municipal side.",
    },
)
class Region(Record):
    """A territory: the country, a planning region, a municipality, or one that used to be."""

    code: str
    kind: RegionKind
    former_kind: RegionKind | None
    name: Words
    parent: RegionRef | None
    iso: str | None
    atvk: str | None
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    point: Point | None
    note: Words | None
    subregions: Many[RegionRef]
    successions: Many[RegionSuccessionRef]
    predecessors: Many[RegionSuccessionRef]
    nuts3: Many[RegionNutsRef]
    organisations: Crowd[OrganisationRef]
    services: Crowd[ServiceRef]
    projects: Crowd[ProjectRef]
    events: Crowd[EventRef]
    needs: Crowd[NeedRef]
    figures: Many[FigureRef]
    authorities: Many[OrganisationAuthorityRef]
    municipal_side: Many[OrganisationRef]

    DEFAULT_ORDER = (region_name, False)
    FELT = frozenset({"name"})
    SHAPES = frozenset({"parent", "successions"})
    DIMENSIONS = {"kind": lambda region: region.kind, "within": Within(lambda region: (region,))}

    def above(self) -> Iterator[Region]:
        """Its parent; of a former region its successors."""
        if self.parent is not None:
            yield self.parent
        yield from (step.successor for step in self.successions if step.successor is not self)

    def before(self) -> Iterator[Region]:
        """The region and all that came before it, each once."""
        seen: dict[str, Region] = {}
        ahead = [self]
        while ahead:
            region = ahead.pop()
            if region.id not in seen:
                seen[region.id] = region
                ahead.extend(step.region for step in region.predecessors)
        yield from seen.values()

    def dependents(self) -> Iterator[Record]:
        """The places that lie in exactly this region, and what is said of it: they are sorted by its name."""
        yield from self.needs
        index, above = self.catalogue.indexes["location"], upward(self)
        below = (*self.subregions, *(step.region for step in self.predecessors))
        mask = index.having(("region", self.id))
        for region in below:
            if region.id not in above:
                mask &= ~index.having(("region", region.id))
        locations: list[Any] = [index.objects[place] for place in places_of(Selection(mask).octets)]
        yield from (location for location in locations if location.region is self)

    def texts(self) -> list[str]:
        return spoken(self.name, self.code)


def succession_region(step: RegionSuccession) -> Key:
    return (step.on.isoformat(), *sort_key(step.region.name["lv"]), *sort_key(step.successor.name["lv"]), step.id)


@published(
    models.RegionSuccession,
    descriptions={"region": "The region that passed the reform."},
)
class RegionSuccession(Part):
    """One step of a territorial reform."""

    region: RegionRef
    successor: RegionRef
    relation: SuccessionRelation
    part: Words | None
    on: date
    former_atvk: str | None

    DEFAULT_ORDER = (succession_region, False)


@published(models.RegionNuts)
class RegionNuts(Part):
    """A statistical region of European statistics."""

    version: int
    code: str


@strawberry.input(description="Which regions to give; what is given together has to hold together.")
class RegionFilter(Filter):
    NOUN = "region"
    BY_WORDS = True
    LOOKUPS = {"within": "region"}

    kind: list[RegionKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    within: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Within one of these regions, by id or code; former units count with their successors.",
    )
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its name, code and the names of its predecessors.",
        directives=[SEARCH_FEW],
    )


RegionFacet = facets_of(RegionFilter, Region)


class RegionOrderField(Choices):
    """What regions can be ordered by."""

    NAME = "name", "The Latvian name, in alphabetical order."
    CODE = "code", "The code."


@strawberry.input(description="The order of regions.")
class RegionOrder(Order):
    NOUN = "region"
    KEYS = {RegionOrderField.NAME: region_name, RegionOrderField.CODE: region_code}

    field: RegionOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
