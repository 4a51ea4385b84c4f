"""On a phone with a slow line the pages are there soon; five times the aim is too late on any machine."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.browser.painting import AIM, PAGES, paints
from tests.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("name", ["home", "organisation"])
async def test_a_page_is_there_soon(chromium: Browser, served: Served, name: str) -> None:
    assert min(await paints(chromium, str(served.client.base_url) + PAGES[name][1:])) < 5 * AIM
