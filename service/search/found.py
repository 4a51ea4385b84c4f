"""What a search answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.search.documents import parts
from service.search.highlights import Highlight, highlight
from service.search.queries import Asked
from service.search.titles import title


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that nothing has, and the known one that was looked for in its place."""

    typed: str
    instead: str


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A record that was found."""

    noun: str
    record: Any
    score: float
    asked: Asked
    language: str

    @property
    def id(self) -> str:
        return str(self.record.id)

    @property
    def name(self) -> Highlight:
        """What it is called in the language asked for, with what was looked for marked."""
        name, _ = title(self.record, self.language)
        return highlight(name, self.asked) or Highlight(name, ())

    @property
    def snippet(self) -> Highlight | None:
        """Where else the words stand: in what is said of it, in another name, in what it is about."""
        _, shown = title(self.record, self.language)
        elsewhere = (text for text in self._said() if text not in shown)
        return next(filter(None, (highlight(text, self.asked) for text in elsewhere)), None)

    def _said(self) -> Iterator[str]:
        """Its texts, those in the language asked for first."""
        ordered = sorted(parts(self.record).said(), key=lambda text: text[1] != self.language)
        yield from (text for text, _ in ordered)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found, the best first; `partial` when nothing has all the words."""

    hits: tuple[Hit, ...]
    total: int
    corrected: tuple[Correction, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Suggestions:
    """Records whose names begin with what is being typed."""

    organisations: tuple[Any, ...]
    categories: tuple[Any, ...]
    situations: tuple[Any, ...]
    places: tuple[Any, ...]
