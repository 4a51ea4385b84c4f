"""Coverage: of each municipality and each category of service, what is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from service.catalogue.completeness import NOTES, completeness_of
from service.catalogue.connection import After, Before, Connection, First, Last, Window, part
from service.catalogue.costs import PAGE
from service.catalogue.coverage.cell import CoverageCell, cell_key
from service.catalogue.coverage.place import Place
from service.catalogue.coverage.question import Question
from service.catalogue.published import LANGUAGE, TEXT
from service.catalogue.rates import Population, population_of
from service.catalogue.reach import GOVERNMENTS, governed, objects_of
from service.catalogue.refs import FigureRef, RegionRef
from service.catalogue.taxonomy import broadest
from service.catalogue.words import Language, in_language
from service.models.source import Completeness

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

CATEGORIES, GROUPS = "taxonomy_term/service_category", "taxonomy_term/target_group"


@strawberry.type(description="What is known of the services in one region, by category.")
class RegionCoverage:
    region: RegionRef = strawberry.field(description="The region.")
    completeness: Completeness = strawberry.field(
        description="How much the directory holds of the register of which it holds least; absence proves nothing."
    )
    place: strawberry.Private[Place]
    categories: strawberry.Private[list[Any]]

    @strawberry.field(description="What that means for the reader; null when all is there.", directives=[TEXT])
    def notice(
        self, language: Annotated[Language, strawberry.argument(description=LANGUAGE)] = Language.LV
    ) -> str | None:
        words = NOTES.get(self.completeness)
        return None if words is None else in_language(words, language)

    @strawberry.field(description="The newest figure of how many people live here, no newer than the day asked for.")
    def population(
        self, of: Annotated[Population, strawberry.argument(description="Which people.")] = Population.INHABITANTS
    ) -> FigureRef | None:
        return population_of(self.region, of, self.place.question.day)

    @strawberry.field(description="What is known of each category, in alphabetical order.", directives=[PAGE])
    def cells(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[CoverageCell]:
        cells = [CoverageCell(category=category, place=self.place) for category in self.categories]
        found: Connection[CoverageCell] = part(cells, cell_key, Window(first, after, last, before), descending=False)
        return found


@strawberry.type(description="What is known of services: of each municipality and each category of service.")
class Coverage:
    day: date = strawberry.field(description="The day on which links and statements are looked at.")
    question: strawberry.Private[Question]
    rows: strawberry.Private[list[Any]]
    categories: strawberry.Private[list[Any]]

    @strawberry.field(description="The municipalities, in alphabetical order.", directives=[PAGE])
    def regions(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[RegionCoverage]:
        level = completeness_of(self.question.catalogue)
        rows = [
            RegionCoverage(
                region=region,
                completeness=level,
                place=Place(self.question, region),
                categories=self.categories,
            )
            for region in self.rows
        ]
        window = Window(first, after, last, before)
        found: Connection[RegionCoverage] = part(rows, _row_key, window, descending=False)
        return found


def coverage(
    catalogue: Catalogue,
    *,
    categories: Sequence[str] | None = None,
    target_groups: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    as_of: date | None = None,
) -> Coverage:
    """What is not said is all municipalities, the top categories, everybody, today; names that lead nowhere are left
    out."""
    groups = None if target_groups is None else _named(catalogue, GROUPS, target_groups)
    asked = broadest(catalogue, CATEGORIES) if categories is None else _named(catalogue, CATEGORIES, categories)
    question = Question(catalogue, asked, groups, as_of)
    found = _governments(catalogue) if regions is None else _governed(catalogue, regions)
    return Coverage(day=question.day, question=question, rows=_in_order(found), categories=_in_order(asked))


def _named(catalogue: Catalogue, noun: str, names: Sequence[str]) -> list[Any]:
    found = (catalogue.find(noun, name) for name in names)
    code = noun.partition("/")[2]
    terms = {term.id: term for term in found if term is not None and term.taxonomy.code == code}
    return list(terms.values())


def _governments(catalogue: Catalogue) -> list[Any]:
    index = catalogue.indexes["region"]
    return [region for kind in GOVERNMENTS for region in objects_of(index, index.having(("kind", kind)))]


def _governed(catalogue: Catalogue, names: Sequence[str]) -> list[Any]:
    named = filter(None, (catalogue.find("region", name) for name in names))
    return list({place.id: place for region in named for place in governed(catalogue, region)}.values())


def _in_order(records: list[Any]) -> list[Any]:
    return sorted(records, key=type(records[0]).DEFAULT_ORDER[0]) if records else []


def _row_key(row: RegionCoverage) -> tuple[Any, ...]:
    region: Any = row.region
    key: tuple[Any, ...] = region.DEFAULT_ORDER[0](region)
    return key
