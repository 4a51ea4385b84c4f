"""Events and who took part in them."""

from __future__ import annotations

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH_FEW
from service.catalogue.dates import PartialDate
from service.catalogue.dimensions import Several, Within
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order, date_key
from service.catalogue.near import NearBy
from service.catalogue.ordered import Key
from service.catalogue.published import Many, published
from service.catalogue.record import Part, Record
from service.catalogue.refs import (
    EventParticipationRef,
    EventRef,
    LocationRef,
    OrganisationRef,
    ProjectRef,
    RegionRef,
)
from service.catalogue.words import Words, sort_key, spoken
from service.models.event import EventKind, EventRole
from service.models.fields import Choices


def event_start(event: Event) -> Key:
    return (*date_key(event.starts_on), event.id)


def event_title(event: Event) -> Key:
    return (*sort_key(event.title["lv"]), event.id)


@published(
    models.Event,
    descriptions={
        "slug": "The readable name in addresses.",
        "participations": "The organisations that took part, with their roles.",
    },
)
class Event(Record):
    """Something that took place; its date may be unknown."""

    slug: str
    title: Words
    kind: EventKind
    description: Words | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    start_time: str | None
    occurrences: int | None
    location: LocationRef | None
    regions: Many[RegionRef]
    attendance: int | None
    project: ProjectRef | None
    url: str | None
    participations: Many[EventParticipationRef]

    DEFAULT_ORDER = (event_start, True)
    DIMENSIONS = {
        "kind": lambda event: event.kind,
        "project": lambda event: event.project and event.project.id,
        "participant": Several(lambda event: [part.organisation.id for part in event.participations]),
        "region": Within(lambda event: (*event.regions, event.location and event.location.region)),
    }

    def texts(self) -> list[str]:
        return spoken(self.title, self.description)


@published(models.EventParticipation, descriptions={"event": "The event."})
class EventParticipation(Part):
    """An organisation's part in an event."""

    event: EventRef
    organisation: OrganisationRef
    role: EventRole


@strawberry.input(description="Which events to give; what is given together has to hold together.")
class EventFilter(Filter):
    NOUN = "event"
    BY_WORDS = True
    LOOKUPS = {"region": "region", "participant": "organisation", "project": "project"}

    kind: list[EventKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    region: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In or for one of these regions, by id or code, with subregions and predecessors."
    )
    participant: list[strawberry.ID] | None = strawberry.field(
        default=None, description="With one of these organisations in any role, by id or slug."
    )
    project: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of one of these projects, by id or slug."
    )
    near: NearBy | None = strawberry.field(
        default=None, description="Near a point, or in or for a region and its neighbours."
    )
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its title, description, participants and regions.",
        directives=[SEARCH_FEW],
    )


EventFacet = facets_of(EventFilter, Event)


class EventOrderField(Choices):
    """What events can be ordered by."""

    STARTS_ON = "starts_on", "The date."
    TITLE = "title", "The Latvian title, in alphabetical order."


@strawberry.input(description="The order of events.")
class EventOrder(Order):
    NOUN = "event"
    KEYS = {EventOrderField.STARTS_ON: event_start, EventOrderField.TITLE: event_title}

    field: EventOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
