"""What a stranger wrote is kept without what may be about a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reporting.masking import MARK, masked

SEEN = ["zvaniet 29 123 456", "tel. +371 29123456", "67123456", "00371-6712-3456", "+44 20 7946 0958", "2912.3456"]
SEEN += ["010190-12345", "32056712345", "010190 - 12345", "janis.paraugs@example.org", "Paraugs@x.lv", "a (at) b.lv"]
LEFT = ["40008000000", "no 2026-11-22 līdz 22.11.2026.", "info@example.org", "9.00–17.00", "LV-1010", "116006 un 112"]


@pytest.mark.parametrize("text", SEEN)
def test_what_may_be_about_a_person_is_masked(text: str) -> None:
    after = masked(f"Lūdzu {text}, paldies!")
    assert MARK in after
    assert after.startswith("Lūdzu")
    assert after.endswith("paldies!")
    assert not any(part in after for part in ("123456", "3456", "12345", "0958", "araugs"))


@pytest.mark.parametrize("text", LEFT)
def test_what_is_about_nobody_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=200))
def test_masking_is_done_at_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)
