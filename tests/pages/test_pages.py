"""The pages of the directory that ships: where they lead, what they answer, how large they are."""

from __future__ import annotations

import gzip
import re

import pytest

from service.pages import addresses
from tests.pages.site import NOUNS, Site, of, sound

pytestmark = pytest.mark.asyncio(loop_scope="module")

LISTS = ["/", "/en/", "/meklet", "/en/search", "/meklet?kind=organisation&q=berni", "/meklet?q=krizes+centrs&near=1"]


@pytest.mark.parametrize("path", LISTS)
async def test_home_and_results_are_sound(site: Site, path: str) -> None:
    sound(await site.page(path), "en" if path.startswith("/en/") else "lv")


async def test_links_within_the_site_lead_somewhere(site: Site) -> None:
    """From home and one page of each kind; anchors name something on their page."""
    starts = ["/", "/en/search?kind=organisation", *(addresses.address(of(site, noun, 1)[0], "lv") for noun in NOUNS)]
    found = {link for start in starts for link in (await site.page(start)).links if link.startswith("/")}
    own = sorted(link for link in found if not link.startswith(("/graphql", "/schema")))
    assert len(own) > 100
    for link in own[::3]:
        path, _, mark = link.partition("#")
        page = await site.page(path)
        assert not mark or mark in page.ids, link


async def test_the_page_as_graphql_is_answered_without_an_error(site: Site) -> None:
    starts = [*LISTS, "/meklet?region=riga&near=1&fee=free&age=7&category=shelter"]
    starts += [addresses.address(of(site, noun, 1)[0], "lv") for noun in NOUNS]
    for start in starts:
        [link] = {each for each in (await site.page(start)).links if each.startswith("/graphql?")}
        answer = await site.client.get(link, headers={"accept": "application/graphql-response+json"})
        said = answer.json()
        assert answer.status_code == 200, (start, said)
        assert "errors" not in said, (start, said["errors"])
        assert None not in said["data"].values(), start


async def test_which_ngos_work_here_on_what_and_does_the_social_service_know_them(site: Site) -> None:
    """The question that the directory was made for, one click from home."""
    valmiera = site.catalogue.find("region", "valmieras-novads")
    assert addresses.address(valmiera, "lv") in (await site.page("/")).links
    page = await site.page(addresses.address(valmiera, "lv"))
    assert "Latvijas SOS Bērnu ciematu asociācija" in page.text
    assert "Ģimeņu stiprināšana" in page.text
    assert "pēdējās ziņas no 2013. gada" in page.text
    assert "Mums nav zināma pašreizēja sadarbība ar pašvaldību" in page.text
    assert "nesadarbojas" not in page.text


async def test_pages_are_small_on_the_wire(site: Site) -> None:
    page = await site.get("/", **{"accept-encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(page.content)) < 16_000


async def test_the_map_has_every_municipality_of_today(site: Site) -> None:
    page = await site.page("/")
    [drawing] = re.findall(r'<svg class="map".*?</svg>', page.html, re.DOTALL)
    assert drawing.count("<path") == 42
    assert len(drawing) < 25_000
    for link in re.findall(r'href="([^"]+)"', drawing):
        assert page.links.count(link) == 2, link
