"""Who has which word where, as bits: what many have is kept, and follows what is written into the index."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias, TypeVar

from tantivy import Document, Order, Query, Searcher

from service.catalogue.postings import bitset
from service.search.fields import BEYOND, EVERY_STEM, count, key_of, named, one_of, term

Bits = Mapping[str, int]
"""By noun the records, as bits by ordinal; nouns without any may be left out."""

Place = tuple[tuple[str, ...], str]
"""A word in one of some fields."""

Kept = dict[Place, Bits]
"""By word and fields who has it there."""

Name = TypeVar("Name", bound=Hashable)
Known = TypeVar("Known")

Ordinals: TypeAlias = "defaultdict[Place, array[int]]"
"""Of one noun, who has a word in some fields."""

Made = tuple[str, int, Document | None]
"""A record, by noun and ordinal, with the document that it has now; None when it has none."""

WORDS = (EVERY_STEM, ("names_stems",), ("names_folded",), ("names_exact",), ("described",), ("descriptions_folded",))
"""The fields of which it is asked who has which word."""

CALLED = ("whole",)
"""The field of which it is asked who has just such a name; few have the same."""

MANY = 1_000
"""Who has a word is kept when so many have it: to ask the index would take long."""

MOST_KEPT = 2_000
"""Of how many words it is kept; those come first that most have."""

MOST_ASKED = 500
"""How many others are remembered."""

SEVERAL = 3
"""So many words and more are asked for at once."""


class Having:
    """Who has which word where at a moment."""

    def __init__(self, searcher: Searcher, kept: Kept, asked: Kept) -> None:
        self._searcher = searcher
        self._kept = kept
        self._asked = asked

    def __call__(self, word: str, *fields: str) -> Bits:
        """Who has a word in one of the fields."""
        place = fields, word
        found = self._kept.get(place, self._asked.get(place))
        if found is None:
            found = its = self._of([word], fields)
            few = sum(map(int.bit_count, its.values())) < MANY
            remember(*((self._asked, MOST_ASKED) if few else (self._kept, MOST_KEPT)), place, lambda: its)
        return found

    def any(self, words: Collection[str], *fields: str) -> Bits:
        """Who has one of several words."""
        rare = {word for word in words if (fields, word) not in self._kept}
        if len(rare) < SEVERAL:
            return union(self(word, *fields) for word in words)
        return union([self._of(rare, fields), *(self(word, *fields) for word in words if word not in rare)])

    def asked(self, asking: Query) -> Bits:
        """Whom a query finds."""
        return self._found(asking, count(self._searcher, asking))

    def _of(self, words: Iterable[str], fields: Sequence[str]) -> Bits:
        places = [(field, word) for word in words for field in fields]
        most = sum(self._searcher.doc_freq(*place) for place in places)
        return self._found(one_of(term(*place) for place in places), most)

    def _found(self, asking: Query, most: int) -> Bits:
        """Whom a query finds, who are at most so many."""
        if not most:
            return {}
        hits = self._searcher.search(asking, limit=most, count=False, order_by_field="key", order=Order.Asc).hits
        return dict(_by_noun([key for key, _ in hits]))


def _by_noun(keys: list[int]) -> Iterator[tuple[str, int]]:
    """The bits of sorted numbers of records."""
    start = 0
    while start < len(keys):
        noun, _ = named(keys[start])
        first, end = key_of(noun, 0), bisect_left(keys, key_of(noun, BEYOND))
        yield noun, bitset([key - first for key in keys[start:end]], keys[end - 1] - first + 1)
        start = end


def union(several: Iterable[Bits]) -> Bits:
    """Who is among some of several."""
    found: dict[str, int] = {}
    for bits in several:
        for noun, its in bits.items():
            found[noun] = found.get(noun, 0) | its
    return found


class Gathering:
    """Gathers who has which word where while an index is filled."""

    def __init__(self) -> None:
        self._ordinals: defaultdict[str, Ordinals] = defaultdict(_nobody)

    def add(self, noun: str, ordinal: int, document: Document) -> None:
        """Take a document over."""
        ordinals = self._ordinals[noun]
        for place in _words_of(document):
            ordinals[place].append(ordinal)

    def kept(self) -> Kept:
        """The commonest words; what is commoner stands later, so that it is forgotten last. Nothing else is kept."""
        totals: Counter[Place] = Counter()
        for ordinals in self._ordinals.values():
            totals.update({place: len(its) for place, its in ordinals.items()})
        many = (place for place, total in totals.items() if total >= MANY)
        common = sorted(many, key=totals.__getitem__)[-MOST_KEPT:]
        by_noun = self._ordinals.items()
        kept = {place: _bits({noun: its[place] for noun, its in by_noun if place in its}) for place in common}
        over: list[dict[Any, Any]] = [*self._ordinals.values(), totals]
        for gathered in over:
            while gathered:  # One by one: to let go of all at once, other threads would wait for half a second.
                gathered.popitem()
        return kept


def kept_after(kept: Kept, made: Iterable[Made]) -> Kept:
    """What is kept once these documents are there; what was given before stays as it was."""
    by_noun: defaultdict[str, dict[int, Collection[Place]]] = defaultdict(dict)
    for noun, ordinal, document in made:
        by_noun[noun][ordinal] = set(places_of(document)) if document is not None else ()
    kept = dict(kept)  # Readers may remember more meanwhile.
    found = dict(kept)
    for noun, documents in by_noun.items():
        for place, bits in _changed(kept, noun, documents):
            found[place] = {**found[place], noun: bits}
    return found


def _changed(kept: Kept, noun: str, documents: Mapping[int, Collection[Place]]) -> Iterator[tuple[Place, int]]:
    """The words that others of a noun come to have, with all that then have them."""
    size, ordinals = max(documents) + 1, _nobody()
    for ordinal, places in documents.items():
        for place in kept.keys() & places:
            ordinals[place].append(ordinal)
    touched = bitset(documents, size)
    for place, its in kept.items():
        bits, given = its.get(noun, 0), bitset(ordinals[place], size) if place in ordinals else 0
        if bits & touched != given:
            yield place, bits & ~touched | given


def places_of(document: Document) -> Iterator[Place]:
    """All that may be asked of a document: whether it has a word in some fields, and whether it is called so."""
    yield from _words_of(document)
    yield from ((CALLED, name) for name in document.get_all(*CALLED))


def _words_of(document: Document) -> Iterator[Place]:
    for fields in WORDS:
        words = {word for field in fields for text in document.get_all(field) for word in text.split()}
        yield from ((fields, word) for word in words)


def _nobody() -> Ordinals:
    return defaultdict(partial(array, "I"))


def _bits(ordinals: Mapping[str, Collection[int]]) -> Bits:
    return {noun: bitset(its, max(its) + 1) for noun, its in ordinals.items() if its}


def remember(known: dict[Name, Known], most: int, name: Name, find: Callable[[], Known]) -> Known:
    """What is known by a name, else what is found, in the place of the oldest of so many."""
    if name not in known:
        found = find()
        if len(known) >= most:
            del known[next(iter(known))]
        known[name] = found
    return known[name]
