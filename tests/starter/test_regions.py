"""The territories of today and of before, and which became which."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from service.starter.files import rows
from service.starter.ids import identify

Content = dict[str, Any]
Record = Callable[[str, str], Content]
Of = Callable[[str], dict[str, Content]]


def test_every_row_is_a_region(of: Of) -> None:
    codes = {content["code"] for content in of("region").values()}
    assert {row["code"] for row in rows("regions.csv")} <= codes
    assert len(rows("regions.csv")) == 49
    assert len(codes) == 49 + 104


def test_today_has_42_local_governments_in_five_planning_regions(of: Of) -> None:
    kinds = Counter(content["kind"] for content in of("region").values())
    today = {"municipality": 35, "state_city": 7}
    assert kinds == {"country": 1, "planning_region": 5, **today, "former": 105}


def test_the_119_units_of_before_are_there(of: Of) -> None:
    old = [c for c in of("region").values() if any(step["on"] == "2021-07-01" for step in c.get("successions", []))]
    assert len(old) == 119
    relations = Counter(step["relation"] for c in old for step in c["successions"] if step["on"] == "2021-07-01")
    assert relations == {"merged_into": 77, "enlarged": 25, "unchanged": 15, "split": 4}


def test_a_split_unit_has_both_successors(record: Record) -> None:
    assert _successors(record("region", "aglonas-novads-2009")) == {"preilu-novads", "kraslavas-novads"}
    assert _successors(record("region", "incukalna-novads-2009")) == {"siguldas-novads", "ropazu-novads"}
    assert all(step["part"]["lv"] for step in record("region", "aglonas-novads-2009")["successions"])


def test_an_enlarged_unit_is_a_region_of_its_own(record: Record) -> None:
    former, today = record("region", "cesu-novads-2009"), record("region", "cesu-novads")
    assert (former["kind"], former["former_kind"], former["atvk"]) == ("former", "municipality", "0420200")
    assert former["name"] == today["name"]
    assert _successors(former) == {"cesu-novads"}
    assert "parent" not in former
    assert "successions" not in today


def test_an_unchanged_unit_is_the_region_of_today(record: Record) -> None:
    city = record("region", "riga")
    (step,) = city["successions"]
    assert (step["relation"], step["on"], step["former_atvk"]) == ("unchanged", "2021-07-01", "0010000")
    assert step["successor"] == identify("region", "riga")
    assert city["kind"] == "state_city"


def test_valmiera_was_a_city_of_its_own(record: Record) -> None:
    city = record("region", "valmiera-2009")
    assert (city["former_kind"], city["iso"], city["valid_to"]) == ("state_city", "LV-VMR", "2021-06-30")
    assert _successors(city) == {"valmieras-novads"}


def test_varaklani_passed_one_reform_and_ended_in_the_next(record: Record) -> None:
    region = record("region", "varaklanu-novads")
    assert (region["kind"], region["former_kind"], region["valid_to"]) == ("former", "municipality", "2025-06-30")
    assert [(step["relation"], step["on"]) for step in region["successions"]] == [
        ("unchanged", "2021-07-01"),
        ("merged_into", "2025-07-01"),
    ]
    assert "parent" not in region


def test_statistical_regions_are_told_by_version(record: Record) -> None:
    assert record("region", "tukuma-novads")["nuts3"] == [
        {"version": 2021, "code": "LV007"},
        {"version": 2024, "code": "LV00B"},
    ]


def test_every_municipality_has_a_point(of: Of) -> None:
    points = [content["code"] for content in of("region").values() if "lon" in content]
    assert sorted(points) == sorted(row["code"] for row in rows("region_points.csv"))
    assert len(points) == 42


def test_every_number_of_inhabitants_is_a_figure_with_its_source(of: Of) -> None:
    population = [content for content in of("figure").values() if content["indicator"] == "population"]
    assert len(population) == sum(bool(row["population"]) for row in rows("regions.csv")) == 17
    sources = {said["source"] for content in population for said in content["evidence"]}
    assert len(sources) == len({row["population_source"] for row in rows("regions.csv")} - {""}) == 6


def _successors(region: Content) -> set[str]:
    codes = {identify("region", row["code"]): row["code"] for row in rows("regions.csv")}
    return {codes[step["successor"]] for step in region["successions"]}
