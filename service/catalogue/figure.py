"""Figures that sources state."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH_FEW
from service.catalogue.dates import PartialDate
from service.catalogue.dimensions import Within
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order, date_key
from service.catalogue.ordered import Key
from service.catalogue.published import published
from service.catalogue.record import Record
from service.catalogue.refs import OrganisationRef, ProjectRef, RegionRef, ServiceRef
from service.catalogue.words import Words, spoken
from service.models.fields import Choices
from service.models.service import Qualifier


def figure_date(figure: Figure) -> Key:
    return (*date_key(figure.as_of), figure.id)


def figure_indicator(figure: Figure) -> Key:
    return (figure.indicator, *date_key(figure.as_of), figure.id)


@published(models.Figure)
class Figure(Record):
    """One number about one thing, as a source states it."""

    indicator: str
    name: Words
    value: Decimal
    qualifier: Qualifier
    unit: Words
    as_of: PartialDate | None
    description: Words | None
    region: RegionRef | None
    organisation: OrganisationRef | None
    service: ServiceRef | None
    project: ProjectRef | None

    DEFAULT_ORDER = (figure_date, True)
    DIMENSIONS = {
        "indicator": lambda figure: figure.indicator,
        "region": Within(lambda figure: (figure.region,)),
        "organisation": lambda figure: figure.organisation and figure.organisation.id,
        "service": lambda figure: figure.service and figure.service.id,
        "project": lambda figure: figure.project and figure.project.id,
    }

    def texts(self) -> list[str]:
        return spoken(self.name, self.unit, self.description)


@strawberry.input(description="Which figures to give; what is given together has to hold together.")
class FigureFilter(Filter):
    NOUN = "figure"
    BY_WORDS = True
    LOOKUPS = {"region": "region", "organisation": "organisation", "service": "service", "project": "project"}

    indicator: list[str] | None = strawberry.field(default=None, description="Counting one of these.")
    region: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About one of these regions, by id or code, with subregions and predecessors."
    )
    organisation: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About one of these organisations, by id or slug."
    )
    service: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About one of these services, by id or slug."
    )
    project: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About one of these projects, by id or slug."
    )
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its name, unit and description.",
        directives=[SEARCH_FEW],
    )


FigureFacet = facets_of(FigureFilter, Figure)


class FigureOrderField(Choices):
    """What figures can be ordered by."""

    AS_OF = "as_of", "When the number held."
    INDICATOR = "indicator", "The indicator, then when the number held."


@strawberry.input(description="The order of figures.")
class FigureOrder(Order):
    NOUN = "figure"
    KEYS = {FigureOrderField.AS_OF: figure_date, FigureOrderField.INDICATOR: figure_indicator}

    field: FigureOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
