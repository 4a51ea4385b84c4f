"""The page for a planner: what both sides say, who gives it, what others agreed on, and what is not known."""

from __future__ import annotations

import re

import pytest

from service.catalogue.coverage.question import ARRANGEMENTS
from service.catalogue.dimensions import upward
from service.catalogue.taxonomy import terms_of
from service.models.organisation import Sector
from service.pages.choosing import short
from service.pages.decision.agreements import agreements
from service.pages.home import governments
from tests.pages.deciding import CATEGORY, HERE, NIGHT, SECRET
from tests.pages.site import Page, Site, sound

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATH = f"/decide/{HERE}/{CATEGORY}"


def section(page: Page, name: str) -> str:
    found = re.search(rf'<section aria-labelledby="{name}">(.*?)</section>', page.html, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


@pytest.mark.parametrize(("path", "language"), [(PATH, "lv"), (f"/en{PATH}", "en"), ("/decide/riga/home-care", "lv")])
async def test_it_is_sound(deciding: Site, path: str, language: str) -> None:
    page = await deciding.page(path)
    sound(page, language)
    assert SECRET not in page.html
    assert set(page.alternates) == {"lv", "en", "x-default"}


async def test_needs_of_both_sides_and_that_they_differ(deciding: Site) -> None:
    said = section(await deciding.page(PATH), "needs")
    assert "vērtē atšķirīgi" in said
    assert re.search(r"Ko saka pašvaldība Pietiek .*Novada pašvaldība , kopš 01.2026", said)
    assert re.search(r"Ko saka NVO Pietrūkst , gaida 14 .*Ceļš mājup", said)


async def test_who_gives_it_here_beside_and_everywhere(deciding: Site) -> None:
    said = section(await deciding.page(PATH), "givers")
    here, beside = said.split("Kaimiņu pašvaldībās")
    assert "Vietu skaits: 24 vietas" in here
    assert "Brīvas vietas: ir brīvas vietas, 3 vietas" in here
    assert "Maksa: 2,50" in here
    assert "pašvaldība pērk, deleģē vai finansē" in here
    assert "Cēsu novads (1)" in beside
    assert re.search(r"Nav ziņu par sniedzējiem: .*Valmieras novads", beside)


async def test_what_municipalities_agreed_on_with_price_and_document(deciding: Site) -> None:
    page = await deciding.page(PATH)
    own, others = section(page, "agreed").split("Citas pašvaldības")
    assert "Deleģēšanas līgums 2026/17" in own
    assert "2026/81" not in own
    assert "Kaimiņu pašvaldība – Biedrība" in others
    assert "Pakalpojuma līgums 2026/81" in others
    assert "48\u00a0000\u00a0EUR" in others or "48 000 EUR" in others
    assert "/ klienta diena" in others
    assert "https://example.org/ligums" in page.links


async def test_figures_what_is_not_known_and_the_sources(deciding: Site) -> None:
    page = await deciding.page(PATH)
    assert "uz 1000 iedzīvotājiem 0,056" in section(page, "known")
    unknown = section(page, "unknown")
    assert "1 no 2 šeit minētajiem pakalpojumiem cena nav zināma" in unknown
    assert "tas nenozīmē, ka nav pakalpojuma" in unknown
    sources = section(page, "sources")
    assert "Domes lēmums" in sources
    assert "26.02.2026" in sources
    for number in re.findall(r'href="#(source-\d+)"', page.html):
        assert number in page.ids


async def test_of_what_nothing_is_known_nothing_is_denied(deciding: Site) -> None:
    page = await deciding.page(f"/decide/valkas-novads/{CATEGORY}")
    assert "Tas nenozīmē, ka pakalpojuma nav" in section(page, "known")
    unknown = section(page, "unknown")
    assert "Ko par vajadzību saka pašvaldība" in unknown
    assert "kāds sniedz šo pakalpojumu" in unknown
    assert "Dati nepilnīgi" in page.text


async def test_other_names_lead_to_the_same_address(deciding: Site) -> None:
    region = deciding.catalogue.find("region", HERE)
    for name, kept in (("valmiera-2009", "valmieras-novads"), (region.id, HERE)):
        moved = await deciding.get(f"/~list={short(NIGHT)}/en/decide/{name}/{CATEGORY}?x=1")
        assert moved.status_code == 301
        assert moved.headers["location"] == f"/~list={short(NIGHT)}/en/decide/{kept}/{CATEGORY}?x=1"
    for path in ("/decide/latvija/shelter", f"/decide/{HERE}/nothing", f"/decide/{HERE}/{HERE}", "/decide/x/shelter"):
        assert (await deciding.get(path)).status_code == 404, path


async def test_results_lead_there(deciding: Site) -> None:
    assert PATH in (await deciding.page(f"/meklet?region={HERE}&category={CATEGORY}")).links
    assert PATH not in (await deciding.page(f"/meklet?category={CATEGORY}")).links


async def test_agreements_are_those_in_which_a_municipality_sees_to_it(deciding: Site) -> None:
    """Those in which it gives something itself are none of its own."""
    catalogue, told = deciding.catalogue, 0
    links = [link for link in catalogue.of("cooperation_link") if link.kind in ARRANGEMENTS]
    for category in terms_of(catalogue, "taxonomy_term/service_category"):
        its = {link for link in links if category.id in upward(*link.terms())}
        seen_to = {link for link in its if link.side_a.sector is Sector.MUNICIPAL}
        for place in governments(catalogue):
            found = agreements(catalogue, place, category)
            own = {link for link in its if link.side_a in place.municipal_side}
            assert ({*found.own}, {*found.others}) == (own, seen_to - own)
            told += len(own)
    assert told > 1
