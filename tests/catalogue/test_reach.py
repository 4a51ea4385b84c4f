"""What reaches a region: each service and organisation in one way, the nearest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.catalogue.reach import Reach, Reaching, objects_of
from service.models.region import RegionKind
from tests.catalogue.test_coverage import lies_in
from tests.catalogue.worlds import WORLDS, drawn, world


def nearest(item: Any, region: Any) -> Reach | None:
    if any(lies_in(place, region) for place in item.places()):
        return Reach.LOCAL
    kinds = {place.kind is RegionKind.COUNTRY for place in item.regions if lies_in(region, place)}
    return None if not kinds else Reach.REGIONAL if False in kinds else Reach.COUNTRY_WIDE


@pytest.mark.parametrize("noun", ["service", "organisation"])
@settings(max_examples=100)
@given(number=st.integers(0, WORLDS - 1), data=st.data())
def test_everything_reaches_a_region_in_the_nearest_way(noun: str, number: int, data: st.DataObject) -> None:
    catalogue = world(number)
    region = drawn(data, catalogue.of("region"))
    reaching = Reaching(catalogue, noun)
    found = reaching.by_reach(region)
    expected: dict[Reach, set[str]] = {reach: set() for reach in Reach}
    for item in catalogue.of(noun):
        if reach := nearest(item, region):
            expected[reach].add(item.id)
    assert {reach: {item.id for item in objects_of(reaching.index, mask)} for reach, mask in found.items()} == expected
