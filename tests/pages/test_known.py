"""What pages tell of a kind of service in a municipality is what coverage says when it is asked for that alone."""

from __future__ import annotations

from typing import Any

import pytest

from service.catalogue.coverage import coverage
from service.catalogue.coverage.cell import CoverageCell
from service.catalogue.coverage.provider import Providers
from service.pages.home import governments
from service.pages.known import NAMED, cell_of, known
from tests.pages.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


def asked_alone(site: Site, place: Any, kind: Any) -> CoverageCell:
    [row] = coverage(site.catalogue, regions=[place.code], categories=[kind.code]).regions().nodes
    [cell] = row.cells().nodes
    return cell  # type: ignore[no-any-return]


async def test_it_is_what_coverage_says(deciding: Site) -> None:
    kinds = [term for term in deciding.catalogue.of("taxonomy_term") if term.taxonomy.code == "service_category"]
    several = arranged = 0
    for place in governments(deciding.catalogue):
        for kind in kinds:
            its, cell = known(deciding.catalogue, place, kind), asked_alone(deciding, place, kind)
            assert (its.count, its.ngos, its.state) == (cell.provider_count(), cell.ngo_count(), cell.state())
            expected = list(cell.providers(first=NAMED).nodes)
            assert its.named == [provider.organisation for provider in expected]
            found = [*Providers(cell_of(deciding.catalogue, place, kind).providing, its.first)]
            for provider, same in zip(found, expected, strict=True):
                assert provider.reach is same.reach
                assert provider.arrangements() == same.arrangements()
                assert provider.known_services == same.known_services
                assert provider.first_services(2) == same.known_services[:2]
                arranged += bool(provider.arrangements())
            several += len(found) == NAMED
    assert several
    assert arranged
