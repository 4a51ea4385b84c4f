"""A campaign in a browser: a stranger gets a link, fills the eight fields, and an editor publishes the profile."""

from __future__ import annotations

import csv
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from service.database import Database
from service.models.account import Role
from tests.browser.conftest import Open, Visit
from tests.browser.test_admin_day import LOOKS, Day, looked_at, signed_in
from tests.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAME = "Pārlūka biedrība"
SHEET = f"Nosaukums;E-pasts\n{NAME};parluks@example.org\nBez adreses;nav\n"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town(served: Served) -> AsyncIterator[Day]:
    """The directory as it ships, with somebody who keeps it."""
    async with Database(f"sqlite:///{served.log.parent}/kopa.db", models=()) as database:
        cookies = {"administrator": await signed_in(database, Role.ADMINISTRATOR)}
        [row] = await database.fetch("SELECT slug FROM slug WHERE noun = 'organisation' LIMIT 1")
    yield Day(str(served.client.base_url).rstrip("/"), cookies, row["slug"], "")


async def test_a_stranger_s_profile_from_the_letter_to_the_public(
    visit: Open, town: Day, desk: dict[str, Any], tmp_path: Path
) -> None:
    keeper = await town.come(visit, "administrator", **desk)
    link = await invited(keeper, town, tmp_path)
    stranger = await visit(at=link, **desk)
    await looked_at(stranger, "campaign-invitation")
    await stranger.page.click("main button")
    await stranger.page.wait_for_url(re.compile("/admin/drafts/.*/edit"))
    await fill(stranger)
    await looked_at(stranger, "campaign-filled")
    await stranger.page.click(".bar [value=submit]")
    await stranger.page.wait_for_url(re.compile("done=submitted"))
    page = keeper.page
    await page.goto(town.at("/"))
    await page.click(f"section .rows a:has-text('{NAME}')")
    await page.click("[value=publish]")
    await page.wait_for_url(re.compile("done=published_now"))
    await page.goto(town.at("/campaigns"))
    await page.click(".rows a")
    assert "atbildēja" in await page.inner_text("table")
    await looked_at(keeper, "campaign-answered")


async def invited(keeper: Visit, town: Day, folder: Path) -> str:
    """The link that is handed over for the first row of the sheet."""
    page, sheet = keeper.page, folder / "saraksts.csv"
    sheet.write_text(SHEET, "utf-8")
    await page.goto(town.at("/campaigns/new"))
    await page.fill("[name=name]", "Rudens")
    await looked_at(keeper, "campaign-new")
    await page.fill("[name=last_day]", (datetime.now(UTC) + timedelta(days=9)).date().isoformat())
    await page.click(".bar button")
    await page.set_input_files("#file", sheet)
    await looked_at(keeper, "campaign-empty")
    await page.click(".buttons button")
    await page.wait_for_selector(".matching")
    await looked_at(keeper, "campaign-match")
    await page.click("[value=match]")
    await page.wait_for_selector(".findings")
    await looked_at(keeper, "campaign-examined")
    async with page.expect_download() as download:
        await page.click("[value=csv]")
    lines = (await (await download.value).path()).read_text("utf-8-sig")
    rows = [*csv.reader(lines.splitlines(), delimiter=";")]
    return rows[1][-1].replace("http://127.0.0.1:8000", town.url)


async def fill(stranger: Visit) -> None:
    """The eight fields, and what the profile rests on."""
    page = stranger.page
    await page.select_option("[name=legal_form]", "association")
    await page.select_option("[name=sector]", "ngo")
    await page.fill("[name='description.lv']", "Palīdzam ģimenēm ar bērniem.")
    await page.fill("[name=email]", "birojs@example.org")
    await page.check("[name=fields] >> nth=0")
    await page.fill("[name='regions.find']", "Valmieras novads")
    await page.check("#regions .found input >> nth=0")
    await page.click("#seat [value='new:seat']")
    await page.fill("[name='seat.new.region.find']", "Valmieras novads")
    await page.check("[id='seat.new.region'] .found input >> nth=0")
    await page.click("[value='add:evidence']")
    await page.fill("[name='evidence.0.source.find']", "reģistrs")
    await page.check("[id='evidence.0.source'] .found input >> nth=0")
    await page.select_option("[name='evidence.0.basis']", "stated")
    await page.fill("[name='evidence.0.says.lv']", "Organizācija par sevi.")


@pytest.mark.parametrize(("viewport", "scheme", "locale"), LOOKS)
async def test_nothing_is_in_anybody_s_way(visit: Open, town: Day, viewport: Any, scheme: Any, locale: str) -> None:
    options = {"viewport": viewport, "color_scheme": scheme, "locale": locale}
    prefix = "" if locale.startswith("lv") else "/en"
    seen = await visit(at=f"{town.url}{prefix}/join", **options)
    await looked_at(seen, f"join-{locale}")
    await seen.page.click(".asked > button:last-of-type")
    await seen.page.wait_for_selector(".wrong")
    await looked_at(seen, f"join-refused-{locale}")
    await seen.page.goto(f"{town.url}{prefix}/claim/{town.organisation}")
    await looked_at(seen, f"claim-{locale}")
    await seen.page.fill("#sender", "birojs@example.org")
    await seen.page.fill("#capacity", "Vadītāja")
    await seen.page.click(".asked > button")
    await seen.page.wait_for_selector("text=/Paldies|Thank/")
    await looked_at(seen, f"claimed-{locale}")
    keeper = await town.come(visit, "administrator", **options)
    for path in ("campaigns", "applications"):
        await keeper.page.goto(town.at(f"/{path}"))
        await looked_at(keeper, f"{path}-{locale}")
    await keeper.follow(".rows a")
    await looked_at(keeper, f"application-{locale}")
