"""Services and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH
from service.catalogue.dates import PartialDate
from service.catalogue.dimensions import Within, choices
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order
from service.catalogue.near import NearBy
from service.catalogue.ordered import Key
from service.catalogue.published import Hidden, Many, published
from service.catalogue.record import Freshness, Part, Record
from service.catalogue.refs import (
    CooperationLinkRef,
    EvidenceRef,
    FigureRef,
    LocationRef,
    OrganisationRef,
    RegionRef,
    ServiceCapacityRef,
    ServiceCostRef,
    ServiceDocumentRef,
    ServiceQualityRef,
    ServiceScheduleRef,
    TaxonomyTermRef,
)
from service.catalogue.situations import SITUATION, helping, situations
from service.catalogue.values import Money
from service.catalogue.words import Words, sort_key, spoken
from service.models.fields import Choices
from service.models.organisation import LegalForm, Sector
from service.models.service import (
    AccessRoute,
    AvailabilityState,
    Fee,
    FundingSource,
    Gender,
    Qualifier,
    ResidenceRule,
    Response,
    ServiceForm,
    ServiceStatus,
)

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


CLOSED = tuple(status for status in ServiceStatus if status is not ServiceStatus.ACTIVE)
"""A service of which nobody says that it is closed is given."""


def service_name(service: Service) -> Key:
    return (*sort_key(service.name["lv"]), service.id)


def service_modified(service: Service) -> Key:
    return (service.last_modified.isoformat(), service.id)


@published(models.Availability)
class Availability:
    """How many places are free; unknown again when nobody has said for 30 days."""

    state: AvailabilityState
    free_places: int | None
    weeks_to_wait: int | None
    as_of: date | None


UNKNOWN = Availability(state=AvailabilityState.UNKNOWN, free_places=None, weeks_to_wait=None, as_of=None)


@published(
    models.Service,
    descriptions={
        "slug": "The readable name in addresses.",
        "capacities": "How many it can take.",
        "costs": "What it costs the person.",
        "required_documents": "The documents one has to bring.",
        "schedules": "When it is given.",
        "quality": "The quality criteria and whether they are met.",
        "links": "The cooperation links about it.",
        "figures": "Figures about it.",
    },
)
class Service(Record):
    """A service that an organisation gives."""

    slug: str
    name: Words
    provider: OrganisationRef
    status: ServiceStatus | None
    description: Words | None
    application_process: Words | None
    url: str | None
    email: str | None
    phone: str | None
    categories: Many[TaxonomyTermRef]
    target_groups: Many[TaxonomyTermRef]
    regions: Many[RegionRef]
    locations: Many[LocationRef]
    forms: Sequence[ServiceForm]
    minimum_age: int | None
    maximum_age: int | None
    gender: Gender | None
    accompanying_persons: Words | None
    funding_sources: Sequence[FundingSource]
    fee: Fee | None
    access_routes: Sequence[AccessRoute]
    residence_rule: ResidenceRule | None
    response: Sequence[Response]
    languages: Sequence[str]
    register_number: str | None
    register_valid_from: PartialDate | None
    register_valid_to: PartialDate | None
    attested_on: PartialDate | None
    capacities: Many[ServiceCapacityRef]
    costs: Many[ServiceCostRef]
    required_documents: Many[ServiceDocumentRef]
    schedules: Many[ServiceScheduleRef]
    quality: Many[ServiceQualityRef]
    links: Many[CooperationLinkRef]
    figures: Many[FigureRef]
    last_availability: Hidden[Availability | None]

    DEFAULT_ORDER = (service_name, False)
    FELT = frozenset({"provider", "status", "categories", "target_groups", "regions", "locations"})
    FEEDS = ("provider",)
    DAILY = {
        **Record.DAILY,
        "availability": lambda service: service.availability_today().state,
        "registered": lambda service: service.registered_today(),
    }
    DIMENSIONS = {
        "provider": lambda service: service.provider.id,
        "sector": lambda service: service.provider.sector,
        "legal_form": lambda service: service.provider.legal_form,
        "status": lambda service: service.status,
        "fee": lambda service: service.fee,
        "residence_rule": lambda service: service.residence_rule,
        "form": lambda service: choices(service.forms),
        "access_route": lambda service: choices(service.access_routes),
        "funding_source": lambda service: choices(service.funding_sources),
        "response": lambda service: choices(service.response),
        "language": lambda service: choices(service.languages),
        "region": Within(lambda service: service.places()),
        "category": Within(lambda service: service.categories),
        "target_group": Within(lambda service: service.target_groups),
    }

    @strawberry.field(description="How many places are free, as last said by the provider.")
    def availability(self) -> Availability:
        return self.availability_today()

    def availability_today(self) -> Availability:
        """What the provider said, while it still counts."""
        said = self.last_availability
        known = timedelta(days=self.catalogue.settings.availability_days)
        if said is None or said.as_of is None or said.as_of < self.catalogue.today - known:
            return UNKNOWN
        return said

    def registered_today(self) -> frozenset[bool]:
        """Whether the register has it today; nothing where it has no dates of it."""
        dated = self.register_valid_from or self.register_valid_to
        return frozenset([self.is_registered(self.catalogue.today)] if dated else [])

    def is_registered(self, day: date) -> bool:
        """Whether the register has it on a day, as far as its dates tell."""
        start, end = self.register_valid_from, self.register_valid_to
        return (start is None or start.earliest <= day) and (end is None or end.latest >= day)

    def last_heard(self) -> date | None:
        if self.attested_on is None or self.assured_on is None:
            return self.assured_on if self.attested_on is None else self.attested_on.latest
        return max(self.attested_on.latest, self.assured_on)

    def dependents(self) -> Iterator[Record]:
        yield from self.links

    def texts(self) -> list[str]:
        texts = spoken(self.name, self.description, self.provider.name)
        for category in self.categories:
            texts += category.texts()
        return texts

    def is_closed(self) -> bool:
        """Whether somebody says that it is not given any more, or not now."""
        return self.status in CLOSED

    def places(self) -> Iterator[object]:
        """The regions it is for and where it is given."""
        yield from self.regions
        yield from (location.region for location in self.locations)


@published(models.ServiceCapacity)
class ServiceCapacity(Part):
    """How many a service can take."""

    value: int
    qualifier: Qualifier
    unit: Words
    as_of: PartialDate | None


@published(models.ServiceCost)
class ServiceCost(Part):
    """What a service costs the person."""

    amount: Money
    unit: Words | None
    description: Words | None


@published(models.ServiceDocument)
class ServiceDocument(Part):
    """A document one has to bring."""

    name: Words


@published(models.ServiceSchedule)
class ServiceSchedule(Part):
    """When a service is given."""

    byday: str | None
    opens_at: str | None
    closes_at: str | None
    valid_from: date | None
    valid_to: date | None
    description: Words | None


@published(models.ServiceQuality)
class ServiceQuality(Part):
    """A quality criterion and whether it is met."""

    criterion: Words
    met: bool | None
    evidence: EvidenceRef | None
    checked_on: PartialDate | None


@strawberry.input(description="Which services to give; what is given together has to hold together.")
class ServiceFilter(Filter):
    NOUN = "service"
    BY_WORDS = True
    CHOICES = {"situation": situations}
    LOOKUPS = {
        "region": "region",
        "category": "taxonomy_term/service_category",
        "target_group": "taxonomy_term/target_group",
        "provider": "organisation",
        "situation": SITUATION,
    }

    region: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="For or in one of these regions, by id or code, with subregions and predecessors.",
    )
    category: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of one of these categories or narrower ones, by id or code."
    )
    target_group: list[strawberry.ID] | None = strawberry.field(
        default=None, description="For one of these target groups, by id or code."
    )
    provider: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Given by one of these organisations, by id or slug."
    )
    sector: list[Sector] | None = strawberry.field(default=None, description="Of a provider of one of these sectors.")
    legal_form: list[LegalForm] | None = strawberry.field(
        default=None, description="Of a provider of one of these legal forms."
    )
    status: list[ServiceStatus] | None = strawberry.field(default=None, description="In one of these states.")
    form: list[ServiceForm] | None = strawberry.field(default=None, description="In one of these forms.")
    fee: list[Fee] | None = strawberry.field(default=None, description="With one of these fees.")
    access_route: list[AccessRoute] | None = strawberry.field(
        default=None, description="To be had in one of these ways."
    )
    residence_rule: list[ResidenceRule] | None = strawberry.field(
        default=None, description="With one of these rules of residence."
    )
    funding_source: list[FundingSource] | None = strawberry.field(default=None, description="Paid for by one of these.")
    response: list[Response] | None = strawberry.field(default=None, description="With help this soon.")
    language: list[str] | None = strawberry.field(
        default=None, description="Where one of these languages is spoken, as ISO 639-1 codes."
    )
    age: int | None = strawberry.field(default=None, description="For people of this age in years.")
    situation: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Of a kind that helps in one of these life situations, for whom they name; by id or code.",
    )
    availability: list[AvailabilityState] | None = strawberry.field(
        default=None, description="With this said of free places; unknown again when nobody has said for 30 days."
    )
    near: NearBy | None = strawberry.field(
        default=None, description="Given near a point, or for or in a region and its neighbours."
    )
    freshness: list[Freshness] | None = strawberry.field(default=None, description="As fresh as one of these.")
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its name, description, terms, provider and regions.",
        directives=[SEARCH],
    )

    def by_situation(self, catalogue: Catalogue, names: tuple[str, ...]) -> int:
        return helping(catalogue, names)

    def by_age(self, catalogue: Catalogue, age: int) -> int:
        return catalogue.indexes[self.NOUN].where(
            lambda service: (
                (service.minimum_age or 0) <= age and (service.maximum_age is None or age <= service.maximum_age)
            )
        )


ServiceFacet = facets_of(ServiceFilter, Service)


class ServiceOrderField(Choices):
    """What services can be ordered by."""

    NAME = "name", "The Latvian name, in alphabetical order."
    LAST_MODIFIED = "last_modified", "When the content last changed."


@strawberry.input(description="The order of services.")
class ServiceOrder(Order):
    NOUN = "service"
    KEYS = {ServiceOrderField.NAME: service_name, ServiceOrderField.LAST_MODIFIED: service_modified}

    field: ServiceOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
