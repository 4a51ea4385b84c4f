"""People: administrators invite, give rights and close accounts; what was done is in the log."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from service.accounts import api_tokens, people
from service.accounts.people import Person
from service.models.account import Role
from tests.admin.panel import Panel, read
from tests.api.office import ORGANISATION, OTHER
from tests.factories import ident, make_organisation, words

PAGES = ("people", "people/new", "audit", "webhooks", "settings")
ADMIN = "administrator"


async def known(panel: Panel, email: str) -> Person:
    return await people.by_email(panel.office.database, email)


async def test_only_administrators_get_there(panel: Panel) -> None:
    for path in (*PAGES, f"people/{panel.office.accounts['editor']}"):
        assert (await panel.get(path, ADMIN)).status_code == 200, path
        assert f'href="/admin/{path}"' in (await panel.get("", ADMIN)).text or "/" in path
        for who in ("editor", "owner"):
            assert (await panel.get(path, who)).status_code == 403, (path, who)
    assert "/admin/people" not in (await panel.get("", "editor")).text
    forged = await panel.post(f"people/{panel.office.accounts['owner']}", [("act", "close")], "editor")
    assert forged.status_code == 403


async def test_somebody_is_invited_and_the_link_is_shown_once(panel: Panel) -> None:
    pairs = [("act", "add"), ("email", "Anna@Example.org "), ("name", "A. B."), ("language", "en")]
    answer = await panel.post("people/new", [*pairs, ("role", "representative"), ("organisations", OTHER)], ADMIN)
    assert answer.status_code == 200
    assert re.search(r"/account/link/[\w-]{20,}", answer.text)
    person = await known(panel, "anna@example.org")
    assert (person.role, person.organisations, person.language) == (Role.REPRESENTATIVE, {OTHER}, "en")
    shown = await panel.open(f"people/{person.id}", ADMIN)
    assert "/account/link/" not in shown.text
    again = await panel.post(f"people/{person.id}", [("act", "invite")], ADMIN)
    assert again.status_code == 200
    assert "/account/link/" in again.text
    assert "Izveidots konts" in (await panel.open("audit", ADMIN)).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "nobody"}, "Tā nav e-pasta adrese."),
        ({"role": "king"}, "Tādas lomas nav."),
        ({"role": "representative"}, "Pārstāvim norāda vismaz vienu organizāciju."),
        ({"role": "editor", "organisations": ORGANISATION}, "Organizāciju norāda tikai pārstāvim."),
        ({"language": "xx"}, "Šis lauks ir jāaizpilda."),
        ({"email": "", "role": ""}, "Tā nav e-pasta adrese."),
        ({"email": "", "role": ""}, "Tādas lomas nav."),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_is_kept(
    panel: Panel, changes: dict[str, str], sentence: str
) -> None:
    typed = {"act": "add", "email": "anna@example.org", "language": "lv", "role": "editor", **changes}
    answer = await panel.post("people/new", typed.items(), ADMIN)
    assert answer.status_code == 422
    page = read(answer)
    assert sentence in page.text
    assert ("email", typed["email"]) in page.pairs
    assert all(person.email != "anna@example.org" for person in await people.everybody(panel.office.database))


async def test_organisations_are_found_by_name_without_scripts(panel: Panel) -> None:
    asked = [("act", "find:organisations"), ("email", "anna@example.org"), ("organisations.find", "bied")]
    page = read(await panel.post("people/new", asked, ADMIN))
    assert ("email", "anna@example.org") in page.pairs
    offered = (await panel.get("people/choices?organisations.find=bied", ADMIN)).text
    assert 'name="organisations"' in offered


async def test_rights_are_changed_and_an_account_is_closed(panel: Panel) -> None:
    account = panel.office.accounts["editor"]
    await panel.send(f"people/{account}", [("act", "role"), ("role", "reviewer")], ADMIN)
    assert (await people.get(panel.office.database, account)).role is Role.REVIEWER
    await panel.cookie("editor")
    await panel.send(f"people/{account}", [("act", "forget_second_factor")], ADMIN)
    assert not (await people.get(panel.office.database, account)).has_second_factor
    assert (await panel.get("", "editor")).status_code == 303
    assert await panel.send(f"people/{account}", [("act", "close")], ADMIN) == "people?done=account_closed"
    assert (await panel.get(f"people/{account}", ADMIN)).status_code == 404
    log = await panel.open(f"audit?account={account}", ADMIN)
    assert "Slēgts konts" in log.text


async def test_what_somebody_speaks_for_stays_when_it_has_gone(panel: Panel) -> None:
    gone = ident("organisation", "gone")
    await panel.put(make_organisation("gone", name=words("Zudusī biedrība")))
    account = panel.office.accounts["owner"]
    both = [("act", "role"), ("role", "representative"), ("organisations", ORGANISATION), ("organisations", gone)]
    await panel.send(f"people/{account}", both, ADMIN)
    await panel.send(f"organisation/{gone}/withdraw", [("when", "now")])
    shown = await panel.open(f"people/{account}", ADMIN)
    assert ("organisations", gone) in shown.pairs
    assert "Zudusī biedrība nav publiska" in shown.text
    assert "Zudusī biedrība" in (await panel.open("people", ADMIN)).text
    await panel.send(f"people/{account}", shown.changed(act="role"), ADMIN)
    assert (await people.get(panel.office.database, account)).organisations == {ORGANISATION, gone}
    stranger = panel.office.accounts["stranger"]
    refused = await panel.post(f"people/{stranger}", both, ADMIN)
    assert refused.status_code == 422
    assert "Tādas publicētas organizācijas nav." in refused.text


async def test_a_token_is_revoked_once(panel: Panel) -> None:
    account = panel.office.accounts["owner"]
    [token, *_] = await api_tokens.of_account(panel.office.database, account, datetime.now(UTC))
    for wrong in ([], [("token", "junk")], [("token", account)]):
        answer = await panel.post(f"people/{account}", [("act", "revoke"), *wrong], ADMIN)
        assert answer.status_code == 404, wrong
    right = [("act", "revoke"), ("token", token.id)]
    await panel.send(f"people/{account}", right, ADMIN)
    assert (await panel.post(f"people/{account}", right, ADMIN)).status_code == 404


async def test_nobody_closes_their_own_account_or_the_last_administrator_s(panel: Panel) -> None:
    own = panel.office.accounts[ADMIN]
    assert (await panel.post(f"people/{own}", [("act", "close")], ADMIN)).status_code == 422
    answer = await panel.post(f"people/{own}", [("act", "role"), ("role", "editor")], ADMIN)
    assert answer.status_code == 422
    assert "pēdējais administrators" in answer.text
    assert (await panel.post(f"people/{own}", [("act", "junk")], ADMIN)).status_code == 404
    assert (await panel.get("people/junk", ADMIN)).status_code == 404


async def test_the_log_is_read_page_by_page(panel: Panel) -> None:
    account = panel.office.accounts["owner"]
    for _ in range(30):
        for role, own in (("editor", []), ("representative", [("organisations", ORGANISATION)])):
            await panel.send(f"people/{account}", [("act", "role"), ("role", role), *own], ADMIN)
    first = await panel.open("audit", ADMIN)
    [older] = [link for link in first.links if "before=" in link]
    second = await panel.open(older.removeprefix("/admin/"), ADMIN)
    assert first.text.count("Mainīta loma") == 50
    assert 10 <= second.text.count("Mainīta loma") < 50


async def test_webhooks_are_added_and_removed(panel: Panel) -> None:
    refused = await panel.post("webhooks", [("url", "ftp://example.org/")], ADMIN)
    assert refused.status_code == 422
    added = await panel.post("webhooks", [("url", "https://example.org/hook"), ("nouns", "service")], ADMIN)
    assert "whsec_" in added.text
    listed = await panel.open("webhooks", ADMIN)
    [path] = [link.removeprefix("/admin/") for link in listed.links if link.startswith("/admin/webhooks/")]
    shown = await panel.open(path, ADMIN)
    assert "whsec_" not in shown.text
    assert await panel.send(path, [("act", "remove")], ADMIN) == "webhooks?done=webhook_removed"
    assert (await panel.get(path, ADMIN)).status_code == 404


async def test_settings_are_shown_without_what_is_secret(panel: Panel) -> None:
    page = await panel.open("settings", ADMIN)
    assert "KOPA_SMTP_URL" in page.text
    assert "KOPA_TIMEZONE" in page.text
    assert "Europe/Riga" in page.text
