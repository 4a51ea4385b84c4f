"""Text to words, each as it stands, folded, and as a stem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
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
    """A text as the index holds it: its words in each form."""

    exact: str
    folded: str
    stems: tuple[str, ...]


class Wording:
    """Puts texts into the forms that the index holds; what was met before is looked up."""

    def __init__(self) -> None:
        self._words = _Words()
        self._texts: dict[tuple[str, str], Forms] = {}

    def __call__(self, text: str, language: str) -> Forms:
        """The forms of a text in a language."""
        found = self._texts.get((text, language))
        if found is None:
            if len(self._texts) >= MOST_TEXTS:
                self._texts.clear()
            found = self._texts[text, language] = self._forms(text, language)
        return found

    def _forms(self, text: str, language: str) -> Forms:
        exact = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
        if not exact:
            return Forms("", "", ())
        folded, latvian, english = zip(*map(self._words.__getitem__, exact), strict=True)
        return Forms(" ".join(exact), " ".join(folded), english if language == "en" else latvian)


MOST_TEXTS = 20_000
"""How many texts are remembered."""


class _Words(dict[str, tuple[str, str, str]]):
    """Words folded, their stems, and those in an English text; what these have with diacritics are Latvian names."""

    def __missing__(self, word: str) -> tuple[str, str, str]:
        folded = _together(fold(word[:LONGEST])) or "_"
        latvian = stem(folded)
        found = self[word] = folded, latvian, english(folded) if word.isascii() else latvian
        return found
