"""What is known of kinds of services in municipalities: found once for all pages, until something changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.coverage.cell import CoverageCell, CoverageState
from service.catalogue.coverage.coverage import CATEGORIES
from service.catalogue.coverage.place import Place
from service.catalogue.coverage.provider import Provider
from service.catalogue.coverage.question import Question
from service.catalogue.taxonomy import broadest

NAMED = 3
"""Of each kind of service so many providers are named."""


@dataclass(frozen=True)
class Known:
    """What is known of one kind of service in a municipality: how many give it, and the first of them."""

    category: Any
    count: int
    ngos: int
    first: list[Provider]
    named: list[Any]
    """The first of them, as organisations."""
    state: CoverageState


def known(catalogue: Catalogue, region: Any, category: Any) -> Known:
    """What a page tells at once."""
    found: Known = catalogue.once(_known, region, category)
    return found


def cell_of(catalogue: Catalogue, region: Any, category: Any) -> CoverageCell:
    """The same to be looked at more closely; what is found in it is not kept for others, as it takes room."""
    return CoverageCell(category=category, place=catalogue.once(_place, region))


def _known(catalogue: Catalogue, region: Any, category: Any) -> Known:
    cell = cell_of(catalogue, region, category)
    count = cell.provider_count()
    first = cell.providing.nearest(NAMED) if count else []
    organisations = cell.place.question.organisations.objects
    named = [organisations[ordinal] for _, ordinal in first]
    return Known(category, count, cell.ngo_count() if count else 0, first, named, cell.state())


def _place(catalogue: Catalogue, region: Any) -> Place:
    return Place(catalogue.once(_question), region)


def _question(catalogue: Catalogue) -> Question:
    """Every kind of service, for everybody, today."""
    return Question(catalogue, broadest(catalogue, CATEGORIES), None, None)
