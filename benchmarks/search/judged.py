"""Pairs of words that a dictionary says are forms of one word, and how many of them share a stem.

Recall is the share of such pairs that share a stem; precision the share of the pairs sharing a stem that are such.

All words of a text are judged, verbs and all. Two parts of them are judged beside: the nouns and adjectives, which are
what stems are for, by the tags that people gave the words of a treebank and not by any dictionary; and the words as the
stem gets them, without diacritics, where what is written alike (gala, gaļa) is one word, a form of either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from service.catalogue.words import fold
from service.starter import drafts

Pair = tuple[str, str]

Readings = frozenset[str]
"""What the dictionary says a word may be a form of."""

NOMINAL = {"NOUN", "PROPN", "ADJ"}


class Figures(NamedTuple):
    words: int
    pairs: int
    recall: float
    precision: float


def starter_text() -> str:
    """Every Latvian text of the starter directory."""
    return "\n".join(text for draft in drafts() for text in _latvian(draft.content))


def treebank_text(path: Path) -> str:
    """The sentences of a file in the format CoNLL-U; of any other file its text."""
    text = path.read_text("utf-8")
    sentences = re.findall(r"^# text = (.*)$", text, re.MULTILINE)
    return "\n".join(sentences) or text


def tagged(path: Path) -> dict[str, set[str]]:
    """The words of a file in the format CoNLL-U with their parts of speech (UPOS); none of any other file."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form, tag in re.findall(r"^\d+\t([^\t]+)\t[^\t]+\t([A-Z]+)\t", path.read_text("utf-8"), re.MULTILINE):
        found[form.lower()].add(tag)
    return found


def judged(text: str, dictionary: Any) -> dict[str, Readings]:
    """The words of a text that the dictionary knows, each with the words it may be a form of."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in sorted(set(re.findall(r"[^\W\d_]+", text))):
        for spelled in (word, word.lower()):
            found[word.lower()].update(stem.lower() for stem in dictionary.stem(spelled))
    return {word: frozenset(stems) for word, stems in found.items() if stems}


def unequivocal(words: dict[str, Readings]) -> dict[str, Readings]:
    """The words that are forms of one word only: of the others the dictionary cannot tell which one a text means."""
    return {word: roots for word, roots in words.items() if len(roots) == 1}


def nominal(words: dict[str, Readings], tags: dict[str, set[str]]) -> dict[str, Readings]:
    """The words that are nouns or adjectives wherever they stand in a treebank."""
    return {word: roots for word, roots in words.items() if tags.get(word) and tags[word] <= NOMINAL}


def as_folded(words: dict[str, Readings]) -> dict[str, Readings]:
    """The words without diacritics, each a form of all that its spellings in the text are forms of."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word, roots in words.items():
        found[fold(word)] |= roots
    return {word: frozenset(roots) for word, roots in found.items()}


def measured(words: dict[str, Readings], stem: Callable[[str], str]) -> Figures:
    """How far stems agree with the dictionary."""
    wanted = _pairs((word, root) for word, roots in words.items() for root in roots)
    found = _pairs((word, stem(word)) for word in words)
    return Figures(len(words), len(wanted), len(wanted & found) / len(wanted), len(wanted & found) / len(found))


def _pairs(named: Iterable[tuple[str, str]]) -> set[Pair]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for word, root in named:
        groups[root].add(word)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def _latvian(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        inner = [value["lv"]] if isinstance(value.get("lv"), str) else value.values()
        for each in inner:
            yield from [each] if isinstance(each, str) and "lv" in value else _latvian(each)
    elif isinstance(value, list):
        for each in value:
            yield from _latvian(each)
