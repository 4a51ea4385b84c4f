"""Which records have a stem, as bits: what many have is kept, and follows what is written into the index."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias, TypeVar

from tantivy import Document, Query, Searcher

from service.catalogue.postings import bitset
from service.search.documents import SEARCHED
from service.search.fields import BEYOND, EVERY_STEM, key_of, one_of, term

Bits = Mapping[str, int]
"""By noun the records, as bits by ordinal; nouns without any may be left out."""

Kept = dict[str, Bits]
"""By stem who has it."""

Name = TypeVar("Name")

Places: TypeAlias = "defaultdict[str, array[int]]"
"""Ordinals by noun, or by stem."""

Made = tuple[str, int, Document | None]
"""A record, by noun and ordinal, with the document that it has now; None when it has none."""

MANY = 1_000
"""Who has a stem is kept when so many have it: to ask the index would take long."""

MOST_KEPT = 800
"""Of how many stems it is kept; those come first that most have."""

MOST_ASKED = 100
"""How many others are remembered until something changes."""


class Having:
    """Who has which stem at a moment."""

    def __init__(self, searcher: Searcher, kept: Kept) -> None:
        self._searcher = searcher
        self._kept = kept
        self._asked: Kept = {}

    def __call__(self, stem: str) -> Bits:
        """Who has a stem."""
        found = self._kept.get(stem, self._asked.get(stem))
        if found is None:
            most = sum(self._searcher.doc_freq(field, stem) for field in EVERY_STEM)
            found = hits(self._searcher, one_of([term(field, stem) for field in EVERY_STEM]), most)
            if sum(map(int.bit_count, found.values())) < MANY:
                remember(self._asked, MOST_ASKED, stem, found)
            else:
                remember(self._kept, MOST_KEPT, stem, found)
        return found


class Gathering:
    """Gathers who has which stem while an index is filled."""

    def __init__(self) -> None:
        self._places: defaultdict[str, Places] = defaultdict(_nowhere)

    def add(self, noun: str, ordinal: int, document: Document) -> None:
        """Take a document over."""
        places = self._places[noun]
        for stem in stems_of(document):
            places[stem].append(ordinal)

    def kept(self) -> Kept:
        """The commonest stems; what is commoner stands later, so that it is forgotten last."""
        totals: Counter[str] = Counter()
        for places in self._places.values():
            totals.update({stem: len(its) for stem, its in places.items()})
        common = [stem for stem, total in reversed(totals.most_common(MOST_KEPT)) if total >= MANY]
        return {stem: _bits({noun: its[stem] for noun, its in self._places.items() if stem in its}) for stem in common}


def kept_after(kept: Kept, made: Iterable[Made]) -> Kept:
    """What is kept once these documents are there; what was given before stays as it was."""
    by_noun: defaultdict[str, dict[int, Collection[str]]] = defaultdict(dict)
    for noun, ordinal, document in made:
        by_noun[noun][ordinal] = stems_of(document) if document is not None else ()
    kept = dict(kept)  # Readers may remember more meanwhile.
    found = dict(kept)
    for noun, documents in by_noun.items():
        for stem, bits in _changed(kept, noun, documents):
            found[stem] = {**found[stem], noun: bits}
    return found


def _changed(kept: Kept, noun: str, documents: Mapping[int, Collection[str]]) -> Iterator[tuple[str, int]]:
    """The stems that others of a noun come to have, with all that then have them."""
    size, places = max(documents) + 1, _nowhere()
    for ordinal, stems in documents.items():
        for stem in kept.keys() & stems:
            places[stem].append(ordinal)
    touched = bitset(documents, size)
    for stem, its in kept.items():
        bits, given = its.get(noun, 0), bitset(places[stem], size) if stem in places else 0
        if bits & touched != given:
            yield stem, bits & ~touched | given


def hits(searcher: Searcher, asking: Query, most: int) -> Bits:
    """What a query finds, which is at most so much."""
    found = searcher.search(Query.const_score_query(asking, 0.0), limit=max(most, 1), count=False).hits
    keys: list[Any] = searcher.fast_field_values("key", [address for _, address in found])
    keys.sort()
    return _bits({noun: _between(keys, key_of(noun, 0), key_of(noun, BEYOND)) for noun in SEARCHED})


def _between(keys: list[int], first: int, beyond: int) -> list[int]:
    """Numbers of one noun, out of sorted ones, as ordinals."""
    return [key - first for key in keys[bisect_left(keys, first) : bisect_left(keys, beyond)]]


def stems_of(document: Document) -> list[str]:
    """Every stem that a document has."""
    return str(next(filter(None, map(document.get_first, EVERY_STEM)), "")).split()


def _nowhere() -> Places:
    return defaultdict(partial(array, "I"))


def _bits(places: Mapping[str, Collection[int]]) -> Bits:
    return {noun: bitset(its, max(its) + 1) for noun, its in places.items() if its}


def remember(kept: dict[Name, Bits], most: int, name: Name, found: Bits) -> None:
    """Keep it among so many others, in the place of the oldest."""
    if len(kept) >= most:
        del kept[next(iter(kept))]
    kept[name] = found
