"""Help at once and reports in a browser: nothing bars anybody's way, and one is gone from the page at once."""

from __future__ import annotations

from typing import Any

import pytest

from service.pages.safety import FILE
from service.starter.files import words
from tests.browser.conftest import Open, Visit
from tests.browser.test_admin_day import LOOKS, looked_at
from tests.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEUTRAL = words(FILE)["leave"]
PATHS = {
    "lv": ["/meklet?situation=violence-at-home", "/privatums", "/pieklustamiba"],
    "en": ["/en/search?situation=violence-at-home", "/en/privacy", "/en/accessibility"],
}


@pytest.fixture(scope="module")
def site(served: Served) -> str:
    return str(served.client.base_url).rstrip("/")


async def without_the_world(seen: Visit) -> None:
    """What is elsewhere answers here: a test visits nobody."""
    for address in NEUTRAL.values():
        await seen.page.route(f"{address}**", lambda route: route.fulfill(body="<title>elsewhere</title>"))


@pytest.mark.parametrize(("viewport", "scheme", "locale"), LOOKS)
async def test_nothing_is_in_anybody_s_way(visit: Open, site: str, viewport: Any, scheme: Any, locale: str) -> None:
    language = locale[:2]
    seen = await visit(at=f"{site}{PATHS[language][0]}", viewport=viewport, color_scheme=scheme)
    for path in PATHS[language]:
        await seen.page.goto(f"{site}{path}")
        await looked_at(seen, f"{path[1:8].replace('/', '-')}-{locale}")
    await seen.page.goto(f"{site}{PATHS[language][0]}")
    await seen.page.click(".list h2 a >> nth=0")
    await looked_at(seen, f"crisis-service-{locale}")
    await seen.page.click(".mistake a")
    await looked_at(seen, f"report-{locale}")
    await seen.page.click("main form button")
    await seen.page.wait_for_selector("[role=alert]")
    await looked_at(seen, f"report-refused-{locale}")
    await seen.page.check("input[value=gone]")
    await seen.page.click("main form button")
    await seen.page.wait_for_selector("main form", state="detached")
    await looked_at(seen, f"report-thanks-{locale}")
    assert {site.split("//")[1]} == seen.hosts
    assert await seen.page.context.cookies() == []


async def test_leaving_replaces_the_page(visit: Open, site: str, desk: dict[str, Any]) -> None:
    for act in ("click", "keys", "escape"):
        seen = await visit(at=f"{site}/meklet", **desk)
        await without_the_world(seen)
        await seen.page.goto(f"{site}{PATHS['lv'][0]}")
        if act == "click":
            await seen.page.click("a[data-leave]")
        elif act == "keys":
            for key in ("Tab", "Tab", "Enter"):
                await seen.page.keyboard.press(key)
        else:
            await seen.page.keyboard.press("Escape")
            await seen.page.keyboard.press("Escape")
        await seen.page.wait_for_url(NEUTRAL["lv"])
        await seen.page.go_back()
        assert seen.page.url == f"{site}/meklet", act


async def test_one_escape_is_nothing(visit: Open, site: str, desk: dict[str, Any]) -> None:
    seen = await visit(at=f"{site}{PATHS['lv'][0]}", **desk)
    await seen.page.keyboard.press("Escape")
    await seen.page.wait_for_timeout(1_100)
    await seen.page.keyboard.press("Escape")
    await seen.page.wait_for_timeout(200)
    assert seen.page.url == f"{site}{PATHS['lv'][0]}"


async def test_without_scripts_it_is_a_link_that_stays_in_sight(visit: Open, site: str, phone: dict[str, Any]) -> None:
    seen = await visit(at=f"{site}{PATHS['en'][0]}", java_script_enabled=False, **phone)
    await without_the_world(seen)
    await seen.page.locator(".foot a").last.scroll_into_view_if_needed()
    box = await seen.page.locator("a[data-leave]").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 60
    assert box["height"] >= 24
    assert not await seen.page.locator(".leave span").is_visible()
    await seen.page.click("a[data-leave]")
    await seen.page.wait_for_url(NEUTRAL["en"])
