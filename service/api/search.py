"""The search as GraphQL shows it: records of several nouns in one ranked list, and suggestions while one types."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Union

import strawberry

from service.api.search_filter import SearchFilter
from service.catalogue import types
from service.catalogue.connection import PageInfo, cursor, key_of, page_size
from service.catalogue.costs import Cost, ListSize, at_most
from service.catalogue.organisation import Organisation
from service.catalogue.region import Region
from service.catalogue.taxonomy import TaxonomyTerm
from service.catalogue.words import Language
from service.search.documents import SEARCHED
from service.search.found import Found, Hit
from service.search.highlights import Highlight
from service.search.queries import MOST_WORDS, asked

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

DEEPEST = 1_000
"""How many of the best can be read; nobody reads further."""

MOST_MARKS = 7
"""How many pieces of one text are marked at most."""

MARKING = Cost(weight="40")
"""Looking for the words in every text of a record: up to 2 ms of a large organisation, mostly less than 0.3 ms."""

NARROWING = Cost(weight="800")
"""Ranking more than the best, until enough of them fit: up to 25 ms among 30,000 records."""

SUGGESTIONS = 5
"""How many of each kind are suggested unless said."""

SUGGESTED = ListSize(
    assumed_size=SUGGESTIONS,
    slicing_arguments=["first"],
    sized_fields=["organisations", "categories", "situations", "places"],
    require_one_slicing_argument=False,
)

SUGGESTING = Cost(weight="200")
"""Completing a word in every name."""

Result: Any = Annotated[
    Union[tuple(types.NOUNS[noun] for noun in SEARCHED)],  # noqa: UP007
    strawberry.union("SearchResult", description="What the search finds."),
]

In = Annotated[
    Language, strawberry.argument(description="The language wanted; another is given where the words stand in that.")
]


@strawberry.type(description="A piece of a text.", directives=[Cost(weight="0.2")])
class HighlightPart:
    text: str = strawberry.field(description="The piece, as plain text.")
    marked: bool = strawberry.field(description="Whether it is what was looked for.")


@strawberry.type(description="A text in pieces, so that what was looked for can be marked in it.")
class Highlighted:
    text: str = strawberry.field(description="The whole text, as plain text.")
    parts: list[HighlightPart] = strawberry.field(
        description="The same text, piece after piece.", directives=[at_most(2 * MOST_MARKS + 1)]
    )

    @classmethod
    def of(cls, found: Highlight) -> Highlighted:
        """Ranges become pieces: nobody has to count characters, which not all languages count alike."""
        parts, end = [], 0
        for start, stop in (*found.ranges[:MOST_MARKS], (len(found.text), len(found.text))):
            parts += [HighlightPart(text=found.text[end:start], marked=False)] if start > end else []
            parts += [HighlightPart(text=found.text[start:stop], marked=True)] if stop > start else []
            end = stop
        return cls(text=found.text, parts=parts)


@strawberry.type(description="Something that was found, and its place in the ranking.")
class SearchResultEdge:
    cursor: str = strawberry.field(description="The place of the record, to ask for what comes after.")
    node: Result = strawberry.field(description="The record.")
    score: float = strawberry.field(description="How well it fits; only to be compared within one search.")
    hit: strawberry.Private[Hit]

    @strawberry.field(description="What it is called.", directives=[Cost(weight="1")])
    def name(self, language: In = Language.LV) -> Highlighted:
        return Highlighted.of(self._in(language).name)

    @strawberry.field(
        description="Where else the words stand; null where they stand in the name alone.", directives=[MARKING]
    )
    def snippet(self, language: In = Language.LV) -> Highlighted | None:
        found = self._in(language).snippet
        return None if found is None else Highlighted.of(found)

    def _in(self, language: Language) -> Hit:
        return replace(self.hit, language=language.value)


@strawberry.type(description="A word that nothing has, and the known one that was looked for in its place.")
class SearchCorrection:
    typed: str = strawberry.field(description="The word that was given.")
    instead: str = strawberry.field(description="The word that was looked for.")


@strawberry.type(description="A page of what was found, the best first.")
class SearchResultConnection:
    nodes: list[Result] = strawberry.field(description="The records of the page.")
    total_count: int = strawberry.field(description="How many records fit; the best 1,000 of them can be read.")
    corrections: list[SearchCorrection] = strawberry.field(
        description="The words that were taken for mistakes.", directives=[at_most(MOST_WORDS)]
    )
    partial: bool = strawberry.field(description="Whether nothing has all the words, so that some are left out.")
    edges: list[SearchResultEdge] = strawberry.field(description="The records of the page, with why they are there.")
    page_info: PageInfo = strawberry.field(description="Where the page stands among the others.")


@strawberry.type(description="What somebody may be about to type.")
class Suggestions:
    organisations: list[Organisation] = strawberry.field(description="Organisations with such a name.")
    categories: list[TaxonomyTerm] = strawberry.field(description="Kinds of services.")
    situations: list[TaxonomyTerm] = strawberry.field(description="Life situations.")
    places: list[Region] = strawberry.field(description="Regions.")


def results(
    catalogue: Catalogue, text: str, filter: SearchFilter | None, first: int | None, after: str | None
) -> SearchResultConnection | None:
    """A page of what a text finds; None while the words are still being gathered after a start."""
    if catalogue.search is None:
        return None
    nouns, selections = (SEARCHED, None) if filter is None else filter.narrowing(catalogue)
    size = page_size(first)
    found = catalogue.search.find(text, nouns, selections, first=_depth(text, size, after))
    start = _start(found.hits, after)
    return _page(found, start, found.hits[start : start + size])


def _depth(text: str, size: int, after: str | None) -> int:
    """How many to rank. A first page is ranked by itself, unless particles weigh: they may change its order."""
    said = asked(text)
    return size if after is None and len(said.telling) == len(said.words) else DEEPEST


def _page(found: Found, start: int, hits: Sequence[Hit]) -> SearchResultConnection:
    edges = [SearchResultEdge(cursor=cursor((h.score, h.id)), node=h.record, score=h.score, hit=h) for h in hits]
    return SearchResultConnection(
        nodes=[hit.record for hit in hits],
        total_count=found.total,
        corrections=[SearchCorrection(typed=each.typed, instead=each.instead) for each in found.corrected],
        partial=found.partial,
        edges=edges,
        page_info=PageInfo(
            has_next_page=start + len(hits) < min(found.total, DEEPEST),
            has_previous_page=start > 0,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
    )


def _start(hits: Sequence[Hit], after: str | None) -> int:
    """Where a page begins: after a score and an id, which outlive the record. A cursor nobody gave finds nothing."""
    if after is None:
        return 0
    try:
        score, id = key_of(after)
        return bisect_right(hits, (-score, id), key=lambda hit: (-hit.score, hit.id))
    except (ValueError, TypeError):
        return len(hits)


def suggestions(catalogue: Catalogue, text: str, first: int | None) -> Suggestions | None:
    """What a text may become; None while the words are still being gathered after a start."""
    if catalogue.search is None:
        return None
    found = catalogue.search.suggest(text, SUGGESTIONS if first is None else page_size(first))
    return Suggestions(
        organisations=list(found.organisations),
        categories=list(found.categories),
        situations=list(found.situations),
        places=list(found.places),
    )
