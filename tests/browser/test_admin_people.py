"""The pages for administrators in a browser: nothing bars anybody's way, and somebody is invited by keyboard alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from service.database import Database
from service.models.account import Role
from tests.browser.conftest import Open
from tests.browser.test_admin_day import LOOKS, Day, looked_at, signed_in
from tests.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = ("people", "people/new", "audit", "webhooks", "settings")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def keeper(served: Served) -> AsyncIterator[Day]:
    """The directory as it ships, with somebody who keeps its accounts."""
    async with Database(f"sqlite:///{served.log.parent}/kopa.db", models=()) as database:
        cookies = {"administrator": await signed_in(database, Role.ADMINISTRATOR)}
    yield Day(str(served.client.base_url).rstrip("/"), cookies, "", "")


@pytest.mark.parametrize(("viewport", "scheme", "locale"), LOOKS)
async def test_nothing_is_in_anybody_s_way(visit: Open, keeper: Day, viewport: Any, scheme: Any, locale: str) -> None:
    options = {"viewport": viewport, "color_scheme": scheme, "locale": locale}
    seen = await keeper.come(visit, "administrator", **options)
    for path in PAGES:
        await seen.page.goto(keeper.at(f"/{path}"))
        await looked_at(seen, f"{path.replace('/', '-')}-{locale}")
    await seen.page.goto(keeper.at("/people"))
    await seen.follow("tbody th a >> nth=-1")
    await looked_at(seen, f"person-{locale}")


async def test_somebody_is_invited_by_keyboard_alone(visit: Open, keeper: Day, desk: dict[str, Any]) -> None:
    seen = await keeper.come(visit, "administrator", **desk)
    await seen.page.goto(keeper.at("/people/new"))
    await seen.page.focus("#email")
    await seen.page.keyboard.type("not an address")
    await seen.page.keyboard.press("Enter")
    await seen.page.wait_for_selector("#email[aria-invalid=true]")
    await looked_at(seen, "invite-refused")
    await seen.page.fill("#email", "new@example.org")
    await seen.page.focus("#role")
    await seen.page.keyboard.type("Redak")
    await seen.page.keyboard.press("Tab")
    await seen.page.focus("#email")
    await seen.page.keyboard.press("Enter")
    await seen.page.wait_for_selector(".secret")
    assert "/account/link/" in await seen.page.inner_text(".secret")
    await looked_at(seen, "invited")
