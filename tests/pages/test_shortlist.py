"""“My list”: what one calls and where one goes, in an address that can be sent on."""

from __future__ import annotations

import gzip
import re

import pytest
import segno

from service.pages.choosing import MOST, short
from service.pages.shortlist import MASK
from tests.factories import ident
from tests.pages.deciding import BARE, CENTRE, DAY, NIGHT, SECRET
from tests.pages.site import Site, sound

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("language", ["lv", "en"])
async def test_it_is_sound(deciding: Site, language: str) -> None:
    path = {"lv": "/mans-saraksts", "en": "/en/my-list"}[language]
    for ids in ([], [NIGHT], [NIGHT, DAY, BARE, CENTRE]):
        page = await deciding.page(f"{path}?ids={','.join(ids)}")
        sound(page, language)
        assert page.html.count("<li>\n<h2>") == len(ids)
        assert page.html.count('class="qr"') == bool(ids)


async def test_it_says_how_to_apply_whom_to_call_and_where(deciding: Site) -> None:
    page = await deciding.page(f"/mans-saraksts?ids={NIGHT}")
    assert "var pieteikties pats" in page.text
    assert "tel:+37164000001" in page.html
    assert "adrese netiek publicēta" in page.text
    assert "18:00–08:00" in page.text
    assert SECRET not in page.html


async def test_its_link_opens_the_same_list(deciding: Site) -> None:
    page = await deciding.page(f"/mans-saraksts?ids={NIGHT}&ids={CENTRE},{DAY}&ids={ident('service', 'never')}")
    [link] = {link for link in page.links if link.startswith("http") and "mans-saraksts" in link}
    again = await deciding.page(link[link.index("/mans-saraksts") :])
    names = re.compile(r"<li>\n<h2><a [^>]+>([^<]+)")
    assert names.findall(page.html) == names.findall(again.html)
    assert len(names.findall(page.html)) == 3
    assert "1 ieraksts nav parādīts" in page.text
    assert "nav parādīts" not in again.text
    assert f"/mans-saraksts?ids={short(CENTRE)}.{short(NIGHT)}.{short(DAY)}" in page.links
    assert f"/mans-saraksts?ids={short(NIGHT)}.{short(DAY)}" in page.links


@pytest.mark.parametrize("language", ["lv", "en"])
async def test_its_picture_is_the_address_of_the_same_list(deciding: Site, language: str) -> None:
    path = {"lv": "/mans-saraksts", "en": "/en/my-list"}[language]
    page = await deciding.page(f"{path}?ids={NIGHT}&ids={CENTRE},{ident('service', 'never')}")
    [link] = {link for link in page.links if link.startswith("http") and path in link}
    [source] = re.findall(r'<img class="qr" src="([^"]+)"', page.html)
    picture = await deciding.get(source)
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "set-cookie" not in picture.headers
    assert picture.headers["cache-control"] == (await deciding.get(path)).headers["cache-control"]
    drawn = segno.make(link, micro=False, error="l", boost_error=False, mask=MASK)
    assert drawn.svg_inline(border=2, omitsize=True, lineclass=None).partition(">")[2] in picture.text
    for nothing in ("", "?ids=", "?ids=nonsense"):
        assert (await deciding.get(f"{path}.svg{nothing}")).status_code == 404


async def test_a_full_list_takes_no_more(deciding: Site) -> None:
    ids = [record.id for record in deciding.catalogue.of("service")[: MOST["list"] + 2]]
    page = await deciding.page(f"/mans-saraksts?ids={'.'.join(map(short, ids))}")
    assert page.html.count("<li>\n<h2>") == MOST["list"]
    assert "2 ieraksti vairs neietilpa" in page.text
    full = await deciding.page(f"/mans-saraksts?ids={'.'.join(map(short, ids[: MOST['list']]))}")
    assert len(gzip.compress(full.html.encode())) < 12_000
