"""An editorial day in a browser: a representative corrects, a reviewer decides, history tells and takes it back.

Once by mouse and once by keyboard alone, and once without scripts; nothing bars anybody's way on any page.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from service.accounts import people, sessions
from service.accounts.sessions import Door
from service.database import Database
from service.models.account import Role
from service.models.rows import moment
from tests.browser.conftest import Open, Visit
from tests.catalogue.loading import settings
from tests.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 320, "height": 640}
LOOKS = [
    pytest.param(WIDE, "light", "lv-LV", id="wide-light-lv"),
    pytest.param(NARROW, "dark", "en-GB", id="narrow-dark-en"),
]


@dataclass
class Day:
    """Where the panel is served, who works there, and the organisation and link that it is about."""

    url: str
    cookies: dict[str, str]
    organisation: str
    link: str

    async def come(self, visit: Open, who: str, **options: Any) -> Visit:
        seen = await visit(at=f"{self.url}/healthz", **options)
        cookie: Any = {"name": "kopa_session", "value": self.cookies[who], "url": self.url}
        await seen.page.context.add_cookies([cookie])
        return seen

    def at(self, path: str) -> str:
        return f"{self.url}/admin{path}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def day(served: Served) -> AsyncIterator[Day]:
    """The directory as it ships, with a representative of the organisation that cooperates most."""
    async with Database(f"sqlite:///{served.log.parent}/kopa.db", models=()) as database:
        sql = "SELECT side_a_id AS id, MIN(id) AS link FROM cooperation_link GROUP BY side_a_id ORDER BY COUNT(*) DESC"
        first = (await database.fetch(f"{sql} LIMIT 1"))[0]
        organisation, link = str(first["id"]), str(first["link"])
        cookies = {
            "representative": await signed_in(database, Role.REPRESENTATIVE, [organisation]),
            "reviewer": await signed_in(database, Role.REVIEWER),
            "editor": await signed_in(database, Role.EDITOR),
        }
        yield Day(str(served.client.base_url).rstrip("/"), cookies, organisation, link)


async def signed_in(database: Database, role: Role, of: list[str] | None = None) -> str:
    now = datetime.now(UTC)
    async with database.transaction() as transaction:
        known = {"email": f"{role.value}-{token_hex(4)}@example.org", "name": role.value.title()}
        account = await people.add(transaction, role, now, organisations=of or (), **known)
        sql = "UPDATE account SET joined_at = ?, totp_secret = ? WHERE id = ?"
        await transaction.execute(sql, moment(now, transaction.dialect), "JBSWY3DPEHPK3PXP", account)
        return await sessions.begin(transaction, account, Door(), now, settings(), proved=True)


async def looked_at(seen: Visit, name: str) -> None:
    """Nothing bars anybody's way, nothing is wider than the screen, nothing is refused."""
    await seen.photograph(f"day-{name}")
    assert await seen.barriers() == [], name
    assert await seen.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), name
    assert await seen.refused() == [], name


