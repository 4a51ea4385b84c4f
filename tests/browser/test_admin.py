"""The panel as an editor sees it in a browser: nothing bars anybody's way, at any width, by day and by night.

`SCREENSHOTS=folder make conformance` keeps a picture of every page.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Dialog, Page

from service.accounts import people, sessions
from service.accounts.sessions import Door
from service.database import Database
from service.models.account import Role
from service.models.rows import moment
from tests.browser.conftest import Open, Visit
from tests.catalogue.loading import settings
from tests.serving import another_process

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_TABS = 80
"""So often one presses a key at most to get from one field to another."""

SAYS = "said => document.querySelector('#kept').innerText.includes(said)"

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1440, "height": 900}


@dataclass
class Office:
    """Where the panel is served, and the cookies of those who work with it."""

    url: str
    cookies: dict[str, str]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The directory as it ships, with an editor and somebody who edits the same."""
    folder: Path = tmp_path_factory.mktemp("panel")
    url = f"sqlite:///{folder}/kopa.db"
    async with another_process(url, folder, "--prepare") as served, Database(url, models=()) as database:
        cookies = {name: await _signed_in(database, name) for name in ("Ilze", "Andris")}
        yield Office(str(served.client.base_url).rstrip("/"), cookies)


async def _signed_in(database: Database, name: str) -> str:
    now = datetime.now(UTC)
    async with database.transaction() as transaction:
        email = f"{name.lower()}@example.org"
        account = await people.add(transaction, Role.EDITOR, now, email=email, name=name)
        sql = "UPDATE account SET joined_at = ?, totp_secret = ? WHERE id = ?"
        await transaction.execute(sql, moment(now, transaction.dialect), "JBSWY3DPEHPK3PXP", account)
        return await sessions.begin(transaction, account, Door(), now, settings(), proved=True)


async def at_work(visit: Open, office: Office, who: str = "Ilze", **options: Any) -> Visit:
    """A browser in which somebody is signed in."""
    seen = await visit(at=f"{office.url}/healthz", **options)
    cookie: Any = {"name": "kopa_session", "value": office.cookies[who], "url": office.url}
    await seen.page.context.add_cookies([cookie])
    return seen


async def looked_at(seen: Visit, name: str) -> None:
    """Nothing bars anybody's way, nothing is wider than the screen, nothing comes from elsewhere or is refused."""
    await seen.photograph(name)
    assert await seen.barriers() == [], name
    assert await seen.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), name
    assert len(seen.hosts) == 1
    assert await seen.refused() == [], name


async def first_of(page: Page, url: str, noun: str, text: str = "") -> str:
    """The address of the first record of a list."""
    await page.goto(f"{url}/admin/{noun}?q={text}")
    href = await page.get_attribute("tbody th a", "href")
    assert href is not None
    return f"{url}{href}"


LOOKS = [
    pytest.param(WIDE, "light", "lv", id="wide-light-lv"),
    pytest.param(WIDE, "dark", "en", id="wide-dark-en"),
    pytest.param(NARROW, "dark", "lv", id="narrow-dark-lv"),
    pytest.param(NARROW, "light", "en", id="narrow-light-en"),
]


@pytest.mark.parametrize(("size", "scheme", "language"), LOOKS)
async def test_an_editor_looks_and_writes(
    visit: Open, office: Office, size: Any, scheme: Any, language: str, request: pytest.FixtureRequest
) -> None:
    locale = {"lv": "lv-LV", "en": "en-GB"}[language]
    seen = await at_work(visit, office, viewport=size, color_scheme=scheme, locale=locale)
    page, admin = seen.page, f"{office.url}/admin"
    about = request.node.callspec.id

    async def look(name: str, path: str = "") -> None:
        if path:
            await page.goto(f"{admin}{path}")
        await looked_at(seen, f"admin-{about}-{name}")

    await look("home", "/")
    for noun in ("organisation", "cooperation_link", "source"):
        await look(f"list-{noun}", f"/{noun}")
    await look("list-found", "/service?q=krīzes")
    await look("list-nothing", "/organisation?q=qqqq")
    for noun in ("organisation", "service", "cooperation_link", "location"):
        await look(f"new-{noun}", f"/{noun}/new")
    await page.goto(await first_of(page, office.url, "organisation", "centrs"))
    await look("record")
    await page.goto(f"{page.url}/edit")
    await look("edit")
    await page.fill("[name=email]", "nav adrese")
    await page.click(".bar [value=save]")
    await look("errors")
    await look("missing", "/organisation/nothing")


