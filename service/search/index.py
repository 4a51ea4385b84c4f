"""The search of a catalogue: one index in memory, as new as the catalogue is."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tantivy import Index, IndexWriter, Query

from service.catalogue.indexes import Selection
from service.search.corrections import Spelling, Vocabulary
from service.search.documents import MATCHED, SEARCHED
from service.search.fields import Documents, all_of, kinds, named, new_index, of_kinds, with_key
from service.search.fitting import Fitting
from service.search.following import Following
from service.search.found import Correction, Found, Hit, Suggestions
from service.search.having import Gathering, Having, Kept, Made, kept_after
from service.search.queries import Asked, asked, naming, ranking
from service.search.state import State
from service.search.words import words

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

FILLING = 50_000_000
"""Bytes that documents may take before they are written into the index, while it is filled."""

HEAP = 15_000_000
"""The same afterwards."""

MANY = 500
"""From so many on that fit, those are looked at first that have the words in their names."""

TIED = 50
"""How many more than asked for are looked at, so that equals come in the same order on every page."""


class Search:
    """Finds the records of one catalogue by words. Read by the event loop's thread, like the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._index: Index = new_index()
        self._writer: IndexWriter = self._index.writer(FILLING, 1)
        self._vocabulary = Vocabulary()
        self._kept: Kept = {}
        self._made: list[Made] = []
        self.state = self._state()

    @classmethod
    async def of(cls, catalogue: Catalogue) -> Search:
        """The search of a catalogue that nobody changes meanwhile; a thread fills it."""
        search = cls(catalogue)
        search.state = await asyncio.to_thread(search._filled)
        catalogue.search = search
        return search

    def _filled(self) -> State:
        documents, gathering = Documents(), Gathering()
        for noun in MATCHED:
            for record in self.catalogue.indexes[noun].present():
                document = documents.of(noun, record)
                gathering.add(noun, record.ordinal, document)
                self._writer.add_document(document)
        self._kept = gathering.kept()
        self._writer.commit()
        # What was written in pieces is put together, and the room that this takes is given back.
        self._writer.wait_merging_threads()
        self._writer = self._index.writer(HEAP, 1)
        return self.committed(documents)

    def following(self, changed: Collection[str]) -> Following:
        """Begin to follow a transaction in which the records with these ids change."""
        return Following(self, changed)

    def exchange(self, made: Collection[Made]) -> None:
        """Put documents in the place of those that were there; `committed` lets them be found."""
        self._made += made
        for noun, ordinal, document in made:
            self._writer.delete_documents_by_query(with_key(noun, ordinal))
            if document is not None:
                self._writer.add_document(document)

    def committed(self, documents: Documents) -> State:
        """What can be found with all that was written until now."""
        self._kept, self._made = kept_after(self._kept, self._made), []
        self._vocabulary.add(documents.words)
        self._writer.commit()
        self._index.reload()
        return self._state()

    def _state(self) -> State:
        searcher = self._index.searcher()
        return State(searcher, Spelling(self._vocabulary.searcher, searcher), Having(searcher, self._kept))

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
        totals = self._totals(wanted, nouns, selection or {})
        for least in range(len(wanted.telling), 0, -1):
            if total := totals[least]:
                hits = self._best(wanted, least, nouns, selection, min(first + after, total), total)
                shown = tuple(Hit(*hit, wanted, language) for hit in hits[after : after + first])
                return Found(shown, total, corrected, partial=least < len(wanted.telling))
        return Found((), 0, corrected)

    def suggest(self, text: str, first: int = 5) -> Suggestions:
        """What somebody may be about to type, by kind."""
        wanted = asked(text, completing=True)
        if not wanted.words:
            return Suggestions((), (), (), ())
        asking = naming(wanted, self.state)
        organisations = self._ranked(_narrowed(asking, ("organisation",)), None, first)
        others = self._ranked(_narrowed(asking, SUGGESTED), None, MANY)
        found = {kind: [it for noun, it, _ in others if kind in kinds(noun, it)][:first] for kind in SUGGESTED}
        return Suggestions(tuple(it for _, it, _ in organisations), *(tuple(its) for its in found.values()))

    def matching(self, noun: str, text: str) -> int:
        """The records of a noun that have every word of a text in some form, as bits; all of them for no words."""
        index, wanted = self.catalogue.indexes[noun], asked(text)
        if not wanted.words:
            return index.everything
        return Fitting(wanted, self.state)(noun)[-1] & index.everything

    def _corrected(self, wanted: Asked) -> tuple[Asked, tuple[Correction, ...]]:
        """With the nearest known word for each that nothing has."""
        exchanged, corrections = list(wanted.words), []
        for place, word in enumerate(wanted.words):
            typing = wanted.completing and place == len(wanted.words) - 1
            if typing or word not in wanted.telling or self.state.stems(word):
                continue
            written = self.state.spelling.nearest(word)
            if written is not None:
                [nearest] = words(written)
                exchanged[place] = replace(nearest, start=word.start, end=word.end)
                corrections.append(Correction(word.exact, written))
        return replace(wanted, words=tuple(exchanged)), tuple(corrections)

    def _totals(self, wanted: Asked, nouns: Collection[str], selection: Mapping[str, Selection]) -> list[int]:
        """How many there are, by how many of the telling words they have at least."""
        fitting, totals = Fitting(wanted, self.state), [0] * (len(wanted.telling) + 1)
        for noun in nouns:
            mask = selection[noun].mask if noun in selection else self.catalogue.indexes[noun].everything
            for least, bits in enumerate(fitting(noun)):
                totals[least] += (bits & mask).bit_count()
        return totals

    def _best(
        self,
        wanted: Asked,
        least: int,
        nouns: Collection[str],
        selection: Mapping[str, Selection] | None,
        limit: int,
        total: int,
    ) -> list[Ranked]:
        """The best; what has more of the words in its names comes before all else, so of many that is enough."""
        words = len(wanted.telling)
        if total > MANY and least == words:
            for named in dict.fromkeys((words, 1)):
                found = self._ranked(_narrowed(ranking(wanted, self.state, least, named), nouns), selection, limit)
                if len(found) == limit:
                    return found
        return self._ranked(_narrowed(ranking(wanted, self.state, least), nouns), selection, limit)

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

SUGGESTED = ("taxonomy_term/service_category", "taxonomy_term/life_situation", "region")
"""What is suggested beside organisations: categories, situations, places. There are few, so one look finds all."""


def _narrowed(asking: Query, kinds: Collection[str]) -> Query:
    if set(kinds) >= set(SEARCHED):
        return asking
    return all_of([asking, of_kinds(kinds)])


def _fits(noun: str, record: Any, selection: Mapping[str, Selection] | None) -> bool:
    return selection is None or noun not in selection or selection[noun].passes(record)
