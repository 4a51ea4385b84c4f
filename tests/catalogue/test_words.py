"""Latvian order, folding, and the text in a language."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.catalogue.words import Language, fold, in_language, sort_key

PLACES = (
    "Ādažu novads",
    "Aizkraukles novads",
    "Alūksnes novads",
    "Augšdaugavas novads",
    "Balvu novads",
    "Bauskas novads",
    "Cēsu novads",
    "Daugavpils",
    "Dienvidkurzemes novads",
    "Dobeles novads",
    "Gulbenes novads",
    "Jēkabpils novads",
    "Jelgava",
    "Jelgavas novads",
    "Jūrmala",
    "Krāslavas novads",
    "Kuldīgas novads",
    "Ķekavas novads",
    "Liepāja",
    "Limbažu novads",
    "Līvānu novads",
    "Ludzas novads",
    "Madonas novads",
    "Mārupes novads",
    "Ogres novads",
    "Olaines novads",
    "Preiļu novads",
    "Rēzekne",
    "Rēzeknes novads",
    "Rīga",
    "Ropažu novads",
    "Salaspils novads",
    "Saldus novads",
    "Saulkrastu novads",
    "Siguldas novads",
    "Smiltenes novads",
    "Talsu novads",
    "Tukuma novads",
    "Valkas novads",
    "Valmieras novads",
    "Varakļānu novads",
    "Ventspils",
    "Ventspils novads",
)
"""As the Latvian alphabet has them: ā beside a, ē beside e, ķ after every k."""


def test_place_names_stand_in_latvian_order() -> None:
    mixed = Random(1).sample(PLACES, len(PLACES))
    assert tuple(sorted(mixed, key=sort_key)) == PLACES


@pytest.mark.parametrize(
    "ordered",
    [
        ("cukurs", "čakls", "dūmi"),
        ("gulbis", "ģimene", "hokejs"),
        ("kūka", "ķirsis", "lapa"),
        ("luga", "ļaudis", "mūzika"),
        ("nūja", "ņurdēt", "oga"),
        ("svars", "šalle", "tūja"),
        ("zvans", "žagari"),
        ("maize", "mēbele", "mēle", "metāls"),
        ("bite", "byte b", "bitenieks"),
        ("Rīgas dome", "Rīgasdome"),
        ("5 mājas", "Ādaži"),
        ("Ziemeļi", "Žēlsirdība", "Анна", "Надія"),
    ],
)
def test_letters_stand_where_the_alphabet_has_them(ordered: tuple[str, ...]) -> None:
    mixed = Random(2).sample(ordered, len(ordered))
    assert tuple(sorted(mixed, key=sort_key)) == ordered


@pytest.mark.parametrize(("one", "other"), [("Ūdens", "udens"), ("Ēdole", "edole"), ("ymir", "imir"), ("Īle", "ile")])
def test_long_vowels_and_y_count_as_their_letter(one: str, other: str) -> None:
    assert sort_key(one)[0] == sort_key(other)[0]
    assert sort_key(one) != sort_key(other)


@given(st.text(), st.text())
def test_different_texts_have_different_places(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.text(alphabet="aābcčēgģkķzž šņ"))
def test_how_a_letter_is_encoded_does_not_move_it(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert sort_key(composed)[0] == sort_key(apart)[0]


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Bērni", "berni"), ("  ŠĶIRBA \n Ņ ", "skirba n"), ("Straße", "strasse"), ("ĻĢžč", "lgzc"), ("é", "e")],
)
def test_folding_takes_case_and_diacritics_away(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_does_not_mind_case_and_encoding(text: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(text.casefold())


def test_quotes_and_dashes_of_every_hand_are_the_same() -> None:
    assert fold("“Ūve” – „Ūve”") == fold('"uve" - "uve"')


@given(st.text(alphabet="aābcčdeēĒģīĶķļŅ “”„–'\"ŗŠūž9é\n"))
def test_usual_letters_are_folded_as_any_others_are(text: str) -> None:
    """A letter that is not usual makes the whole text go the long way."""
    assert fold(f"{text}ж") == fold(f"{text}a")[:-1] + "ж"


def test_a_text_that_is_missing_in_a_language_is_given_in_latvian() -> None:
    assert in_language({"lv": "bērni", "en": "children"}, Language.EN) == "children"
    assert in_language({"lv": "bērni", "en": "children"}, Language.UK) == "bērni"
    assert in_language({"lv": "bērni", "en": ""}, Language.EN) == "bērni"
