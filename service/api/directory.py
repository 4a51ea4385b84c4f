"""The directory as a whole: what it holds, how much of its sources, under which licences, how new."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import strawberry

from service.catalogue.connection import After, Before, Connection, First, Last, Window, page
from service.catalogue.costs import PAGE, Cost, at_most
from service.catalogue.faceted import connection_of, faceted
from service.catalogue.listing import listing
from service.catalogue.ordered import Ordered
from service.catalogue.source import Source, source_title
from service.models.source import Completeness

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


A_LOOK = Cost(weight="100")
"""Looking at every source or region."""


@strawberry.type(description="How many published records there are of each noun.")
class DirectoryCounts:
    regions: int = strawberry.field(description="Regions, former ones included.")
    former_regions: int = strawberry.field(description="Regions that no longer exist.")
    taxonomy_terms: int = strawberry.field(description="Terms of all taxonomies.")
    organisations: int = strawberry.field(description="Organisations.")
    locations: int = strawberry.field(description="Locations.")
    services: int = strawberry.field(description="Services.")
    cooperation_links: int = strawberry.field(description="Cooperation links.")
    agreements: int = strawberry.field(description="Agreements.")
    projects: int = strawberry.field(description="Projects.")
    events: int = strawberry.field(description="Events.")
    needs: int = strawberry.field(description="Needs.")
    figures: int = strawberry.field(description="Figures.")
    sources: int = strawberry.field(description="Sources.")


@strawberry.type(description="How much of one source the directory holds.")
class SourceCompleteness:
    source: Source = strawberry.field(description="The source.")
    completeness: Completeness = strawberry.field(description="How much of it the directory holds.")
    retrieved_on: date | None = strawberry.field(description="When it was read.")

    @strawberry.field(description="How many records rest on it.", directives=[Cost(weight="25")])
    def records(self) -> int:
        return len({evidence.record.id for evidence in self.source.supports})


@strawberry.type(description="The newest change of the directory.")
class LastChange:
    seq: int = strawberry.field(description="Its number in the change log.")
    at: datetime | None = strawberry.field(description="When it was made.")


@strawberry.type(description="The directory as a whole.")
class Directory:
    catalogue: strawberry.Private[object]

    @strawberry.field(
        description="How many records there are. Parts of it are samples: see `completeness`.",
        directives=[A_LOOK],
    )
    def counts(self) -> DirectoryCounts:
        catalogue = self._catalogue()
        size = {noun: index.size for noun, index in catalogue.indexes.items()}
        return DirectoryCounts(
            regions=size["region"],
            former_regions=sum(region.former_kind is not None for region in catalogue.of("region")),
            taxonomy_terms=size["taxonomy_term"],
            organisations=size["organisation"],
            locations=size["location"],
            services=size["service"],
            cooperation_links=size["cooperation_link"],
            agreements=size["agreement"],
            projects=size["project"],
            events=size["event"],
            needs=size["need"],
            figures=size["figure"],
            sources=size["source"],
        )

    @strawberry.field(
        description="How much of each source the directory holds; absence from it proves nothing.",
        directives=[PAGE, A_LOOK],
    )
    def completeness(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[SourceCompleteness]:
        rows = [
            SourceCompleteness(source=source, completeness=source.completeness, retrieved_on=source.retrieved_on)
            for source in self._catalogue().of("source")
        ]
        ordered = Ordered.of(rows, lambda row: source_title(row.source))
        window = Window(first, after, last, before)
        found: Connection[SourceCompleteness] = page(ordered, lambda _: True, len(rows), window, descending=False)
        return found

    @strawberry.field(description="The licences of the sources, each once.", directives=[at_most(50), A_LOOK])
    def licences(self) -> list[str]:
        return sorted({source.licence for source in self._catalogue().of("source") if source.licence})

    @strawberry.field(
        description="The sources, in alphabetical order.", directives=[PAGE], graphql_type=connection_of("Source")
    )
    def sources(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Source]:
        found = listing(self._catalogue(), "source", None, None, Window(first, after, last, before))
        page: Connection[Source] = faceted(found, "Source", self._catalogue())
        return page

    @strawberry.field(description="The newest change.")
    def last_change(self) -> LastChange:
        newest = self._catalogue().last_change
        return LastChange(seq=newest.seq, at=newest.at)

    def _catalogue(self) -> Catalogue:
        return self.catalogue  # type: ignore[return-value]
