"""Numbers per 1,000 people, where a figure tells how many people there are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from service.catalogue.published import graphql_enum
from service.catalogue.refs import FigureRef
from service.models.fields import Choices

THOUSANDTH = Decimal("0.001")


class Population(Choices):
    """Of whom a number per 1,000 is."""

    INHABITANTS = "population", "All who live in the region."
    CHILDREN = "children", "The children who live in the region, as the figure defines them."


graphql_enum(Population)


@strawberry.type(description="A number per 1,000 people.")
class PerThousand:
    value: Decimal = strawberry.field(description="The number for each 1,000 people, to three decimals.")
    year: int = strawberry.field(description="The year of which the number of people is.")
    figure: FigureRef = strawberry.field(description="The number of people, and who says so.")


def population_of(region: Any, whom: Population, day: date) -> Any | None:
    """The newest figure of how many people a region has, no newer than a day; None where nothing dated says so."""
    figures = (figure for figure in region.figures if figure.indicator == whom.value and figure.value > 0)
    dated = [figure for figure in figures if figure.as_of and figure.as_of.earliest <= day]
    return max(dated, key=lambda figure: (figure.as_of.latest, figure.id), default=None)


def per_thousand(number: int, figure: Any | None) -> PerThousand | None:
    if figure is None:
        return None
    value = (number * 1000 / figure.value).quantize(THOUSANDTH)
    return PerThousand(value=value, year=figure.as_of.latest.year, figure=figure)
