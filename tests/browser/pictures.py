"""Take the pictures that stand in the README: of the directory as it ships, with nobody's name on them.

python -m tests.browser.pictures [folder]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from service.database import Database
from service.models.account import Role
from tests.browser.working import Worker, at_work
from tests.conformance.tools import browser
from tests.serving import Served, another_process

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 150_000
"""Bytes that a picture may have."""

SIZE: Any = {"width": 1200, "height": 750}
WHO = "Latvijas SOS Bērnu ciematu asociācija"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(_taken(Path(home), folder))
    for picture in folder.glob("*.png"):
        assert picture.stat().st_size < LARGEST, picture.name


async def _taken(home: Path, folder: Path) -> None:
    url = f"sqlite:///{home}/kopa.db"
    async with (
        another_process(url, home, "--prepare") as served,
        Database(url, models=()) as database,
        async_playwright() as playwright,
    ):
        launched = await playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        await _public(launched, served, folder)
        await _pictures(launched, served, database, folder)
        await launched.close()


PUBLIC = {
    "doors": "",
    "results": "meklet?q=dienas+centrs&region=valmieras-novads",
    "place": "vietas/valmieras-novads",
}
"""The public pages by the name of their picture."""


async def _public(launched: Browser, served: Served, folder: Path) -> None:
    context = await launched.new_context(viewport=SIZE, locale="lv-LV")
    page = await context.new_page()
    for name, path in PUBLIC.items():
        await page.goto(f"{str(served.client.base_url).rstrip('/')}/{path}")
        await _take(page, folder / f"{name}.png")


async def _pictures(launched: Browser, served: Served, database: Database, folder: Path) -> None:
    editor = await at_work(served, database, Role.EDITOR, "Redaktore")
    other = await at_work(served, database, Role.EDITOR, "Kolēģe")
    mine, theirs = await _page(launched, editor), await _page(launched, other)
    record = await _record(mine, editor)
    await mine.goto(f"{record}/edit")
    await mine.fill("[name='description.lv']", "Ģimenes modeļa aprūpe un atbalsts audžuģimenēm.")
    await _take(mine, folder / "form.png", "#group-contact")
    await mine.click(".bar [value=save]")
    await mine.wait_for_load_state()
    await _publish(theirs, record, "Palīdzam bērniem, kas aug ārpus savas ģimenes.")
    await mine.click(".bar [value=publish]")
    await mine.wait_for_selector(".clash")
    await _take(mine, folder / "conflict.png", ".clash")
    await mine.goto(editor.at(""))
    await _take(mine, folder / "home.png")
    await mine.goto(f"{record}#cooperation")
    await _take(mine, folder / "cooperation.png", "#cooperation")
    await _publish(theirs, record, "Palīdzam bērniem un jauniešiem, kas aug ārpus savas ģimenes.")
    dark = await _page(launched, editor, color_scheme="dark")
    await dark.goto(f"{record}/history")
    await _take(dark, folder / "history.png")


async def _page(launched: Browser, worker: Worker, **options: Any) -> Page:
    context = await launched.new_context(viewport=SIZE, locale="lv-LV", **options)
    cookie: Any = {"name": "kopa_session", "value": worker.cookie, "url": worker.url}
    await context.add_cookies([cookie])
    return await context.new_page()


async def _record(page: Page, worker: Worker) -> str:
    await page.goto(worker.at(f"find?find={WHO}"))
    href = await page.get_attribute("main .rows a", "href")
    return f"{worker.url}{href}"


async def _publish(page: Page, record: str, text: str) -> None:
    await page.goto(f"{record}/edit")
    await page.fill("[name='description.lv']", text)
    await page.click(".bar [value=publish]")
    await page.wait_for_url("**/*done=published_now")


async def _take(page: Page, path: Path, top: str = "") -> None:
    """A picture of the screen, with something near its top."""
    if top:
        await page.evaluate(
            "top => scrollTo(0, document.querySelector(top).getBoundingClientRect().top + scrollY - 60)", top
        )
    await page.screenshot(path=path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
