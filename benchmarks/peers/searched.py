"""What is looked for, and by what the peers find it.

They are given the stems that Kopā's own search makes, of every text and of every question: what is measured is finding
by them. A language that PostgreSQL has no stemmer for would otherwise be found by nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from service.search.documents import parts
from service.search.roots import UNCHANGING
from service.search.words import Wording, words

WORDING = Wording()
SHORTEST = 4
"""Letters of a word that is looked for."""


def found_by(organisation: Any) -> str:
    """The stems of all that an organisation is found by, each between spaces."""
    stems = {stem for text in parts(organisation).said() for stem in WORDING(*text).stems}
    return f" {' '.join(sorted(stems))} "


def wanted(chance: Random, organisations: Sequence[Any]) -> str:
    """Two words that stand somewhere in what is said of an organisation."""
    while True:
        said = [text for text, _ in parts(chance.choice(organisations)).said()]
        telling = [word for text in said for word in words(text) if _tells(word)]
        if len({word.folded for word in telling}) > 1:
            one, other = chance.sample(telling, 2)
            if one.stems != other.stems:
                return f"{one.exact} {other.exact}"


def stems_of(text: str) -> dict[str, str]:
    """The two words of a text as the peers have them."""
    (one,), (other,) = (word.stems for word in words(text))
    return {"one": f" {one} ", "other": f" {other} "}


def _tells(word: Any) -> bool:
    return len(word.stems) == 1 and len(word.folded) >= SHORTEST and word.folded not in UNCHANGING
