"""What the index holds at a moment; searches that began with it end with it."""

from __future__ import annotations

from collections.abc import Sequence

from tantivy import Query, Searcher

from service.search.closeness import Closeness
from service.search.corrections import Spelling
from service.search.fields import EVERY_STEM, IN_ORDER, SCHEMA, all_of, of_nouns, one_of, term
from service.search.having import Bits, Having, remember, union
from service.search.stemmer import english, stem
from service.search.words import Word

MOST_BEGINNING = 50
"""How many words the last one may be completed to."""

MOST_CALLED = 500
"""How many terms and regions are looked for by a phrase."""

MOST_PHRASES = 100
"""Of how many phrases it is remembered who has them where."""

MOST_BEGUN = 100
"""Of how many beginnings of words it is remembered who has them."""

SHARED = ("taxonomy_term", "region")
"""What many records are about."""


class State:
    """A searcher with what was asked of it often."""

    def __init__(self, searcher: Searcher, spelling: Spelling, having: Having, closeness: Closeness) -> None:
        self.searcher = searcher
        self.spelling = spelling
        self.having = having
        self.closeness = closeness
        self._words: dict[str, list[str]] = {}
        self._begun: dict[object, Bits] = {}
        self._phrases: dict[object, Bits] = {}

    def has(self, field: str, word: str) -> bool:
        """Whether some document has a word in a field, or had it a moment ago."""
        return self.searcher.doc_freq(field, word) > 0

    def stems(self, word: Word, fields: Sequence[str] = EVERY_STEM) -> list[str]:
        """The stems of a word that some document has in one of the fields."""
        return [found for found in sorted(word.stems) if any(self.has(field, found) for field in fields)]

    def beginning(self, word: Word) -> Bits:
        """Who has a word in its names that begins so."""
        its = self._beginning(word.folded)
        return remember(self._begun, MOST_BEGUN, word.folded, lambda: self.having.any(its, "names_folded"))

    def completed(self, word: Word) -> Bits:
        """Who has a word that begins so at whatever place, or the word itself."""
        return remember(self._begun, MOST_BEGUN, word, lambda: self.having.any(self._completed(word), *EVERY_STEM))

    def together(self, phrase: tuple[Word, ...], *fields: str) -> Bits:
        """Who has words one after another in one of the fields."""
        return union(self._together(phrase, field) for field in fields)

    def about(self, phrase: tuple[Word, ...]) -> Bits:
        """Who is about what is called so."""
        return remember(self._phrases, MOST_PHRASES, phrase, lambda: self.having.asked(self._called(phrase)))

    def phrased(self, phrase: tuple[Word, ...]) -> Bits:
        """Who has words one after another, or is about what is called so."""
        return union((self.together(phrase, *IN_ORDER), self.about(phrase)))

    def _together(self, phrase: tuple[Word, ...], field: str) -> Bits:
        words: list[str | tuple[int, str]] = [word.folded for word in phrase]
        asking = Query.phrase_query(SCHEMA, field, words)
        return remember(self._phrases, MOST_PHRASES, (phrase, field), lambda: self.having.asked(asking))

    def _beginning(self, start: str) -> list[str]:
        """The words of names that begin so, the commonest ones."""
        return remember(self._words, MOST_BEGUN, start, lambda: self._named(start))

    def _named(self, start: str) -> list[str]:
        return [word for word, _ in self.searcher.terms_with_prefix("names_folded", start, limit=MOST_BEGINNING)]

    def _completed(self, word: Word) -> set[str]:
        """The stems of the words that begin so, and of the word itself."""
        return {cut(each) for each in self._beginning(word.folded) for cut in (stem, english)} | word.stems

    def _called(self, phrase: Sequence[Word]) -> Query:
        """The documents that are about what is called so."""
        asking = Query.phrase_query(SCHEMA, "names_folded", [word.folded for word in phrase])
        hits = self.searcher.search(all_of([asking, of_nouns(SHARED)]), limit=MOST_CALLED, count=False).hits
        keys = self.searcher.fast_field_values("key", [address for _, address in hits])
        return one_of(term("about", key) for key in keys) if keys else Query.empty_query()
