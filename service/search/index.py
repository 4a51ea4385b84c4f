"""The search of a catalogue: one index in memory, as new as the catalogue is."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tantivy import Index, IndexWriter

from service.catalogue.indexes import Selection
from service.search.closeness import Closeness, closeness_in
from service.search.corrections import Spelling, Vocabulary
from service.search.documents import NAMELESS, SEARCHED
from service.search.fields import EVERY_STEM, NAMED_ONES, Documents, new_index, with_key
from service.search.fitting import Fit, Fitting, Naming
from service.search.following import Following
from service.search.found import Correction, Found, Hit, Suggestions
from service.search.having import Gathering, Having, Kept, Made, kept_after
from service.search.queries import Asked, asked
from service.search.ranking import Ranking
from service.search.state import State
from service.search.words import words

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

FILLING = 50_000_000
"""Bytes that documents may take before they are written into the index, while it is filled."""

HEAP = 15_000_000
"""The same afterwards."""


class Search:
    """Finds the records of one catalogue by words. Read by the event loop's thread, like the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._index: Index = new_index()
        self._writer: IndexWriter = self._index.writer(FILLING, 1)
        self._vocabulary = Vocabulary()
        self._kept: Kept = {}
        self._asked: Kept = {}
        self._closeness = Closeness()
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
        documents, gathering, close = Documents(), Gathering(), list[tuple[str, int, int]]()
        for noun in SEARCHED:
            for record in self.catalogue.indexes[noun].present():
                document = documents.of(noun, record)
                gathering.add(noun, record.ordinal, document)
                close.append((noun, record.ordinal, closeness_in(document)))
                self._writer.add_document(document)
        self._kept, self._closeness = gathering.kept(), self._closeness.after(close)
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
        self._kept, self._asked = kept_after(self._kept, self._made), kept_after(self._asked, self._made)
        self._closeness = self._closeness.after((noun, it, closeness_in(written)) for noun, it, written in self._made)
        self._made = []
        self._vocabulary.add(documents.words)
        self._writer.commit()
        self._index.reload()
        return self._state()

    def _state(self) -> State:
        searcher = self._index.searcher()
        spelling, having = Spelling(self._vocabulary.searcher, searcher), Having(searcher, self._kept, self._asked)
        return State(searcher, spelling, having, self._closeness)

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
        wanted, corrected = self._corrected(asked(text, completing=completing), nouns)
        if not wanted.words:
            return Found((), 0)
        for fit in self._fitting(wanted, self._masks(nouns, selection)):
            if fit.total:
                hits = Ranking(self.catalogue, self.state).best(wanted, fit.bits, min(first + after, fit.total))
                shown = tuple(Hit(*hit, wanted, language) for hit in hits[after : after + first])
                return Found(shown, fit.total, corrected, partial=fit.least < len(wanted.telling))
        return Found((), 0, corrected)

    def suggest(self, text: str, first: int = 5) -> Suggestions:
        """What somebody may be about to type, by kind."""
        wanted = asked(text, completing=True)
        if not wanted.words:
            return Suggestions((), (), (), ())
        naming, ranking = Naming(wanted, self.state), Ranking(self.catalogue, self.state)
        return Suggestions(*(self._named(wanted, kind, naming, ranking, first) for kind in SUGGESTED))

    def _named(self, wanted: Asked, kind: str, naming: Naming, ranking: Ranking, first: int) -> tuple[Any, ...]:
        bits = {noun: mask & naming(noun) for noun, mask in self._masks([kind]).items()}
        return tuple(record for _, record, _ in ranking.best(wanted, bits, first))

    def matching(self, noun: str, text: str) -> int:
        """The records of a noun that have every word of a text in some form, as bits; all of them for no words."""
        index, wanted = self.catalogue.indexes[noun], asked(text)
        if not wanted.words:
            return index.everything
        return Fitting(wanted, self.state)(noun)[-1] & index.everything

    def _corrected(self, wanted: Asked, nouns: Collection[str]) -> tuple[Asked, tuple[Correction, ...]]:
        """With the nearest known word for each that nothing has which could be found."""
        fields = [NAMED_ONES] if NAMELESS.isdisjoint(nouns) else EVERY_STEM
        exchanged, corrections = list(wanted.words), []
        for place, word in enumerate(wanted.words):
            typing = wanted.completing and place == len(wanted.words) - 1
            if typing or word not in wanted.telling or self.state.stems(word, fields):
                continue
            written = self.state.spelling.nearest(word)
            if written is not None:
                [nearest] = words(written)
                exchanged[place] = replace(nearest, start=word.start, end=word.end)
                corrections.append(Correction(word.exact, written))
        return replace(wanted, words=tuple(exchanged)), tuple(corrections)

    def _masks(self, kinds: Iterable[str], selection: Mapping[str, Selection] | None = None) -> dict[str, int]:
        """The records of some kinds, as bits by noun: all of a noun, or of terms those of one taxonomy."""
        masks: dict[str, int] = {}
        for kind in kinds:
            noun, _, within = kind.partition("/")
            index = self.catalogue.indexes[noun]
            masks[noun] = masks.get(noun, 0) | (index.having(("taxonomy", within)) if within else index.everything)
        if selection is None:
            return masks
        return {noun: mask & selection[noun].mask if noun in selection else mask for noun, mask in masks.items()}

    def _fitting(self, wanted: Asked, masks: Mapping[str, int]) -> Iterator[Fit]:
        """What fits, what has all the telling words first, then what has fewer."""
        fitting = Fitting(wanted, self.state)
        having = {noun: fitting(noun) for noun in masks}
        for least in range(len(wanted.telling), 0, -1):
            bits = {noun: its[least] & masks[noun] for noun, its in having.items()}
            yield Fit(least, bits, sum(map(int.bit_count, bits.values())))


SUGGESTED = ("organisation", "taxonomy_term/service_category", "taxonomy_term/life_situation", "region")
"""What is suggested: organisations, categories, situations, places."""
