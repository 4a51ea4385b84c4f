"""What somebody typed, as it is understood. There is no syntax but quotation marks; no text is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from service.search.roots import UNCHANGING
from service.search.words import Word, words

MOST_WORDS = 12
"""Words of a text that are looked for; people who paste a page get its beginning."""

_QUOTED = re.compile('["„“”«»]([^"„“”«»]*)["„“”«»]')


@dataclass(frozen=True, slots=True)
class Asked:
    """A text as it is understood: its words, and those of them that have to stand together."""

    words: tuple[Word, ...]
    phrases: tuple[tuple[Word, ...], ...]
    completing: bool = False
    telling: tuple[Word, ...] = field(init=False)
    """The words that tell something; particles only where there is nothing else."""

    def __post_init__(self) -> None:
        telling = tuple(word for word in self.words if word.folded not in UNCHANGING)
        object.__setattr__(self, "telling", telling or self.words)

    @property
    def begun(self) -> tuple[Word, ...]:
        """The word that is still being typed, if one is."""
        return tuple(word for word in self.words[-1:] if self.completing and word in self.telling)


def asked(text: str, *, completing: bool = False) -> Asked:
    """Understand a text; `completing` while its last word is still being typed."""
    phrases = tuple(tuple(words(match[1]))[:MOST_WORDS] for match in _QUOTED.finditer(text))
    found = tuple(words(text))[:MOST_WORDS]
    open_ended = completing and bool(found) and found[-1].end == len(text)
    return Asked(found, tuple(phrase for phrase in phrases if len(phrase) > 1), open_ended)
