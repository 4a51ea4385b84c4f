"""What the index holds at a moment; searches that began with it end with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from tantivy import Query, Searcher

from service.search.corrections import Spelling
from service.search.fields import EVERY_STEM, SCHEMA, all_of, any_of, count, of_kinds
from service.search.having import Bits, Having, hits, remember
from service.search.stemmer import english, stem
from service.search.weights import together
from service.search.words import Word

MOST_BEGINNING = 50
"""How many words the last one may be completed to."""

MOST_CALLED = 500
"""How many terms and regions are looked for by a phrase."""

MOST_PHRASES = 100
"""Of how many phrases it is remembered who has them."""

MOST_QUERIES = 1_000
"""How many queries of single words are remembered."""

SHARED = ("taxonomy_term", "region")
"""What many records are about."""


class State:
    """A searcher with what was asked of it often."""

    def __init__(self, searcher: Searcher, spelling: Spelling, having: Having) -> None:
        self.searcher = searcher
        self.spelling = spelling
        self.having = having
        self._beginnings: dict[str, list[str]] = {}
        self._phrases: dict[tuple[Word, ...], Bits] = {}
        self._queries: dict[Hashable, Query] = {}

    def has(self, field: str, word: str) -> bool:
        """Whether some document has a word in a field, or had it a moment ago."""
        return self.searcher.doc_freq(field, word) > 0

    def asking(self, name: Hashable, make: Callable[[], Query]) -> Query:
        """The query of a name: to put one together takes as long as to ask it."""
        found = self._queries.get(name)
        if found is None:
            if len(self._queries) >= MOST_QUERIES:
                self._queries.clear()
            found = self._queries[name] = make()
        return found

    def stems(self, word: Word, fields: Sequence[str] = EVERY_STEM) -> list[str]:
        """The stems of a word that some document has in one of the fields."""
        return [found for found in sorted(word.stems) if any(self.has(field, found) for field in fields)]

    def beginning(self, start: str) -> list[str]:
        """The words of names that begin so, the commonest ones."""
        found = self._beginnings.get(start)
        if found is None:
            its = self.searcher.terms_with_prefix("names_folded", start, limit=MOST_BEGINNING)
            found = self._beginnings[start] = [word for word, _ in its]
        return found

    def completed(self, word: Word) -> list[str]:
        """The stems of the words that begin so, and of the word itself."""
        begun = {cut(each) for each in self.beginning(word.folded) for cut in (stem, english)}
        return [found for found in sorted(begun | word.stems) if any(self.has(field, found) for field in EVERY_STEM)]

    def together(self, phrase: tuple[Word, ...]) -> Bits:
        """The records that have words one after another."""
        found = self._phrases.get(phrase)
        if found is None:
            asking = together(phrase, self)
            found = hits(self.searcher, asking, count(self.searcher, asking))
            remember(self._phrases, MOST_PHRASES, phrase, found)
        return found

    def called(self, phrase: Sequence[Word]) -> Query:
        """The documents that are about what is called so."""
        asking = Query.phrase_query(SCHEMA, "names_folded", [word.folded for word in phrase])
        hits = self.searcher.search(all_of([asking, of_kinds(SHARED)]), limit=MOST_CALLED, count=False).hits
        keys = self.searcher.fast_field_values("key", [address for _, address in hits])
        return any_of("about", keys, 0.0) if keys else Query.empty_query()
