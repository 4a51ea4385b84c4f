"""The number of a page: whatever stands in the address, there is a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from admin.paging import MOST_PAGES, asked_page, pages
from admin.typed import Typed
from tests.admin import test_campaigns as campaigns
from tests.admin.panel import Panel
from tests.admin.test_import import csv_of, examined
from tests.factories import ident

JUNK = ("9" * 5000, "-1", "0", "1e9", "٣", "²", "%00", "%ED%A0%80", "NaN", "", "99999999")


@given(st.one_of(st.text(), st.integers().map(str), st.text("0123456789٣²", max_size=6000)))
def test_every_text_is_the_number_of_some_page(text: str) -> None:
    number = asked_page(Typed([("page", text)]))
    assert 1 <= number <= MOST_PAGES
    if text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and int(text):
        assert number == int(text)


def test_the_ways_lead_to_the_pages_beside() -> None:
    assert pages(1, more=False) == pages(1, False, ("show", ""))
    assert pages(2, more=True).previous == "?page=1"
    assert pages(2, True, ("show", "new")).next == "?show=new&page=3"
    assert pages(2, more=False).next is None


async def test_no_page_stumbles_over_the_number_of_a_page(panel: Panel) -> None:
    file = csv_of("Nosaukums;Tālrunis", "Biedrība 2;67000077")
    sheet, paper = await examined(panel, "organisation", file)
    assert "?show=new" in str(paper.links)
    kept, _ = await examined(panel, "organisation", file)
    batch = (await panel.send(kept, [("act", "keep")])).partition("?")[0]
    record = ident("organisation", 1)
    campaign = (await campaigns.begun(panel)).partition("?")[0]
    guests = await campaigns.examined(panel, campaign)
    paths = [
        campaign,
        guests,
        "work/reports",
        "work/stale",
        batch,
        sheet,
        "organisation?q=bied",
        f"organisation/{record}/history",
        "organisation",
    ]
    for path in paths:
        for junk in JUNK:
            answer = await panel.get(f"{path}{'&' if '?' in path else '?'}page={junk}")
            assert answer.status_code == 200, (path, junk[:20])
