"""Every page of the panel at 400 % of a screen that is 1280 pixels wide: 320 by 256 pixels are left.

Nothing is wider than the screen but what scrolls by itself, no word is cut, and no bar lies over what has the focus.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page
from starlette.routing import Route

from admin.sections import SECTIONS
from admin.site import routes
from service.api.viewer.work import WorkKind
from service.database import Database
from service.editing.drafts import Draft
from service.editing.revisions import new_id, propose
from service.models.account import Role
from tests.browser.conftest import Open
from tests.browser.working import Worker, at_work, database_of
from tests.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

ZOOMED = {"width": 320, "height": 256}
FILES = {"/static/{file}", "/{noun}/export.{kind}"}
"""Routes that give no page; neither do those that only take a form."""

FULLY = ("organisation", "cooperation_link")
"""Nouns of which every page is looked at; of the others the list and the form."""

WIDE = """() => {
  for (const each of document.querySelectorAll("main details, .menu")) each.open = true;
  const width = document.documentElement.clientWidth, scrolls = (each) => {
    for (; each && each !== document.body; each = each.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(each).overflowX)) return true;
    return false;
  };
  const told = [];
  const seen = (each) => each.checkVisibility() && !each.closest(".unseen, .skip, thead");
  for (const each of document.body.querySelectorAll("*")) {
    const box = each.getBoundingClientRect();
    if (box.right > width + 1 && box.width > 1 && seen(each) && !scrolls(each)) told.push(`${each.tagName} too wide`);
  }
  for (const each of document.querySelectorAll("button, .button, .tag, summary, a, label, legend, th, td"))
    if (seen(each) && each.scrollWidth > each.clientWidth + 1 && each.clientWidth && !scrolls(each))
      told.push(`${each.tagName} “${each.textContent.trim().slice(0, 30)}” is cut`);
  if (document.scrollingElement.scrollWidth > width) told.push("the page scrolls sideways");
  const stuck = [...document.querySelectorAll("body *")].filter((each) =>
    ["sticky", "fixed"].includes(getComputedStyle(each).position) && each.checkVisibility());
  const high = stuck.reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
  if (high > innerHeight / 3) told.push(`${high} pixels are taken by what stays in place`);
  return [...new Set(told)].slice(0, 5);
}"""

HIDDEN = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  if (at === document.body) return "";
  const places = [[.5, .5], [.1, .2], [.9, .8], [.1, .8], [.9, .2]];
  const seen = places.some(([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && (at === top || at.contains(top) || top.contains(at) || top.closest("label")?.contains(at));
  });
  return seen ? "" : `${at.tagName} ${at.name ?? at.textContent}`;
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def worker(served: Served) -> AsyncIterator[Worker]:
    async with Database(database_of(served), models=()) as database:
        yield await at_work(served, database, Role.ADMINISTRATOR, "Zoomed")


async def drafted(worker: Worker) -> dict[str, str]:
    """Something of everything that an address can name."""
    database = worker.database
    named = "Biedrība ar ļoti garu nosaukumu, kurā ir arī nepārtraukts vārds " + "neizrunājams" * 6
    [source] = await database.fetch("SELECT id FROM source LIMIT 1")
    evidence = [{"source": str(source["id"]), "basis": "stated", "says": {"lv": "Tā ir."}}]
    content = {"name": {"lv": named}, "sector": "ngo", "evidence": evidence}
    saved = await propose(database, [Draft("organisation", new_id(), content)], author=worker.account)
    return {"revision": saved.revisions[0], "batch": saved.batch, "account": worker.account, "kind": ""}


async def records(database: Database) -> dict[str, str]:
    """A record of each noun; of organisations the one that cooperates most."""
    found = {}
    for noun in SECTIONS:
        rows = await database.fetch(f'SELECT id FROM "{noun}" ORDER BY id LIMIT 1')
        if rows:
            found[noun] = str(rows[0]["id"])
    sql = "SELECT side_b_id AS id FROM cooperation_link GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1"
    found["organisation"] = str((await database.fetch(sql))[0]["id"])
    return found


def addresses(known: dict[str, str], there: dict[str, str]) -> Iterator[str]:
    """An address of every route that gives a page."""
    pages = [each for each in routes() if each.path not in FILES and "GET" in (each.methods or ())]
    for route in pages:
        yield from _addresses(route, known, there)


def _addresses(route: Route, known: dict[str, str], there: dict[str, str]) -> Iterator[str]:
    names = set(route.param_convertors)
    if route.path == "/work/{kind}":
        yield from (f"work/{kind.value}" for kind in WorkKind)
    elif "noun" not in names:
        if names <= known.keys():
            yield route.path.format(**known).lstrip("/")
    else:
        brief = route.path in ("/{noun}", "/{noun}/{record}/edit")
        for noun, record in there.items():
            if noun in FULLY or brief:
                yield route.path.format(noun=noun, record=record).lstrip("/")


async def imported(page: Page, worker: Worker) -> str:
    """A sheet whose rows were looked at."""
    await page.goto(worker.at("organisation/import"))
    rows = "Nosaukums;Tālrunis;Sektors\r\nJauna biedrība;67000001;nevalstiskais\r\nOtra;67;nav tāda\r\n"
    file: Any = {"name": "tabula.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    await page.set_input_files("[type=file]", file)
    await page.click("main form button")
    await page.wait_for_url(re.compile("/imports/"))
    address = page.url.rpartition("/admin/")[2].partition("?")[0]
    assert await page.evaluate(WIDE) == [], "matching"
    await page.click("[value=match]")
    return address


async def test_every_page_fits(visit: Open, worker: Worker) -> None:
    seen = await worker.come(visit, viewport=ZOOMED, locale="lv-LV")
    page = seen.page
    there, known = await records(worker.database), await drafted(worker)
    known["sheet"] = await imported(page, worker)
    known["sheet"] = known["sheet"].removeprefix("imports/")
    wrong = {}
    walked = [*addresses(known, there), f"find?find={'n' * 60}", "organisation?q=qqqq", "nothing/of/the/kind"]
    for path in walked:
        await page.goto(worker.at(path))
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if told := await page.evaluate(WIDE):
                wrong[path] = told
    assert len(walked) > 60
    assert wrong == {}


@pytest.mark.parametrize("size", [ZOOMED, {"width": 700, "height": 520}], ids=["400", "180"])
async def test_no_bar_lies_over_what_has_the_focus(visit: Open, worker: Worker, size: Any) -> None:
    seen = await worker.come(visit, viewport=size, locale="lv-LV")
    organisation = (await records(worker.database))["organisation"]
    for path in (f"organisation/{organisation}/edit", "organisation"):
        await seen.page.goto(worker.at(path))
        for key in ("Tab", "Shift+Tab"):
            for _ in range(45):
                await seen.page.keyboard.press(key)
                assert await seen.page.evaluate(HIDDEN) == "", (path, key)
