"""Campaigns: organisations are invited from a sheet, take the invitation up, and it is told who answered."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import httpx2
import pytest

from service.accounts import audit, people
from service.accounts.letters import Post
from service.accounts.signing_in import Entrance
from service.campaigns import recipients, removing, writing
from service.campaigns.recipients import Answer, Recipient
from service.editing import policy
from service.editing.acts import assure
from service.errors import MailError
from service.mail import Mail
from service.models.account import AuditAct, LinkPurpose, Role
from service.models.rows import moment
from service.periodic import writers
from tests.admin.panel import SAME, Panel, read
from tests.api.office import ORGANISATION
from tests.catalogue.loading import settings

ADMIN = "administrator"
NEW, NEW_MAIL, KNOWN_MAIL = "Jauna biedrība", "jauna@example.org", "birojs@example.org"
SHEET = (
    f"Nosaukums;Reģistrācijas numurs;E-pasts;Valoda\n{NEW};40008000027;{NEW_MAIL};\nCita jauna;;cita@example.org;EN\n"
)
FIELDS = [("name", "Rudens"), ("last_day", ""), *((f"{name}.{language}", f"{name} {mark}") for name, language, mark in (
    ("subject", "lv", ""), ("subject", "en", ""), ("letter", "lv", "{organizācija} {saite} {diena}"),
    ("letter", "en", "{organisation} {link} {day}")))]  # fmt: skip


class Desk:
    """Letters that went out; or none does."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.broken = False

    async def send(self, mail: Mail) -> None:
        if self.broken:
            raise MailError("no")
        self.mails.append(mail)


@pytest.fixture(autouse=True)
def mailing(request: pytest.FixtureRequest) -> None:
    """Let letters be queued, and let them go out when the tests say so."""
    panel: Panel = request.getfixturevalue("either" if "either" in request.fixturenames else "panel")
    sends(panel, "smtp://127.0.0.1:1")
    panel.office.app.state.runner.do_due = _nothing


def sends(panel: Panel, smtp_url: str) -> None:
    state = panel.office.app.state
    entrance: Entrance = state.entrance
    state.entrance = replace(entrance, settings=replace(entrance.settings, smtp_url=smtp_url))


async def _nothing() -> list[str]:
    return []


async def hand_in(panel: Panel, path: str, content: str, who: str = "editor") -> httpx2.Response:
    files = {"file": ("saraksts.csv", BytesIO(content.encode()), "text/csv")}
    headers = {**SAME, **await panel.cookie(who)}
    return await panel.office.client.post(f"/admin/{path}", files=files, headers=headers)


