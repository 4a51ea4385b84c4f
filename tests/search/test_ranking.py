"""Where a record stands among others is what its own texts are worth, counted without any index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import starmap
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from service.catalogue.catalogue import Catalogue
from service.search.documents import SEARCHED, parts, told
from service.search.index import Search
from service.search.queries import Asked, asked
from service.search.stemmer import english, stem
from service.search.weights import CLOSER, DESCRIBED, NAMED, PARTICLE, TOGETHER, TOGETHER_BESIDE, TOLD, WHOLE
from service.search.words import Word, words

Texts = list[tuple[str, str]]
QUOTED = '"krīzes centrs" bērniem'
ASKED = (
    "Krīzes centrs",
    "aprūpe mājās",
    "palīdzība ģimenēm ar bērniem",
    "day centre",
    "Valmiera",
    "nav kur dzīvot",
    QUOTED,
)


@pytest.mark.parametrize("text", ASKED)
def test_the_best_come_first(search: Search, catalogue: Catalogue, text: str) -> None:
    assert_ranked(search, catalogue, text)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_best_come_first_whatever_is_asked(search: Search, catalogue: Catalogue, data: st.DataObject) -> None:
    some = []
    for noun in data.draw(st.lists(st.sampled_from(SEARCHED), min_size=1, max_size=2)):
        assume(catalogue.indexes[noun].size)
        said = [text for text, _ in parts(data.draw(st.sampled_from(catalogue.of(noun)))).said()]
        some += [word.exact for text in said[:8] for word in words(text)]
    assume(some)
    assert_ranked(search, catalogue, " ".join(data.draw(st.lists(st.sampled_from(some), min_size=1, max_size=4))))


def assert_ranked(search: Search, catalogue: Catalogue, text: str) -> None:
    found, wanted = search.find(text, first=1_000), asked(text)
    assert not found.corrected
    having = {
        (noun, record): sum(at_its_best(record, word) > 0 for word in wanted.telling)
        for noun, record in all_of(catalogue)
        if all(together(record, phrase) is not None for phrase in wanted.phrases)
    }
    least = max(having.values())
    assert found.partial == (least < len(wanted.telling))
    expected = sorted((it for it, many in having.items() if many == least), key=lambda it: place(*it, wanted))
    assert found.total == len(expected)
    assert [hit.id for hit in found.hits] == [record.id for _, record in expected[:1_000]], text
    for hit in found.hits[:20]:
        if parts(hit.record).names:
            assert points(hit.record, wanted) < hit.score < points(hit.record, wanted) + 1


def all_of(catalogue: Catalogue) -> Iterator[tuple[str, Any]]:
    return ((noun, record) for noun in SEARCHED for record in catalogue.of(noun))


def place(noun: str, record: Any, wanted: Asked) -> tuple[Any, ...]:
    """What has a name, what is worth more, the earlier noun, the shorter name; the rest is given by the id."""
    names, number = parts(record).names, crc32(record.id.encode())
    closer = (max(0, 31 - len(names[0][0]) // 4), number % 256) if names else (number % 8192, 0)
    return not names, -points(record, wanted), SEARCHED.index(noun), tuple(-it for it in closer), record.id


def points(record: Any, wanted: Asked) -> int:
    names = parts(record).names
    particles = [word for word in wanted.words if word not in wanted.telling]
    found = sum(at_its_best(record, word) for word in wanted.telling)
    found += sum(PARTICLE for word in particles if word.stems & stems(names))
    found += sum(together(record, phrase) or 0 for phrase in wanted.phrases)
    wholes = {" ".join(cut(word.folded) for word in wanted.words) for cut in (stem, english)}
    return found + WHOLE * any(" ".join(starmap(stem_of, said(*name))) in wholes for name in names)


def at_its_best(record: Any, word: Word) -> int:
    its = parts(record)
    others = [*its.others, *(text for each in its.about for text in told(each))]
    if word.stems & stems(its.names):
        folded = {one.folded for name in its.names for one, _ in said(*name)}
        exact = {one.exact for name in its.names for one, _ in said(*name)}
        return NAMED + CLOSER * ((word.folded in folded) + (word.exact in exact))
    if word.stems & stems(others):
        return TOLD
    if word.stems & stems(its.descriptions):
        folded = {one.folded for text in its.descriptions for one, _ in said(*text)}
        return DESCRIBED + CLOSER * (word.folded in folded)
    return 0


def together(record: Any, phrase: Sequence[Word]) -> int | None:
    """What it is worth that words stand one after another; None where they do not."""
    its = parts(record)
    if any(stands(phrase, text) for text in its.names):
        return TOGETHER
    if any(stands(phrase, text) for text in (*its.others, *(text for each in its.about for text in told(each)))):
        return TOGETHER_BESIDE
    return 0 if any(stands(phrase, text) for text in its.descriptions) else None


def stands(phrase: Sequence[Word], text: tuple[str, str]) -> bool:
    wanted, its = [word.folded for word in phrase], [word.folded for word in words(text[0])]
    return any(its[start : start + len(wanted)] == wanted for start in range(len(its)))


def stems(texts: Texts) -> set[str]:
    return set[str]().union(*(_stems(*text) for text in texts))


@cache
def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stem_of(word, language) for word, language in said(text, language))


@cache
def said(text: str, language: str) -> list[tuple[Word, str]]:
    return [(word, language) for word in words(text)]


def stem_of(word: Word, language: str) -> str:
    """A word with diacritics is a Latvian one in an English text, too."""
    return english(word.folded) if language == "en" and word.exact.isascii() else stem(word.folded)
