"""Regions of the past: who answers for them, and where what happened in them is found; the numbers of units."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from strawberry import ID

from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import Window
from service.catalogue.cooperation import CooperationLinkFilter
from service.catalogue.listing import listing
from service.catalogue.organisation import OrganisationFilter
from service.database import Database
from tests.catalogue.loading import filled, load
from tests.factories import a_source, ident, make_link, make_location, make_organisation, make_region, words


def _former(name: str, *successors: str, relation: str = "merged_into") -> Any:
    steps: list[dict[str, Any]] = []
    for successor in successors:
        step = {"successor": ident("region", successor), "relation": relation, "on": "2021-07-01"}
        steps.append(step | ({"part": words("daļa")} if relation == "split" else {}))
    past = {"kind": "former", "former_kind": "municipality", "valid_to": "2021-06-30", "successions": steps}
    return make_region(name, **past)


def _authority(name: str, region: str, **period: str) -> Any:
    return make_organisation(name, authority_for=[{"region": ident("region", region), **period}])


@pytest.fixture
async def catalogue(sqlite_url: str) -> AsyncIterator[Catalogue]:
    drafts = [
        a_source(),
        make_region("vidzeme", kind="planning_region"),
        make_region("valmiera", parent=ident("region", "vidzeme")),
        make_region("cesis", parent=ident("region", "vidzeme")),
        _former("burtnieki", "valmiera"),
        _former("rauna", "valmiera", "cesis", relation="split"),
        _former("apgabals", "rauna"),
        _authority("today", "valmiera", valid_from="2021-07-01"),
        _authority("of burtnieki", "burtnieki", valid_to="2021-06-30"),
        _authority("of apgabals", "apgabals"),
        _authority("of cesis", "cesis"),
        _authority("of vidzeme", "vidzeme"),
        make_organisation("active in rauna", regions=[ident("region", "rauna")]),
        make_location("burtnieki", region=ident("region", "burtnieki")),
        make_organisation("sits in burtnieki", seat=ident("location", "burtnieki")),
        make_link(side_a=ident("organisation", "sits in burtnieki"), side_b=ident("organisation", "of vidzeme")),
        make_link(
            "rauna",
            side_a=ident("organisation", "today"),
            side_b=ident("organisation", "of vidzeme"),
            regions=[ident("region", "rauna")],
        ),
    ]
    async with Database(sqlite_url) as database:
        await filled(database, drafts)
        yield await load(database)


def _names(organisations: list[Any]) -> set[str]:
    return {organisation.name["lv"].removeprefix("Biedrība ") for organisation in organisations}


@pytest.mark.parametrize(
    ("region", "bodies"),
    [
        ("valmiera", {"today", "of burtnieki", "of apgabals"}),
        ("cesis", {"of cesis", "of apgabals"}),
        ("rauna", {"of apgabals"}),
        ("burtnieki", {"of burtnieki"}),
        ("vidzeme", {"of vidzeme"}),
    ],
)
def test_the_municipal_side_has_the_bodies_of_what_came_before(
    catalogue: Catalogue, region: str, bodies: set[str]
) -> None:
    assert _names(catalogue.records[ident("region", region)].municipal_side) == bodies


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("burtnieki", {"of burtnieki", "sits in burtnieki"}),
        ("rauna", {"active in rauna", "of apgabals"}),
        ("cesis", {"of cesis", "active in rauna", "of apgabals"}),
        ("valmiera", {"today", "of burtnieki", "sits in burtnieki", "active in rauna", "of apgabals"}),
    ],
)
def test_organisations_of_a_former_unit_are_found_under_its_successors(
    catalogue: Catalogue, region: str, found: set[str]
) -> None:
    for name in (f"region-{region}", ident("region", region), ident("region", region).upper()):
        page = listing(catalogue, "organisation", OrganisationFilter(region=[ID(name)]), None, Window())
        assert _names(page.nodes) == found
        assert page.total_count == len(found)


def test_a_split_unit_counts_once_in_the_region_above(catalogue: Catalogue) -> None:
    page = listing(catalogue, "organisation", OrganisationFilter(region=[ID("region-vidzeme")]), None, Window())
    assert len(page.nodes) == page.total_count == len(catalogue.of("organisation"))


@pytest.mark.parametrize(
    ("region", "links"), [("burtnieki", ["1"]), ("cesis", ["rauna"]), ("valmiera", ["1", "rauna"])]
)
def test_a_link_is_where_it_says_or_else_where_its_sides_are(
    catalogue: Catalogue, region: str, links: list[str]
) -> None:
    asked = CooperationLinkFilter(region=[ID(f"region-{region}")])
    page = listing(catalogue, "cooperation_link", asked, None, Window())
    assert {link.id for link in page.nodes} == {ident("cooperation_link", link) for link in links}


NUMBER = [{"scheme": "registration_number", "value": "40008000001"}]


async def test_a_unit_shows_the_number_of_what_it_is_a_unit_of(sqlite_url: str) -> None:
    parts = {"legal_form": "unit"}
    drafts = [
        a_source(),
        make_organisation("whole", identifiers=NUMBER),
        make_organisation("unit", **parts, parent=ident("organisation", "whole")),
        make_organisation("unit of unit", **parts, parent=ident("organisation", "unit")),
        make_organisation("own", parent=ident("organisation", "whole"), legal_form="association"),
        make_organisation(
            "numbered",
            **parts,
            parent=ident("organisation", "whole"),
            identifiers=[{"scheme": "tax", "value": "9"}],
        ),
    ]
    async with Database(sqlite_url) as database:
        await filled(database, drafts)
        catalogue = await load(database)
    shown = {
        name: [item.value for item in catalogue.records[ident("organisation", name)].shown_identifiers]
        for name in ("whole", "unit", "unit of unit", "own", "numbered")
    }
    number = ["40008000001"]
    assert shown == {"whole": number, "unit": number, "unit of unit": number, "own": [], "numbered": ["9"]}
    assert catalogue.numbers.keys() == {("organisation", "40008000001")}
