"""docs/starter.md tells the truth about how much ships and which tables hold."""

import re
from collections import Counter
from pathlib import Path

from service.editing.revisions import Draft
from service.starter.files import DATA, rows
from service.starter.register import SAMPLE
from service.starter.register_forms import FORMS, UNITS

TEXT = (Path(__file__).parents[2] / "docs" / "starter.md").read_text(encoding="utf-8")


def test_counts(starter: list[Draft]) -> None:
    told = {noun: int(number) for noun, number in re.findall(r"^\| (\w+) \| (\d+) \|$", TEXT, re.MULTILINE)}
    assert told == Counter(item.noun for item in starter)


def test_every_table_of_facts_is_named() -> None:
    assert [file.name for file in DATA.iterdir() if file.name.endswith(".csv") and f"`{file.name}`" not in TEXT] == []


def test_the_table_of_legal_statuses() -> None:
    for status, form in (*FORMS.items(), *((status, "unit") for status in UNITS)):
        parent = UNITS.get(status, form) or "null"
        assert f"| {status} | {form} | {parent} |" in TEXT


def test_how_many_providers_have_a_whole_bodys_status_and_a_parent() -> None:
    both = [row for row in rows(SAMPLE) if row["legal_status"] in FORMS and row["parent_name"]]
    assert f"({len(both)} rows)" in TEXT


def test_it_says_that_it_is_a_sample() -> None:
    assert "**sample**" in TEXT
