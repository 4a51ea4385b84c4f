"""What the filter of links by a text means, said without any index: each word is looked for in every text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from service.catalogue.words import fold
from service.search.roots import UNCHANGING
from service.search.stemmer import english, stem

WORD = re.compile(r"\w+")


def says(link: Any, text: str) -> bool:
    """Whether a link has the words and phrases of a text in its description and the names of its sides."""
    stems = {_stem(word, language) for said, language in _texts(link) for word in _words(said)}
    asked = [word for word in _words(text) if fold(word) not in UNCHANGING] or _words(text)
    if any(stems.isdisjoint({_stem(word, "lv"), _stem(word, "en")}) for word in asked):
        return False
    phrases = [_words(fold(quoted)) for quoted in re.findall('"([^"]*)"', text)]
    return all(any(_stands(phrase, _words(fold(said))) for said, _ in _texts(link)) for phrase in phrases)


def _texts(link: Any) -> Iterator[tuple[str, str]]:
    for words in (link.description, link.side_a.name, link.side_b.name):
        yield from ((text, language) for language, text in (words or {}).items())
    for side in (link.side_a, link.side_b):
        yield from ((other.name, "lv") for other in side.alternate_names)


@cache
def _words(text: str) -> Sequence[str]:
    return WORD.findall(text)


def _stem(word: str, language: str) -> str:
    """A word with diacritics is a Latvian one in an English text, too."""
    return english(fold(word)) if language == "en" and word.isascii() else stem(fold(word))


def _stands(phrase: Sequence[str], said: Sequence[str]) -> bool:
    return any(said[start : start + len(phrase)] == phrase for start in range(len(said)))
