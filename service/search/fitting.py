"""Which records fit a text, at whatever place they have its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from service.search.fields import EVERY_STEM
from service.search.having import Bits, union
from service.search.queries import Asked
from service.search.state import State
from service.search.words import Word

EVERYTHING = -1
"""Every bit there is."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What has so many of the telling words of a text at least, as bits by noun."""

    least: int
    bits: Mapping[str, int]
    total: int


class Fitting:
    """What fits a text, noun by noun."""

    def __init__(self, text: Asked, known: State) -> None:
        self._words = [_anywhere(word, known, begun=word in text.begun) for word in text.telling]
        self._phrases = [known.phrased(phrase) for phrase in text.phrases]

    def __call__(self, noun: str) -> list[int]:
        """The records of a noun, as bits, by how many of the telling words they have at least, with every phrase."""
        found = [EVERYTHING] + [0] * len(self._words)
        for before, having in enumerate(self._words):
            for many in range(before + 1, 0, -1):
                found[many] |= found[many - 1] & having.get(noun, 0)
        together = reduce(int.__and__, (phrase.get(noun, 0) for phrase in self._phrases), EVERYTHING)
        return [bits & together for bits in found]


class Naming:
    """What has every telling word of a text in its names, noun by noun."""

    def __init__(self, text: Asked, known: State) -> None:
        words = [_in_names(word, known, begun=word in text.begun) for word in text.telling]
        self._needed = [*words, *map(known.phrased, text.phrases)]

    def __call__(self, noun: str) -> int:
        """The records of a noun, as bits."""
        return reduce(int.__and__, (its.get(noun, 0) for its in self._needed))


def _anywhere(word: Word, known: State, *, begun: bool) -> Bits:
    return known.completed(word) if begun else known.having.any(word.stems, *EVERY_STEM)


def _in_names(word: Word, known: State, *, begun: bool) -> Bits:
    having = known.having.any(word.stems, "names_stems")
    return union((having, known.beginning(word))) if begun else having
