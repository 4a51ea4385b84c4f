"""What the five documents say, as it ships."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from service.starter.ids import identify

Content = dict[str, Any]
Record = Callable[[str, str], Content]
Of = Callable[[str], dict[str, Content]]

SOS = identify("organisation", "sos-bernu-ciemati")


def test_links_by_kind(of: Of) -> None:
    kinds = Counter(link["kind"] for link in of("cooperation_link").values())
    assert kinds == {"representation": 4, "grant": 2, "cooperation": 1, "joint_project": 1, "purchase": 1}


def test_the_link_with_valmiera_was_last_known_in_2013(record: Record) -> None:
    link = record("cooperation_link", "valmieras-socialais-dienests-sos")
    assert link["attested_on"] == "2013-06-26"
    assert "valid_from" not in link
    assert "valid_to" not in link
    assert link["categories"] == [identify("taxonomy_term", "service_category/rehab-family")]


def test_a_link_has_a_period_or_a_day(of: Of) -> None:
    for link in of("cooperation_link").values():
        assert ("valid_from" in link) != ("attested_on" in link)
        assert all(words["speaks_for"] for words in link["evidence"])


def test_the_grant_of_the_social_fund_has_a_number_and_no_value(record: Record) -> None:
    link = record("cooperation_link", "esf-sos")
    agreement = record("agreement", "esf-sos-2012")
    assert link["agreement"] == identify("agreement", "esf-sos-2012")
    assert agreement["number"] == "1DP/1.5.2.2.2/12/APIA/SIF/206/86"
    assert "value_minor" not in agreement


def test_the_project_of_2012_has_its_total_and_the_share_of_the_fund(record: Record) -> None:
    project = record("project", "sos-capacity")
    assert (project["amount_minor"], project["currency"]) == (2485909, "LVL")
    roles = {item["organisation"]: item["role"] for item in project["participations"]}
    shares = [item["share_percent"] for item in project["participations"] if item.get("share_percent")]
    assert shares == ["92.07"]
    assert sorted(roles.values()) == ["administrator", "administrator", "funder", "lead", "partner"]
    assert [output["on"] for output in project["outputs"]] == ["2012-12-27"]


def test_the_project_of_2022_is_in_five_planning_regions(record: Record) -> None:
    project = record("project", "sos-par-gimenem")
    regions = {identify("region", f"pr-{name}") for name in ("riga", "kurzeme", "vidzeme", "zemgale", "latgale")}
    assert set(project["regions"]) == regions
    assert record("agreement", "sif-sos-2022")["value_minor"] == 1985144
    assert record("agreement", "sif-sos-2022")["currency"] == "EUR"


def test_the_institute_is_a_contractor_that_was_bought_from(record: Record) -> None:
    link = record("cooperation_link", "vidzemes-planosanas-regions-bszi")
    assert (link["kind"], link["attested_on"]) == ("purchase", "2010-03")
    institute = identify("organisation", "bszi")
    project = record("project", "vidzeme-alternative-programme")
    assert [item["role"] for item in project["participations"] if item["organisation"] == institute] == ["contractor"]


def test_sides_stand_in_their_roles(record: Record) -> None:
    assert record("cooperation_link", "sos-lblt-board")["side_a"] == SOS
    assert record("cooperation_link", "sos-ad-opus")["side_a"] == SOS
    assert record("cooperation_link", "sif-sos")["side_b"] == SOS
    buyer = record("cooperation_link", "vidzemes-planosanas-regions-bszi")["side_a"]
    assert buyer == identify("organisation", "vidzemes-planosanas-regions")


def test_an_unnamed_party_makes_no_link(record: Record, of: Of) -> None:
    ordered = record("service", "dardedze-state-ordered")
    assert ordered["funding_sources"] == ["state"]
    assert "funding_sources" in [words.get("field") for words in ordered["evidence"]]
    assert "nav nosaukta" in record("organisation", "siguldas-dienas-centrs")["description"]["lv"]
    sides = {link[side] for link in of("cooperation_link").values() for side in ("side_a", "side_b")}
    assert identify("organisation", "siguldas-dienas-centrs") not in sides


def test_only_the_160_are_capacity(of: Of) -> None:
    documented = [c for c in of("service").values() if "register_number" not in c and "capacities" in c]
    assert [item["value"] for content in documented for item in content["capacities"]] == [160]


def test_figures_as_stated(of: Of) -> None:
    figures = {
        (content["indicator"], content["value"], content["qualifier"])
        for content in of("figure").values()
        if content["indicator"] != "population"
    }
    assert figures == {
        ("people_reached", "700", "more_than"),
        ("people_reached", "1300", "more_than"),
        ("staff", "30", "more_than"),
        ("families_at_risk", "12500", "more_than"),
        ("children_in_families_at_risk", "6.7", "about"),
    }


def test_valmiera_has_two_bodies_one_after_the_other(record: Record) -> None:
    then = record("organisation", "valmieras-socialais-dienests")["authority_for"]
    now = record("organisation", "register:valmieras novada sociālo lietu pārvalde / valmieras-novads")["authority_for"]
    assert then == [{"region": identify("region", "valmiera-2009"), "valid_to": "2021-06-30"}]
    assert now == [{"region": identify("region", "valmieras-novads"), "valid_from": "2021-07-01"}]


def test_the_centre_in_valmiera_shows_the_town_only(record: Record) -> None:
    place = record("location", "vidzemes-dardedze")
    assert place["town"]["lv"] == "Valmiera"
    assert not place.keys() & {"name", "address", "postal_code", "lon", "lat"}
    seat = record("organisation", "vidzemes-dardedze")["seat"]
    assert seat == record("event", "discussion-valmiera-2010")["location"] == identify("location", "vidzemes-dardedze")


def test_funds_are_international_and_a_form_stands_only_where_it_is_stated(record: Record) -> None:
    for key in ("eiropas-socialais-fonds", "aktivo-iedzivotaju-fonds"):
        fund = record("organisation", key)
        assert (fund["sector"], fund["roles"], "legal_form" in fund) == ("international", ["funder"], False)
    assert "legal_form" not in record("organisation", "lblt")
    assert record("organisation", "centrs-dardedze")["legal_form"] == "foundation"
    assert record("organisation", "sos-bernu-ciemati")["legal_form"] == "association"


def test_events(record: Record) -> None:
    seminar = record("event", "seminar-2013")
    moderators = [item["organisation"] for item in seminar["participations"] if item["role"] == "moderator"]
    assert seminar["attendance"] == 55
    assert identify("organisation", "siguldas-socialais-dienests") in moderators
    assert record("event", "discussion-valmiera-2010")["start_time"] == "11:00"
    assert record("event", "lm-meetings-2021")["occurrences"] == 5
    assert "starts_on" not in record("event", "radio-2013")


def test_what_a_document_does_not_say_of_itself_stays_empty(record: Record) -> None:
    for key in ("sos-seminar-2013", "vidzeme-discussion-2010", "regional-meetings-2021", "sos-concept-2012"):
        assert not record("source", key).keys() & {"publisher", "url", "licence"}


def test_no_registration_numbers_ship(of: Of) -> None:
    assert not any("identifiers" in content for content in of("organisation").values())
