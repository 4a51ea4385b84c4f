"""Every kind of page in both languages: what it holds, where it leads, and what it never tells."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from service import models
from service.catalogue.location import Location
from service.i18n import LANGUAGES
from service.pages import addresses
from service.pages.routes import PAGES
from tests.pages.site import Page, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOUNS = [kind for kind in PAGES if kind in models.NOUNS]
LARGEST = 50_000
"""Bytes of a page before images."""

LISTS = ["/", "/en/", "/meklet", "/en/search", "/meklet?kind=organisation&q=berni", "/meklet?q=krizes+centrs&near=1"]


def of(site: Site, noun: str, most: int = 3) -> list[Any]:
    """The records of a noun with the most around them."""
    return sorted(site.catalogue.of(noun), key=lambda each: -sum(len(getattr(each, name)) for name in each.LISTS))[
        :most
    ]


def sound(page: Page, language: str) -> None:
    """What holds of every page."""
    assert page.language == language
    assert len(page.html.encode()) < LARGEST
    assert len(set(page.ids)) == len(page.ids), sorted(page.ids)
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    assert page.html.count("<h1") == 1
    assert re.search(r"\bNone\b|\bUndefined\b|[{}]{2}|<bound method|function ", page.text) is None
    assert any(link.startswith("/graphql?query=") for link in page.links)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("which", ["site", "full"])
async def test_every_record_with_a_page_is_told_in_both_languages(
    which: str, noun: str, language: str, site: Site, full: Site
) -> None:
    site = {"site": site, "full": full}[which]
    records = of(site, noun)
    assert records
    for record in records:
        page = await site.page(addresses.address(record, language))
        sound(page, language)
        assert page.alternates == {
            "x-default": addresses.address(record, "lv"),
            **{each: addresses.address(record, each) for each in LANGUAGES},
        }
        assert addresses.address(record, "en" if language == "lv" else "lv") in page.links
        assert page.data["@context"] == "https://schema.org"
        assert "BreadcrumbList" in [part["@type"] for part in page.data["@graph"]]


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


async def test_no_confidential_address_is_on_any_page(full: Site, site: Site) -> None:
    """What is confidential is not in the catalogue; if it were, no page would show it all the same."""
    for each in (full, site):
        secret = [place for place in each.catalogue.of("location") if place.confidential]
        for place in secret:
            assert place.address is None
            assert place.point is None
    located = next(place for place in full.catalogue.of("location") if place.services and place.seat_of)
    before = located.confidential, located.address, located.town
    _let(located, True, "Slepenā iela 13", {"lv": "Slepenciems"})
    try:
        for record in (*located.services, *located.seat_of, located.region):
            for language in LANGUAGES:
                page = await full.page(addresses.address(record, language))
                assert "Slepen" not in page.html
    finally:
        _let(located, *before)


def _let(place: Location, confidential: bool, address: str | None, town: dict[str, str] | None) -> None:
    place.confidential, place.address, place.town = confidential, address, town
    place.catalogue.touched()


async def test_what_is_said_is_escaped(full: Site) -> None:
    nasty = "</script><script>alert(1)</script>\"'&amp; <b>"
    record = full.catalogue.find("organisation", "organisation-full")
    before = record.name, record.description
    record.name, record.description = {"lv": nasty}, {"lv": nasty, "en": nasty}
    try:
        for language in LANGUAGES:
            page = await full.page(addresses.address(record, language))
            assert "<script>alert" not in page.html
            assert nasty in page.text
            assert page.data["@graph"][0]["name"] == nasty
            assert ('lang="lv"' in page.html.partition("<h1>")[2]) is (language == "en")
    finally:
        record.name, record.description = before


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
