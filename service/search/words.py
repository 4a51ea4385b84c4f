"""Text to words, each as it stands, folded, and as a stem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from service.catalogue.words import fold
from service.search.stemmer import english, stem

LONGEST = 60
"""Letters of a word that count."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, and where it stands in it."""

    start: int
    end: int
    exact: str
    folded: str

    @property
    def stems(self) -> frozenset[str]:
        """Its stem in Latvian, and in English: nobody says in which language they ask."""
        latvian = {stem(self.folded)}
        return frozenset(latvian | {english(self.folded)} if self.exact.isascii() else latvian)


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order."""
    for match in _WORD.finditer(text):
        exact = unicodedata.normalize("NFC", match[0][:LONGEST]).casefold()
        folded = _together(fold(exact))
        if folded:
            yield Word(match.start(), match.end(), _together(exact), folded)


def _together(word: str) -> str:
    """Without what folding may put into a word: the index keeps words apart by spaces."""
    return "".join(word.split())


class Forms(NamedTuple):
    """A text as the index holds it: its words in each form, apart by spaces."""

    exact: str
    folded: str
    stems: str


NOTHING = Forms("", "", "")


@lru_cache(20_000)
def forms(text: str, language: str) -> Forms:
    """The forms of a text in a language."""
    exact = [word[:LONGEST] for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold())]
    folded = fold(" ".join(exact)).split()
    if len(folded) != len(exact):  # Folding makes several words of a few signs.
        folded = [_together(fold(word)) or "_" for word in exact]
    cut = english if language == "en" else stem
    return Forms(" ".join(exact), " ".join(folded), " ".join(map(cut, folded)))


def together(found: Iterable[Forms]) -> Forms:
    """Several texts, one after another."""
    several = list(found)
    if len(several) < 2:
        return several[0] if several else NOTHING
    return Forms(*(" ".join(texts) for texts in zip(*several, strict=True)))
