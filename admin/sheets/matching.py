"""What the columns of a sheet mean: by what was chosen before, by their names on the screen, by the names of fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from admin.sheets.columns import Column, all_columns, known_columns, of_recipients
from service.catalogue.words import fold
from service.i18n import LANGUAGES, words
from service.models.sheet import RECIPIENT

ALSO_CALLED = {
    "name.lv": ("organizācija", "organizācijas nosaukums", "organisation", "organization"),
    "registration_number": ("reģ. nr.", "reģ. numurs", "reģistrācijas nr.", "reg. no."),
    "email": ("epasts", "epasta adrese", "e-pasta adrese", "email", "e-mail address"),
}
"""What lists of organisations call their columns."""

LEFT_OUT = "-"
"""Remembered of a column that somebody chose to leave out."""


def matched(noun: str, headers: Sequence[str], remembered: Mapping[str, str]) -> list[str]:
    """The key of each column; nothing where none is known, or an earlier one is the same."""
    found: list[str] = []
    for header in headers:
        folded = fold(header)
        key = remembered.get(folded) or _by_label(noun).get(folded, "")
        found.append(key if key in known_columns(noun) and key not in found else "")
    return found


@cache
def _by_label(noun: str) -> Mapping[str, str]:
    """Keys of columns by what they are called; names of fields before words of any language."""
    columns = known_columns(noun)
    found = {fold(key): key for key in columns}
    if noun == RECIPIENT:
        found |= {fold(each): key for key, those in ALSO_CALLED.items() for each in those}
    for language in LANGUAGES:
        for key, column in columns.items():
            label = column.label(words(language))
            found.setdefault(fold(label), key)
            if column.language == LANGUAGES[0]:
                found.setdefault(fold(key.removesuffix(f".{column.language}")), key)
                found.setdefault(fold(label.removesuffix(f" ({column.language})")), key)
    return found


def offered(noun: str, keys: Sequence[str]) -> list[Column]:
    """The columns to choose from: every field, and of owned children one more of each kind than are there."""
    if noun == RECIPIENT:
        return of_recipients()
    numbers = Counter[str]()
    for key in keys:
        if match := re.fullmatch(r"(\w+)\.([0-9]+)\..+", key):
            numbers[match[1]] = max(numbers[match[1]], int(match[2]))
    most = {part: number + 1 for part, number in numbers.items()}
    parts = dict.fromkeys(known_parts(noun), 1)
    return all_columns(noun, parts | most)


def known_parts(noun: str) -> list[str]:
    return list(dict.fromkeys(column.part for column in known_columns(noun).values() if column.part))
