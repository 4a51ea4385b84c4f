"""What somebody typed, as a query of the index. There is no syntax but quotation marks; no text is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from tantivy import Occur, Query

from service.search import weights
from service.search.fields import NAMED_ONES, all_of
from service.search.roots import UNCHANGING
from service.search.weights import Known as Weighing
from service.search.words import Word, words


class Known(Weighing, Protocol):
    """What the index has, with the queries that were put together before."""

    def asking(self, name: Hashable, make: Callable[[], Query]) -> Query:
        """The query of a name, made if there is none yet."""


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


def ranking(text: Asked, known: Known, least: int, named: int = 0, stems: str = NAMED_ONES) -> Query:
    """What has so many of the telling words of a text, in any order, at any place, and all of its phrases.

    It is worth what the best place of each word is; at least `named` of the words have to stand in names. `stems` is
    the field with every stem of what is looked for: of what has a name of its own, or of what has none.
    """
    if named == len(text.telling):
        return naming(text, known)
    telling = [_anywhere(word, known, stems, begun=word in text.begun) for word in text.telling]
    needed = [_most(telling, least), *_phrases(text, known)]
    if named:
        needed.append(Query.const_score_query(_most(_in_names(text, known), named), 0.0))
    return _more(text, known, needed)


def naming(text: Asked, known: Known) -> Query:
    """What has every telling word in its names, worth the same as by `ranking`."""
    return _more(text, known, [*_in_names(text, known), *_phrases(text, known)])


def _in_names(text: Asked, known: Known) -> list[Query]:
    return [_named(word, known, begun=word in text.begun) for word in text.telling]


def _anywhere(word: Word, known: Known, stems: str, *, begun: bool) -> Query:
    return known.asking((stems, word.exact, begun), lambda: weights.word_anywhere(word, known, stems, begun=begun))


def _named(word: Word, known: Known, *, begun: bool) -> Query:
    return known.asking(("named", word.exact, begun), lambda: weights.in_names(word, known, begun=begun))


def _more(text: Asked, known: Known, needed: Iterable[Query]) -> Query:
    """What has all that is needed, and is worth more by the rest of a text."""
    particles = (query for word in text.words if word not in text.telling for query in weights.particle(word, known))
    more = [*particles, *weights.whole(text.words, known)]
    return Query.boolean_query([*((Occur.Must, query) for query in needed), *((Occur.Should, query) for query in more)])


def _most(found: list[Query], least: int) -> Query:
    """What so many of the queries find; to need all takes less than to count."""
    if least == len(found):
        return all_of(found)
    return Query.boolean_query([(Occur.Should, query) for query in found], minimum_number_should_match=least)


def _phrases(text: Asked, known: Known) -> list[Query]:
    return [weights.together(phrase, known) for phrase in text.phrases]
