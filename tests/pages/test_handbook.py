"""The handbook: on the site, as a file and as PDF, all from one content."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner, Result

from service.cli import cli
from service.i18n import LANGUAGES
from service.pages.handbook import page as site_pages
from service.pages.handbook import scope
from service.pages.handbook.content import Handbook
from service.pages.handbook.content import handbook as whole
from tests.pages.site import Page, Site, sound

on_the_site = pytest.mark.asyncio(loop_scope="module")


def region(site: Site, code: str) -> Any:
    found = site.catalogue.find("region", code)
    assert found is not None
    return found


def entries(book: Handbook) -> list[Any]:
    return [entry for part in book.parts for chapter in part.chapters for entry in chapter.entries]


@on_the_site
@pytest.mark.parametrize("code", ["lv", "pr-vidzeme", "valmieras-novads", "jurmala"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_region_has_a_handbook_in_both_languages(site: Site, code: str, language: str) -> None:
    prefix = "" if language == "lv" else "/en"
    page = await site.page(f"{prefix}/handbook/{code}")
    sound(page, language)
    assert page.alternates["lv"] == f"/handbook/{code}"
    assert page.alternates["en"] == f"/en/handbook/{code}"
    chapters = [link for link in page.links if re.fullmatch(rf"{prefix}/handbook/{code}/[\w-]+", link)]
    for link in chapters:
        if not link.endswith(("/drukai", "/print")):
            sound(await site.page(link), language)


@on_the_site
async def test_the_chapters_have_each_service_of_the_region_once(site: Site) -> None:
    """Page by page on the site, and all at once in the book."""
    vidzeme = region(site, "pr-vidzeme")
    index = site.catalogue.indexes["service"]
    expected = {item.id for item in index.present() if index.having(("region", vidzeme.id)) >> item.ordinal & 1}
    expected -= {item.id for item in index.present() if item.status in scope.GONE}
    book = whole(site.catalogue, vidzeme, "lv")
    assert sorted(entry.id for entry in entries(book)) == sorted(f"service-{id}" for id in expected)
    assert [entry.number for entry in entries(book)] == list(range(1, len(expected) + 1))
    seen: list[str] = []
    for chapter in (each for part in scope.parts(site.catalogue, vidzeme) for each in part.chapters):
        for number in range(1, chapter.count // site_pages.SIZE + 2):
            page = await site.page(f"/handbook/pr-vidzeme/{chapter.code}?page={number}")
            seen += [id for id in page.ids if id.startswith("service-") and id not in seen]
    assert set(seen) == {f"service-{id}" for id in expected}


@on_the_site
async def test_the_handbook_of_the_country_goes_by_planning_region(site: Site) -> None:
    book = whole(site.catalogue, region(site, "lv"), "lv")
    titles = [part.title.text for part in book.parts]
    assert titles[:5] == [
        f"{name} plānošanas reģions" for name in ("Kurzemes", "Latgales", "Rīgas", "Vidzemes", "Zemgales")
    ]
    ids = [entry.id for entry in entries(book)]
    assert len(ids) == len(set(ids)) == book.total > 150
    page = await site.page("/handbook/lv")
    assert {"/handbook/pr-vidzeme", "/handbook/valmieras-novads"} <= {*page.links}


@on_the_site
async def test_what_is_too_long_for_one_page_says_so(site: Site) -> None:
    page = await site.page("/handbook/lv/drukai")
    assert "par garu vienai lapai" in page.text
    printed = await site.page("/handbook/valmieras-novads/drukai")
    assert "par garu" not in printed.text
    assert "Mērķa grupu rādītājs" in printed.text
    assert {link[1:] for link in printed.links if link.startswith("#")} <= {*printed.ids}


@on_the_site
@pytest.mark.parametrize(
    "path", ["nowhere", "%00", "lv/nothing", "lv/social-care", "riga/_other", "riga/x%22%3Cb%3E", "a" * 3000]
)
async def test_junk_leads_nowhere(site: Site, path: str) -> None:
    assert (await site.get(f"/handbook/{path}")).status_code == 404


@on_the_site
@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=999999", "page=٣", "page=x&page=2", "q=%00"])
async def test_junk_in_the_query_is_left_out(site: Site, query: str) -> None:
    await site.page(f"/handbook/riga/social-care?{query}")


@on_the_site
async def test_an_id_leads_to_the_code(site: Site) -> None:
    moved = await site.get(f"/handbook/{region(site, 'riga').id}")
    assert (moved.status_code, moved.headers["location"]) == (301, "/handbook/riga")


def run(url: str, *options: str) -> Result:
    return CliRunner().invoke(
        cli, ["handbook", *options], env={"KOPA_DATABASE_URL": url, "KOPA_URL": "https://kopa.example"}
    )


def test_the_command_writes_a_pdf_that_readers_of_all_kinds_can_use(starter_url: str, tmp_path: Path) -> None:
    file = tmp_path / "valmiera.pdf"
    done = run(starter_url, "--region", "LV-113", "--output", str(file))
    assert done.exit_code == 0, done.output
    assert done.output == f"Wrote {file}: Valmieras novads, 14 pakalpojumi.\n"
    made = pypdf.PdfReader(file)
    assert 5 <= len(made.pages) <= 12
    catalog: Any = made.trailer["/Root"]
    assert catalog["/Lang"] == "lv-LV"
    assert catalog["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in catalog["/Metadata"].get_object().get_data().decode()
    assert made.metadata is not None
    assert made.metadata.title == "Sociālo pakalpojumu rokasgrāmata: Valmieras novads"
    text = " ".join(sheet.extract_text() for sheet in made.pages).replace("\u00a0", " ")
    for told in ("Saturs", " gada ", "Mērķa grupu rādītājs", "Dati nepilnīgi", "„Rožkalni”"):
        assert told in text
    marks = [mark.title for mark in made.outline if not isinstance(mark, list)]  # type: ignore[union-attr]
    assert marks == ["Saturs", "Pakalpojumi pēc veida", "Mērķa grupu rādītājs", "Par šo rokasgrāmatu"]


def test_the_command_writes_one_html_file_that_needs_nothing_else(starter_url: str, tmp_path: Path) -> None:
    file = tmp_path / "valmiera.html"
    done = run(
        starter_url, "--region", "valmieras-novads", "--language", "en", "--format", "html", "--output", str(file)
    )
    assert done.exit_code == 0, done.output
    page = Page.of(file.read_text("utf-8"))
    assert page.language == "en"
    assert page.html.count("<h1") == 1
    assert "<link" not in page.html
    assert "<script" not in page.html
    assert all(link.startswith(("#", "http", "tel:", "mailto:")) for link in page.links)
    assert {link[1:] for link in page.links if link.startswith("#")} <= {*page.ids}
    assert "@page" in page.html


@pytest.mark.parametrize("options", [("--region", "atlantis"), ("--region", "riga", "--output", "/nowhere/at/all.pdf")])
def test_a_mistake_is_one_sentence(starter_url: str, options: tuple[str, ...]) -> None:
    done = run(starter_url, *options)
    assert done.exit_code != 0
    assert str(done.exception).count("\n") == 0
