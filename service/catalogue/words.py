"""Words in several languages: which one to show, how to fold and how to sort them."""

from __future__ import annotations

import re
import unicodedata
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


def spoken(*parts: Words | str | None) -> list[str]:
    """Every text of the parts, in whichever language; what is null is left out."""
    texts: list[str] = []
    for part in parts:
        if isinstance(part, dict):
            texts += part.values()
        elif part is not None:
            texts.append(part)
    return texts


def in_language(words: Words, language: Language) -> str:
    """The text in a language, in Latvian where it is missing."""
    return words.get(language.value) or words["lv"]


_MARKS = re.compile("[\u0300-\u036f]+")
_USUAL = (
    *zip("āčēģīķļņōŗšūž", "acegiklnorsuz", strict=True),
    *((quote, '"') for quote in "“”„‟«»"),
    *((quote, "'") for quote in "‘’‚"),
    *((dash, "-") for dash in "–—"),
)
"""What Latvian texts have beside ASCII, and what stands for it: letters, and marks of which each hand writes others."""


def fold(text: str) -> str:
    """Text for comparing: small letters without diacritics, one kind of quotes and dashes, single spaces."""
    plain = _plain(text.lower())
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        plain = _plain(_MARKS.sub("", apart))
    return " ".join(plain.split())


def _plain(text: str) -> str:
    """The text without what is usual; to look for each of these takes less than to look at each letter."""
    if not text.isascii():
        for letter, plain in _USUAL:
            text = text.replace(letter, plain)
    return text


ALPHABET = "aābcčdeēfgģhiīyjkķlļmnņoōpqrŗsštuūvwxzž"
"""The Latvian alphabet as dictionaries sort it: č after c and so on, long vowels and y beside their base letter."""

_EQUAL = str.maketrans("āēīyōū", "aeiiou")
_PLACES = {letter: f"{place:02}" for place, letter in enumerate(dict.fromkeys(ALPHABET.translate(_EQUAL)), start=20)}


class _Keys(dict[int, str]):
    """What stands for a letter in a key; found once."""

    def __missing__(self, point: int) -> str:
        letter = chr(point).translate(_EQUAL)
        self[point] = key = _PLACES.get(letter) or _other(letter)
        return key


_KEYS = _Keys()


@lru_cache(200_000)
def sort_key(text: str) -> tuple[str, str]:
    """A key that puts texts in Latvian alphabetical order; punctuation does not count, then the text itself does."""
    return unicodedata.normalize("NFC", text).casefold().translate(_KEYS), text


def _other(letter: str) -> str:
    if letter.isspace():
        return "01"
    if letter.isdigit():
        return f"1{unicodedata.digit(letter, 0)}"
    if letter.isalpha():
        base = unicodedata.normalize("NFKD", letter)[0]
        return _PLACES.get(base, f"90{letter}")
    return ""
