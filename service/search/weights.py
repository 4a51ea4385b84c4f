"""What a word is worth to a record that has it, by where it has it.

A name comes before what the record is about before its description, however many the words: the worth of a word is
that of the best place that has it. Whole numbers, so that equal documents have equal scores however the index came
to be; and the same whichever documents are looked at, so that pages follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.search.fields import EVERY_STEM
from service.search.planes import Level, Planes, best_of, total
from service.search.queries import Asked
from service.search.state import State
from service.search.stemmer import english, stem
from service.search.words import Word

NAMED = 116
"""A name has a form of the word."""

CLOSER = 2
"""What a name adds that has it without the diacritics, and again what it adds that has it just so."""

BEGUN = 115
"""A name has a word that begins so."""

TOLD = 10
"""Something that the record is about is called so, or somebody beside it."""

TOLD_BEGUN = 7
"""The same, of the beginning of a word."""

DESCRIBED = 2
"""A description has a form of the word; it adds CLOSER when it has it without the diacritics."""

PARTICLE = 8
"""A name has a word that tells nothing by itself."""

WHOLE = 32
"""A name is nothing but what was asked for, in whichever case."""

TOGETHER = 6
"""A name has the words of a phrase one after another."""

TOGETHER_BESIDE = 1
"""Something that the record is about is called so, or somebody beside it."""


def worth(text: Asked, known: State, noun: str, whom: int) -> Planes:
    """What some records of a noun are worth: what the best place of each word is, and more for all of them together."""
    words = (_word(word, known, noun, begun=word in text.begun) for word in text.telling)
    more = (*_particles(text, known, noun), _whole(text, known, noun), *_phrases(text, known, noun))
    return total(best_of(levels, whom) for levels in (*words, *more))


def _word(word: Word, known: State, noun: str, *, begun: bool) -> Iterator[Level]:
    """The places of a word, the best first: what is further down is asked for only when somebody is left."""
    yield from _in_names(word, known, noun)
    if begun:
        yield BEGUN, known.beginning(word).get(noun, 0)
    for its in word.stems:
        having = known.having(its, *EVERY_STEM).get(noun, 0)
        yield TOLD, having ^ having & known.having(its, "described").get(noun, 0)
    if begun:
        yield TOLD_BEGUN, known.completed(word).get(noun, 0)
    if described := known.having.any(word.stems, "described").get(noun, 0):
        yield DESCRIBED + CLOSER, described & known.having(word.folded, "descriptions_folded").get(noun, 0)
        yield DESCRIBED, described


def _in_names(word: Word, known: State, noun: str) -> Iterator[Level]:
    if named := known.having.any(word.stems, "names_stems").get(noun, 0):
        folded = named & known.having(word.folded, "names_folded").get(noun, 0)
        yield NAMED + CLOSER + CLOSER, folded and folded & known.having(word.exact, "names_exact").get(noun, 0)
        yield NAMED + CLOSER, folded
        yield NAMED, named


def _particles(text: Asked, known: State, noun: str) -> Iterator[list[Level]]:
    for word in text.words:
        if word not in text.telling:
            yield [(PARTICLE, known.having(its, "names_stems").get(noun, 0)) for its in word.stems]


def _whole(text: Asked, known: State, noun: str) -> list[Level]:
    names = dict.fromkeys(" ".join(cut(word.folded) for word in text.words) for cut in (stem, english))
    return [(WHOLE, known.having(name, "whole").get(noun, 0)) for name in names]


def _phrases(text: Asked, known: State, noun: str) -> Iterator[list[Level]]:
    for phrase in text.phrases:
        yield [
            (TOGETHER, known.together(phrase, "names_folded").get(noun, 0)),
            (TOGETHER_BESIDE, known.together(phrase, "others_folded").get(noun, 0)),
            (TOGETHER_BESIDE, known.about(phrase).get(noun, 0)),
        ]