class Mouse:
    """Somebody who points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, selector: str) -> None:
        await self.page.click(selector)

    async def write(self, selector: str, text: str) -> None:
        await self.page.fill(selector, text)


class Keyboard(Mouse):
    """Somebody who reaches everything with the Tab key."""

    async def _reach(self, selector: str) -> None:
        target = await self.page.wait_for_selector(selector)
        assert target is not None
        for _ in range(150):
            if await target.evaluate("(element) => element === document.activeElement"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by Tab")

    async def press(self, selector: str) -> None:
        await self._reach(selector)
        await self.page.keyboard.press("Enter")

    async def write(self, selector: str, text: str) -> None:
        await self._reach(selector)
        await self.page.keyboard.press("Control+a")
        await self.page.keyboard.type(text)


@pytest.mark.parametrize(
    ("hand", "options", "phone"),
    [
        pytest.param(Mouse, {"viewport": WIDE, "locale": "lv-LV"}, "+37167000001", id="mouse"),
        pytest.param(Keyboard, {"viewport": WIDE, "locale": "lv-LV"}, "+37167000002", id="keyboard"),
        pytest.param(Mouse, {"viewport": WIDE, "java_script_enabled": False}, "+37167000003", id="without-scripts"),
    ],
)
async def test_a_number_is_corrected_looked_at_published_and_taken_back(
    visit: Open, day: Day, hand: type[Mouse], options: Any, phone: str
) -> None:
    theirs = await day.come(visit, "representative", **options)
    page, writer = theirs.page, hand(theirs.page)
    await page.goto(day.at(f"/organisation/{day.organisation}"))
    before = re.search(r"\+371\d{8}", await page.inner_text("main"))
    await writer.press(".head a.button")
    await page.wait_for_url(re.compile("/edit"))
    await writer.write("[name=phone]", phone)
    await writer.press(".bar [value=submit]")
    await page.wait_for_url(re.compile("done=submitted"))
    reviewing = await day.come(visit, "reviewer", **options)
    page, reviewer = reviewing.page, hand(reviewing.page)
    await page.goto(day.at("/"))
    await reviewer.press("section .rows a >> nth=0")
    await page.wait_for_url(re.compile("/drafts/"))
    assert phone in await page.inner_text("ins")
    await reviewer.press("[value=publish]")
    await page.wait_for_url(re.compile("done=published_now"))
    await reviewer.press(".ways a[href$=history]")
    await page.wait_for_url(re.compile("/history"))
    assert phone in await page.inner_text(".past li:first-child details[open] ins >> nth=0")
    editing = await day.come(visit, "editor", **options)
    page, editor = editing.page, hand(editing.page)
    await page.goto(day.at(f"/organisation/{day.organisation}/history"))
    await editor.press(".past [value=revert] >> nth=0")
    await page.wait_for_url(re.compile("done=reverted"))
    assert phone in await page.inner_text("del")
    await editor.press("[value=publish]")
    await page.wait_for_url(re.compile("done=published_now"))
    after = re.search(r"\+371\d{8}", await page.inner_text("main"))
    assert (after and after[0]) == (before and before[0])


@pytest.mark.parametrize(("size", "scheme", "locale"), LOOKS)
async def test_nothing_bars_the_way(
    visit: Open, day: Day, size: Any, scheme: Any, locale: str, request: pytest.FixtureRequest
) -> None:
    about = request.node.callspec.id
    options: Any = {"viewport": size, "color_scheme": scheme, "locale": locale}
    theirs = await day.come(visit, "representative", **options)
    seen = await day.come(visit, "editor", **options)
    own, page = theirs.page, seen.page

    async def look(at: Visit, name: str, path: str = "") -> None:
        if path:
            await at.page.goto(day.at(path))
        await at.page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
        await looked_at(at, f"{about}-{name}")

    await look(theirs, "own-home", "/")
    await look(theirs, "own-link", f"/cooperation_link/{day.link}")
    await own.goto(day.at(f"/organisation/{day.organisation}/edit"))
    await own.fill("[name='description.lv']", f"Palīdzam ģimenēm ({about}).")
    await own.click(".bar [value=submit]")
    draft = own.url.rpartition("/")[2].partition("?")[0]
    await look(seen, "home", "/")
    await page.goto(day.at(f"/drafts/{draft}"))
    await page.click("summary >> nth=-1")
    await page.click("[value=send_back]")
    await look(seen, "review")
    later = datetime.now(UTC) + timedelta(days=3)
    await page.fill("#due_at", later.strftime("%Y-%m-%dT10:00"))
    await page.click("[value=schedule]")
    await look(seen, "scheduled", "/scheduled")
    await page.click("[value=recall]")
    await page.click("[value=publish]")
    await look(seen, "history", f"/organisation/{day.organisation}/history")
    await look(seen, "work", "/work/stale")
    await page.goto(day.at("/service"))
    href = await page.get_attribute("tbody th a", "href")
    assert href is not None
    await page.goto(f"{day.url}{href}")
    await look(seen, "service")
    await look(seen, "withdraw", href.removeprefix("/admin") + "/withdraw")
    if await page.locator("[name=along]").count():
        await page.check("[name=along]")
    await page.click("[value=now]")
    await look(seen, "trash", "/trash")
    await page.click("[name=record]")
    await page.goto(day.at(f"/organisation/{day.organisation}/merge"))
    await page.click(".rows a >> nth=0")
    await look(seen, "merge")
