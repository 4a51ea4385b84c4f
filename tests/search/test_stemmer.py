"""Stems bring the forms of a word together, typed with diacritics or without, and keep other words apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.catalogue.words import fold
from service.search.stemmer import english, stem
from tests.search.forms import pairs

LETTERS = "aābcčdeēfgģhiījkķlļmnņopqrsštuūvzž"


def test_there_are_enough_forms() -> None:
    assert len(pairs()) >= 150


def test_a_form_has_the_stem_of_its_word() -> None:
    assert [(word, form) for word, form in pairs() if stem(form) != stem(word)] == []


def test_it_has_the_same_stem_without_diacritics() -> None:
    assert [(word, form) for word, form in pairs() if stem(fold(form)) != stem(word)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vecāki", "veci"),  # parents, and the old
        ("dzīve", "dzīvs"),
        ("zeme", "zem"),
        ("dome", "doma"),
        ("jaunietis", "jauns"),
        ("audzinātājs", "audze"),
        ("pilngadīgs", "nepilngadīgs"),
        ("dzirdīgs", "nedzirdīgs"),
        ("biedrība", "biedrs"),
        ("pakalpojums", "kalpot"),
        ("sniedzējs", "sniegs"),
        ("ziņas", "zināt"),
        ("ceļš", "celt"),
        ("vārds", "varde"),
        ("skats", "skatīties"),
    ],
)
def test_words_that_mean_something_else_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(LETTERS + LETTERS.upper(), max_size=20))
def test_diacritics_and_case_never_count(word: str) -> None:
    assert stem(word) == stem(fold(word)) == stem(word.upper())


@given(st.text(max_size=30))
def test_what_is_no_word_has_a_stem_too(text: str) -> None:
    assert isinstance(stem(text), str)
    assert isinstance(english(text), str)


@given(st.text(LETTERS, min_size=1, max_size=20))
def test_a_word_never_loses_all_its_letters(word: str) -> None:
    assert stem(word)


def test_english_words_have_english_stems() -> None:
    assert english("services") == english("Service")
    assert english("counselling") == english("counsel")
