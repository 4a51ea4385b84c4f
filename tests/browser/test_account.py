"""The pages about accounts and the answers to letters, as people walk through them in a browser.

`SCREENSHOTS=folder make conformance` keeps a picture of every page.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import Page

from service.accounts import invitations, links, people
from service.database import Database
from service.migrations.runner import migrate
from service.models.account import LinkPurpose, Role
from service.models.cooperation import Side
from tests.browser.conftest import Open, Visit
from tests.editing.observing import put
from tests.factories import a_source, basics, ident, make_link
from tests.serving import another_process

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSWORD = "zaļa pļava aiz upes"
EMAIL = "parstave@example.org"
SITE = "http://site/"


@pytest_asyncio.fixture(loop_scope="session")
async def ways_in(tmp_path: Any) -> AsyncIterator[tuple[str, dict[str, str]]]:
    """Where the pages are served, and the way to each that a letter leads to."""
    url = f"sqlite:///{tmp_path}/kopa.db"
    async with Database(url, models=()) as database:
        await migrate(database)
        await put(database, *basics(), make_link(), a_source("more"))
        ways = await _letters(database)
    async with another_process(url, tmp_path) as served:
        yield str(served.client.base_url).rstrip("/"), ways


async def _letters(database: Database) -> dict[str, str]:
    now = datetime.now(UTC)
    async with database.transaction() as transaction:
        own = [ident("organisation")]
        account = await people.add(transaction, Role.REPRESENTATIVE, now, email=EMAIL, organisations=own)
        invitation = await invitations.hand_over(transaction, account, SITE, now, by=None)
        still_true = await links.make(transaction, LinkPurpose.STILL_TRUE, now, account=account)
        answer = await links.make(
            transaction, LinkPurpose.ANSWER, now, link=ident("cooperation_link"), side=Side.SIDE_B
        )
    return {
        "invitation": invitation.removeprefix(SITE.rstrip("/")),
        "still_true": f"/account/still-true/{still_true}",
        "answer": f"/answer/{answer}",
    }


async def looked_at(seen: Visit, name: str) -> None:
    """Nothing bars anybody's way, nothing is wider than the screen, nothing comes from elsewhere."""
    await seen.photograph(name)
    assert await seen.barriers() == [], name
    assert await seen.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), name
    assert len(seen.hosts) == 1
    assert await seen.refused() == [], name


async def sent(page: Page, **filled: str) -> None:
    for name, value in filled.items():
        await page.fill(f"[name={name}]", value)
    await page.click("main form button")


@pytest.mark.parametrize(("device", "scheme", "language"), [("desk", "dark", "en"), ("phone", "light", "lv")])
async def test_a_representative_comes_in_and_sees_to_the_account(
    visit: Open, ways_in: tuple[str, Any], request: pytest.FixtureRequest, device: str, scheme: str, language: str
) -> None:
    base, ways = ways_in
    options = request.getfixturevalue(device) | {"locale": {"lv": "lv-LV", "en": "en-GB"}[language]}
    seen = await visit(at=base + ways["invitation"], color_scheme=scheme, **options)
    page, about = seen.page, f"{device}-{scheme}-{language}"

    async def look(name: str) -> None:
        await looked_at(seen, f"{about}-{name}")

    await look("invitation")
    await sent(page, password="īsa", again="cita")
    await look("invitation-refused")
    await sent(page, password=PASSWORD, again=PASSWORD)
    await look("account")
    await page.goto(f"{base}/account/second-factor")
    await look("second-factor")
    code = pyotp.TOTP(await page.input_value("[name=secret]")).now()
    await sent(page, code=code)
    await look("recovery-codes")
    await page.goto(f"{base}/account/tokens")
    await look("new-token")
    await page.check("[value=read]")
    await sent(page, name="Mājaslapa")
    await look("token")
    await page.goto(f"{base}/account/password")
    await look("password")
    await page.goto(f"{base}/account/")
    await look("account-full")
    await page.click("[action='/account/sign-out'] button")
    await page.goto(f"{base}/account/sign-in")
    await look("sign-in")
    await sent(page, email=EMAIL, password="cita parole pavisam")
    await look("sign-in-refused")
    await sent(page, email=EMAIL, password=PASSWORD)
    await look("code")
    await page.goto(f"{base}/account/letter?for=reset")
    await look("letter")
    await sent(page, email=EMAIL)
    await look("letter-sent")
    await page.goto(base + ways["invitation"])
    await look("link-refused")


@pytest.mark.parametrize(("device", "scheme"), [("desk", "dark"), ("phone", "light"), ("phone", "dark")])
async def test_a_letter_is_answered_without_an_account(
    visit: Open, ways_in: tuple[str, Any], request: pytest.FixtureRequest, device: str, scheme: str
) -> None:
    base, ways = ways_in
    seen = await visit(at=base + ways["answer"], color_scheme=scheme, **request.getfixturevalue(device))
    await looked_at(seen, f"{device}-{scheme}-answer")
    await seen.follow("button[value=yes]")
    await looked_at(seen, f"{device}-{scheme}-answered")
    await seen.page.goto(base + ways["still_true"])
    await looked_at(seen, f"{device}-{scheme}-still-true")
    await sent(seen.page)
    await looked_at(seen, f"{device}-{scheme}-assured")
