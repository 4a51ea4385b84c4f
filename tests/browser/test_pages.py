"""The public pages in a browser: nothing is in the way of anybody, by day and by night, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Open
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
    "source": "/avoti/provider-register",
    "missing": "/organizacijas/nekad",
}
SMALL = {"width": 375, "height": 740}


@pytest.mark.parametrize("name", PAGES)
async def test_nothing_is_in_the_way(visit: Open, served: Served, name: str) -> None:
    seen = await visit(at=f"{served.client.base_url}{PAGES[name].lstrip('/')}", viewport={"width": 1280, "height": 900})
    for scheme, viewport in (("light", {"width": 1280, "height": 900}), ("dark", SMALL)):
        await seen.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await seen.page.set_viewport_size(viewport)  # type: ignore[arg-type]
        await seen.photograph(f"page-{name}-{scheme}")
        assert await seen.barriers() == []
        wide = await seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
    assert await seen.refused() == []
    assert len(seen.hosts) == 1


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
