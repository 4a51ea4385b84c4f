"""The public forms: no account, no cookie; what arrives waits for an editor, and an administrator lets people in."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from service.accounts import people
from service.database import Database
from service.joining import applications
from service.models.account import Role
from service.models.campaign import ApplicationState
from service.periodic import writers
from tests.admin.panel import SAME, Panel, opened, read
from tests.api.office import ORGANISATION
from tests.editing.observing import put
from tests.factories import everything

ADMIN = "administrator"
NAME, SENDER = "Pavisam jauna biedrība", "sutitaja@example.org"


@pytest.fixture(scope="module")
def directory(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("joining") / "kopa.db"))

    async def fill() -> None:
        async with Database(f"sqlite:///{path}", models=()) as database:
            await put(database, *everything())

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, fill()).result()
    return path


@pytest.fixture
async def panel(directory: Path, tmp_path: Path) -> AsyncIterator[Panel]:
    async with opened(f"sqlite:///{shutil.copy(directory, tmp_path / 'kopa.db')}") as found:
        found.office.app.state.runner.do_due = _nothing
        yield found


async def _nothing() -> list[str]:
    return []


async def send(panel: Panel, path: str, said: dict[str, Any], headers: Any = SAME) -> httpx2.Response:
    answer = await panel.office.client.post(path, data=said, headers=headers)
    assert "set-cookie" not in answer.headers
    return answer


def offered(page: str, name: str) -> str:
    """The first value that a select or a list of boxes offers."""
    part = page[page.index(f'id="{name}"') :]
    found = re.search(r'value="([0-9a-f-]{36})"', part)
    assert found, name
    return found[1]


async def profile(panel: Panel, **changes: str) -> dict[str, Any]:
    page = (await panel.office.client.get("/join")).text
    ids = {name: offered(page, name) for name in ("seat", "regions", "fields")}
    typed = {"name": NAME, "legal_form": "association", "sector": "ngo", "description": "Palīdzam ģimenēm."}
    return {**typed, **ids, "email": "birojs@example.org", "sender": SENDER, **changes}


async def test_an_organisation_is_handed_in_looked_at_published_and_its_sender_invited(panel: Panel) -> None:
    assert "Paldies" in (await send(panel, "/join", await profile(panel))).text
    home = await panel.open("")
    [path] = [link.removeprefix("/admin/") for link in home.links if "/applications/" in link]
    shown = await panel.open(path)
    assert SENDER in shown.text
    [draft] = [link.removeprefix("/admin/") for link in shown.links if "/drafts/" in link]
    looked = await panel.open(draft)
    assert SENDER not in looked.text
    assert NAME in looked.text
    waiting = await panel.office.database.fetch("SELECT noun, state FROM revision WHERE author = 'application'")
    assert {(row["noun"], row["state"]) for row in waiting} == {
        ("organisation", "in_review"), ("location", "in_review")
    }  # fmt: skip
    assert (await panel.post(path, [("act", "grant")], ADMIN)).status_code == 422


async def test_what_is_wrong_stands_beside_its_field_and_every_word_stays(panel: Panel) -> None:
    typed = {"name": NAME, "number": "12", "description": "Vārdi", "sender": "nav", "phone": "abc"}
    answer = await send(panel, "/join", typed)
    assert answer.status_code == 422
    page = read(answer)
    names = ("legal_form", "sector", "seat", "regions", "fields", "number", "sender", "phone")
    assert [name for name in names if f"told-{name}" not in page.ids] == []
    assert {("name", NAME), ("number", "12"), ("sender", "nav"), ("phone", "abc")} <= set(page.pairs)
    english = await panel.office.client.get("/en/join")
    assert "Register your organisation" in english.text
    assert await panel.office.database.fetch("SELECT id FROM application") == []


async def test_one_that_is_there_already_is_told_with_the_way_to_claim_it(panel: Panel) -> None:
    known = panel.office.app.state.follower.catalogue.node(ORGANISATION)
    typed = await profile(panel, name=known.name["lv"])
    answer = await send(panel, "/join", typed)
    assert answer.status_code == 422
    slug = known.slug
    assert f"/claim/{slug}" in answer.text
    assert "Paldies" in (await send(panel, "/join", {**typed, "another": "yes"})).text


async def claimed(panel: Panel, sender: str = SENDER) -> str:
    """The path of an application to speak for an organisation."""
    said = {"sender": sender, "capacity": "Valdes locekle", "note": "Labdien!"}
    assert "Paldies" in (await send(panel, f"/claim/{ORGANISATION}", said)).text
    links = (await panel.open("applications")).links
    return next(link.removeprefix("/admin/") for link in links if "/applications/" in link)


async def test_an_administrator_lets_whoever_claims_in_and_an_editor_does_not(panel: Panel) -> None:
    path = await claimed(panel)
    assert "Valdes locekle" in (await panel.open(path)).text
    assert (await panel.post(path, [("act", "grant")], "editor")).status_code == 422
    for who in ("owner", "reviewer", "analyst"):
        assert (await panel.get(path, who)).status_code == 403
    granted = await panel.post(path, [("act", "grant")], ADMIN)
    assert "/account/link/" in granted.text
    person = await people.by_email(panel.office.database, SENDER)
    assert (person.role, person.organisations) == (Role.REPRESENTATIVE, {ORGANISATION})
    assert (await panel.post(path, [("act", "grant")], ADMIN)).status_code == 422


async def test_declining_needs_words_mails_them_and_forgets_them(panel: Panel) -> None:
    path = await claimed(panel)
    assert (await panel.post(path, [("act", "decline"), ("answer", " ")])).status_code == 422
    assert "done=application_declined" in await panel.send(path, [("act", "decline"), ("answer", "Zvaniet mums.")])
    database = panel.office.database
    [letter] = await database.fetch("SELECT * FROM letter WHERE purpose = 'reply'")
    from service.accounts.letters import _letter

    own = panel.office.app.state.entrance.settings
    async with database.snapshot() as reader:
        written = _letter(letter)
        mail = await writers(own)[written.purpose](reader, written, own.site)
    assert mail is not None
    assert (mail.to, "Zvaniet mums." in mail.text) == (SENDER, True)
    for days, left in ((89, 1), (91, 0)):
        async with database.transaction() as transaction:
            await applications.sweep(transaction, datetime.now(UTC) + timedelta(days=days))
        assert len(await database.fetch("SELECT id FROM application")) == left


async def test_a_declined_organisation_leaves_no_draft_open(panel: Panel) -> None:
    await send(panel, "/join", await profile(panel))
    [path] = [link.removeprefix("/admin/") for link in (await panel.open("")).links if "/applications/" in link]
    await panel.send(path, [("act", "decline"), ("answer", "Nē.")])
    rows = await panel.office.database.fetch("SELECT state FROM revision WHERE author = 'application'")
    assert {row["state"] for row in rows} == {"discarded"}
    async with panel.office.database.snapshot() as reader:
        [found] = await applications.decided_ones(reader, 5)
    assert found.state is ApplicationState.DECLINED


async def test_programs_foreign_pages_and_crowds_do_not_fill_the_queue(panel: Panel) -> None:
    path, said = f"/claim/{ORGANISATION}", {"sender": SENDER, "capacity": "Vadītāja"}
    database = panel.office.database
    assert (await send(panel, path, said, headers={"sec-fetch-site": "cross-site"})).status_code == 403
    assert "Paldies" in (await send(panel, path, {**said, "nickname": "x"})).text
    assert await database.fetch("SELECT id FROM application") == []
    statuses = [(await send(panel, path, said)).status_code for _ in range(11)]
    assert statuses == [200] * 5 + [422] * 4 + [429] * 2
    assert (await panel.office.client.get("/claim/junk")).status_code == 404


async def test_an_address_with_an_account_is_answered_like_any_other(panel: Panel) -> None:
    answers = {
        (await send(panel, f"/en/claim/{ORGANISATION}", {"sender": sender, "capacity": "Head"})).text
        for sender in ("editor@example.org", "nobody@example.org")
    }
    assert len(answers) == 1
    links = [link for link in (await panel.open("applications")).links if "/applications/" in link]
    codes = [(await panel.post(link.removeprefix("/admin/"), [("act", "grant")], ADMIN)).status_code for link in links]
    assert sorted(codes) == [200, 422]
