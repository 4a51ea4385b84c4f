"""People find what they mean: in any case, with or without diacritics, with a letter wrong, in Latvian or English."""

import pytest

from service.catalogue.words import fold
from service.search.index import Search
from service.search.titles import title
from tests.search.expectations import EXPECTED


def called(record: object) -> str:
    return title(record, "lv")[0]


@pytest.mark.parametrize(("text", "noun", "name"), EXPECTED)
def test_the_first_result_is_what_was_meant(search: Search, text: str, noun: str | None, name: str) -> None:
    first = search.find(text).hits[0]
    assert name in called(first.record)
    assert noun in (None, first.noun)


@pytest.mark.parametrize(("text", "noun", "name"), EXPECTED)
def test_it_is_found_without_diacritics_too(search: Search, text: str, noun: str | None, name: str) -> None:
    named = [fold(called(hit.record)) for hit in search.find(fold(text), first=5).hits]
    assert any(fold(name) in each for each in named)


def test_the_answer_says_what_was_looked_for_instead(search: Search) -> None:
    [correction] = search.find("ģimenes asistnts").corrected
    assert (correction.typed, correction.instead) == ("asistnts", "asistents")
    assert search.find("ģimenes asistents").corrected == ()
