"""What a search for a text means, said without any index: each word is looked for in every text of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from service.catalogue.words import fold
from service.search.documents import parts
from service.search.roots import UNCHANGING
from service.search.stemmer import english, stem

WORD = re.compile(r"\w+")


def says(link: Any, text: str) -> bool:
    """Whether a link has the words and phrases of a text in its description and the names of its sides."""
    said = list(_texts(link))
    phrases = [_words(fold(quoted)) for quoted in re.findall('"([^"]*)"', text)]
    stands = [any(_stands(phrase, _words(fold(its))) for its, _ in said) for phrase in phrases if len(phrase) > 1]
    return has_words(said, text) and all(stands)


def tells(record: Any, text: str) -> bool:
    """Whether a record of any noun has the words of a text in what it is called, what it is about or what is said."""
    return has_words(parts(record).said(), text)


def has_words(said: Iterator[tuple[str, str]] | Sequence[tuple[str, str]], text: str) -> bool:
    """Whether texts have every word of another in some form."""
    stems = {_stem(word, language) for its, language in said for word in _words(its)}
    asked = [word for word in _words(text) if fold(word) not in UNCHANGING] or _words(text)
    return not any(stems.isdisjoint({_stem(word, "lv"), _stem(word, "en")}) for word in asked)


def _texts(link: Any) -> Iterator[tuple[str, str]]:
    for words in (link.description, link.side_a.name, link.side_b.name):
        yield from ((text, language) for language, text in (words or {}).items())
    for side in (link.side_a, link.side_b):
        yield from ((other.name, "lv") for other in side.alternate_names)


@cache
def _words(text: str) -> Sequence[str]:
    return WORD.findall(text)


@cache
def _stem(word: str, language: str) -> str:
    """A word with diacritics is a Latvian one in an English text, too."""
    return english(fold(word)) if language == "en" and word.isascii() else stem(fold(word))


def _stands(phrase: Sequence[str], said: Sequence[str]) -> bool:
    return any(said[start : start + len(phrase)] == phrase for start in range(len(said)))
