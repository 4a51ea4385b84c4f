"""What one would look up in a cell of coverage."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import changes_after
from service.catalogue.coverage import coverage
from service.catalogue.coverage.cell import CoverageCell, CoverageState
from service.catalogue.coverage.question import Arrangement
from service.catalogue.rates import Population
from service.catalogue.reach import Reach
from service.database import Database
from service.editing.revisions import publish
from service.models.source import Completeness
from tests.catalogue.loading import AUTHOR, filled, load
from tests.catalogue.town import given_by, said_by, small
from tests.factories import ident, make_figure, make_link, words

Loading = Callable[..., Any]
OTHER = ident("organisation", "other")


@pytest.fixture
async def cell(sqlite_url: str) -> AsyncIterator[Loading]:
    """Publishes more, and gives the cell of care in Valmiera."""
    async with Database(sqlite_url) as database:

        async def loaded(*more: Any, **asked: Any) -> CoverageCell:
            await filled(database, small(*more))
            catalogue = await load(database)
            [row] = coverage(catalogue, regions=["region-valmiera"], categories=["term-care"], **asked).regions().nodes
            [found] = row.cells().nodes
            return found

        yield loaded


async def test_nothing_known_is_unknown_and_never_none(cell: Loading) -> None:
    found = await cell(given_by("closed", "ngo", status="defunct"), given_by("elsewhere", "ngo", regions=[]))
    assert (found.state(), found.provider_count(), found.none_stated_on()) == (CoverageState.UNKNOWN, 0, None)


async def test_units_of_one_organisation_are_one_provider(cell: Loading) -> None:
    found = await cell(given_by("a", "ngo"), given_by("b", "unit", "home care"))
    [provider] = found.providers().nodes
    assert found.state() is CoverageState.ONE_KNOWN
    assert (provider.organisation.id, provider.services().total_count) == (ident("organisation", "ngo"), 2)
    assert (found.ngo_count(), found.municipal_count()) == (1, 0)


async def test_what_the_register_has_at_other_times_counts_then(cell: Loading) -> None:
    past = given_by("past", "ngo", register_number="1", register_valid_to="2019-05")
    found = await cell(past, given_by("now", "other", register_number="2", register_valid_from="2019-06"))
    assert [p.organisation.id for p in found.providers().nodes] == [ident("organisation", "other")]
    assert found.ngo_count() == found.provider_count() == 1
    then = await cell(past, as_of=date(2019, 5, 1))
    assert [p.organisation.id for p in then.providers().nodes] == [ident("organisation", "ngo")]


async def test_what_is_closed_later_or_given_elsewhere_counts_no_more(sqlite_url: str) -> None:
    for change, expected in (({"status": "defunct"}, []), ({"regions": []}, []), ({"provider": OTHER}, [OTHER])):
        async with Database(sqlite_url) as database:
            await filled(database, small(given_by("a", "ngo", status="active")))
            catalogue = await load(database)
            assert care_in(catalogue, "valmiera") == [ident("organisation", "ngo")]
            await publish(database, [given_by("a", "ngo", **{"status": "active", **change})], author=AUTHOR)
            await Applying(catalogue).apply(await changes_after(database, catalogue.last_change.seq))
            assert care_in(catalogue, "valmiera") == expected, change


def care_in(catalogue: Catalogue, region: str) -> list[str]:
    """Who gives care there."""
    [row] = coverage(catalogue, regions=[f"region-{region}"], categories=["term-care"]).regions().nodes
    return [provider.organisation.id for provider in row.cells().nodes[0].providers().nodes]


async def test_what_is_for_the_whole_country_is_listed_apart(cell: Loading) -> None:
    found = await cell(
        given_by("a", "ngo", regions=[ident("region", "lv")]),
        given_by("b", "other", regions=[ident("region", "vidzeme")]),
    )
    assert found.state() is CoverageState.ONE_KNOWN
    assert [(p.organisation.id, p.reach) for p in found.providers().nodes] == [
        (ident("organisation", "other"), Reach.REGIONAL)
    ]
    assert [p.organisation.id for p in found.country_wide().nodes] == [ident("organisation", "ngo")]


async def test_a_link_with_a_former_municipality_counts_today(cell: Loading) -> None:
    sides = {"side_a": ident("organisation", "old town"), "side_b": ident("organisation", "unit")}
    category = [ident("taxonomy_term", "service_category/home care")]
    link = make_link(kind="purchase", attested_on="2026-10", categories=category, **sides)
    found = await cell(link, said_by("old", "old town", "needed", "old"))
    [provider] = found.providers().nodes
    assert (provider.arrangements(), provider.organisation.id) == ([Arrangement.BOUGHT], ident("organisation", "ngo"))
    assert found.municipal_statements().total_count == 1


async def test_the_municipal_side_says_that_there_is_none_with_the_date(cell: Loading) -> None:
    found = await cell(said_by("1", "town", "none_here", period_from="2026-02"), said_by("2", "ngo", "none_here"))
    assert (found.state(), found.none_stated_on().value) == (CoverageState.NONE_STATED, "2026-02")
    assert not found.statements_differ()


@pytest.mark.parametrize(
    "later",
    [
        said_by("2", "town", "bought_elsewhere", period_from="2026-03"),
        given_by("here", "other"),
    ],
)
async def test_it_is_not_said_any_more_when_something_newer_is_known(cell: Loading, later: Any) -> None:
    found = await cell(said_by("1", "town", "none_here", period_from="2026-02"), later)
    assert found.state() is not CoverageState.NONE_STATED


@pytest.mark.parametrize(
    "narrower",
    [
        {"category": ident("taxonomy_term", "service_category/home care")},
        {"target_group": ident("taxonomy_term", "target_group/children")},
        {"region": ident("region", "old")},
        {"stated_by": ident("organisation", "other")},
        {"period_to": "2026-01"},
    ],
)
async def test_that_there_is_none_of_a_part_is_not_said_of_the_whole(cell: Loading, narrower: dict[str, str]) -> None:
    found = await cell(said_by("1", "town", "none_here", **narrower))
    assert found.state() is CoverageState.UNKNOWN


async def test_the_sides_differ(cell: Loading) -> None:
    found = await cell(said_by("1", "town", "enough"), said_by("2", "ngo", "needed"))
    assert found.statements_differ()


async def test_capacities_are_added_up_by_unit_and_told_per_thousand(cell: Loading) -> None:
    def places(value: int, qualifier: str = "exact", as_of: str = "2026", unit: str = "vietas") -> dict[str, Any]:
        return {"value": value, "qualifier": qualifier, "unit": words(unit), "as_of": as_of}

    figures = [
        make_figure(
            n, organisation=None, region=ident("region", "valmiera"), indicator=indicator, value=value, as_of=as_of
        )
        for n, (indicator, value, as_of) in enumerate(
            [("population", "50000", "2024"), ("population", "60000", "2020"), ("children", "9000", None)]
        )
    ]
    found = await cell(
        given_by("a", "ngo", capacities=[places(5, as_of="2020"), places(20, "more_than")]),
        given_by("b", "other", capacities=[places(10, as_of="2025-03"), places(7, unit="gultas")]),
        given_by("wide", "other", regions=[ident("region", "vidzeme")], capacities=[places(99)]),
        *figures,
    )
    beds, spots = found.capacities().nodes
    assert (beds.value, beds.unit(), beds.services) == (7, "gultas", 1)
    assert (spots.value, spots.qualifier.value, spots.services, spots.as_of) == (30, "more_than", 2, date(2025, 3, 1))
    rate = spots.per_thousand()
    assert (rate.value, rate.year, rate.figure.value) == (Decimal("0.600"), 2024, 50000)
    assert found.per_thousand().value == Decimal("0.040")
    assert found.per_thousand(of=Population.CHILDREN) is None


async def test_a_region_says_that_its_data_are_incomplete(sqlite_url: str) -> None:
    async with Database(sqlite_url) as database:
        await filled(database, small())
        catalogue = await load(database)
    [row] = coverage(catalogue).regions().nodes
    assert row.completeness is Completeness.SAMPLE
    assert row.notice().startswith("Dati nepilnīgi")
