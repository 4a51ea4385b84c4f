"""The terms that ship, their wordings and what they lead to."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from service.starter.files import listed, rows
from service.starter.ids import identify
from service.starter.term_sources import legal_basis

Content = dict[str, Any]
Record = Callable[[str, str], Content]
Of = Callable[[str], dict[str, Content]]

FILES = {
    "service_category": "service_categories.csv",
    "target_group": "target_groups.csv",
    "activity_field": "activity_fields.csv",
    "life_situation": "life_situations.csv",
}

CONFIDENTIAL = {
    "crisis-centre",
    "crisis-room",
    "shelter",
    "night-shelter",
    "rehab-child-violence",
    "rehab-adult-violence",
    "childrens-house",
    "youth-home",
    "group-home",
    "family-like-care",
    "sos-family-care",
    "long-term-care-child",
}


@pytest.mark.parametrize(("taxonomy", "file"), FILES.items())
def test_every_row_is_a_term(record: Record, taxonomy: str, file: str) -> None:
    for row in rows(file):
        term = record("taxonomy_term", f"{taxonomy}/{row['slug']}")
        assert (term["code"], term["name"]["lv"], term["name"]["en"]) == (row["slug"], row["name_lv"], row["name_en"])


def test_one_term_is_ours_alone(of: Of, record: Record) -> None:
    assert len(of("taxonomy_term")) == sum(len(rows(file)) for file in FILES.values()) + 1
    own = record("taxonomy_term", "service_category/long-term-care-child")
    assert own["parent"] == identify("taxonomy_term", "service_category/long-term-care")


def test_the_places_of_these_categories_are_confidential(of: Of) -> None:
    codes = {term["code"] for term in of("taxonomy_term").values() if term.get("confidential_by_default")}
    assert codes == CONFIDENTIAL


def test_a_life_situation_leads_to_categories_and_groups(record: Record) -> None:
    for row in rows("life_situations.csv"):
        related = record("taxonomy_term", f"life_situation/{row['slug']}")["related"]
        assert len(related) == len(listed(row["categories"])) + len(listed(row["target_groups"]))


def test_life_situations_wait_for_a_practitioner(record: Record) -> None:
    assert "praktiķim" in record("source", "kopa-life-situations")["description"]["lv"]
    (said,) = record("taxonomy_term", "life_situation/nowhere-to-live")["evidence"]
    assert said["basis"] == "inferred"


def test_every_service_and_client_group_of_the_register_is_an_alias(record: Record) -> None:
    for row in rows("register_sample.csv"):
        assert _plain(row["register_service"]) in _names(record, "service_category", row["category"])
        known = set().union(*(_names(record, "target_group", code) for code in listed(row["target_groups"])))
        assert {_plain(name) for name in listed(row["register_client_groups"])} <= known


def test_aliases_are_wordings_and_not_remarks(of: Of) -> None:
    names = [alias["name"] for term in of("taxonomy_term").values() for alias in term.get("aliases", [])]
    assert names
    assert not [name for name in names if "seed" in name or name in ("", "-")]


def test_mappings(record: Record) -> None:
    category = record("taxonomy_term", "service_category/day-care-centre")["mappings"]
    assert category == [
        {"scheme": "Open Eligibility", "value": "Care > Adult daycare"},
        {"scheme": "Open Eligibility", "value": "Childcare"},
    ]
    assert record("taxonomy_term", "activity_field/icnpo-4")["mappings"] == [{"scheme": "ICNPO", "value": "4"}]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("general", None),
        ("seed concept 2012", None),
        ("MK regs (general)", None),
        ("SPSPL 1. p. 8)", "Sociālo pakalpojumu un sociālās palīdzības likums, 1. p. 8)"),
        ("MK 338/2017 (10.1.; children section)", "Ministru kabineta noteikumi Nr. 338 (2017), 10.1. p."),
        ("municipal regulations (Rīga)", "Rīgas pašvaldības saistošie noteikumi"),
        ("Invaliditātes likums (general)", "Invaliditātes likums"),
    ],
)
def test_legal_basis(written: str, read: str | None) -> None:
    assert legal_basis(written) == read


def test_a_general_row_is_inferred_and_a_verified_one_stated(record: Record) -> None:
    assert _bases(record, "service_category/helpline") == {"inferred"}
    assert _bases(record, "service_category/crisis-centre") == {"stated"}


def _bases(record: Record, key: str) -> set[str]:
    said = record("taxonomy_term", key)["evidence"]
    return {words["basis"] for words in said if words["field"] is None}


def _names(record: Record, taxonomy: str, code: str) -> set[str]:
    term = record("taxonomy_term", f"{taxonomy}/{code}")
    return {_plain(alias["name"]) for alias in term.get("aliases", [])}


def _plain(name: str) -> str:
    return re.sub(r"^(cits|citi): *", "", name.casefold()).removesuffix(".")
