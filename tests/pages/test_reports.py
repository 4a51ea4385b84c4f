"""“Ziņot par kļūdu”: who may report, what is kept of it, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from service.accounts.signing_in import Limits
from service.pages import addresses
from service.pages.guests import TRAP
from service.reporting import reports
from tests.pages.site import Page, Site

SAME = {"sec-fetch-site": "same-origin"}
RIGHT = {"kind": "wrong", "field": "contacts", "words": "Tālrunis ir mainījies, jaunais ir vietnē."}


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def generous(full: Site) -> None:
    """Each test begins with nobody counted and nothing reported."""
    object.__setattr__(full.app.state.entrance, "limits", Limits())
    async with full.database.transaction() as transaction:
        await transaction.execute("DELETE FROM report")


pytestmark = pytest.mark.asyncio(loop_scope="module")


def path(site: Site, language: str = "lv") -> str:
    [service, *_] = site.catalogue.of("service")
    return addresses.path("report", language, service.id)


async def send(site: Site, typed: dict[str, str], headers: Any = SAME, language: str = "lv") -> httpx2.Response:
    return await site.client.post(path(site, language), data=typed, headers=headers)


async def kept(site: Site) -> list[reports.Report]:
    return await reports.waiting(site.database, 100)


@pytest.mark.parametrize("language", ["lv", "en"])
async def test_a_report_is_kept_without_its_sender(full: Site, language: str) -> None:
    page = await full.page(path(full, language))
    assert page.language == language
    assert not {"email", "name"} & {*page.ids}
    response = await send(full, RIGHT, language=language)
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert Page.of(response.text).html.count("<textarea") == 0
    [report] = await kept(full)
    assert (report.kind.value, report.words, report.language) == ("wrong", RIGHT["words"], language)
    [row] = await full.database.fetch("SELECT * FROM report")
    assert "127.0.0.1" not in str(dict(row))
    assert "127.0.0.0" not in str(dict(row))


async def test_every_page_of_a_record_leads_to_it(full: Site) -> None:
    for noun in ("organisation", "service", "region", "cooperation_link", "project", "event", "source"):
        [record, *_] = full.catalogue.of(noun)
        page = await full.page(addresses.address(record, "lv"))
        assert addresses.path("report", "lv", record.id) in page.links
        assert await full.page(addresses.path("report", "lv", record.id))
    assert not [link for link in (await full.page("/")).links if "/zinot/" in link]


WRONG = [
    {},
    {"kind": "nonsense", "words": "x"},
    {"kind": "other"},
    {"kind": "wrong", "words": "  "},
    {"kind": "wrong", "words": "a" * 1001},
    {"kind": "wrong", "words": "a\0b"},
]


@pytest.mark.parametrize("typed", WRONG)
async def test_what_is_no_report_is_told_so(full: Site, typed: dict[str, str]) -> None:
    response = await send(full, typed)
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert await kept(full) == []


async def test_what_was_typed_stays(full: Site) -> None:
    text = (await send(full, {"words": "<b>te</b>", "field": "hours"})).text
    assert "&lt;b&gt;te&lt;/b&gt;</textarea>" in text
    assert '<option value="hours" selected>' in text


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://example.org"}])
async def test_other_sites_cannot_report(full: Site, headers: dict[str, str]) -> None:
    assert (await send(full, RIGHT, headers)).status_code == 403
    assert await kept(full) == []


async def test_programs_are_thanked_and_not_heard(full: Site) -> None:
    assert (await send(full, RIGHT | {TRAP: "https://example.org"})).status_code == 200
    assert await kept(full) == []


async def test_there_are_bounds(full: Site) -> None:
    statuses = [(await send(full, RIGHT)).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert len(await kept(full)) == 10
    assert (await send(full, {"words": "x" * 90_000})).status_code == 413


async def test_one_record_takes_no_more_than_editors_can_read(full: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_OF_RECORD", 2)
    assert [(await send(full, RIGHT)).status_code for _ in range(3)] == [200, 200, 422]


@pytest.mark.parametrize("name", ["x", "%00", "00000000-0000-4000-8000-000000000000", "a%0ab"])
async def test_of_what_is_not_there_nothing_can_be_said(full: Site, name: str) -> None:
    for address in (f"/zinot/{name}", f"/en/report/{name}"):
        assert (await full.get(address)).status_code == 404
        assert (await full.client.post(address, data=RIGHT, headers=SAME)).status_code == 404


async def test_words_go_after_ninety_days(full: Site) -> None:
    await send(full, RIGHT)
    now = datetime.now(UTC)
    for days, left in ((89, RIGHT["words"]), (91, None)):
        async with full.database.transaction() as transaction:
            await reports.sweep(transaction, now + timedelta(days=days))
        assert [report.words for report in await kept(full)] == [left]
