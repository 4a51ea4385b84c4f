"""What pages take long to find is found before anybody asks: orders are cut when the directory is loaded, and again
when one of them has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from service.catalogue.ordered import STRETCHES, Ordered
from service.pages.ahead import LISTED
from tests.editing.observing import put
from tests.factories import a_source, make_organisation, words
from tests.pages.site import Site, opened
from tests.serving import eventually


def listed(site: Site) -> dict[str, Ordered]:
    catalogue = site.catalogue
    return {noun: catalogue.indexes[noun].ordered(catalogue.types[noun].DEFAULT_ORDER[0]) for noun in LISTED}


def are_cut(site: Site) -> bool:
    return all(len(ordered._stretches) == STRETCHES for ordered in listed(site).values())


async def test_orders_are_cut_before_anybody_asks(starter_url: str, tmp_path: Path) -> None:
    url = f"sqlite:///{shutil.copy(starter_url.removeprefix('sqlite:///'), tmp_path / 'kopa.db')}"
    async with opened(url) as site:
        assert are_cut(site)
        before = {noun: ordered._stretches for noun, ordered in listed(site).items()}

        seq = await put(site.database, a_source(), make_organisation("new", name=words("Aatvērtā roka"), sector="ngo"))
        assert await site.app.state.follower.reached(seq)
        await eventually(lambda: are_cut(site))
        changed = {noun for noun, ordered in listed(site).items() if ordered._stretches is not before[noun]}
        assert changed == {"organisation"}
