"""What pages never tell, and that nothing that is said becomes a part of them."""

from __future__ import annotations

import pytest

from service.catalogue.location import Location
from service.i18n import LANGUAGES
from service.pages import addresses
from tests.pages.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_no_confidential_address_is_on_any_page(full: Site) -> None:
    """What is confidential is not in the catalogue; if it were, no page would show it all the same."""
    located = next(place for place in full.catalogue.of("location") if place.services and place.seat_of)
    before = located.confidential, located.address, located.town
    _let(full, located, True, "Slepenā iela 13", {"lv": "Slepenciems"})
    try:
        for record in (*located.services, *located.seat_of, located.region):
            for language in LANGUAGES:
                page = await full.page(addresses.address(record, language))
                assert "Slepen" not in page.html
    finally:
        _let(full, located, *before)


def _let(full: Site, place: Location, confidential: bool, address: str | None, town: dict[str, str] | None) -> None:
    place.confidential, place.address, place.town = confidential, address, town
    full.touched()


async def test_what_is_said_is_escaped(full: Site) -> None:
    nasty = "</script><script>alert(1)</script>\"'&amp; <b>"
    record = full.catalogue.find("organisation", "organisation-full")
    before = record.name, record.description
    record.name, record.description = {"lv": nasty}, {"lv": nasty, "en": nasty}
    full.touched()
    try:
        for language in LANGUAGES:
            page = await full.page(addresses.address(record, language))
            assert "<script>alert" not in page.html
            assert nasty in page.text
            assert page.data["@graph"][0]["name"] == nasty
            assert ('lang="lv"' in page.html.partition("<h1>")[2]) is (language == "en")
    finally:
        record.name, record.description = before
        full.touched()
