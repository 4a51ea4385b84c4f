"""Needs: what is said to be lacking or enough."""

from __future__ import annotations

from datetime import date

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH_FEW
from service.catalogue.dates import PartialDate
from service.catalogue.dimensions import Within
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order, date_key
from service.catalogue.ordered import Key
from service.catalogue.published import Hidden, published
from service.catalogue.record import Record
from service.catalogue.refs import OrganisationRef, RegionRef, TaxonomyTermRef
from service.catalogue.words import Words, sort_key, spoken
from service.models.fields import Choices
from service.models.need import NeedStatement


def need_period(need: Need) -> Key:
    return (*date_key(need.period_from), need.id)


def need_region(need: Need) -> Key:
    return (*sort_key(need.region.name["lv"]), need.id)


@published(models.Need)
class Need(Record):
    """What one organisation says of one kind of service in one region."""

    stated_by: OrganisationRef
    region: RegionRef
    category: TaxonomyTermRef
    target_group: TaxonomyTermRef | None
    statement: NeedStatement
    description: Words | None
    waiting: Hidden[int | None]
    fewer_than_five: Hidden[bool]
    period_from: PartialDate | None
    period_to: PartialDate | None

    DEFAULT_ORDER = (need_period, True)
    DIMENSIONS = {
        "statement": lambda need: need.statement,
        "stated_by": lambda need: need.stated_by.id,
        "region": Within(lambda need: (need.region,)),
        "category": Within(lambda need: (need.category,)),
        "target_group": Within(lambda need: (need.target_group,)),
    }

    @strawberry.field(name="waiting", description="How many people wait: a number or `<5`; null when nobody says.")
    def waiting_text(self) -> str | None:
        if self.fewer_than_five:
            return "<5"
        return None if self.waiting is None else str(self.waiting)

    def holds_on(self, day: date) -> bool:
        """Whether a day lies in its period, as far as that is known."""
        start, end = self.period_from, self.period_to
        return (start is None or start.earliest <= day) and (end is None or day <= end.latest)

    def texts(self) -> list[str]:
        return [*spoken(self.description, self.region.name), *self.category.texts()]


@strawberry.input(description="Which needs to give; what is given together has to hold together.")
class NeedFilter(Filter):
    NOUN = "need"
    BY_WORDS = True
    LOOKUPS = {
        "region": "region",
        "category": "taxonomy_term/service_category",
        "target_group": "taxonomy_term/target_group",
        "stated_by": "organisation",
    }

    statement: list[NeedStatement] | None = strawberry.field(default=None, description="Saying one of these.")
    region: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of one of these regions, by id or code, with subregions and predecessors."
    )
    category: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of one of these categories or narrower ones, by id or code."
    )
    target_group: list[strawberry.ID] | None = strawberry.field(
        default=None, description="For one of these target groups, by id or code."
    )
    stated_by: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Stated by one of these organisations, by id or slug."
    )
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its description, category, target group and region.",
        directives=[SEARCH_FEW],
    )


NeedFacet = facets_of(NeedFilter, Need)


class NeedOrderField(Choices):
    """What needs can be ordered by."""

    PERIOD = "period", "The start of the period."
    REGION = "region", "The name of the region, in alphabetical order."


@strawberry.input(description="The order of needs.")
class NeedOrder(Order):
    NOUN = "need"
    KEYS = {NeedOrderField.PERIOD: need_period, NeedOrderField.REGION: need_region}

    field: NeedOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
