"""Which records fit a text, at whatever place they have its words: only bits are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Protocol

from service.search.having import Bits
from service.search.queries import Asked
from service.search.words import Word

EVERYTHING = -1
"""Every bit there is."""


class Known(Protocol):
    """What is known of stems and phrases."""

    def having(self, stem: str) -> Bits:
        """Who has a stem."""

    def completed(self, word: Word) -> list[str]:
        """The stems of the words that begin so."""

    def together(self, phrase: tuple[Word, ...]) -> Bits:
        """Who has words one after another."""


class Fitting:
    """What fits a text, noun by noun."""

    def __init__(self, text: Asked, known: Known) -> None:
        stems = (known.completed(word) if word in text.begun else word.stems for word in text.telling)
        self._words = [[known.having(stem) for stem in its] for its in stems]
        self._phrases = [known.together(phrase) for phrase in text.phrases]

    def __call__(self, noun: str) -> list[int]:
        """The records of a noun, as bits, by how many of the telling words they have at least, with every phrase."""
        found = [EVERYTHING] + [0] * len(self._words)
        for before, its in enumerate(self._words):
            having = _any(noun, its)
            for many in range(before + 1, 0, -1):
                found[many] |= found[many - 1] & having
        together = reduce(int.__and__, (phrase.get(noun, 0) for phrase in self._phrases), EVERYTHING)
        return [bits & together for bits in found]


def _any(noun: str, its: Iterable[Bits]) -> int:
    return reduce(or_, (bits.get(noun, 0) for bits in its), 0)
