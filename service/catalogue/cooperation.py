"""Cooperation links, what each side says of them, and the agreements they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import EVERY_LINK, SEARCH
from service.catalogue.dates import PartialDate, months_before
from service.catalogue.dimensions import Several, Within, choices
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order, date_key
from service.catalogue.ordered import Key
from service.catalogue.published import Hidden, Many, published
from service.catalogue.record import Freshness, Record
from service.catalogue.refs import (
    AgreementRef,
    ConfirmationRef,
    CooperationLinkRef,
    OrganisationRef,
    ProjectRef,
    RegionRef,
    ServiceRef,
    TaxonomyTermRef,
)
from service.catalogue.spans import held_on, spans
from service.catalogue.trust import Trust, is_documented, trust_of
from service.catalogue.values import Money
from service.catalogue.words import Words, sort_key, spoken
from service.models.cooperation import (
    ROLES,
    AgreementBasis,
    ConfirmationRole,
    ConfirmationState,
    LinkKind,
    LinkRole,
    Side,
)
from service.models.fields import Choices
from service.models.organisation import LegalForm, Sector

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


class Phase(Choices):
    """Where a link stands in time."""

    PLANNED = "planned", "It has not started yet."
    ACTIVE = "active", "Its stated end is in the future, or somebody attested it within 24 months."
    ENDED = "ended", "Its stated end has passed."
    LAST_KNOWN = "last_known", "Nobody has attested it lately; it may go on or not."


def link_attested(link: CooperationLink) -> Key:
    return (*date_key(link.attested_on or link.valid_from), link.id)


def link_started(link: CooperationLink) -> Key:
    return (*date_key(link.valid_from), link.id)


def confirmation_side(confirmation: Confirmation) -> Key:
    return (confirmation.side.value,)


def agreement_signed(agreement: Agreement) -> Key:
    return (*date_key(agreement.signed_on), agreement.id)


@published(
    models.CooperationLink,
    descriptions={"confirmations": "What each side says, the latest word of each."},
)
class CooperationLink(Record):
    """Two organisations that work together, each in a role that the kind of the link names."""

    kind: LinkKind
    side_a: OrganisationRef
    side_b: OrganisationRef
    description: Words | None
    services: Many[ServiceRef]
    categories: Many[TaxonomyTermRef]
    regions: Many[RegionRef]
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    attested_on: PartialDate | None
    agreement: AgreementRef | None
    project: ProjectRef | None
    confirmations: Many[ConfirmationRef]
    first_confirmed: Hidden[date | None]

    DEFAULT_ORDER = (link_attested, True)
    FELT = frozenset({"kind", "side_a", "side_b"})
    FEEDS = ("side_a", "side_b")
    DIMENSIONS = {
        "kind": lambda link: link.kind,
        "trust": trust_of,
        "documented": is_documented,
        "project": lambda link: link.project and link.project.id,
        "organisation": Several(lambda link: (link.side_a.id, link.side_b.id)),
        "sector": lambda link: choices((link.side_a.sector, link.side_b.sector)),
        "sector_a": lambda link: link.side_a.sector,
        "legal_form": lambda link: choices((link.side_a.legal_form, link.side_b.legal_form)),
        "category": Within(lambda link: link.terms()),
        "region": Within(lambda link: link.places()),
        **spans(lambda link: link.span()),
    }
    DAILY = {**Record.DAILY, "phase": lambda link: link.phase_today()}
    BY_SOURCES = True

    @strawberry.field(description="The role of side A.")
    def role_a(self) -> LinkRole:
        return ROLES[self.kind][0]

    @strawberry.field(description="The role of side B.")
    def role_b(self) -> LinkRole:
        return ROLES[self.kind][1]

    @strawberry.field(description="Where the link stands in time today.")
    def phase(self) -> Phase:
        return self.phase_today()

    @strawberry.field(description="The year of the last news of it, when that is all that is known.")
    def last_known_year(self) -> int | None:
        heard = self.last_heard() or (self.valid_from.latest if self.valid_from else None)
        return heard.year if heard and self.phase_today() is Phase.LAST_KNOWN else None

    @strawberry.field(description="Who stands behind it: both sides, one, none, or they see it differently.")
    def trust(self) -> Trust:
        return trust_of(self)

    @strawberry.field(description="Whether a document shows it: an agreement, a register, a legal act or a contract.")
    def documented(self) -> bool:
        return is_documented(self)

    def last_heard(self) -> date | None:
        heard = self.assured_on
        if self.attested_on is not None and (heard is None or heard < self.attested_on.latest):
            heard = self.attested_on.latest
        for word in self.confirmations:
            if word.state is ConfirmationState.CONFIRMED and (heard is None or heard < word.on):
                heard = word.on
        return heard

    def first_heard(self) -> date | None:
        attested = self.attested_on.earliest if self.attested_on else None
        return min(filter(None, (attested, self.assured_on, self.first_confirmed)), default=None)

    def phase_today(self) -> Phase:
        today = self.catalogue.today
        if self.valid_from and self.valid_from.earliest > today:
            return Phase.PLANNED
        if self.valid_to:
            return Phase.ENDED if self.valid_to.latest < today else Phase.ACTIVE
        heard = self.last_heard()
        if heard and heard >= months_before(today, self.catalogue.settings.attested_months):
            return Phase.ACTIVE
        return Phase.LAST_KNOWN

    def held_on(self, day: date) -> bool:
        """Whether it held on a day, as known today."""
        start, end = self.span()
        return start is not None and start <= day and (end is None or day <= end)

    def span(self) -> tuple[date | None, date | None]:
        """Its first day and its last one; an unknown start counts from the first attestation."""
        start = self.valid_from.earliest if self.valid_from else self.first_heard()
        return start, self.valid_to.latest if self.valid_to else None

    def texts(self) -> list[str]:
        return [*spoken(self.description), *self.side_a.names(), *self.side_b.names()]

    def terms(self) -> Iterator[TaxonomyTermRef]:
        """The categories it is about, by itself or by its services."""
        yield from self.categories
        for service in self.services:
            yield from service.categories

    def places(self) -> Iterator[RegionRef]:
        """The regions it is about; where it names none, those of its two sides."""
        if self.regions:
            yield from self.regions
        else:
            yield from self.side_a.places()
            yield from self.side_b.places()


@published(
    models.Confirmation,
    descriptions={"side": "Which side speaks.", "organisation": "The organisation of that side."},
)
class Confirmation:
    """What one side says of a link."""

    side: Side
    organisation: OrganisationRef
    state: ConfirmationState
    on: date
    role: ConfirmationRole

    DEFAULT_ORDER = (confirmation_side, False)


@published(
    descriptions={
        "link": "The link.",
        "role": "The role of the organisation one looks from.",
        "partner": "The other organisation.",
        "partner_role": "The role of the other organisation.",
    }
)
class Cooperation:
    """A cooperation link seen from one of its sides."""

    link: CooperationLinkRef
    role: LinkRole
    partner: OrganisationRef
    partner_role: LinkRole
    organisation: Hidden[OrganisationRef]

    SUBJECT = "link"
    DEFAULT_ORDER = (link_attested, True)

    @strawberry.field(description="What kind of cooperation it is.")
    def kind(self) -> LinkKind:
        return self.link.kind

    @strawberry.field(description="Where the link stands in time today.")
    def phase(self) -> Phase:
        return self.link.phase_today()

    @property
    def ordinal(self) -> int:
        return self.link.ordinal

    @property
    def catalogue(self) -> object:
        return self.link.catalogue


@published(
    models.Agreement,
    descriptions={
        "value": "The value.",
        "unit_price": "The price of one unit.",
        "co_payment": "What the person pays of a unit.",
        "links": "The cooperation links that rest on it; a consortium has several.",
    },
)
class Agreement(Record):
    """What cooperation rests on: a law, a regulation, a decision or a contract."""

    basis: AgreementBasis
    title: Words | None
    number: str | None
    description: Words | None
    url: str | None
    signed_on: PartialDate | None
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    legal_basis: str | None
    procurement_id: str | None
    value: Money | None
    unit_price: Money | None
    co_payment: Money | None
    unit: Words | None
    volume: Decimal | None
    extension: Words | None
    links: Many[CooperationLinkRef]

    DEFAULT_ORDER = (agreement_signed, True)

    def texts(self) -> list[str]:
        return spoken(self.title, self.number)


@strawberry.input(description="Which links to give; what is given together has to hold together.")
class CooperationLinkFilter(Filter):
    NOUN = "cooperation_link"
    BY_WORDS = True
    LOOKUPS = {
        "region": "region",
        "category": "taxonomy_term/service_category",
        "organisation": "organisation",
        "project": "project",
    }

    kind: list[LinkKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    phase: list[Phase] | None = strawberry.field(default=None, description="In one of these phases today.")
    trust: list[Trust] | None = strawberry.field(default=None, description="With one of these degrees of trust.")
    documented: bool | None = strawberry.field(default=None, description="Whether a document shows it.")
    freshness: list[Freshness] | None = strawberry.field(default=None, description="As fresh as one of these.")
    as_of: date | None = strawberry.field(
        default=None,
        description="Holding on this day, as known today: within the earliest start and latest end of its dates.",
        directives=[EVERY_LINK],
    )
    organisation: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of one of these organisations, by id or slug."
    )
    sector: list[Sector] | None = strawberry.field(default=None, description="With a side of one of these sectors.")
    legal_form: list[LegalForm] | None = strawberry.field(
        default=None, description="With a side of one of these legal forms."
    )
    region: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="About one of these regions, or where no region is named, of a side in it; by id or code.",
    )
    category: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About one of these categories or narrower ones, by id or code."
    )
    project: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of one of these projects, by id or slug."
    )
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its description or the names of its sides.",
        directives=[SEARCH],
    )

    def by_as_of(self, catalogue: Catalogue, day: date) -> int:
        return held_on(catalogue.indexes[self.NOUN], day)


CooperationLinkFacet = facets_of(CooperationLinkFilter, CooperationLink)


class CooperationLinkOrderField(Choices):
    """What links can be ordered by."""

    ATTESTED_ON = "attested_on", "The last attestation, or the start where there is none."
    VALID_FROM = "valid_from", "The start."
    PARTIES = "parties", "The names of side A and side B, in alphabetical order."


def link_parties(link: CooperationLink) -> Key:
    return (*sort_key(link.side_a.name["lv"]), *sort_key(link.side_b.name["lv"]), link.id)


@strawberry.input(description="The order of links.")
class CooperationLinkOrder(Order):
    NOUN = "cooperation_link"
    KEYS = {
        CooperationLinkOrderField.ATTESTED_ON: link_attested,
        CooperationLinkOrderField.VALID_FROM: link_started,
        CooperationLinkOrderField.PARTIES: link_parties,
    }

    field: CooperationLinkOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
