"""Where the words that were looked for stand in a text, as ranges: nothing of the text is trusted, or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.search.queries import Asked
from service.search.words import words

AROUND = 160
"""Characters of a snippet."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A piece of a text; the ranges, [start, end) in characters, are what was looked for."""

    text: str
    ranges: tuple[tuple[int, int], ...]


def highlight(text: str, asked: Asked) -> Highlight | None:
    """The piece of a text with the first of the words; None when it has none."""
    ranges = matches(text, asked)
    if not ranges:
        return None
    start = _start(text, ranges[0][0])
    end = len(text) if len(text) - start <= AROUND else max(ranges[0][1], text.rfind(" ", start, start + AROUND))
    shown = tuple((a - start, b - start) for a, b in ranges if b <= end)
    return Highlight(text[start:end], shown)


def _start(text: str, first: int) -> int:
    """Where a snippet begins: at a word not far before the first match, at the beginning of a short text."""
    if len(text) <= AROUND or first < AROUND // 2:
        return 0
    return text.find(" ", first - AROUND // 3, first) + 1 or first


def matches(text: str, asked: Asked) -> Sequence[tuple[int, int]]:
    """The ranges of the words of a text that were looked for."""
    stems = {stem for word in asked.telling for stem in word.stems}
    begins = asked.words[-1].folded if asked.completing else None
    return [
        (word.start, word.end)
        for word in words(text)
        if stems & word.stems or (begins is not None and word.folded.startswith(begins))
    ]
