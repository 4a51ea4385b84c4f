"""Organisations and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import product
from operator import or_
from typing import TYPE_CHECKING, Any

import strawberry

from service import models
from service.catalogue.connection import After, Before, Connection, Direction, First, Last, Window
from service.catalogue.costs import EVERY_SIDE, PAGE, SEARCH
from service.catalogue.dates import PartialDate
from service.catalogue.dimensions import Several, Within, choices, upward
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order
from service.catalogue.introductions.introduction import SUGGESTING, Introduction, suggested_partners
from service.catalogue.near import NearBy
from service.catalogue.ordered import Key
from service.catalogue.postings import mask_of, places_of
from service.catalogue.published import Hidden, Many, published
from service.catalogue.record import Freshness, Part, Record
from service.catalogue.refs import (
    CooperationRef,
    EventParticipationRef,
    FigureRef,
    LocationRef,
    NeedRef,
    OrganisationAuthorityRef,
    OrganisationIdentifierRef,
    OrganisationNameRef,
    OrganisationRef,
    OrganisationStatusRef,
    ProjectParticipationRef,
    RegionRef,
    ServiceRef,
    TaxonomyTermRef,
)
from service.catalogue.situations import SITUATION, helping, providing, situations
from service.catalogue.spans import held_on
from service.catalogue.words import Words, sort_key, spoken
from service.models.cooperation import LinkKind
from service.models.fields import Choices
from service.models.organisation import LegalForm, OrganisationRole, OrganisationStatusKind, Sector

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


def organisation_name(organisation: Organisation) -> Key:
    return (*sort_key(organisation.name["lv"]), organisation.id)


def organisation_founded(organisation: Organisation) -> Key:
    return (organisation.founded is not None, organisation.founded or 0, organisation.id)


def organisation_modified(organisation: Organisation) -> Key:
    return (organisation.last_modified.isoformat(), organisation.id)


@published(
    models.Organisation,
    descriptions={
        "slug": "The readable name in addresses.",
        "alternate_names": "Its other names: short, former, in another spelling.",
        "identifiers": "The numbers under which registers know it; a unit shows its parent's.",
        "statuses": "The statuses it has or had.",
        "authority_for": "The regions for which it acts or acted as the municipal side.",
        "units": "Its units.",
        "services": "The services it gives.",
        "cooperation": "Its cooperation with others, each link seen from its side.",
        "project_participations": "Its part in projects.",
        "event_participations": "Its part in events.",
        "needs": "What it says is lacking or enough.",
        "figures": "Figures about it.",
    },
)
class Organisation(Record):
    """An organisation or a body of one."""

    slug: str
    name: Words
    legal_form: LegalForm | None
    sector: Sector | None
    roles: Sequence[OrganisationRole]
    description: Words | None
    website: str | None
    email: str | None
    email_by_choice: Hidden[bool]
    phone: str | None
    founded: int | None
    seat: LocationRef | None
    parent: OrganisationRef | None
    regions: Many[RegionRef]
    fields: Many[TaxonomyTermRef]
    target_groups: Many[TaxonomyTermRef]
    alternate_names: Many[OrganisationNameRef]
    identifiers: Many[OrganisationIdentifierRef]
    statuses: Many[OrganisationStatusRef]
    authority_for: Many[OrganisationAuthorityRef]
    units: Many[OrganisationRef]
    services: Many[ServiceRef]
    cooperation: Many[CooperationRef]
    project_participations: Many[ProjectParticipationRef]
    event_participations: Many[EventParticipationRef]
    needs: Many[NeedRef]
    figures: Many[FigureRef]

    DEFAULT_ORDER = (organisation_name, False)
    FELT = frozenset({"name", "alternate_names", "sector", "legal_form", "seat", "regions", "authority_for"})
    DIMENSIONS = {
        "legal_form": lambda organisation: organisation.legal_form,
        "sector": lambda organisation: organisation.sector,
        "role": lambda organisation: choices(organisation.roles),
        "region": Within(lambda organisation: organisation.places()),
        "field": Within(lambda organisation: organisation.fields),
        "category": Within(lambda organisation: organisation.categories()),
        "target_group": Within(lambda organisation: organisation.all_target_groups()),
        "served": Within(lambda organisation: organisation.served()),
        "gives": Several(lambda organisation: organisation.gives()),
        "link_kind": lambda organisation: frozenset([seen.link.kind for seen in organisation.cooperation]),
    }

    @strawberry.field(
        description="Whom it might like to meet: for the same people in the same region, or because of a stated need.",
        directives=[PAGE, SUGGESTING],
    )
    def suggested_partners(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Introduction]:
        return suggested_partners(self, Window(first, after, last, before))

    def names(self) -> list[str]:
        """Its names, in whichever language."""
        return [*spoken(self.name), *(other.name for other in self.alternate_names)]

    def dependents(self) -> Iterator[Record]:
        yield from self.services
        yield from (cooperation.link for cooperation in self.cooperation)

    def texts(self) -> list[str]:
        return [*self.names(), *spoken(self.description)]

    def places(self) -> Iterator[RegionRef]:
        """The regions it is in, active in, or acts for."""
        if self.seat is not None:
            yield self.seat.region
        yield from self.regions
        yield from (authority.region for authority in self.authority_for)

    def categories(self) -> set[TaxonomyTermRef]:
        """The categories of its services."""
        return {term for service in self.services for term in service.categories}

    def served(self) -> Iterator[object]:
        """Where and for where it gives services."""
        for service in self.services:
            yield from service.places()

    def gives(self) -> Iterator[tuple[str, str]]:
        """The ids of regions, each with those of the categories of which it gives there a service that is not closed.

        With all that they lie in.
        """
        for service in self.services:
            if not service.is_closed():
                yield from product(upward(*service.places()), upward(*service.categories))

    def all_target_groups(self) -> set[TaxonomyTermRef]:
        """Its target groups and those of its services."""
        return {*self.target_groups, *(term for service in self.services for term in service.target_groups)}

    def person(self) -> Organisation:
        """The legal person that it is; a unit is part of the one it is a unit of."""
        return self.parent.person() if self.legal_form is LegalForm.UNIT and self.parent is not None else self

    @property
    def shown_identifiers(self) -> Sequence[OrganisationIdentifier]:
        """Its identifiers; those of the organisation it is a unit of when it has none."""
        if self.identifiers or self.parent is None or self.legal_form is not LegalForm.UNIT:
            return self.identifiers
        return self.parent.shown_identifiers


@published(models.OrganisationName)
class OrganisationName(Part):
    """Another name of an organisation."""

    name: str


@published(models.OrganisationIdentifier)
class OrganisationIdentifier(Part):
    """A number under which a register knows an organisation."""

    scheme: str
    value: str


@published(models.OrganisationStatus)
class OrganisationStatus(Part):
    """A status that the state grants for a time."""

    kind: OrganisationStatusKind
    valid_from: PartialDate | None
    valid_to: PartialDate | None


@published(models.OrganisationAuthority, descriptions={"organisation": "The body that acts for the region."})
class OrganisationAuthority(Part):
    """A region for which an organisation acts as the municipal side."""

    organisation: OrganisationRef
    region: RegionRef
    valid_from: PartialDate | None
    valid_to: PartialDate | None


@strawberry.input(description="Which organisations to give; what is given together has to hold together.")
class OrganisationFilter(Filter):
    NOUN = "organisation"
    BY_WORDS = True
    CHOICES = {"situation": situations, "link_kind": lambda _: LinkKind}
    TOGETHER = {"as_of": ("link_kind",)}
    LOOKUPS = {
        "region": "region",
        "category": "taxonomy_term/service_category",
        "target_group": "taxonomy_term/target_group",
        "field": "taxonomy_term/activity_field",
        "situation": SITUATION,
    }

    region: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="In, active in or acting for one of these regions, by id or code; with subregions, predecessors.",
    )
    category: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Giving a service of one of these categories or narrower ones, by id or code."
    )
    target_group: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Working for one of these target groups, or giving a service for one; by id or code."
    )
    field: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Active in one of these fields, by id or code."
    )
    legal_form: list[LegalForm] | None = strawberry.field(default=None, description="Of one of these legal forms.")
    sector: list[Sector] | None = strawberry.field(default=None, description="Of one of these sectors.")
    role: list[OrganisationRole] | None = strawberry.field(default=None, description="In one of these roles.")
    link_kind: list[LinkKind] | None = strawberry.field(
        default=None, description="Having a cooperation link of one of these kinds."
    )
    situation: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Giving a service that helps in one of these life situations, by id or code."
    )
    near: NearBy | None = strawberry.field(
        default=None,
        description="Having its seat or giving a service near a point, or being about a region and its neighbours.",
    )
    freshness: list[Freshness] | None = strawberry.field(default=None, description="As fresh as one of these.")
    as_of: date | None = strawberry.field(
        default=None,
        description="Having a cooperation link, of one of the kinds if given, that held on this day as known today.",
        directives=[EVERY_SIDE],
    )
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its names, description, services, terms and regions.",
        directives=[SEARCH],
    )

    def by_situation(self, catalogue: Catalogue, names: tuple[str, ...]) -> int:
        return providing(catalogue, helping(catalogue, names))

    def by_as_of(self, catalogue: Catalogue, day: date) -> int:
        index, links = catalogue.indexes["organisation"], catalogue.indexes["cooperation_link"]
        held = links.selection(("held", day), lambda: held_on(links, day)).mask
        if self.link_kind is not None:
            held &= reduce(or_, (links.having(("kind", kind)) for kind in self.link_kind), 0)
        found = bytearray(len(index.objects))
        for place in places_of(held.to_bytes(held.bit_length() // 8 + 1, "little")):
            link: Any = links.objects[place]
            found[link.side_a.ordinal] = found[link.side_b.ordinal] = 1
        return mask_of(found)


OrganisationFacet = facets_of(OrganisationFilter, Organisation)


class OrganisationOrderField(Choices):
    """What organisations can be ordered by."""

    NAME = "name", "The Latvian name, in alphabetical order."
    FOUNDED = "founded", "The year of foundation."
    LAST_MODIFIED = "last_modified", "When the content last changed."


@strawberry.input(description="The order of organisations.")
class OrganisationOrder(Order):
    NOUN = "organisation"
    KEYS = {
        OrganisationOrderField.NAME: organisation_name,
        OrganisationOrderField.FOUNDED: organisation_founded,
        OrganisationOrderField.LAST_MODIFIED: organisation_modified,
    }

    field: OrganisationOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
