"""The page of every kind of record in both languages, on what ships and with every field filled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from service.editing import acts
from service.editing.history import told
from service.i18n import LANGUAGES
from service.pages import addresses
from tests.pages.site import NOUNS, Site, of, sound

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("noun", NOUNS)
async def test_every_record_with_a_page_is_told_in_both_languages(either: Site, noun: str, language: str) -> None:
    records = of(either, noun)
    assert records
    for record in records:
        page = await either.page(addresses.address(record, language))
        sound(page, language)
        assert page.alternates == {
            "x-default": addresses.address(record, "lv"),
            **{each: addresses.address(record, each) for each in LANGUAGES},
        }
        assert addresses.address(record, "en" if language == "lv" else "lv") in page.links
        assert page.data["@context"] == "https://schema.org"
        assert "BreadcrumbList" in [part["@type"] for part in page.data["@graph"]]


async def test_an_organisation_is_told_with_what_its_units_do(site: Site) -> None:
    found = next(each for each in site.catalogue.of("organisation") if any(unit.services for unit in each.units))
    page = await site.page(addresses.address(found, "lv"))
    served = [service for unit in found.units for service in unit.services]
    assert "Struktūrvienību pakalpojumi" in page.text
    assert any(addresses.address(service, "lv") in page.links for service in served)


async def test_who_is_missing_or_speaks_for_an_organisation_finds_the_form(either: Site) -> None:
    [record] = of(either, "organisation", 1)
    for language, prefix in (("lv", ""), ("en", "/en")):
        page = await either.page(addresses.address(record, language))
        assert {f"{prefix}/join", f"{prefix}/claim/{record.slug}"} <= set(page.links)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_history_tells_when_somebody_said_that_it_is_true_and_not_who(full: Site, language: str) -> None:
    [record] = of(full, "organisation", 1)
    path = addresses.path("history", language, record.id)
    assert path in (await full.page(addresses.address(record, language))).links
    await acts.assure(full.database, record.id, on=date(2026, 1, 2), role="editor", author="secret-author")
    page = await full.page(path)
    shown = {
        "lv": ("Publicēts", "02.01.2026.", "ka ziņas ir pareizas (redaktors)"),
        "en": ("Published", "2 January 2026", "still true (editor)"),
    }
    assert [words for words in shown[language] if words not in page.text] == []
    assert "secret-author" not in page.html
    assert (await full.get(addresses.path("history", language, "x"))).status_code == 404


async def test_what_happens_late_in_the_evening_by_universal_time_is_of_the_next_day(full: Site) -> None:
    [record] = of(full, "organisation", 1)
    before = record.last_modified
    record.last_modified = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
    full.touched()
    try:
        assert "05.03.2026." in (await full.page(addresses.address(record, "lv"))).text
    finally:
        record.last_modified = before
        full.touched()
    *_, east = await told(full.database, record.id, 9, timezone(timedelta(hours=14)))
    *_, west = await told(full.database, record.id, 9, timezone(timedelta(hours=-12)))
    assert east.on > west.on
