"""An entry of the handbook: all that decides, nothing that is secret, and no text that is markup."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from service.catalogue.indexes import Turn
from service.i18n import LANGUAGES
from service.models.service import ServiceStatus
from service.pages.handbook.content import Handbook
from service.pages.handbook.content import handbook as whole
from service.pages.handbook.file import html
from service.pages.handbook.pdf import pdf
from tests.pages.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


def entries(book: Handbook) -> list[Any]:
    return [entry for part in book.parts for chapter in part.chapters for entry in chapter.entries]


def printed(book: Handbook) -> str:
    """The text of the PDF."""
    sheets = pypdf.PdfReader(io.BytesIO(pdf(book))).pages
    return " ".join(sheet.extract_text() for sheet in sheets).replace("\n", " ")


async def test_an_entry_tells_all_that_decides(full: Site) -> None:
    service = full.catalogue.find("service", "service-full")
    assert service is not None
    place = next(iter(service.places()))
    for book in (whole(full.catalogue, place, language) for language in LANGUAGES):
        told = next(entry for entry in entries(book) if entry.id == f"service-{service.id}")
        assert len(told.lines) > 8
        assert told.contacts
        assert told.sources
        assert told.description is not None
        assert told.provider.text.text in printed(book)
        assert pdf(book) == pdf(book)
    page = await full.page(f"/handbook/{place.code}/drukai")
    assert f'"service-{service.id}"' in page.html
    assert len(page.html) < 50_000


async def test_a_service_that_is_gone_stands_in_no_handbook(full: Site) -> None:
    service = full.catalogue.find("service", "service-full")
    assert service is not None
    place = next(iter(service.places()))
    index = full.catalogue.indexes["service"]
    before = service.status
    standing = index.entry(service)
    try:
        service.status = ServiceStatus.DEFUNCT
        index.follow([Turn.of(service, standing, index.entry(service))])
        full.touched()
        assert service.id not in str([entry.id for entry in entries(whole(full.catalogue, place, "lv"))])
    finally:
        now = index.entry(service)
        service.status = before
        index.follow([Turn.of(service, now, index.entry(service))])
        full.touched()


async def test_no_confidential_address_is_in_it(full: Site) -> None:
    """What is confidential is not in the catalogue; if it were, no handbook would tell it all the same."""
    located = next(place for place in full.catalogue.of("location") if place.services)
    before = located.confidential, located.address, located.town
    located.confidential, located.address, located.town = True, "Slepenā iela 13", {"lv": "Slepenciems"}
    full.touched()
    try:
        book = whole(full.catalogue, located.region, "lv")
        assert located.services[0].id in str([entry.id for entry in entries(book)])
        assert "Slepen" not in html(book)
        assert "Slepen" not in (await full.page(f"/handbook/{located.region.code}/drukai")).html
        assert "Slepen" not in printed(book)
    finally:
        located.confidential, located.address, located.town = before
        full.touched()


async def test_what_is_said_is_never_markup(full: Site) -> None:
    nasty = '#panic() $x$ @y <z> = *b* </style><script>alert(1)</script> \\u{41} #read("/etc/passwd")'
    service = full.catalogue.find("service", "service-full")
    assert service is not None
    before = service.name
    place = next(iter(service.places()))
    service.name = {"lv": nasty}
    full.touched()
    try:
        book = whole(full.catalogue, place, "en")
        assert "<script>" not in html(book)
        assert 'lang="lv"' in html(book)
        assert "#panic() $x$ @y <z>" in printed(book)
    finally:
        service.name = before
        full.touched()
