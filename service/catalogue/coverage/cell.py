"""What is known of one category of service in one region."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any

import strawberry

from service.catalogue.connection import After, Before, Connection, First, Last, Window, part
from service.catalogue.costs import PAGE, Cost
from service.catalogue.coverage.capacity import WHOM, CoverageCapacity, capacities, capacity_key
from service.catalogue.coverage.place import Place
from service.catalogue.coverage.provider import CoverageProvider, Provider, Providers, Providing, provider_key
from service.catalogue.coverage.statements import Statements
from service.catalogue.dates import PartialDate
from service.catalogue.faceted import connection_field
from service.catalogue.published import graphql_enum
from service.catalogue.rates import PerThousand, Population, per_thousand, population_of
from service.catalogue.refs import TaxonomyTermRef
from service.models.fields import Choices

CELL = Cost(weight="3")
"""Looking for the services and links of a cell: some 20 µs in a directory of 50,000 organisations."""

COUNTING = Cost(weight="20")
"""Looking for all who give a category of service in a region, shared by what counts them: 200 to 600 µs there."""

NAMING = Cost(weight="40")
"""Putting them in order as well."""


class CoverageState(Choices):
    """What is known of a category of service in a region."""

    UNKNOWN = "unknown", "Nothing is known. That does not mean that there is none."
    NONE_STATED = "none_stated", "The municipal side says that there is none, and nobody is known to give it."
    ONE_KNOWN = "one_known", "One provider is known."
    SEVERAL = "several", "More than one provider is known."


graphql_enum(CoverageState)


@strawberry.type(
    description="What is known of one category of service, with its narrower ones, in one region.", directives=[CELL]
)
class CoverageCell:
    category: TaxonomyTermRef = strawberry.field(description="The category.")
    place: strawberry.Private[Place]

    @strawberry.field(
        description="What is known. Services for the whole country do not count, or nowhere would anything be unknown."
    )
    def state(self) -> CoverageState:
        if known := self.providing.how_many():
            return CoverageState.SEVERAL if known > 1 else CoverageState.ONE_KNOWN
        return CoverageState.UNKNOWN if self.said.none_here() is None else CoverageState.NONE_STATED

    @strawberry.field(description="Since when the municipal side says that there is none; null when it does not.")
    def none_stated_on(self) -> PartialDate | None:
        statement = self.said.none_here()
        stated_on: PartialDate | None = statement and statement.period_from
        return stated_on

    @strawberry.field(
        description="How many providers are known, those for the whole country left out.", directives=[COUNTING]
    )
    def provider_count(self) -> int:
        return self.providing.near.bit_count()

    @strawberry.field(description="How many of them are NGOs.", directives=[COUNTING])
    def ngo_count(self) -> int:
        return (self.providing.near & self.place.question.ngos).bit_count()

    @strawberry.field(description="How many of them belong to a municipality.", directives=[COUNTING])
    def municipal_count(self) -> int:
        return (self.providing.near & self.place.municipal).bit_count()

    @strawberry.field(
        description="Who gives it here or for the planning region, or by a link with the municipal side.",
        directives=[PAGE, NAMING],
    )
    def providers(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[CoverageProvider]:
        return self._providers(self.providing.providers(), Window(first, after, last, before))

    @strawberry.field(
        description="Who gives it to the whole country, and is not among `providers`.",
        directives=[PAGE, NAMING],
    )
    def country_wide(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[CoverageProvider]:
        return self._providers(self.providing.country_wide(), Window(first, after, last, before))

    @strawberry.field(
        description="How many the services given here or only for here can take, by unit.", directives=[PAGE, NAMING]
    )
    def capacities(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[CoverageCapacity]:
        window = Window(first, after, last, before)
        found: Connection[CoverageCapacity] = part(
            capacities(self.place, self.category), capacity_key, window, descending=False
        )
        return found

    @strawberry.field(
        description="How many providers per 1,000 people; null where no figure tells how many people there are.",
        directives=[COUNTING],
    )
    def per_thousand(
        self, of: Annotated[Population, strawberry.argument(description=WHOM)] = Population.INHABITANTS
    ) -> PerThousand | None:
        people = population_of(self.place.region, of, self.place.question.day)
        return per_thousand(self.providing.near.bit_count(), people)

    municipal_statements = connection_field(
        "municipal_statements",
        "said_by_municipal_side",
        "Need",
        "What the municipal side says of it, the newest first.",
        [PAGE],
        kept=False,
    )

    ngo_statements = connection_field(
        "ngo_statements", "said_by_ngos", "Need", "What NGOs say of it, the newest first.", [PAGE], kept=False
    )

    @strawberry.field(
        description="Whether the municipal side and an NGO differ: of the same, one says it is lacking and one, enough."
    )
    def statements_differ(self) -> bool:
        return self.said.differ()

    def first_providers(self, most: int) -> Sequence[CoverageProvider]:
        """The first of those that give it here; the others are not put in order."""
        return Providers(self.providing, self.providing.nearest(most))

    def first_country_wide(self, most: int) -> Sequence[CoverageProvider]:
        """The first of those that give it to the whole country."""
        return Providers(self.providing, self.providing.country_wide(most))

    @cached_property
    def providing(self) -> Providing:
        return Providing(self.place, self.category)

    @property
    def catalogue(self) -> Any:
        return self.place.question.catalogue

    @property
    def said_by_municipal_side(self) -> list[Any]:
        return self.said.municipal

    @property
    def said_by_ngos(self) -> list[Any]:
        return self.said.of_ngos

    @cached_property
    def said(self) -> Statements:
        return Statements(self.place, self.category)

    def _providers(self, found: list[Provider], window: Window) -> Connection[CoverageProvider]:
        providers = Providers(self.providing, found)
        page: Connection[CoverageProvider] = part(providers, provider_key, window, descending=False)
        return page


def cell_key(cell: CoverageCell) -> tuple[Any, ...]:
    category: Any = cell.category
    key: tuple[Any, ...] = category.DEFAULT_ORDER[0](category)
    return key
