"""Which services a handbook has, in which parts and chapters: found on the catalogue's bits, each service once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.indexes import Selection
from service.catalogue.reach import Reach, Reaching, objects_of
from service.catalogue.taxonomy import broadest, term_name
from service.catalogue.words import sort_key
from service.models.region import RegionKind
from service.models.service import ServiceStatus
from service.pages.results.finding import first_of

GONE = (ServiceStatus.DEFUNCT, ServiceStatus.INACTIVE)
"""What is not given now stands in no handbook."""

OTHER, WIDER = "_other", "_wider"
"""The chapters without a kind: of services whose kind nobody has told, and of those for a wider region."""

SORTED = 60
"""Of so many services those of the same name stand by place; of more, as the catalogue has them."""


@dataclass(frozen=True)
class Chapter:
    """The services of one kind; `term` is None in the chapters without one."""

    code: str
    term: Any
    selection: Selection

    @property
    def count(self) -> int:
        return self.selection.mask.bit_count()


@dataclass(frozen=True)
class Part:
    """The chapters of a region; `region` is None where they are for a wider one."""

    region: Any
    chapters: Sequence[Chapter]

    @property
    def mask(self) -> int:
        return reduce(or_, (chapter.selection.mask for chapter in self.chapters), 0)

    @property
    def count(self) -> int:
        return self.mask.bit_count()


def parts(catalogue: Catalogue, region: Any) -> list[Part]:
    """The parts of a region's handbook that hold anything; known until something changes."""
    return catalogue.once(_filled, region)


def _filled(catalogue: Catalogue, region: Any) -> list[Part]:
    return [part for part in _parts(catalogue, region) if part.chapters]


def _parts(catalogue: Catalogue, region: Any) -> Iterator[Part]:
    index = catalogue.indexes["service"]
    given = index.everything & ~reduce(or_, (index.having(("status", status)) for status in GONE))
    if region.kind is RegionKind.COUNTRY:
        yield from _by_region(catalogue, given & index.having(("region", region.id)), region)
        return
    reached = catalogue.once(Reaching, "service").by_reach(region)
    yield Part(region, list(_by_kind(catalogue, given & reached[Reach.LOCAL])))
    wider = given & (reached[Reach.REGIONAL] | reached[Reach.COUNTRY_WIDE])
    yield Part(None, [Chapter(WIDER, None, Selection(wider))] if wider else [])


def _by_region(catalogue: Catalogue, ahead: int, country: Any) -> Iterator[Part]:
    """A country's by planning region; what lies in none of them is for all of it."""
    index = catalogue.indexes["service"]
    within = (region for region in country.subregions if region.kind is RegionKind.PLANNING_REGION)
    for region in sorted(within, key=lambda each: sort_key(each.name["lv"])):
        here = ahead & index.having(("region", region.id))
        ahead &= ~here
        yield Part(region, list(_by_kind(catalogue, here)))
    yield Part(None, [Chapter(WIDER, None, Selection(ahead))] if ahead else [])


def _by_kind(catalogue: Catalogue, ahead: int) -> Iterator[Chapter]:
    """By the broadest kinds, in alphabetical order; a service of several stands in the first."""
    index = catalogue.indexes["service"]
    for term in catalogue.once(_kinds):
        if here := ahead & index.having(("category", term.id)):
            ahead &= ~here
            yield Chapter(term.code, term, Selection(here))
    if ahead:
        yield Chapter(OTHER, None, Selection(ahead))


def _kinds(catalogue: Catalogue) -> list[Any]:
    return sorted(broadest(catalogue, "taxonomy_term/service_category"), key=term_name)


def services(catalogue: Catalogue, chapter: Chapter) -> list[Any]:
    """All services of a chapter, by name, then by place and provider."""
    return sorted(objects_of(catalogue.indexes["service"], chapter.selection.mask), key=_place_in_book)


def leaf(catalogue: Catalogue, chapter: Chapter, page: int, size: int) -> list[Any]:
    """A page of a chapter."""
    if chapter.count <= SORTED:
        return services(catalogue, chapter)[size * (page - 1) : size * page]
    return first_of(catalogue, "service", chapter.selection, page, size)


def _place_in_book(service: Any) -> tuple[Any, ...]:
    places = min((sort_key(region.name["lv"]) for region in service.places()), default=("", ""))
    return (*sort_key(service.name["lv"]), *places, *sort_key(service.provider.name["lv"]), service.id)


def counted(catalogue: Catalogue, region: Any, name: str) -> dict[Any, int]:
    """How many services of a region's own chapters have each value of a name; known until something changes."""
    return catalogue.once(_counted, region, name)


def _counted(catalogue: Catalogue, region: Any, name: str) -> dict[Any, int]:
    mask = reduce(or_, (part.mask for part in parts(catalogue, region) if part.region is not None), 0)
    return catalogue.indexes["service"].counts(name, Selection(mask))
