"""What a word is worth to a record that has it, by where it has it.

A name comes before what the record is about before its description, however many the words: the worth of a word is
that of the best place that has it. Whole numbers, so that equal documents have equal scores however the index came
to be; and the same whichever documents are looked at, so that pages follow each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from tantivy import Occur, Query

from service.search.fields import IN_ORDER, NAMED_ONES, SCHEMA, any_of, one_of
from service.search.stemmer import english, stem
from service.search.words import Word

NAMED = 464
"""A name has a form of the word."""

CLOSER = 8
"""What a name adds that has it without the diacritics, and again what it adds that has it just so."""

BEGUN = 460
"""A name has a word that begins so."""

TOLD = 40
"""Something that the record is about is called so, or somebody beside it."""

TOLD_BEGUN = 28
"""The same, of the beginning of a word."""

DESCRIBED = 8
"""A description has a form of the word; it adds CLOSER when it has it without the diacritics."""

PARTICLE = 32
"""A name has a word that tells nothing by itself."""

WHOLE = 128
"""A name is nothing but what was asked for, in whichever case."""

PHRASES = {"names_folded": 24, "others_folded": 4, "descriptions_folded": 0}
"""Words stand one after another."""


class Known(Protocol):
    """What the index has; what it has not need not be looked for."""

    def has(self, field: str, word: str) -> bool:
        """Whether some document has a word in a field."""

    def stems(self, word: Word) -> list[str]:
        """The stems of a word that some document has."""

    def beginning(self, start: str) -> list[str]:
        """The words of names that begin so."""

    def completed(self, word: Word) -> list[str]:
        """The stems of the words that begin so."""

    def called(self, phrase: Sequence[Word]) -> Query:
        """The documents that are about what is called so."""


def word_anywhere(word: Word, known: Known, field: str, *, begun: bool) -> Query:
    """The documents that have a word, each worth what the best place of it is; `field` is one with every stem."""
    places = [_worth(word, found, known, field) for found in known.stems(word)]
    if begun and (completed := known.completed(word)):
        places += [any_of(field, completed, TOLD_BEGUN), *(_begun_in_names(word, known) if field == NAMED_ONES else ())]
    return one_of(places)


def in_names(word: Word, known: Known, *, begun: bool) -> Query:
    """The documents that have a word in their names."""
    stems = [found for found in known.stems(word) if known.has("names_stems", found)]
    return one_of(
        [*(_named(word, found, NAMED, known) for found in stems), *(_begun_in_names(word, known) if begun else ())]
    )


def _begun_in_names(word: Word, known: Known) -> Iterator[Query]:
    if words := known.beginning(word.folded):
        yield any_of("names_folded", words, BEGUN)


def _worth(word: Word, found: str, known: Known, field: str) -> Query:
    """The documents with a stem: as if they were about it, and then what they are worth more, or less."""
    more = []
    if field == NAMED_ONES and known.has("names_stems", found):
        more.append(_named(word, found, NAMED - TOLD, known))
    if known.has("described", found):
        described = any_of("described", [found], DESCRIBED - TOLD)
        more.append(_adding(described, _closer(("descriptions_folded", word.folded), known)))
    return _adding(any_of(field, [found], TOLD), more)


def _named(word: Word, found: str, worth: float, known: Known) -> Query:
    closer = (*_closer(("names_folded", word.folded), known), *_closer(("names_exact", word.exact), known))
    return _adding(any_of("names_stems", [found], worth), closer)


def _closer(place: tuple[str, str], known: Known) -> Iterator[Query]:
    if known.has(*place):
        yield any_of(place[0], [place[1]], CLOSER)


def _adding(needed: Query, more: Iterable[Query]) -> Query:
    """What is found by the first, worth more where others find it too.

    One inside the other, since of one that may be there only what is near a document is read, of several all of them.
    """
    for query in more:
        needed = Query.boolean_query([(Occur.Must, needed), (Occur.Should, query)])
    return needed


def particle(word: Word, known: Known) -> Iterator[Query]:
    """The documents with a word in their names that tells nothing by itself."""
    stems = [found for found in known.stems(word) if known.has("names_stems", found)]
    if stems:
        yield any_of("names_stems", stems, PARTICLE)


def whole(words: Sequence[Word], known: Known) -> Iterator[Query]:
    """The documents with a name of just these words."""
    names = dict.fromkeys(" ".join(cut(word.folded) for word in words) for cut in (stem, english))
    if found := [name for name in names if known.has("whole", name)]:
        yield any_of("whole", found, WHOLE)


def together(phrase: Sequence[Word], known: Known) -> Query:
    """The documents in which words stand one after another, or that are about what is called so."""
    words: list[str | tuple[int, str]] = [word.folded for word in phrase]
    places = [Query.const_score_query(Query.phrase_query(SCHEMA, f, words), PHRASES[f]) for f in IN_ORDER]
    return one_of([*places, Query.const_score_query(known.called(phrase), PHRASES["others_folded"])])
