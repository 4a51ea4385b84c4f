"""Pages of regions in which many work: what they tell is found ahead, and never older than the directory."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from service.pages import known, region
from service.pages.home import governments
from tests.editing.observing import put
from tests.factories import a_source, make_organisation, words
from tests.pages.site import Site, opened
from tests.serving import eventually


def found(site: Site) -> list[Any]:
    """The regions of which it is known who works there and who gives what."""
    kinds = region._kinds(site.catalogue)
    return [
        place
        for place in governments(site.catalogue)
        if {(region._ngos, place), *((known._known, place, kind) for kind in kinds)} <= site.catalogue.derived.keys()
    ]


@pytest.mark.parametrize("many", [1, 10_000])
async def test_what_is_found_ahead_is_found_anew_after_a_change(
    starter_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(region, "MANY", many)
    url = f"sqlite:///{shutil.copy(starter_url.removeprefix('sqlite:///'), tmp_path / 'kopa.db')}"
    async with opened(url) as site:
        services = site.catalogue.indexes["service"]
        busy = [p for p in governments(site.catalogue) if services.having(("region", p.id)).bit_count() >= many]
        assert found(site) == busy
        assert bool(busy) is (many == 1)

        name = words("Aatvērtā roka")
        place = next(place for place in governments(site.catalogue) if place.code == "valkas-novads")
        assert name["lv"] not in (await site.page("/vietas/valkas-novads")).text
        new = make_organisation("new", name=name, sector="ngo", regions=[place.id])
        seq = await put(site.database, a_source(), new)
        assert await site.app.state.follower.reached(seq)
        await eventually(lambda: found(site) == busy)
        assert name["lv"] in (await site.page("/vietas/valkas-novads")).text
