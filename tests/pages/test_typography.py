"""How text is set: each rule of print once, and what holds of any text."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.handbook.typography import fine, on_day

MARKS = re.compile(r"[\s„“”‟«»\"–.,-]+")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Biedrība "Kopā"', "Biedrība „Kopā”"),
        ("Biedrība “Kopā” un (“Mēs”)", "Biedrība „Kopā” un („Mēs”)"),
        ("2010-2013", "2010–2013"),
        ("no 7-17 gadiem", "no\u00a07–17\u00a0gadiem"),
        ("vecāki · no 18 gadiem", "vecāki\u00a0· no\u00a018\u00a0gadiem"),
        ("2026. gada 22. novembrī", "2026.\u00a0gada 22.\u00a0novembrī"),
        ("A. Upīša iela", "A.\u00a0Upīša iela"),
        ("1 200,50 EUR", "1\u202f200,50\u00a0EUR"),
        ("12.50 EUR", "12,50\u00a0EUR"),
        ("bērni · vecāki", "bērni\u00a0· vecāki"),
        ("Nr. 5", "Nr.\u00a05"),
        ("dienas centrs - bērniem", "dienas centrs\u00a0– bērniem"),
        ("Rīgas iela 5-12, LV-4201", "Rīgas iela 5-12, LV-4201"),
        ("2026-11-22, 40003000123", "2026-11-22, 40003000123"),
    ],
)
def test_latvian_is_set_as_printers_do(typed: str, printed: str) -> None:
    assert fine(typed, "lv") == printed


def test_english_has_its_own_quotes_and_decimal_point() -> None:
    assert fine('the "Kopā" society, 12.50 EUR', "en") == "the “Kopā” society, 12.50\u00a0EUR"


@given(st.text(alphabet='ab ·Ā1239.,"„“”«»-–()€ \n', max_size=40), st.sampled_from(["lv", "en"]))
def test_setting_moves_marks_and_spaces_only_and_once(typed: str, language: str) -> None:
    printed = fine(typed, language)
    assert MARKS.sub("", printed) == MARKS.sub("", typed)
    assert fine(printed, language) == printed


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_is_told_in_the_locative(on: date) -> None:
    told = on_day(on, "lv").replace("\u00a0", " ")
    assert re.fullmatch(r"\d{4}\. gada \d{1,2}\. \w+(ī|ā)", told)
    assert told.endswith({1: "janvārī", 3: "martā", 5: "maijā", 8: "augustā", 11: "novembrī"}.get(on.month, ""))
