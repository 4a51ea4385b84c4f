"""Sitemap, robots, feeds and tables: what programs get, and that whatever they ask is answered."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from io import StringIO
from urllib.parse import urlencode, urlsplit

import pytest

from service.i18n import LANGUAGES
from service.pages import addresses
from service.pages.machines import sitemap, tables
from service.pages.machines.feeds import MOST
from service.pages.results.asked import Asked
from service.pages.results.finding import find
from service.showing.tables import SEPARATORS, unescaped
from tests.pages.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
LINK = "{http://www.w3.org/1999/xhtml}link"


async def _parts(site: Site) -> list[str]:
    index = ET.fromstring((await site.get("/sitemap.xml")).content)
    return [urlsplit(str(each.text)).path for each in index.iter(f"{MAP}loc")]


async def test_the_sitemap_has_every_page_in_both_languages(site: Site) -> None:
    found: dict[str, tuple[str | None, list[str]]] = {}
    for path in await _parts(site):
        response = await site.get(path)
        assert response.headers["content-type"].startswith("application/xml")
        for url in ET.fromstring(response.content).iter(f"{MAP}url"):
            others = [urlsplit(each.attrib["href"]).path for each in url.iter(LINK)]
            found[urlsplit(str(url.findtext(f"{MAP}loc"))).path] = (url.findtext(f"{MAP}lastmod"), others)
    for noun in sitemap.NOUNS:
        for record in site.catalogue.of(noun):
            its = [addresses.address(record, language) for language in LANGUAGES]
            for address in its:
                assert found.pop(address) == (record.last_modified.isoformat(timespec="seconds"), its)
    assert {*found} == {addresses.path(kind, language) for kind in sitemap.ALWAYS for language in LANGUAGES}


async def test_a_part_holds_no_more_than_readers_take(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 2 * sitemap.MOST <= 50_000
    monkeypatch.setattr(sitemap, "MOST", 50)
    parts = await _parts(site)
    assert len(parts) > len(sitemap.NOUNS) + 1
    urls = [ET.fromstring((await site.get(path)).content).findall(f"{MAP}url") for path in parts]
    assert max(map(len, urls)) <= 100
    assert sum(map(len, urls)) == 2 * sum(site.catalogue.indexes[noun].size for noun in sitemap.NOUNS) + 6


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-organisation-1.xml", "/meklet.atom?q=berni", "/meklet.csv"])
async def test_who_has_it_gets_it_once(site: Site, path: str) -> None:
    first = await site.get(path)
    assert first.status_code == 200
    again = await site.get(path, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await site.get("/en/search.csv", **{"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    "part", ["organisation-99", "organisation-0", "account-1", "x", "organisation-", "pages-1", "%00"]
)
async def test_there_are_no_other_parts(site: Site, part: str) -> None:
    assert (await site.get(f"/sitemap-{part}.xml")).status_code == 404


async def test_robots_are_told_what_is_not_for_them(site: Site) -> None:
    text = (await site.get("/robots.txt")).text
    for path in ("/admin", "/account", "/zinot/", "/en/report/"):
        assert f"Disallow: {path}\n" in text
    assert text.splitlines()[-1].startswith("Sitemap: http")
    assert "Disallow: /\n" not in text


QUERIES = [{}, {"kind": "organisation"}, {"q": "krīzes centrs"}, {"region": "riga", "kind": "organisation"}]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_feed_tells_the_newest_first(site: Site, language: str, query: dict[str, str]) -> None:
    response = await site.get(addresses.path("results_atom", language, query=query))
    assert response.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    total = find(site.catalogue, Asked.of(site.catalogue, [*query.items()])).total
    assert len(entries) == min(MOST, total) > 0
    updated = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == updated[0]
    for entry in entries[:3]:
        href = entry.find(f"{ATOM}link").attrib["href"]  # type: ignore[union-attr]
        assert (await site.get(urlsplit(href).path)).status_code == 200


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_table_has_a_row_for_each(site: Site, language: str, query: dict[str, str]) -> None:
    response = await site.get(addresses.path("results_csv", language, query=query))
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = [*csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=SEPARATORS[language])]
    asked = Asked.of(site.catalogue, [*query.items()])
    assert {*map(len, rows)} == {len(tables.COLUMNS[asked.kind]) + 1}
    assert len(rows) - 1 == find(site.catalogue, asked).total <= tables.MOST
    for row in rows[1:20]:
        record = site.catalogue.node(row[-2])
        assert unescaped(row[0]) == (record.name.get(language) or record.name["lv"])
        assert urlsplit(row[-1]).path == addresses.address(record, language)


async def test_a_table_reckons_nothing_and_names_no_person(full: Site) -> None:
    [organisation] = [each for each in full.catalogue.of("organisation") if each.email][:1]
    told = tables.COLUMNS["organisation"]["email"]
    organisation.email, organisation.email_by_choice = "info@example.org", False
    assert told(organisation, None) == "info@example.org"  # type: ignore[arg-type]
    organisation.email_by_choice = True
    assert told(organisation, None) == ""  # type: ignore[arg-type]
    organisation.email, organisation.email_by_choice = "name.surname@example.org", False
    assert told(organisation, None) == ""  # type: ignore[arg-type]
    from service.showing.tables import csv_rows

    assert csv_rows([["=1+1", "@x", "+371", "-5"]], "lv") == b"'=1+1;'@x;'+371;-5\r\n"


@pytest.mark.parametrize("junk", ["\0", "\x1b[31m", "&<>\"'", "\ufffe", "𐀀", "a" * 3000, "=cmd|' /C calc'!A0"])
async def test_junk_is_answered(site: Site, junk: str) -> None:
    query = urlencode({"q": junk, "kind": junk, "region": junk, "page": junk})
    for kind in ("results_atom", "results_csv"):
        response = await site.get(f"{addresses.path(kind, 'lv')}?{query}")
        assert response.status_code == 200
        if kind == "results_atom":
            ET.fromstring(response.content)


async def test_results_lead_to_both(site: Site) -> None:
    page = await site.page("/meklet?q=berni&kind=organisation")
    assert {"/meklet.atom?kind=organisation&q=berni", "/meklet.csv?kind=organisation&q=berni"} <= {*page.links}
    assert 'type="application/atom+xml"' in page.html
