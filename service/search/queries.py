"""What somebody typed, as a query of the index. There is no syntax but quotation marks; no text is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from tantivy import Occur, Query

from service.search.fields import BY_PREFIX, IN_ORDER, SCHEMA, WEIGHTS, WHOLE, any_of, term
from service.search.roots import UNCHANGING
from service.search.stemmer import english, stem
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

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words that tell something; particles only where there is nothing else."""
        return tuple(word for word in self.words if word.folded not in UNCHANGING) or self.words


def asked(text: str, *, completing: bool = False) -> Asked:
    """Understand a text; `completing` while its last word is still being typed."""
    phrases = tuple(tuple(words(match[1]))[:MOST_WORDS] for match in _QUOTED.finditer(text))
    found = tuple(words(text))[:MOST_WORDS]
    open_ended = completing and bool(found) and found[-1].end == len(text)
    return Asked(found, tuple(phrase for phrase in phrases if len(phrase) > 1), open_ended)


class Known(Protocol):
    """What the index has; what it has not need not be looked for."""

    def has(self, field: str, word: str) -> bool:
        """Whether some document has a word in a field."""

    def beginning(self, field: str, start: str) -> list[str]:
        """The words of a field that begin so."""


def fitting(text: Asked, known: Known, least: int | None = None) -> Query:
    """What has the words of a text: every telling one, or at least so many of them; in any order, at any place."""
    words_found = [(Occur.Should, one_of(term("anywhere", stem) for stem in sorted(it.stems))) for it in _whole(text)]
    completed = [(Occur.Should, one_of(completions(word, IN_ORDER, known))) for word in _begun(text)]
    most = len(text.telling) if least is None else least
    telling = Query.boolean_query([*words_found, *completed], minimum_number_should_match=most)
    phrases = ((Occur.Must, one_of(phrase_clauses(phrase))) for phrase in text.phrases)
    return Query.boolean_query([(Occur.Must, telling), *phrases])


def ranking(text: Asked, fields: Collection[str], known: Known, least: int | None = None) -> Query:
    """What has the words of a text in some of the fields, worth what the best field of each is."""
    telling = Query.boolean_query(
        [(Occur.Should, _clause(text, word, fields, known)) for word in text.telling],
        minimum_number_should_match=len(text.telling) if least is None else least,
    )
    particles = (one_of(clauses(word, fields, known)) for word in text.words if word not in text.telling)
    more = [(Occur.Should, query) for query in (*particles, one_of(whole(text.words)))]
    phrases = [(Occur.Must, one_of(phrase_clauses(phrase))) for phrase in text.phrases]
    return Query.boolean_query([(Occur.Must, telling), *more, *phrases])


def _whole(text: Asked) -> list[Word]:
    return [word for word in text.telling if word not in _begun(text)]


def _begun(text: Asked) -> list[Word]:
    """The word that is still being typed, if one is."""
    last = text.words[-1:]
    return [word for word in last if text.completing and word in text.telling]


def _clause(text: Asked, word: Word, fields: Collection[str], known: Known) -> Query:
    completed = completions(word, fields, known) if word in _begun(text) else ()
    return one_of([*clauses(word, fields, known), *completed])


def clauses(word: Word, fields: Collection[str], known: Known) -> Iterator[Query]:
    """Where a word is to be found, each with what that is worth."""
    for field in fields:
        for form in filter(partial(known.has, field), _form(word, field)):
            yield Query.const_score_query(term(field, form), WEIGHTS[field])


def _form(word: Word, field: str) -> list[str]:
    if field.endswith("_exact"):
        return [word.exact]
    return [word.folded] if field.endswith("_folded") else sorted(word.stems)


def whole(found: Sequence[Word]) -> Iterator[Query]:
    """The documents with a name of just these words."""
    for cut in (stem, english):
        name = " ".join(cut(word.folded) for word in found)
        yield Query.const_score_query(term("whole", name), WHOLE)


def completions(word: Word, fields: Collection[str], known: Known) -> Iterator[Query]:
    """Where a word may begin."""
    for field in fields:
        if field in IN_ORDER and (begun := known.beginning(field, word.folded)):
            yield Query.const_score_query(any_of(field, begun), WEIGHTS[field] - BY_PREFIX)


def phrase_clauses(phrase: Sequence[Word]) -> Iterator[Query]:
    """Where words may stand one after another."""
    for field in IN_ORDER:
        together = Query.phrase_query(SCHEMA, field, [word.folded for word in phrase])
        yield Query.const_score_query(together, WEIGHTS[field])


def one_of(found: Iterable[Query]) -> Query:
    """What any of the queries finds, worth what the best of them is."""
    several = list(found)
    if not several:
        return Query.empty_query()
    return several[0] if len(several) == 1 else Query.disjunction_max_query(several)
