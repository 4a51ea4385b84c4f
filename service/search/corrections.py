"""The known word nearest to one that nothing has: a letter more, less, another, or two that changed places."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Query, Searcher

from service.catalogue.words import fold
from service.search.fields import count, term
from service.search.words import Word

SHORTEST = 4
"""Letters of the shortest word that is corrected."""

LONG = 8
"""Letters from which on two mistakes are allowed."""


Near = tuple[float, int, str]
"""How far a word is, how many documents have it negatively, and how it is written: the least is the nearest."""


class Vocabulary:
    """Every word of a name as it is written, with the number of documents that have it."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._words = sorted((fold(written), written, count) for written, count in counts.items())
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        for place, (folded, _, _) in enumerate(self._words):
            self._places[len(folded)].append(place)

    @classmethod
    def of(cls, searcher: Searcher) -> Vocabulary:
        # The filter leaves out words that only documents had which are there no more.
        found = searcher.terms_with_prefix("names_exact", "", filter_query=Query.all_query())
        return cls({word: count for word, count in found if count})

    def nearest(self, word: Word) -> str | None:
        """The nearest word; of several the one that most documents have. Else the shortest that begins like it."""
        if len(word.folded) < SHORTEST:
            return None
        found = min(self._mistaken(word.folded), default=None) or min(self._begun(word), default=None)
        return None if found is None else found[2]

    def _mistaken(self, folded: str) -> Iterator[Near]:
        """The words that differ by few mistakes."""
        most = 2 if len(folded) >= LONG else 1
        for length in range(len(folded) - most, len(folded) + most + 1):
            places = self._places[length]
            choices = [self._words[place][0] for place in places]
            for _, distance, n in process.extract_iter(folded, choices, scorer=OSA.distance, score_cutoff=most):
                yield self._near(distance, places[n])

    def _begun(self, word: Word) -> Iterator[Near]:
        """The words that begin like it: lonely, loneliness."""
        for stem in word.stems:
            place = bisect_left(self._words, (stem,))
            while len(stem) >= SHORTEST and place < len(self._words) and self._words[place][0].startswith(stem):
                yield self._near(len(self._words[place][0]), place)
                place += 1

    def _near(self, distance: float, place: int) -> Near:
        _, written, count = self._words[place]
        return distance, -count, written


def is_known(searcher: Searcher, word: Word) -> bool:
    """Whether some document has a form of the word."""
    return any(count(searcher, term("anywhere", stem)) for stem in word.stems)
