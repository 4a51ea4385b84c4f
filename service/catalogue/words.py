"""Words in several languages: which one to show, how to fold and how to sort them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from service.models.fields import Choices

Words = dict[str, str]
"""A text by language; Latvian is always there."""


class Language(Choices):
    """Languages of the directory's texts; where one is missing, Latvian is given."""

    LV = "lv", "Latvian."
    EN = "en", "English."
    RU = "ru", "Russian."
    UK = "uk", "Ukrainian."


def spoken(*parts: Words | str | None) -> Iterator[str]:
    """Every text of the parts, in whichever language; what is null is left out."""
    for part in parts:
        if isinstance(part, dict):
            yield from part.values()
        elif part is not None:
            yield part


def in_language(words: Words, language: Language) -> str:
    """The text in a language, in Latvian where it is missing."""
    return words.get(language.value) or words["lv"]


_MARKS = re.compile("[\u0300-\u036f]+")
"""What normalisation leaves of diacritics."""


def fold(text: str) -> str:
    """Text for comparing: small letters without diacritics, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(_MARKS.sub("", plain).split())


ALPHABET = "aābcčdeēfgģhiīyjkķlļmnņoōpqrŗsštuūvwxzž"
"""The Latvian alphabet as dictionaries sort it: č after c and so on, long vowels and y beside their base letter."""

_EQUAL = str.maketrans("āēīyōū", "aeiiou")
_PLACES = {letter: f"{place:02}" for place, letter in enumerate(dict.fromkeys(ALPHABET.translate(_EQUAL)), start=20)}


@lru_cache(100_000)
def sort_key(text: str) -> str:
    """A key that puts texts in Latvian alphabetical order; punctuation does not count, ties keep it apart."""
    lower = unicodedata.normalize("NFC", text).casefold().translate(_EQUAL)
    letters = (_PLACES.get(letter) or _other(letter) for letter in lower)
    return "".join(letters) + "\0" + text


def _other(letter: str) -> str:
    if letter.isspace():
        return "01"
    if letter.isdigit():
        return f"1{unicodedata.digit(letter, 0)}"
    if letter.isalpha():
        base = unicodedata.normalize("NFKD", letter)[0]
        return _PLACES.get(base, f"90{letter}")
    return ""
