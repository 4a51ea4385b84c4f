"""Searching: any address is answered, counts say what a choice leaves, and nothing is a dead end."""

from __future__ import annotations

import re

import pytest

from service.catalogue.service import ServiceFilter
from tests.pages.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_choice_leaves_as_many_as_it_says(site: Site) -> None:
    page = await site.page("/meklet?region=riga")
    choices = re.findall(r'<li><a href="([^"]+)" rel="nofollow">([^<]+)<span class="count">.*?</span>(\d+)<', page.html)
    assert len(choices) > 8
    for link, label, count in choices[::3]:
        chosen = await site.page(link.replace("&amp;", "&"))
        assert re.search(rf"Atrast[sia] {count} ", chosen.text), (label, count)
        assert f"{label}" in chosen.text


async def test_words_are_found_in_any_form_and_marked_when_wrong(site: Site) -> None:
    assert "Krīzes centrs" in (await site.page("/meklet?q=krizes+centra")).text
    assert "meklēts" in (await site.page("/meklet?q=sociaals")).text


async def test_nothing_is_a_dead_end(site: Site) -> None:
    page = await site.page("/meklet?region=valmieras-novads&category=shelter")
    assert "Nav atrasts neviens pakalpojums" in page.text
    assert "mums par to nav ziņu" in page.text
    assert "Citur Latvijā" in page.text
    assert "Kam jautāt šajā pašvaldībā" in page.text
    assert "Valmieras novada Sociālo lietu pārvalde" in page.text


async def test_pages_follow_each_other_without_gaps(site: Site) -> None:
    found: list[str] = []
    path: str | None = "/meklet?kind=organisation"
    while path is not None:
        page = await site.page(path)
        found += re.findall(r'<h2><a href="(/organizacijas/[^"]+)"', page.html)
        following = re.search(r'rel="next" href="([^"]+)"', page.html)
        path = following[1].replace("&amp;", "&") if following else None
    assert len(found) == len(set(found)) == site.catalogue.indexes["organisation"].size


async def test_suggestions_lead_to_pages(site: Site) -> None:
    for path, language in (("/ieteikumi?q=valm", "lv"), ("/en/suggestions?q=valm", "en")):
        said = (await site.get(path)).json()
        assert said
        for name, address in said:
            assert name
            assert address.startswith("/en/") is (language == "en")
            assert (await site.get(address)).status_code == 200
    assert (await site.get("/ieteikumi")).json() == []


async def test_situations_are_doors(site: Site) -> None:
    page = await site.page("/meklet?situation=child-returns")
    asked = ServiceFilter(situation=["child-returns"]).selection(site.catalogue)
    assert asked.mask.bit_count() > 0
    assert re.search(rf"Atrast[sia] {asked.mask.bit_count()} ", page.text)
    assert "Bērns atgriežas ģimenē" in page.text