async def test_one_writes_a_draft_with_a_new_source(visit: Open, office: Office) -> None:
    seen = await at_work(visit, office, viewport=WIDE, locale="lv-LV")
    page = seen.page
    await page.goto(f"{office.url}/admin/organisation/new")
    await page.fill("[name='name.lv']", "Dardedze")
    await page.wait_for_selector(".similar .notice")
    await page.fill("[name='regions.find']", "valmier")
    await page.click("#regions .found label >> nth=0")
    await page.click("[value='new:evidence.0.source']")
    await page.fill("[name='evidence.0.source.new.title']", "Gada pārskats")
    await seen.photograph("admin-writing")
    assert await seen.barriers() == []
    await page.keyboard.press("Control+s")
    await page.wait_for_url(re.compile("/admin/drafts/.*saved"))
    assert await page.is_checked("#regions input >> nth=0")
    await looked_at(seen, "admin-kept")
    await page.click(".bar [value=publish]")
    await looked_at(seen, "admin-not-published")
    await page.goto(page.url.replace("/edit", "").partition("?")[0])
    await looked_at(seen, "admin-draft")
    await page.goto(f"{page.url}/preview")
    await looked_at(seen, "admin-preview")
    await page.goto(f"{office.url}/admin/drafts")
    await looked_at(seen, "admin-drafts")


async def test_words_narrow_the_list_as_they_are_typed(visit: Open, office: Office) -> None:
    seen = await at_work(visit, office, viewport=WIDE, locale="lv-LV")
    page = seen.page
    await page.goto(f"{office.url}/admin/organisation")
    before = await page.inner_text("#count")
    await page.keyboard.press("/")
    await page.keyboard.type("centrs")
    await page.wait_for_url(re.compile("q=c"))
    await page.wait_for_function("before => document.querySelector('#count').innerText !== before", arg=before)
    assert await page.evaluate("document.activeElement.id") == "q"
    await page.click("#facet-sector summary")
    assert await page.is_visible("[name='sector'][value='ngo']")
    await page.check("[name='sector'][value='municipal']")
    await page.wait_for_url(re.compile("sector=municipal"))
    await page.wait_for_function("document.activeElement.value === 'municipal'")
    await page.wait_for_selector(".used")
    assert await page.evaluate("document.activeElement.value") == "municipal"
    assert await page.is_visible("[name='sector'][value='ngo']")
    assert await seen.refused() == []
    await seen.photograph("admin-facet")
    assert await seen.barriers() == []
    async with page.expect_event("load"):
        await page.go_back()
    assert "sector" not in page.url
    await page.click("h1")
    await page.keyboard.press("?")
    assert await page.is_visible("#keys")
    await looked_at(seen, "admin-keys")


@pytest.mark.parametrize(("scheme", "locale", "found"), [("light", "lv-LV", "fonds"), ("dark", "en-GB", "apvienība")])
async def test_two_change_the_same(visit: Open, office: Office, scheme: Any, locale: str, found: str) -> None:
    mine = await at_work(visit, office, viewport=WIDE, locale=locale, color_scheme=scheme)
    page = mine.page
    record = await first_of(page, office.url, "organisation", found)
    await page.goto(f"{record}/edit")
    await page.fill("[name='description.lv']", "Mēs palīdzam bērniem.")
    await page.click(".bar [value=save]")
    await page.wait_for_url(re.compile("/admin/drafts/"))
    theirs = await at_work(visit, office, "Andris", viewport=WIDE, locale="lv-LV")
    await theirs.page.goto(f"{record}/edit")
    await theirs.page.fill("[name='description.lv']", "Palīdzam ģimenēm ar bērniem.")
    await theirs.page.click(".bar [value=publish]")
    await theirs.page.wait_for_url(re.compile("published_now"))
    await page.click(".bar [value=publish]")
    await page.wait_for_selector(".clash")
    await looked_at(mine, f"admin-conflict-{scheme}")
    await page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    await looked_at(mine, f"admin-conflict-{scheme}-narrow")
    assert await page.input_value("[name='description.lv']") == "Mēs palīdzam bērniem."
    draft = page.url.partition("/edit")[0]
    for name in ("", "/preview"):
        await page.goto(f"{draft}{name}")
        await looked_at(mine, f"admin-draft{name.replace('/', '-')}-{scheme}")


