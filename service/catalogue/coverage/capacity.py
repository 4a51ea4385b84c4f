"""How many people the services of a category can take in a region, added up by unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import strawberry

from service.catalogue.coverage.place import Place
from service.catalogue.published import LANGUAGE, TEXT
from service.catalogue.rates import PerThousand, Population, per_thousand, population_of
from service.catalogue.reach import Reach, objects_of
from service.catalogue.words import Language, Words, in_language, sort_key
from service.models.service import Qualifier

WHOM = "Per 1,000 of whom."


@strawberry.type(description="How many the services of a category can take in a region, in one unit.")
class CoverageCapacity:
    value: int = strawberry.field(description="What the services say, added up.")
    qualifier: Qualifier = strawberry.field(description="How exact that is; as exact as the least exact of them.")
    services: int = strawberry.field(description="How many services say it in this unit.")
    as_of: date | None = strawberry.field(description="The first day on which the oldest of the numbers can have held.")
    place: strawberry.Private[Place]
    words: strawberry.Private[Words]

    @strawberry.field(description="The unit.", directives=[TEXT])
    def unit(self, language: Annotated[Language, strawberry.argument(description=LANGUAGE)] = Language.LV) -> str:
        return in_language(self.words, language)

    @strawberry.field(description="The same per 1,000 people; null where no figure tells how many people there are.")
    def per_thousand(
        self, of: Annotated[Population, strawberry.argument(description=WHOM)] = Population.INHABITANTS
    ) -> PerThousand | None:
        return per_thousand(self.value, population_of(self.place.region, of, self.place.question.day))


def capacities(place: Place, category: Any) -> list[CoverageCapacity]:
    """The capacities of the services that are here or for here alone; one for a wider region is not only for here."""
    by_unit: dict[str, list[Any]] = {}
    told = (service.capacities for service in objects_of(place.index, place.services(category, Reach.LOCAL)))
    for its in filter(None, told):
        for unit, said in _newest(its).items():
            by_unit.setdefault(unit, []).append(said)
    return [_sum(place, by_unit[unit]) for unit in sorted(by_unit, key=sort_key)]


def capacity_key(capacity: CoverageCapacity) -> tuple[Any, ...]:
    return sort_key(capacity.words["lv"])


def _newest(said: Sequence[Any]) -> dict[str, Any]:
    """What a service says last, by unit."""
    ordered = sorted(said, key=_day) if len(said) > 1 else said
    return {each.unit["lv"]: each for each in ordered}


def _day(said: Any) -> date:
    return said.as_of.latest if said.as_of else date.min


def _sum(place: Place, said: list[Any]) -> CoverageCapacity:
    days = [each.as_of.earliest for each in said if each.as_of]
    return CoverageCapacity(
        value=sum(each.value for each in said),
        qualifier=_least_exact({each.qualifier for each in said}),
        services=len(said),
        as_of=min(days, default=None),
        place=place,
        words=said[0].unit,
    )


def _least_exact(qualifiers: set[Qualifier]) -> Qualifier:
    return next(q for q in (Qualifier.ABOUT, Qualifier.MORE_THAN, Qualifier.EXACT) if q in qualifiers)
