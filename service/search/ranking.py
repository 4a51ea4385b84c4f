"""The best of what fits a text, in one order: what has a name of its own, then what only names others.

Of the latter there is most, so it is looked at only when the former does not fill what was asked for. Its scores are
all below 1, those of the former above, so that a score and an id are the place of a record in the whole order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tantivy import Query

from service.catalogue.indexes import Selection
from service.catalogue.postings import places_of
from service.search.documents import NAMELESS, SEARCHED
from service.search.fields import NAMELESS_ONES, all_of, any_of, key_of, named, of_kinds
from service.search.queries import Asked, ranking
from service.search.state import State

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

MANY = 500
"""From so many on that fit, those are looked at first that have the words in their names."""

FEW = 500
"""Up to so many that fit a selection, the index is asked for just these."""

TIED = 20
"""How many more than asked for are looked at, so that equals come in the same order on every page."""

MORE = 4
"""How many times as many are looked at when those were too few."""

DAMPED = 1_000
"""A score of what has no name becomes its part of itself and this: below 1, in the same order."""

Ranked = tuple[str, Any, float]
"""A noun, a record of it, and its score."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What fits a text: records of some kinds, as bits by noun, with so many of the telling words at least."""

    text: Asked
    least: int
    kinds: Collection[str]
    bits: Mapping[str, int]
    total: int
    is_narrowed: bool


class Ranking:
    """Ranks what fits at a moment."""

    def __init__(self, catalogue: Catalogue, state: State) -> None:
        self._catalogue = catalogue
        self._state = state

    def best(self, fit: Fit, limit: int) -> list[Ranked]:
        """The best of what fits."""
        found = self._with_names(fit, limit)
        if len(found) < limit and not NAMELESS.isdisjoint(fit.bits):
            without = self._of(fit, ranking(fit.text, self._state, fit.least, stems=NAMELESS_ONES), limit - len(found))
            found += [(noun, record, score / (score + DAMPED)) for noun, record, score in without]
        return found

    def _with_names(self, fit: Fit, limit: int) -> list[Ranked]:
        """What has more of the words in its names comes before all else, so of many that is enough."""
        words = len(fit.text.telling)
        if fit.least == words and fit.total > MANY:
            for many in dict.fromkeys((words, 1)):
                found = self._of(fit, ranking(fit.text, self._state, fit.least, many), limit)
                if len(found) == limit:
                    return found
        return self._of(fit, ranking(fit.text, self._state, fit.least), limit)

    def _of(self, fit: Fit, asking: Query, limit: int) -> list[Ranked]:
        if not fit.is_narrowed:
            return self.ranked(asking, fit.kinds, limit)
        if fit.total <= FEW:
            asking = all_of([asking, any_of("key", _keys(fit.bits), 0.0)])
        return self.ranked(asking, fit.kinds, limit, {noun: Selection(bits) for noun, bits in fit.bits.items()})

    def ranked(
        self, asking: Query, kinds: Collection[str], limit: int, fitting: Mapping[str, Selection] | None = None
    ) -> list[Ranked]:
        """The best that a query finds, equals by id: as many are looked at as it takes to know all that are equal."""
        asking, size, most = _narrowed(asking, kinds), self._state.searcher.num_docs, limit + TIED
        while True:
            seen, last, found = 0, 0.0, list[Ranked]()
            for score, key in self._found(asking, min(most, size)):
                seen, last = seen + 1, score
                noun, ordinal = named(key)
                record = self._catalogue.indexes[noun].objects[ordinal]
                if record is not None and (fitting is None or (noun in fitting and fitting[noun].passes(record))):
                    found.append((noun, record, score))
            if seen < most or (len(found) > limit and found[limit - 1][2] > last):
                found.sort(key=lambda hit: (-hit[2], hit[1].id))
                return found[:limit]
            most *= MORE

    def _found(self, asking: Query, limit: int) -> Iterator[tuple[float, int]]:
        """The best scores with the numbers of what has them."""
        searcher = self._state.searcher
        hits = searcher.search(asking, limit=max(1, limit), count=False, weight_by_field="closeness").hits
        keys = searcher.fast_field_values("key", [address for _, address in hits])
        return zip((score for score, _ in hits), map(int, keys), strict=True)  # type: ignore[arg-type]


def _keys(bits: Mapping[str, int]) -> list[int]:
    return [key_of(noun, place) for noun, its in bits.items() for place in places_of(Selection(its).octets)]


def _narrowed(asking: Query, kinds: Collection[str]) -> Query:
    return asking if set(kinds) >= set(SEARCHED) else all_of([asking, of_kinds(kinds)])
