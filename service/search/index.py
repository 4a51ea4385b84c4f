"""The search of a catalogue: one index in memory, as new as the catalogue is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tantivy import Index, IndexWriter, Occur, Query, Searcher

from service.catalogue.changes import Change
from service.catalogue.indexes import Selection
from service.catalogue.postings import bitset
from service.catalogue.types import NOUN_OF
from service.search.concerned import concerned
from service.search.corrections import Vocabulary, is_known
from service.search.documents import SEARCHED
from service.search.fields import WEIGHTS, Documents, count, named, new_index, of_kinds, with_key
from service.search.found import Correction, Found, Hit, Suggestions
from service.search.queries import Asked, asked, fitting, ranking
from service.search.words import words

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

HEAP = 50_000_000
"""Bytes that documents may take before they are written into the index."""

MOST_BEGINNING = 50
"""How many words the last one may be completed to."""

TIED = 50
"""How many more than asked for are looked at, so that equals come in the same order on every page."""


class State:
    """What the index holds at a moment; searches that began with it end with it."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher

    def has(self, field: str, word: str) -> bool:
        """Whether some document has a word in a field, or had it a moment ago."""
        return self.searcher.doc_freq(field, word) > 0

    def beginning(self, field: str, start: str) -> list[str]:
        """The words of a field that begin so, the commonest ones."""
        return [word for word, _ in self.searcher.terms_with_prefix(field, start, limit=MOST_BEGINNING)]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its words; gathered when somebody first mistypes one."""
        return Vocabulary.of(self.searcher)


class Search:
    """Finds the records of one catalogue by words. Read by the event loop's thread, like the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._index: Index = new_index()
        self._index.config_reader("manual")
        self._writer: IndexWriter = self._index.writer(HEAP, 1)
        self.state = State(self._index.searcher())

    @classmethod
    async def of(cls, catalogue: Catalogue) -> Search:
        """The search of a catalogue that nobody changes meanwhile; a thread fills it."""
        search = cls(catalogue)
        search.state = await asyncio.to_thread(search._filled)
        catalogue.search = search
        return search

    def _filled(self) -> State:
        documents = Documents()
        for noun in SEARCHED:
            for record in self.catalogue.indexes[noun].present():
                self._writer.add_document(documents.of(noun, record))
        return self._committed()

    @asynccontextmanager
    async def following(self, changes: Collection[Change]) -> AsyncIterator[None]:
        """Around the steps of a transaction: what it touched is found by its new words when it is over."""
        touched = set(self._touched(changes))
        yield
        touched.update(self._touched(changes))
        self.state = await asyncio.to_thread(self._exchanged, touched)

    def _touched(self, changes: Iterable[Change]) -> Iterator[Any]:
        for change in changes:
            record = self.catalogue.records.get(change.record)
            if record is not None:
                yield record
                yield from concerned(record)

    def _exchanged(self, touched: Iterable[Any]) -> State:
        documents = Documents()
        for record in touched:
            noun = NOUN_OF[type(record)]
            if noun in SEARCHED:
                self._writer.delete_documents_by_query(with_key(noun, record.ordinal))
                if self.catalogue.records.get(record.id) is record:
                    self._writer.add_document(documents.of(noun, record))
        return self._committed()

    def _committed(self) -> State:
        self._writer.commit()
        self._index.reload()
        return State(self._index.searcher())

    def find(
        self,
        text: str,
        nouns: Collection[str] = SEARCHED,
        selection: Mapping[str, Selection] | None = None,
        first: int = 20,
        after: int = 0,
        language: str = "lv",
        *,
        completing: bool = False,
    ) -> Found:
        """The records that fit a text best, after as many as were already seen; never raises on a text.

        `selection` narrows nouns to what fits a filter; `completing` while the last word is still being typed.
        """
        wanted, corrected = self._corrected(asked(text, completing=completing))
        if not wanted.words or not nouns:
            return Found((), 0)
        for least in range(len(wanted.telling), 0, -1):
            total = self._count(wanted, least, nouns, selection)
            if total:
                hits = self._best(wanted, least, nouns, selection, first + after)
                shown = tuple(Hit(*hit, wanted, language) for hit in hits[after : after + first])
                return Found(shown, total, corrected, partial=least < len(wanted.telling))
        return Found((), 0, corrected)

    def suggest(self, text: str, first: int = 5) -> Suggestions:
        """What somebody may be about to type, by kind."""
        wanted = asked(text, completing=True)
        if not wanted.words:
            return Suggestions((), (), (), ())
        asking = ranking(wanted, NAMES, self.state)
        found = (self._ranked(_narrowed(asking, kinds), None, first) for kinds in SUGGESTED)
        return Suggestions(*(tuple(record for _, record, _ in its) for its in found))

    def matching(self, noun: str, text: str) -> int:
        """The records of a noun that have every word of a text in some form, as bits; all of them for no words."""
        index, wanted = self.catalogue.indexes[noun], asked(text)
        if not wanted.words:
            return index.everything
        return self._bits(noun, fitting(wanted, self.state))

    def _bits(self, noun: str, asking: Query) -> int:
        index, searcher = self.catalogue.indexes[noun], self.state.searcher
        found = searcher.search(_narrowed(asking, (noun,)), searcher.num_docs or 1, count=False, order_by_field="key")
        return bitset([named(key)[1] for key, _ in found.hits], len(index.objects)) & index.everything

    def _corrected(self, wanted: Asked) -> tuple[Asked, tuple[Correction, ...]]:
        """With the nearest known word for each that nothing has."""
        exchanged, corrections = list(wanted.words), []
        for place, word in enumerate(wanted.words):
            typing = wanted.completing and place == len(wanted.words) - 1
            if typing or word not in wanted.telling or is_known(self.state.searcher, word):
                continue
            written = self.state.vocabulary.nearest(word)
            if written is not None:
                [nearest] = words(written)
                exchanged[place] = replace(nearest, start=word.start, end=word.end)
                corrections.append(Correction(word.exact, written))
        return replace(wanted, words=tuple(exchanged)), tuple(corrections)

    def _count(
        self, wanted: Asked, least: int, nouns: Collection[str], selection: Mapping[str, Selection] | None
    ) -> int:
        asking = fitting(wanted, self.state, least)
        if selection is None:
            return count(self.state.searcher, _narrowed(asking, nouns))
        bits = ((noun, self._bits(noun, asking)) for noun in nouns)
        return sum((its & selection[noun].mask if noun in selection else its).bit_count() for noun, its in bits)

    def _best(
        self,
        wanted: Asked,
        least: int,
        nouns: Collection[str],
        selection: Mapping[str, Selection] | None,
        limit: int,
    ) -> list[Ranked]:
        """The best; those with all words in their names come before all others, so often these are enough."""
        if least == len(wanted.telling):
            named_so = self._ranked(_narrowed(ranking(wanted, NAMES, self.state), nouns), selection, limit)
            if len(named_so) == limit:
                return named_so
        return self._ranked(_narrowed(ranking(wanted, tuple(WEIGHTS), self.state, least), nouns), selection, limit)

    def _ranked(self, asking: Query, selection: Mapping[str, Selection] | None, limit: int) -> list[Ranked]:
        found = [
            (noun, record, score)
            for score, noun, record in self._records(asking, None if selection else limit + TIED)
            if _fits(noun, record, selection)
        ]
        found.sort(key=lambda hit: (-hit[2], hit[1].id))
        return found[:limit]

    def _records(self, asking: Query, limit: int | None) -> Iterator[tuple[float, str, Any]]:
        """The best, or all, that are still there."""
        searcher = self.state.searcher
        most = max(1, searcher.num_docs if limit is None else min(limit, searcher.num_docs))
        hits = searcher.search(asking, limit=most, count=False, weight_by_field="closeness").hits
        keys = searcher.fast_field_values("key", [address for _, address in hits])
        for (score, _), key in zip(hits, keys, strict=True):
            noun, ordinal = named(int(key or 0))
            record = self.catalogue.indexes[noun].objects[ordinal]
            if record is not None:
                yield score, noun, record


Ranked = tuple[str, Any, float]
"""A noun, a record of it, and its score."""

NAMES = ("names_exact", "names_folded", "names_stems")

SUGGESTED = (
    ("organisation",),
    ("taxonomy_term/service_category",),
    ("taxonomy_term/life_situation",),
    ("region",),
)
"""What is suggested: names, categories, situations, places."""


def _narrowed(asking: Query, kinds: Collection[str]) -> Query:
    if set(kinds) >= set(SEARCHED):
        return asking
    return Query.boolean_query([(Occur.Must, asking), (Occur.Must, of_kinds(kinds))])


def _fits(noun: str, record: Any, selection: Mapping[str, Selection] | None) -> bool:
    return selection is None or noun not in selection or selection[noun].passes(record)
