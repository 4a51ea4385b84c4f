"""A page of what fits a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.filters import Filter
from service.catalogue.indexes import Selection
from service.pages.results.asked import LAST_PAGE, Asked
from service.search.found import Correction, Found

SIZE = 20

EVERYTHING = -1
"""Every bit there is."""


@dataclass(frozen=True)
class Leaf:
    """One page of what was found, and what it is a page of."""

    items: Sequence[Any]
    total: int
    pages: int
    among: Filter | None
    """What fits in the same way, to be counted by facets; None where the words fit in part only."""
    corrected: Sequence[Correction] = ()
    partial: bool = False


def find(catalogue: Catalogue, asked: Asked, within: int = EVERYTHING) -> Leaf:
    """What fits: with words the best first, else in alphabetical order; of some only, as bits, if these are given."""
    if asked.words and catalogue.search is not None:
        return _ranked(catalogue, asked, within)
    fitting = _within(asked.filter.selection(catalogue), within)
    total = fitting.mask.bit_count()
    return Leaf(first_of(catalogue, asked.kind, fitting, asked.page), total, _pages(total), asked.filter)


def first_of(catalogue: Catalogue, noun: str, fitting: Selection, page: int = 1, size: int = SIZE) -> list[Any]:
    """A page of a selection in the order of its noun."""
    key, descending = catalogue.types[noun].DEFAULT_ORDER
    found = catalogue.indexes[noun].first(fitting.mask, size * page, key, descending=descending)
    return found[size * (page - 1) :]


def all_of(catalogue: Catalogue, asked: Asked) -> Selection:
    """Everything that fits, on whatever page of the list it stands."""
    among = asked.filter.asking("text", asked.words or None)
    return among.selection(catalogue)


def _ranked(catalogue: Catalogue, asked: Asked, within: int) -> Leaf:
    is_narrowed = asked.is_narrowed or within != EVERYTHING
    narrowed = {asked.kind: _within(asked.filter.selection(catalogue), within)} if is_narrowed else None
    found = _best(catalogue, asked, narrowed)
    among = None if found.partial else asked.filter.asking("text", _as_found(asked.words, found))
    return Leaf(
        [hit.record for hit in found.hits], found.total, _pages(found.total), among, found.corrected, found.partial
    )


def _within(fitting: Selection, some: int) -> Selection:
    return fitting if some == EVERYTHING else Selection(fitting.mask & some)


def _best(catalogue: Catalogue, asked: Asked, narrowed: Mapping[str, Selection] | None) -> Found:
    assert catalogue.search is not None
    return catalogue.search.find(asked.words, (asked.kind,), narrowed, SIZE, SIZE * (asked.page - 1))


def _as_found(words: str, found: Found) -> str:
    for each in found.corrected:
        words = words.lower().replace(each.typed, each.instead)
    return words


def _pages(total: int) -> int:
    return min(LAST_PAGE, ceil(total / SIZE))


def beside(asked: Asked, **changes: Any) -> Asked:
    """The question with something else in place of a part of it."""
    return replace(asked, page=1, **changes)
