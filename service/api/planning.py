"""What planners ask: which services are known where, who would do well to meet."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import strawberry

from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE, Cost
from service.catalogue.coverage import Coverage, coverage
from service.catalogue.introductions.introduction import SUGGESTING, Introduction, suggested_partners
from service.catalogue.introductions.unconnected import Unconnected, unconnected

COVERING = Cost(weight="100")
"""Finding what counts for all cells of a question."""

ON_ANOTHER_DAY = Cost(weight="5000")
"""Looking at the dates of every link and every service."""

Names = list[strawberry.ID]


@strawberry.type
class Planning:
    @strawberry.field(
        description=(
            "What is known of services in municipalities, by category: who gives them, by which links, who says that "
            "they are lacking. Where nothing is known there may still be a service."
        ),
        directives=[COVERING],
    )
    def coverage(
        self,
        categories: Annotated[
            Names | None,
            strawberry.argument(description="These categories with narrower ones, by id or code; else all top ones."),
        ] = None,
        target_groups: Annotated[
            Names | None,
            strawberry.argument(
                description="Only what is for these target groups or narrower ones, by id or code; else for everybody."
            ),
        ] = None,
        regions: Annotated[
            Names | None,
            strawberry.argument(
                description=(
                    "The municipalities in these regions, by id or code; of a part of one, or of a former one, those "
                    "it lies in today; else all."
                )
            ),
        ] = None,
        as_of: Annotated[
            date | None,
            strawberry.argument(
                description=(
                    "With the links that held on this day, and what was said then, as known today; services as they "
                    "are known today, without those that the register did not have. Else active links, today."
                ),
                directives=[ON_ANOTHER_DAY],
            ),
        ] = None,
    ) -> Coverage | None:
        catalogue: Any = self
        return coverage(catalogue, categories=categories, target_groups=target_groups, regions=regions, as_of=as_of)

    @strawberry.field(
        description="Whom an organisation might like to meet: who works for the same people in the same region, or "
        "meets a stated need, and with whom no link is known, past ones included.",
        directives=[PAGE, SUGGESTING],
    )
    def suggested_partners(
        self,
        organisation: Annotated[strawberry.ID, strawberry.argument(description="The organisation, by id or slug.")],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Introduction] | None:
        catalogue: Any = self
        found = catalogue.find("organisation", organisation)
        return None if found is None else suggested_partners(found, Window(first, after, last, before))

    @strawberry.field(
        description="The NGOs of a region of which no active link with its municipal side is known. They may well "
        "work together; null when there is no such region."
    )
    def unconnected(
        self, region: Annotated[strawberry.ID, strawberry.argument(description="The region, by id or code.")]
    ) -> Unconnected | None:
        catalogue: Any = self
        return unconnected(catalogue, region)
