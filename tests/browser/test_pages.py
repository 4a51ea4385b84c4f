"""The public pages in a browser: nothing is in the way of anybody, by day and by night, on a phone and on a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from service.app import create_app
from tests.browser.conftest import Open, Visit
from tests.catalogue.loading import settings
from tests.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = {
    "home": "/",
    "results": "/meklet?q=krizes+centrs",
    "nothing": "/meklet?region=valmieras-novads&category=shelter",
    "organisation": "/organizacijas/sos-bernu-ciemati",
    "service": "/en/services/sos-gimenu-atbalsta-centri",
    "region": "/vietas/valmieras-novads",
    "project": "/projekti/sos-capacity",
    "event": "/pasakumi/seminar-2013",
    "source": "/avoti/provider-register",
    "missing": "/organizacijas/nekad",
}
SMALL = {"width": 375, "height": 740}
WIDE = {"width": 1280, "height": 900}


@pytest.mark.parametrize("name", PAGES)
async def test_nothing_is_in_the_way(visit: Open, served: Served, name: str) -> None:
    seen = await visit(at=f"{served.client.base_url}{PAGES[name].lstrip('/')}", viewport=WIDE)
    await by_day_and_by_night(seen, name)
    assert len(seen.hosts) == 1


async def test_nothing_is_in_the_way_of_what_is_known_of_a_link(visit: Open, served: Served) -> None:
    seen = await visit(at=f"{served.client.base_url}{PAGES['organisation'].lstrip('/')}", viewport=WIDE)
    await seen.page.locator("a[href*='/sadarbiba/']").first.click()
    await by_day_and_by_night(seen, "cooperation")
    await seen.page.get_by_role("link", name="Ziņu vēsture").click()
    await by_day_and_by_night(seen, "history")


async def test_nothing_is_in_the_way_while_the_directory_loads(visit: Open, served: Served, tmp_path: Path) -> None:
    app = create_app(settings(database_url=f"sqlite:///{tmp_path / 'kopa.db'}"))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1") as client:
        answer = await client.get("/")
    assert answer.status_code == 503
    seen = await visit(at=f"{served.client.base_url}robots.txt", viewport=WIDE)
    address = f"{served.client.base_url}loading"
    await seen.page.route(address, lambda route: route.fulfill(content_type="text/html", body=answer.text))
    await seen.page.goto(address)
    await by_day_and_by_night(seen, "loading")


async def by_day_and_by_night(seen: Visit, name: str) -> None:
    """The page on a desk in the light and on a phone in the dark, looked at by axe."""
    for scheme, viewport in (("light", WIDE), ("dark", SMALL)):
        await seen.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await seen.page.set_viewport_size(viewport)  # type: ignore[arg-type]
        await seen.photograph(f"page-{name}-{scheme}")
        assert await seen.barriers() == []
        wide = await seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
    assert await seen.refused() == []


async def test_the_seeds_question_takes_two_clicks_without_javascript(visit: Open, served: Served) -> None:
    seen = await visit(at=str(served.client.base_url), java_script_enabled=False)
    await seen.page.get_by_role("link", name="Valmieras novads").last.click()
    told = await seen.page.inner_text("main")
    assert "Latvijas SOS Bērnu ciematu asociācija" in told
    assert "pēdējās ziņas no 2013. gada" in told
    await seen.page.get_by_role("link", name="Sadarbība (veids nav norādīts)").click()
    assert "pati to publiski teikusi" in await seen.page.inner_text("main")


async def test_one_searches_with_the_keyboard_alone(visit: Open, served: Served, phone: dict[str, Any]) -> None:
    seen = await visit(at=str(served.client.base_url), **phone)
    keys = seen.page.keyboard
    await seen.page.focus("#q")
    await keys.type("valmieras soc")
    await seen.page.wait_for_selector(".suggestions a")
    assert await seen.barriers() == []
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await seen.page.wait_for_url("**/organizacijas/**")
    await seen.page.go_back()
    await seen.page.fill("#q", "")
    await seen.page.focus("#q")
    await keys.type("krizes centrs")
    await seen.page.wait_for_selector(".suggestions a")
    await keys.press("Escape")
    await keys.press("Enter")
    await seen.page.wait_for_url("**/meklet?**")
    assert "Krīzes centrs" in await seen.page.inner_text("main")
