"""The sample of the register: its organisations, services and places."""

from collections.abc import Callable
from typing import Any

import pytest

from service.starter import register
from service.starter.files import Row, rows
from service.starter.ids import identify
from service.starter.names import display_name, folded
from service.starter.register_forms import FORMS, UNITS, legal_form, parent_form, sector
from service.starter.register_services import category, is_page_of_service

Content = dict[str, Any]
Record = Callable[[str, str], Content]
Of = Callable[[str], dict[str, Content]]

SAMPLE = rows(register.SAMPLE)


def test_every_row_is_a_service_with_its_register_number(record: Record) -> None:
    assert len(SAMPLE) == 200
    for row in SAMPLE:
        service = record("service", f"register:{row['register_id']}")
        assert service["register_number"] == row["register_id"]
        assert service["attested_on"] == "2026-10-10"
        assert row["register_service"] in service["evidence"][0]["says"]["lv"]
        assert row["register_clients"] in service["evidence"][0]["says"]["lv"]


def test_age_group_becomes_a_target_group_and_ages(record: Record) -> None:
    expected = {"children": (0, 17), "children-in-families": (0, 17), "adults": (18, None), "all-ages": (None, None)}
    for row in SAMPLE:
        service = record("service", f"register:{row['register_id']}")
        assert (service.get("minimum_age"), service.get("maximum_age")) == expected[row["age_group"]]
        assert identify("taxonomy_term", f"target_group/{row['age_group']}") in service["target_groups"]


def test_a_hidden_place_is_confidential_and_only_its_private_part_may_name_a_town(record: Record) -> None:
    hidden = [row for row in SAMPLE if row["location_hidden"] == "yes"]
    assert len(hidden) == 45
    for row in hidden:
        service = record("service", f"register:{row['register_id']}")
        place = record("location", f"register:{row['register_id']}")
        assert service["locations"] == [identify("location", f"register:{row['register_id']}")]
        assert place["confidential"]
        assert "lon" not in place
        # Evidence is published as it stands, so it may not say what the place keeps to itself.
        said = [words["says"]["lv"] for words in place["evidence"] + service["evidence"]]
        assert not row["town"] or not any(row["town"] in words for words in said)


def test_the_seat_of_a_provider_with_a_hidden_place_is_its_municipality(record: Record) -> None:
    for key, group in register.providers().items():
        if key.startswith("register:") and all(row["location_hidden"] for row in group):
            seat = record("location", key.replace("register:", "register:seat of "))
            assert seat.keys() == {"location_type", "region", "evidence"}


def test_categories_kept_confidential_have_only_hidden_places(of: Of) -> None:
    terms = {id for id, term in of("taxonomy_term").items() if term.get("confidential_by_default")}
    places = of("location")
    for service in of("service").values():
        if terms & set(service["categories"]):
            assert all(places[place]["confidential"] for place in service.get("locations", []))


def test_long_term_care_of_children_is_a_category_of_its_own() -> None:
    children = [row for row in SAMPLE if category(row) == "long-term-care-child"]
    assert children
    assert all(row["age_group"].startswith("children") and row["location_hidden"] for row in children)


def test_coordinates_name_the_state_land_service(of: Of, record: Record) -> None:
    source = identify("source", "state-address-register")
    assert record("source", "state-address-register")["licence"] == "CC BY 4.0"
    for place in of("location").values():
        said = [words for words in place["evidence"] if words.get("field") == "lon"]
        assert [words["source"] for words in said] == ([source] if "lon" in place else [])


def test_rows_of_one_provider_at_one_point_share_a_place(record: Record) -> None:
    one, other = record("service", "register:1797"), record("service", "register:1799")
    assert one["provider"] == other["provider"]
    assert one["locations"] == other["locations"]


def test_one_organisation_for_one_name_in_one_municipality() -> None:
    by_name: dict[tuple[str, str], set[str]] = {}
    for row in SAMPLE:
        by_name.setdefault((folded(row["name"]), row["municipality"]), set()).add(register.provider_key(row))
    assert all(len(keys) == 1 for keys in by_name.values())
    assert len(by_name) == len(register.providers()) == 188


def test_the_organisations_that_the_documents_know_are_not_made_twice(record: Record, of: Of) -> None:
    dardedze = identify("organisation", "centrs-dardedze")
    assert {record("service", f"register:{number}")["provider"] for number in (1720, 1721)} == {dardedze}
    unit = record("service", "register:1004")["provider"]
    assert of("organisation")[unit]["parent"] == identify("organisation", "sos-bernu-ciemati")
    names = [folded(content["name"]["lv"]) for content in of("organisation").values()]
    assert names.count("latvijas sos bērnu ciematu asociācija") == 1


