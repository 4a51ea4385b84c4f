"""Help at once: on which pages it stands, what it says and from where, and that nobody learns who looked for it."""

from __future__ import annotations

import logging

import pytest

from service.i18n import LANGUAGES
from service.pages import addresses
from service.pages.safety import FILE, lines
from service.starter.files import words
from tests.pages.site import Page, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONCERNED = [
    "/meklet?situation=violence-at-home",
    "/en/search?target_group=violence-victims",
    "/meklet?category=crisis-room",
    "/meklet?q=Vardarbiba",
    "/en/search?q=abuse+at+home",
]
OTHERS = ["/", "/meklet", "/meklet?situation=lonely", "/meklet?category=day-centre", "/meklet?q=autiņi", "/vietas/riga"]


def has_help(page: Page) -> bool:
    return 'class="leave"' in page.html and "tel:112" in page.links


@pytest.mark.parametrize("path", CONCERNED)
async def test_pages_about_violence_or_a_crisis_have_it(site: Site, path: str) -> None:
    page = await site.page(path)
    assert has_help(page)
    first, second = [link for link in page.links if not link.startswith("tel:")][:2]
    assert first == "#content"
    assert second == words(FILE)["leave"][page.language]
    assert 'rel="noreferrer nofollow"' in page.html


@pytest.mark.parametrize("path", OTHERS)
async def test_other_pages_do_not(site: Site, path: str) -> None:
    page = await site.page(path)
    assert 'class="leave"' not in page.html
    assert "tel:112" not in page.links


@pytest.mark.parametrize("language", LANGUAGES)
async def test_records_about_it_have_it(site: Site, language: str) -> None:
    services = list(site.catalogue.of("service"))
    crisis = [each for each in services if any(term.code == "crisis-centre" for term in each.categories)]
    calm = [each for each in services if all(term.code.startswith("day") for term in each.categories)]
    calm = [each for each in calm if not {term.code for term in each.target_groups} & {"crisis", "violence-victims"}]
    assert has_help(await site.page(addresses.address(crisis[0], language)))
    assert has_help(await site.page(addresses.address(crisis[0].provider, language)))
    assert has_help(await site.page(addresses.path("report", language, crisis[0].id)))
    assert not has_help(await site.page(addresses.address(calm[0], language)))


async def test_every_line_says_who_says_so_and_when_that_was_read(site: Site) -> None:
    shown = lines(site.catalogue)
    assert [line.number for line in shown] == [line["number"] for line in words(FILE)["line"]]
    page = await site.page(CONCERNED[0])
    for line in shown:
        assert line.source.url
        assert line.source.retrieved_on
        assert addresses.address(line.source, "lv") in page.links
        assert {*line.name} == {*line.says} == {*LANGUAGES}


async def test_every_declared_term_is_in_the_directory(site: Site) -> None:
    declared = words(FILE)["concerned"]
    known = {(term.taxonomy.code, term.code) for term in site.catalogue.of("taxonomy_term")}
    assert {(taxonomy, code) for taxonomy, codes in declared.items() for code in codes} <= known


async def test_a_line_goes_with_its_source(full: Site) -> None:
    """The other directory does not have the sources."""
    assert lines(full.catalogue) == []


async def test_nothing_is_kept_of_who_looks(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for path in [*CONCERNED, "/privatums", "/en/accessibility"]:
        response = await site.get(path)
        assert "set-cookie" not in response.headers
        assert response.headers["referrer-policy"] == "same-origin"
        assert "default-src 'self'" in response.headers["content-security-policy"]
    logged = " ".join(str(vars(record)) for record in caplog.records if not record.name.startswith("http")).lower()
    assert "vardarb" not in logged
    assert "violence" not in logged