async def begun(panel: Panel, who: str = "editor", day: str | None = None) -> str:
    """The path of a new campaign."""
    last = day or (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    return await panel.send("campaigns/new", [*FIELDS, ("last_day", last)], who)


async def examined(panel: Panel, campaign: str, content: str = SHEET, who: str = "editor") -> str:
    """The path of a sheet whose rows were looked at."""
    answer = await hand_in(panel, f"{campaign}/sheets", content, who)
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"].removeprefix("/admin/")
    page = await panel.open(path, who)
    await panel.send(path, [*page.pairs, ("act", "match")], who)
    return path


async def sent(panel: Panel, content: str = SHEET) -> str:
    """The path of a campaign whose letters wait."""
    campaign = await begun(panel)
    assert "done=campaign_sent" in await panel.send(await examined(panel, campaign, content), [("act", "send")])
    return campaign


async def posted(panel: Panel, desk: Desk | None = None, now: datetime | None = None) -> list[Mail]:
    """The letters that go out."""
    desk, now = desk or Desk(), now or datetime.now(UTC)
    database, own = panel.office.database, panel.office.app.state.entrance.settings
    await writing.queue_due(database, now)
    await Post(database, desk, own.site, writers(own)).send_due(now)
    return desk.mails


async def everybody(panel: Panel, campaign: str) -> dict[str, Recipient]:
    found = await recipients.of_campaign(panel.office.database, campaign.partition("/")[2])
    return {each.email or each.id: each for each in found}


def link_in(text: str) -> str:
    return re.findall(r"/account/profile/[\w-]{20,}", text)[0]


@asynccontextmanager
async def stranger(panel: Panel) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody's browser, in which nobody is signed in."""
    transport: Any = httpx2.ASGITransport(panel.office.app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


async def test_only_who_may_invite_gets_there(panel: Panel) -> None:
    campaign = await begun(panel)
    paths = ("campaigns", "campaigns/new", campaign, f"{campaign}/edit", f"{campaign}/silent.csv")
    for path in paths:
        for who in (ADMIN, "editor"):
            assert (await panel.get(path, who)).status_code == 200, (path, who)
        for who in ("owner", "reviewer", "analyst"):
            assert (await panel.get(path, who)).status_code in (403, 303), (path, who)
    assert (await panel.post(campaign, [("act", "close")], "owner")).status_code == 403
    assert (await hand_in(panel, f"{campaign}/sheets", SHEET, "owner")).status_code == 403
    assert "/admin/campaigns" not in (await panel.get("", "owner")).text
    for path in ("campaigns/junk", f"campaigns/{ORGANISATION}"):
        assert (await panel.get(path)).status_code == 404


async def test_what_is_wrong_with_a_letter_is_said_beside_it_and_every_word_is_kept(panel: Panel) -> None:
    wrong = [("name", ""), ("subject.lv", "Aicinām"), ("letter.lv", "bez saites"), ("last_day", "2001-01-01")]
    answer = await panel.post("campaigns/new", wrong)
    assert answer.status_code == 422
    page = read(answer)
    for sentence in ("Tekstā jābūt vietai saitei: {saite}.", "Pēdējai dienai jābūt", "Šis lauks ir jāaizpilda."):
        assert sentence in page.text
    assert ("letter.lv", "bez saites") in page.pairs
    assert (await panel.get("campaigns")).text.count("/admin/campaigns/") == 1


async def test_each_row_is_looked_at_before_anything_is_sent(panel: Panel) -> None:
    known = panel.office.app.state.follower.catalogue.node(ORGANISATION)
    rows = (
        f"{SHEET}{known.name['lv']};;{KNOWN_MAIL};lv\nBez adreses;;nav;\n;;tuksa@example.org;\n"
        f"Otrreiz;;{NEW_MAIL};\nNumurs;12;numurs@example.org;\nKolēģis;;editor@example.org;\n"
    )
    path = await examined(panel, await begun(panel), rows)
    page = await panel.open(path)
    told = ("2 jaunas", "1 ir katalogā", "5 nevar uzaicināt", "Nav derīgas", "jau ir rinda", "kataloga darbinieka")
    for sentence in told:
        assert sentence in page.text, sentence
    assert await posted(panel) == []
    assert "guests_error" not in page.text
    only = await panel.open(f"{path}?show=error")
    assert NEW not in only.text.partition("Kā izskatīsies")[0].replace("Otrreiz", "")


async def test_a_stranger_takes_an_invitation_up_and_the_form_is_theirs(either: Panel) -> None:
    campaign = await sent(either)
    mails = {mail.to: mail for mail in await posted(either)}
    assert set(mails) == {NEW_MAIL, "cita@example.org"}
    assert NEW in mails[NEW_MAIL].text
    assert "?lang=en" in mails["cita@example.org"].text
    assert await everybody_s_answers(either, campaign) == {Answer.SILENT}
    path = link_in(mails[NEW_MAIL].text)
    async with stranger(either) as client:
        for _ in range(2):
            looked = await client.get(path)
            assert NEW in looked.text
            assert "set-cookie" not in looked.headers
        assert (await client.post(path)).status_code == 403
        pressed = await client.post(path, headers=SAME)
        assert pressed.status_code == 303
        form = await client.get(pressed.headers["location"])
        page = read(form)
        assert ("name.lv", NEW) in page.pairs
        assert any(name == "legal_form" for name, _ in page.pairs) or 'name="legal_form"' in form.text
        assert "roles" not in {name for name, _ in page.pairs}
        assert (await client.post(path, headers=SAME)).status_code == 410
        found = (await everybody(either, campaign))[NEW_MAIL]
        assert found.answer is Answer.OPENED
        changed = page.changed(legal_form="association", sector="ngo", incomplete="yes")
        submitted = await client.post(
            pressed.headers["location"], data=_data([*changed, ("act", "submit")]), headers=SAME
        )
        assert "done=submitted" in submitted.headers["location"], read(submitted).text[:1500]
    assert (await everybody(either, campaign))[NEW_MAIL].answer is Answer.ANSWERED
    assert NEW in (await either.open("", "editor")).text
    person = await people.by_email(either.office.database, NEW_MAIL)
    assert (person.role, person.organisations) == (Role.REPRESENTATIVE, {found.organisation})


def _data(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


async def everybody_s_answers(panel: Panel, campaign: str) -> set[Answer]:
    return {each.answer for each in (await everybody(panel, campaign)).values()}


async def test_whoever_says_that_all_is_true_has_answered(either: Panel) -> None:
    known = either.office.app.state.follower.catalogue.node(ORGANISATION)
    row = f"Nosaukums;E-pasts\n{known.name['lv']};owner@example.org\n"
    campaign = await sent(either, row)
    [mail] = await posted(either)
    async with stranger(either) as client:
        pressed = await client.post(link_in(mail.text), headers=SAME)
        assert pressed.headers["location"] == f"/admin/organisation/{ORGANISATION}/edit"
    database, account = either.office.database, either.office.accounts["owner"]
    viewer = await policy.viewer_now(database, _viewer(account))  # type: ignore[arg-type]
    assert viewer is not None
    today = datetime.now(UTC).date()
    await assure(database, ORGANISATION, on=today, role="representative", author=account, permit=policy.permit(viewer))
    assert await everybody_s_answers(either, campaign) == {Answer.ANSWERED}


def _viewer(account: str) -> Any:
    from service.accounts.viewer import Viewer

    return Viewer(account, Role.REPRESENTATIVE)


async def test_the_silent_are_reminded_once_a_day_and_the_old_link_stops(either: Panel) -> None:
    campaign = await sent(either)
    first = link_in(next(mail for mail in await posted(either) if mail.to == NEW_MAIL).text)
    assert "done=campaign_nobody" in await either.send(campaign, [("act", "remind")])
    await _days_ago(either, 2)
    assert "done=campaign_reminded" in await either.send(campaign, [("act", "remind")])
    assert "done=campaign_nobody" in await either.send(campaign, [("act", "remind")])
    again = next(mail for mail in await posted(either) if mail.to == NEW_MAIL)
    assert again.subject.startswith("Atgādinājums")
    async with stranger(either) as client:
        assert (await client.get(first)).status_code == 410
        assert (await client.get(link_in(again.text))).status_code == 200
    acts = [entry.act for entry in await audit.latest(either.office.database)]
    assert {AuditAct.CAMPAIGN_SENT, AuditAct.CAMPAIGN_REMINDED} <= set(acts)


async def _days_ago(panel: Panel, days: int) -> None:
    async with panel.office.database.transaction() as transaction:
        then = moment(datetime.now(UTC) - timedelta(days=days), transaction.dialect)
        await transaction.execute("UPDATE campaign_recipient SET invited_at = ?", then)


async def test_a_letter_that_is_given_up_is_told(panel: Panel) -> None:
    campaign, desk, now = await sent(panel), Desk(), datetime.now(UTC)
    desk.broken = True
    for hour in range(10):
        await posted(panel, desk, now + timedelta(hours=5 * hour))
    assert await everybody_s_answers(panel, campaign) == {Answer.UNDELIVERED}
    assert "vēstule netika piegādāta" in (await panel.open(campaign)).text


async def test_the_silent_are_exported_and_it_is_written_down(panel: Panel) -> None:
    rows = "Nosaukums;E-pasts\n=HYPERLINK(1);viens@example.org\n"
    campaign = await sent(panel, rows)
    answer = await panel.get(f"{campaign}/silent.csv")
    assert "'=HYPERLINK(1)" in answer.text
    assert "viens@example.org" in answer.text
    assert (await panel.get(f"{campaign}/silent.xlsx")).content.startswith(b"PK")
    assert (await panel.get(f"{campaign}/silent.exe")).status_code == 404
    entry = next(each for each in await audit.latest(panel.office.database) if each.act is AuditAct.EXPORTED)
    assert "example.org" not in str(entry.details)


async def test_a_closed_campaign_stops_and_forgets(either: Panel) -> None:
    campaign = await sent(either)
    path = link_in((await posted(either))[0].text)
    assert "done=campaign_closed" in await either.send(campaign, [("act", "close")])
    async with stranger(either) as client:
        assert (await client.get(path)).status_code == 410
    assert (await either.post(campaign, [("act", "remind")])).status_code == 422
    database, now = either.office.database, datetime.now(UTC)
    for days, left in ((89, 2), (91, 0)):
        async with database.transaction() as transaction:
            await removing.sweep(transaction, now + timedelta(days=days))
        assert sum("@" in each for each in await everybody(either, campaign)) == left


async def test_nobody_is_invited_twice_while_a_campaign_goes_on(panel: Panel) -> None:
    await sent(panel)
    page = await panel.open(await examined(panel, await begun(panel)))
    assert "2 nevar uzaicināt" in page.text
    assert "act=send" not in page.buttons


async def test_where_no_letters_are_sent_an_administrator_gets_the_links_once(panel: Panel) -> None:
    sends(panel, "")
    campaign = await begun(panel, ADMIN)
    theirs = await examined(panel, await begun(panel), who="editor")
    assert (await panel.post(theirs, [("act", "send"), ("kind", "csv")], "editor")).status_code == 422
    path = await examined(panel, campaign, who=ADMIN)
    handed = await panel.post(path, [("act", "send"), ("kind", "csv")], ADMIN)
    assert handed.headers["content-disposition"].startswith("attachment")
    async with stranger(panel) as client:
        assert "jauna" in (await client.get(link_in(handed.text))).text
    assert "/account/profile/" not in (await panel.get(campaign, ADMIN)).text
    again = await panel.post(campaign, [("act", "remind"), ("kind", "csv")], ADMIN)
    assert link_in(again.text) != link_in(handed.text)


async def test_a_representative_says_what_an_unpublished_organisation_is_but_not_what_a_published_one_is() -> None:
    representative = next(rule for rule in policy.TABLE if rule.role is Role.REPRESENTATIVE)
    assert "legal_form" in representative.proposes(new=True)
    assert "legal_form" not in representative.proposes(new=False)
    assert "authority_for" not in representative.proposes(new=True)
    assert LinkPurpose.CAMPAIGN in writers(settings())