@pytest.mark.parametrize("path", ["/organisation", "/organisation/new"])
async def test_everything_is_there_without_scripts(visit: Open, office: Office, path: str) -> None:
    seen = await at_work(visit, office, viewport=WIDE, locale="lv-LV", java_script_enabled=False)
    page = seen.page
    await page.goto(f"{office.url}/admin{path}")
    if path.endswith("new"):
        await page.fill("[name='name.lv']", "Bez skriptiem")
        await page.fill("[name='regions.find']", "valmiera")
        await page.click("[value='find:regions']")
        await page.check("#regions .found input >> nth=0")
        await page.click(".bar [value=save]")
        assert "/drafts/" in page.url
    else:
        await page.fill("#q", "bāriņtiesa")
        await page.click(".search button")
        assert "q=" in page.url
        assert await page.locator("tbody tr").count() > 0


async def test_what_is_typed_is_kept_and_two_windows_lose_no_word(visit: Open, office: Office) -> None:
    seen = await at_work(visit, office, viewport=WIDE, locale="lv-LV")
    mine, theirs = seen.page, await seen.page.context.new_page()
    record = await first_of(mine, office.url, "organisation", "biedrība")
    await mine.goto(f"{record}/edit")
    await theirs.goto(f"{record}/edit")
    await mine.fill("[name=email]", "birojs@example.org")
    await theirs.fill("[name='description.lv']", "Otra loga vārdi.")
    await mine.wait_for_function(SAYS, arg="Melnraksts saglabāts")
    await mine.wait_for_url(re.compile("/admin/drafts/.*/edit"))
    await theirs.wait_for_function(SAYS, arg="citā logā")
    await theirs.keyboard.press("Control+s")
    await theirs.wait_for_url(re.compile("/admin/drafts/.*saved"))
    assert await theirs.input_value("[name=email]") == "birojs@example.org"
    await mine.fill("[name='description.lv']", "Pirmā loga vārdi.")
    await mine.wait_for_function(SAYS, arg="citā logā")
    await mine.keyboard.press("Control+s")
    await mine.wait_for_selector(".clash")
    assert await mine.input_value("[name='description.lv']") == "Pirmā loga vārdi."
    assert "Otra loga vārdi." in await mine.inner_text(".clash")
    await looked_at(seen, "admin-two-windows")


async def test_nobody_leaves_unsaved_words_unasked(visit: Open, office: Office) -> None:
    seen = await at_work(visit, office, viewport=WIDE, locale="lv-LV")
    page, asked = seen.page, list[str]()

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    page.on("dialog", stay)
    await page.goto(f"{office.url}/admin/organisation/new")
    await page.locator("[name='name.lv']").press_sequentially("Vārdi")
    await page.click(".brand", no_wait_after=True)
    await page.wait_for_function(SAYS, arg="Melnraksts saglabāts")
    assert asked == ["beforeunload"]
    await page.click(".brand")
    await page.wait_for_url(f"{office.url}/admin/")
    assert asked == ["beforeunload"]


async def test_a_profile_is_written_by_keyboard_alone(visit: Open, office: Office) -> None:
    seen = await at_work(visit, office, viewport=WIDE, locale="lv-LV")
    page, keys = seen.page, seen.page.keyboard

    async def to(selector: str) -> None:
        for _ in range(MOST_TABS):
            await keys.press("Tab")
            if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Nobody comes to {selector} by Tab.")

    async def write(name: str, text: str) -> None:
        await to(f"[name='{name}']")
        await keys.type(text)

    async def choose(name: str, text: str) -> None:
        await write(f"{name}.find", text)
        await page.wait_for_selector(f"[id='{name}'] .found input")
        await keys.press("ArrowDown")
        await keys.press("Space")
        assert await page.is_checked(f"[id='{name}'] .chosen [name='{name}']:checked")

    await page.goto(f"{office.url}/admin/organisation/new")
    await write("name.lv", "Biedrība “Bez peles”")
    await write("legal_form", "bied")
    await write("sector", "nevalst")
    await to("[value='new:seat']")
    await keys.press("Enter")
    await page.wait_for_function("() => document.activeElement.name === 'seat.new.location_type'")
    await choose("seat.new.region", "valmieras")
    await choose("regions", "valmieras")
    await to("#fields input[type=checkbox]")
    await keys.press("Space")
    await write("description.lv", "Palīdz ģimenēm ar bērniem.")
    await write("email", "info@example.org")
    await choose("evidence.0.source", "reģistrs")
    await write("evidence.0.basis", "j")
    await write("evidence.0.says.lv", "Tā teikts reģistrā.")
    await page.wait_for_function(SAYS, arg="Melnraksts saglabāts")
    await looked_at(seen, "admin-by-keyboard")
    await to(".bar [value=publish]")
    await keys.press("Enter")
    await page.wait_for_url(re.compile("published_now"))
    await looked_at(seen, "admin-published")
