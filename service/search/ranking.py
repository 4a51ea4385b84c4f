"""The best of what fits a text, in one order: what has a name of its own, then what only names others.

The scores of the latter are all below 1, those of the former above, so that a score and an id are the place of a record
in the whole order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from service.catalogue.indexes import Selection
from service.catalogue.postings import places_of
from service.search.closeness import HAS_NAME
from service.search.documents import SEARCHED
from service.search.planes import Planes, highest, numbers
from service.search.queries import Asked
from service.search.state import State
from service.search.weights import worth

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

DAMPED = 1_000
"""A score of what has no name becomes its part of itself and this: below 1, in the same order."""

Ranked = tuple[str, Any, float]
"""A noun, a record of it, and its score."""


class Ranking:
    """Ranks what fits at a moment."""

    def __init__(self, catalogue: Catalogue, state: State) -> None:
        self._catalogue = catalogue
        self._state = state

    def best(self, text: Asked, bits: Mapping[str, int], limit: int) -> list[Ranked]:
        """So many of what fits a text, the best first; equals by noun, by closeness, by id."""
        named = {noun: its & self._state.closeness.named(noun) for noun, its in bits.items() if its}
        found = self._of(text, named, limit)
        if len(found) < limit:
            nameless = {noun: its ^ named[noun] for noun, its in bits.items() if its}
            found += [(*hit, score / (score + DAMPED)) for *hit, score in self._of(text, nameless, limit - len(found))]
        return found

    def _of(self, text: Asked, bits: Mapping[str, int], limit: int) -> list[Ranked]:
        points = {noun: worth(text, self._state, noun, its) for noun, its in bits.items() if its}
        chosen = self._chosen(bits, points, limit)
        found = [hit for noun, its in chosen.items() if its for hit in self._scored(noun, its, points[noun])]
        found.sort(key=lambda hit: (-hit[2], hit[1].id))
        return found[:limit]

    def _chosen(self, bits: Mapping[str, int], points: Mapping[str, Planes], limit: int) -> dict[str, int]:
        """The best, as bits; a few more where only an id would tell which."""
        chosen, tied, left = highest({noun: bits[noun] for noun in points}, points, limit)
        for noun in SEARCHED:
            if left and tied.get(noun):
                closer = {noun: self._state.closeness.planes(noun)}
                own, equal, left = highest({noun: tied[noun]}, closer, left)
                chosen[noun] |= own[noun] | equal.get(noun, 0)
                left = 0 if equal else left
        return chosen

    def _scored(self, noun: str, whom: int, points: Planes) -> Iterator[Ranked]:
        """Records with what they are worth, and as a part of one how close they are."""
        objects, closeness = self._catalogue.indexes[noun].objects, self._state.closeness.of(noun)
        places = places_of(Selection(whom).octets)
        rank = (len(SEARCHED) - SEARCHED.index(noun)) * HAS_NAME
        for place, number in zip(places, numbers(points, whom, places), strict=True):
            yield noun, objects[place], number + (rank + closeness[place] % HAS_NAME) / BEYOND


BEYOND = 16 * HAS_NAME
"""More than the closeness of anything, with the place of its noun among others."""