def test_a_parent_is_found_in_the_sample_or_made_and_marked(record: Record) -> None:
    made = record("organisation", "register:biedrība latvijas samariešu apvienība")
    assert made["name"] == {"lv": 'Biedrība "Latvijas Samariešu apvienība"'}
    assert {words["basis"] for words in made["evidence"]} == {"inferred"}
    assert len(register.parents()) == 43
    found = "register:tukuma novada pašvaldības iestāde tukuma novada sociālais dienests / tukuma-novads"
    assert register.parent_key(_row("1758")) == found
    assert register.parent_key(_row("1070")) == "register:liepājas neredzīgo biedrība / liepaja"


def test_authority_is_where_the_register_says_social_service(of: Of) -> None:
    rows_of_bodies = [row for row in SAMPLE if row["register_service"] == register.SOCIAL_SERVICE]
    documented = {
        identify("organisation", f"{name}")
        for name in (
            "siguldas-socialais-dienests",
            "valmieras-socialais-dienests",
            "valkas-socialais-dienests",
            "rigas-labklajibas-departaments",
        )
    }
    bodies = {identify("organisation", register.provider_key(row)) for row in rows_of_bodies}
    with_authority = {id for id, content in of("organisation").items() if content.get("authority_for")}
    assert len(bodies) == 14
    assert with_authority == bodies | documented


def test_every_status_of_the_register_is_in_the_tables() -> None:
    assert {row["legal_status"] for row in SAMPLE} <= FORMS.keys() | UNITS.keys()


@pytest.mark.parametrize(
    ("number", "form", "of_parent", "its_sector"),
    [
        ("1085", "association", "association", "ngo"),
        ("1002", "unit", "association", "ngo"),
        ("1740", None, "association", "ngo"),
        ("1005", "unit", "company", "state"),
        ("1726", "company", "company", "municipal"),
        ("1549", "company", "company", None),
        ("1745", "unit", None, None),
        ("1043", "unit", "religious", "ngo"),
    ],
)
def test_form_and_sector(number: str, form: str | None, of_parent: str | None, its_sector: str | None) -> None:
    row = _row(number)
    assert (legal_form(row), parent_form(row), sector(row)) == (form, of_parent, its_sector)


def test_a_unit_has_a_parent(of: Of) -> None:
    assert all(c.get("parent") for c in of("organisation").values() if c.get("legal_form") == "unit")


def test_a_website_is_the_services_only_where_it_is_its_page(record: Record) -> None:
    assert is_page_of_service(_row("1718"))
    assert record("service", "register:1718")["url"] == "https://www.liepaja.lv/specializetas-darbnicas/"
    assert not is_page_of_service(_row("1559"))
    assert "url" not in record("service", "register:1559")


def test_it_is_said_to_be_a_sample(record: Record) -> None:
    source = record("source", "provider-register")
    assert (source["completeness"], source["licence"]) == ("sample", "CC0 1.0")
    assert (source["published_on"], source["retrieved_on"]) == ("2026-10-10", "2026-10-10")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('centrs "Dzeguzīte""', 'centrs "Dzeguzīte"'),
        ("''Ģimenes centrs ''Saule''''", '"Ģimenes centrs "Saule""'),
        ('P/A " Olaines sociālais dienests"', 'P/A "Olaines sociālais dienests"'),
        ('bērniem"Saules Zaķi"', 'bērniem "Saules Zaķi"'),
        ("dienests , dienas  centrs", "dienests, dienas centrs"),
        (
            'Biedrības „Rīgas „Rūpju bērns”” dzīvokļi „Cerību dore"',
            'Biedrības "Rīgas "Rūpju bērns"" dzīvokļi "Cerību dore"',
        ),
        ('Fonds "Viena puse', 'Fonds "Viena puse"'),
    ],
)
def test_display_name(written: str, shown: str) -> None:
    assert display_name(written) == shown


def test_a_spelling_that_differs_stays_findable(record: Record) -> None:
    name = 'centrs "Dzeguzīte""'
    key = register.provider_key(_row("1574"))
    assert record("organisation", key)["alternate_names"][0]["name"].endswith(name)


def _row(number: str) -> Row:
    return next(row for row in SAMPLE if row["register_id"] == number)
