"""A stranger given only the panel: corrects a phone number, and finds out who delegated what to an organisation.

What one does is counted: each click, each text typed with the key that sends it.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from service.database import Database
from service.editing.revisions import publish
from service.models.account import Role
from tests.browser.conftest import Open
from tests.browser.working import Worker, at_work, database_of
from tests.factories import make_agreement, make_link
from tests.serving import Served, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_FOR_A_NUMBER, MOST_FOR_A_DELEGATION = 8, 4
WHO = "Latvijas SOS Bērnu ciematu asociācija"
BY = "Valkas novada Sociālais dienests"

SCREENS = [
    pytest.param({"viewport": {"width": 1280, "height": 850}, "locale": "lv-LV"}, id="wide"),
    pytest.param({"viewport": {"width": 390, "height": 780}, "locale": "lv-LV"}, id="phone"),
    pytest.param({"viewport": {"width": 1280, "height": 850}, "java_script_enabled": False}, id="without-scripts"),
]


class Stranger:
    """Somebody who sees the panel for the first time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    async def look_for(self, text: str) -> None:
        """Type into the field at the top of the page, and press Enter."""
        self.acts += 2
        await self.page.fill(".everywhere input", text)
        await self.page.press(".everywhere input", "Enter")

    async def click(self, name: str, role: Any = "link") -> None:
        self.acts += 1
        await self.page.locator("main").get_by_role(role, name=re.compile(f"^{name}")).first.click(timeout=5000)

    async def type(self, label: str, text: str) -> None:
        self.acts += 1
        await self.page.get_by_label(label, exact=True).fill(text)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def worker(served: Served) -> AsyncIterator[Worker]:
    """An editor, and a delegation that somebody entered before."""
    async with Database(database_of(served), models=()) as database:
        sql = "SELECT id, name FROM organisation"
        ids = {row["name"]: str(row["id"]) for row in await database.fetch(sql)}
        [one] = [id for name, id in ids.items() if f'"{BY}"' in name]
        [other] = [id for name, id in ids.items() if f'"{WHO}"' in name]
        title = {"lv": "Deleģēšanas līgums"}
        agreement = make_agreement("play", title=title, number="12-4/2025/7", signed_on="2025-01-15")
        about = {"valid_from": "2025-02-01", "valid_to": "2028-01-31", "description": {"lv": "Atbalsts ģimenēm."}}
        link = make_link("play", kind="delegation", side_a=one, side_b=other, agreement=agreement.id, **about)
        [source] = await database.fetch("SELECT id FROM source LIMIT 1")
        for draft in (agreement, link):
            draft.content["evidence"][0]["source"] = str(source["id"])
        await publish(database, [agreement, link], author="test")
        worker = await at_work(served, database, Role.EDITOR, "Stranger")

        async def shown() -> bool:
            answer = await served.client.get(f"/admin/cooperation_link/{link.id}", headers=_cookie(worker))
            return answer.status_code == 200

        await eventually(shown, 10)
        yield worker


def _cookie(worker: Worker) -> dict[str, str]:
    return {"cookie": f"kopa_session={worker.cookie}"}


@pytest.mark.parametrize("options", SCREENS)
async def test_a_phone_number_is_published_within_a_minute(visit: Open, worker: Worker, options: Any) -> None:
    number = f"670{len(str(options)):05d}"
    seen = await worker.come(visit, **options)
    stranger = Stranger(seen.page)
    await seen.page.goto(worker.at("?lang=lv"))
    await stranger.look_for("sos bērnu ciematu")
    await stranger.click(WHO)
    await seen.photograph("stranger-record")
    await stranger.click("Labot ?: Saziņa")
    await stranger.type("Tālrunis", number)
    await stranger.click("Publicēt", "button")
    await seen.page.wait_for_url(re.compile("done=published_now"))
    assert f"+371{number}" in await seen.page.inner_text("main")
    assert stranger.acts <= MOST_FOR_A_NUMBER
    assert await seen.barriers() == [] if options.get("java_script_enabled", True) else True


@pytest.mark.parametrize("options", SCREENS)
async def test_who_delegated_what_is_found_at_a_glance(visit: Open, worker: Worker, options: Any) -> None:
    seen = await worker.come(visit, **options)
    stranger = Stranger(seen.page)
    await seen.page.goto(worker.at("?lang=lv"))
    await stranger.look_for("sos bērnu ciematu")
    await stranger.click(WHO)
    await stranger.click(r"Sadarbība \(")
    table = seen.page.locator("table", has_text="Uzdevuma deleģēšana")
    told = " ".join((await table.inner_text()).split())
    for fact in (BY, "Atbalsts ģimenēm.", "01.02.2025.–31.01.2028.", "notiek", "Deleģēšanas līgums 12-4/2025/7"):
        assert fact in told, fact
    assert "šī organizācija: deleģētā uzdevuma veicējs" in told
    inside = "element => element.getBoundingClientRect().top < innerHeight"
    assert await table.evaluate(inside)
    assert stranger.acts <= MOST_FOR_A_DELEGATION
    await seen.photograph("stranger-delegation")
