"""The known word nearest to one that nothing has: a letter more, less, another, or two that changed places.

The words of all names are in an index of their own, so that looking for those nearby takes about as long in a large
directory as in a small one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA
from tantivy import Document, Index, Query, Schema, SchemaBuilder, Searcher

from service.catalogue.words import fold
from service.search.fields import count, term
from service.search.words import Word

SHORTEST = 4
"""Letters of the shortest word that is corrected."""

LONG = 8
"""Letters from which on two mistakes are allowed."""

MOST_NEAR = 200
"""How many words nearby are compared."""

MOST_REMEMBERED = 100
"""Of how many words it is remembered; every page of a search asks again."""

HEAP = 15_000_000
"""Bytes that words may take before they are written into their index."""


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("folded", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("written", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


_SCHEMA = _schema()


class Vocabulary:
    """Every word of a name as it is written. None is taken out: those that nothing has any more are passed over."""

    def __init__(self) -> None:
        self._index = Index(_SCHEMA)
        self._index.config_reader("manual")
        self._writer = self._index.writer(HEAP, 1)
        self.searcher = self._index.searcher()

    def add(self, words: Iterable[str]) -> None:
        """Take over words as they are written."""
        new = [word for word in words if not self.searcher.doc_freq("written", word)]
        for word in new:
            self._writer.add_document(Document.from_dict({"folded": fold(word), "written": word}, _SCHEMA))
        if new:
            self._writer.commit()
            self._index.reload()
            self.searcher = self._index.searcher()


class Spelling:
    """The words at a moment, with the documents that have them."""

    def __init__(self, words: Searcher, documents: Searcher) -> None:
        self._words = words
        self._documents = documents
        self._found: dict[str, str | None] = {}

    def nearest(self, word: Word) -> str | None:
        """The nearest word; of several the one that most documents have. Else the shortest that begins like it."""
        if word.folded not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            self._found[word.folded] = self._nearest(word)
        return self._found[word.folded]

    def _nearest(self, word: Word) -> str | None:
        if len(word.folded) < SHORTEST:
            return None
        for mistakes in range(1, 3 if len(word.folded) >= LONG else 2):
            asking = Query.fuzzy_term_query(_SCHEMA, "folded", word.folded, mistakes)
            if found := self._least((OSA.distance(word.folded, fold(each)), each) for each in self._written(asking)):
                return found
        return self._least((len(each), each) for each in self._begun(word))

    def _least(self, found: Iterable[tuple[float, str]]) -> str | None:
        """Of the nearest words that are still there the commonest."""
        by_distance: defaultdict[float, list[str]] = defaultdict(list)
        for distance, word in found:
            by_distance[distance].append(word)
        for distance in sorted(by_distance):
            common = ((-count(self._documents, term("names_exact", word)), word) for word in by_distance[distance])
            least, word = min(common)
            if least:
                return word
        return None

    def _written(self, asking: Query) -> Iterator[str]:
        for _, address in self._words.search(asking, limit=MOST_NEAR, count=False).hits:
            yield from self._words.doc(address)["written"]

    def _begun(self, word: Word) -> Iterator[str]:
        """The words that begin like it: lonely, loneliness."""
        for stem in word.stems:
            if len(stem) >= SHORTEST:
                for folded, _ in self._words.terms_with_prefix("folded", stem, limit=MOST_NEAR):
                    yield from self._written(Query.term_query(_SCHEMA, "folded", folded, index_option="basic"))
