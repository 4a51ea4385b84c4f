"""Locations; a confidential one has its municipality and nothing else, because nothing else is published."""

from __future__ import annotations

from collections.abc import Iterator

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH
from service.catalogue.dimensions import Within
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order
from service.catalogue.near import NearBy
from service.catalogue.ordered import Key
from service.catalogue.published import Many, published
from service.catalogue.record import Record
from service.catalogue.refs import EventRef, OrganisationRef, RegionRef, ServiceRef
from service.catalogue.values import Point
from service.catalogue.words import Words, sort_key, spoken
from service.models.fields import Choices
from service.models.location import LocationType


def location_region(location: Location) -> Key:
    town = location.town["lv"] if location.town else ""
    return (*sort_key(location.region.name["lv"]), *sort_key(town), location.address or "", location.id)


@published(
    models.Location,
    descriptions={
        "point": "The point on the map; never of a confidential location.",
        "services": "The services given here.",
        "seat_of": "The organisations that have their seat here.",
        "events": "The events that took place here.",
    },
)
class Location(Record):
    """A place. Of a confidential one only the municipality is ever published."""

    location_type: LocationType
    confidential: bool
    disclosed: bool
    region: RegionRef
    name: Words | None
    town: Words | None
    address: str | None
    postal_code: str | None
    point: Point | None
    accessibility: Words | None
    transportation: Words | None
    services: Many[ServiceRef]
    seat_of: Many[OrganisationRef]
    events: Many[EventRef]

    DEFAULT_ORDER = (location_region, False)
    FELT = frozenset({"region"})
    DIMENSIONS = {
        "location_type": lambda location: location.location_type,
        "confidential": lambda location: location.confidential,
        "region": Within(lambda location: (location.region,)),
    }

    def dependents(self) -> Iterator[Record]:
        yield from (*self.services, *self.events, *self.seat_of)
        yield from (service.provider for service in self.services)
        for organisation in self.seat_of:
            yield from (cooperation.link for cooperation in organisation.cooperation)

    def texts(self) -> list[str]:
        return spoken(self.name, self.town, self.region.name, self.address)


@strawberry.input(description="Which locations to give; what is given together has to hold together.")
class LocationFilter(Filter):
    NOUN = "location"
    BY_WORDS = True
    LOOKUPS = {"region": "region"}

    region: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In one of these regions, by id or code, with subregions and predecessors."
    )
    location_type: list[LocationType] | None = strawberry.field(default=None, description="Of one of these types.")
    confidential: bool | None = strawberry.field(default=None, description="Whether only the municipality is shown.")
    near: NearBy | None = strawberry.field(default=None, description="Near a point, or in a region and its neighbours.")
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its name, town, address and region.",
        directives=[SEARCH],
    )


LocationFacet = facets_of(LocationFilter, Location)


class LocationOrderField(Choices):
    """What locations can be ordered by."""

    REGION = "region", "The region, then the town and address."


@strawberry.input(description="The order of locations.")
class LocationOrder(Order):
    NOUN = "location"
    KEYS = {LocationOrderField.REGION: location_region}

    field: LocationOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
