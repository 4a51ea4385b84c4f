"""What is near, and that a confidential place is never found by how near it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import strawberry
from hypothesis import given
from hypothesis import strategies as st
from strawberry import Some

from service.api.schema import schema
from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import changes_after
from service.catalogue.near import USERS, NearBy, NearPointInput, NearRegionInput, kilometres
from service.catalogue.neighbours import neighbours
from service.catalogue.service import ServiceFilter
from service.database import Database
from service.editing.revisions import publish
from service.models.region import RegionKind
from service.starter.files import rows
from tests.catalogue.loading import AUTHOR, filled, load
from tests.factories import basics, ident, make_location, make_service


def test_boundaries_touch_from_both_sides_and_reach_every_municipality() -> None:
    codes = {
        row["code"]
        for row in rows("regions.csv")
        if row["kind"] in (RegionKind.MUNICIPALITY, RegionKind.STATE_CITY) and not row["valid_to"]
    }
    assert neighbours().keys() == codes
    assert all(code in neighbours()[other] != {other} for code, others in neighbours().items() for other in others)
    reached, ahead = set(), ["riga"]
    while ahead:
        code = ahead.pop()
        reached.add(code)
        ahead += neighbours()[code] - reached
    assert reached == codes


def test_known_neighbours() -> None:
    assert neighbours()["valmieras-novads"] == {"cesu-novads", "limbazu-novads", "smiltenes-novads", "valkas-novads"}
    assert neighbours()["daugavpils"] == {"augsdaugavas-novads"}
    assert "riga" not in neighbours()["cesu-novads"]


POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(POINTS, POINTS)
def test_the_way_is_the_same_both_ways_and_no_longer_than_half_round_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    there, back = kilometres(*one, *other), kilometres(*other, *one)
    assert there == pytest.approx(back)
    assert 0 <= there <= 20_016
    assert kilometres(*one, *one) == pytest.approx(0, abs=1e-6)


def test_a_known_way() -> None:
    """From Rīga to Valmiera it is a hundred kilometres."""
    assert kilometres(56.9496, 24.1052, 57.5385, 25.4257) == pytest.approx(103, abs=1)


# Confidential places

HIDDEN = (57.5385, 25.4257)
OPEN = (56.9496, 24.1052)


@pytest.fixture
async def catalogue(tmp_path: Path) -> AsyncIterator[Catalogue]:
    """One service in a confidential place, one in a place that everybody may know, one in both."""
    at = {"hidden": HIDDEN, "open": OPEN}
    places = [
        make_location(f"{place}-place", lat=lat, lon=lon, confidential=place == "hidden", disclosed=False)
        for place, (lat, lon) in at.items()
    ]
    uses = {"hidden": ["hidden"], "open": ["open"], "both": ["hidden", "open"]}
    services = [
        make_service(use, locations=[ident("location", f"{place}-place") for place in its]) for use, its in uses.items()
    ]
    async with Database(f"sqlite:///{tmp_path / 'kopa.db'}") as database:
        await filled(database, [*basics(), *places, *services])
        yield await load(database)


def around(point: tuple[float, float], km: float) -> NearBy:
    return NearBy(region=None, point=Some(NearPointInput(latitude=point[0], longitude=point[1], radius_km=km)))


def found(catalogue: Catalogue, by: NearBy) -> set[str]:
    passes = ServiceFilter(near=by).selection(catalogue).passes
    return {name(service) for service in catalogue.of("service") if passes(service)}


def name(service: Any) -> str:
    return str(service.name["lv"].removeprefix("Pakalpojums "))


async def test_no_radius_finds_a_confidential_place(catalogue: Catalogue) -> None:
    places = {name(service): [p.confidential for p in service.locations] for service in catalogue.of("service")}
    assert (places["hidden"], sorted(places["both"])) == ([True], [False, True])
    for km in (0.0, 0.001, 1.0, 10.0, 50.0):
        assert found(catalogue, around(HIDDEN, km)) == set()
    assert found(catalogue, around(HIDDEN, 30_000)) == {"open", "both"}


async def test_nothing_of_a_confidential_place_comes_out_by_bisecting(catalogue: Catalogue) -> None:
    """From wherever one measures, the radius at which a service comes into reach is the way to its open place."""
    for corner in ((55.5, 21.0), (58.1, 28.2), HIDDEN, OPEN):
        near, far = 0.0, 1_000.0
        while far - near > 0.001:
            middle = (near + far) / 2
            near, far = (near, middle) if "both" in found(catalogue, around(corner, middle)) else (middle, far)
        assert far == pytest.approx(kilometres(*corner, *OPEN), abs=0.01)


async def test_what_is_in_a_confidential_place_is_found_by_its_municipality(catalogue: Catalogue) -> None:
    [code] = {place.region.code for service in catalogue.of("service") for place in service.locations}
    by = NearBy(region=Some(NearRegionInput(id=strawberry.ID(code), neighbours=False)), point=None)
    assert found(catalogue, by) == {"hidden", "open", "both"}


async def test_every_noun_that_is_somewhere_is_asked_in_the_same_way(catalogue: Catalogue) -> None:
    lists = {"location": "locations", "service": "services", "event": "events", "organisation": "organisations"}
    assert lists.keys() == USERS.keys()
    for field in lists.values():
        query = f"""query ($near: NearBy!) {{ {field}(filter: {{near: $near}}) {{ totalCount }} }}"""
        for point, km, some in ((OPEN, 1, field != "events"), (HIDDEN, 1, False)):
            near = {"point": {"latitude": point[0], "longitude": point[1], "radiusKm": km}}
            result = schema.execute_sync(query, {"near": near}, root_value=catalogue)
            assert result.errors is None
            data: Any = result.data
            assert (data[field]["totalCount"] > 0) is some, field


async def test_who_moves_is_found_where_they_are_now(catalogue: Catalogue) -> None:
    """The places are looked for in an order that follows each change."""
    assert found(catalogue, around(OPEN, 1)) == {"open", "both"}
    async with Database(catalogue.database.url) as database:
        await publish(database, [make_location("open-place", lat=56.5, lon=21.0)], author=AUTHOR)
        await Applying(catalogue).apply(await changes_after(database, catalogue.last_change.seq))
    assert found(catalogue, around(OPEN, 1)) == set()
    assert found(catalogue, around((56.5, 21.0), 1)) == {"open", "both"}
