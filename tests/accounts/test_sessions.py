"""Sessions and API tokens: what they stand for, until when, and that each can be ended."""

from __future__ import annotations

from contextlib import suppress

import pytest

from service.accounts import api_tokens, people, sessions, signing_in
from service.accounts.audit import latest
from service.accounts.signing_in import Entrance
from service.accounts.viewer import viewer_of
from service.models.account import AuditAct, Role, Scope
from tests.accounts.somebody import DOOR, EMAIL, NOW, PASSWORD, after, entered, member, told
from tests.factories import ident

ORGANISATION = ident("organisation")


async def cookie(entrance: Entrance) -> str:
    return await signing_in.by_password(entrance, EMAIL, PASSWORD, DOOR, NOW)


async def test_a_session_ends_when_it_is_not_used(entrance: Entrance) -> None:
    await member(entrance)
    token = await cookie(entrance)
    for hours in (11, 22, 33):
        assert await sessions.find(entrance.database, token, after(hours=hours), entrance.settings)
    assert await sessions.find(entrance.database, token, after(hours=33 + 12.1), entrance.settings) is None


async def test_a_session_ends_at_last_however_much_it_is_used(entrance: Entrance) -> None:
    await member(entrance)
    token = await cookie(entrance)
    for hours in range(11, 14 * 24, 11):
        assert await sessions.find(entrance.database, token, after(hours=hours), entrance.settings)
    assert await sessions.find(entrance.database, token, after(days=14), entrance.settings) is None
    async with entrance.database.transaction() as transaction:
        await sessions.sweep(transaction, after(days=14), entrance.settings)
        assert await transaction.fetch("SELECT id FROM session") == []


async def test_using_a_session_seldom_writes(entrance: Entrance) -> None:
    account = await member(entrance)
    token = await cookie(entrance)
    for seconds in (10, 59, 61):
        await sessions.find(entrance.database, token, after(seconds=seconds), entrance.settings)
        seen = {session.seen_at for session in await sessions.of_account(entrance.database, account, NOW)}
        assert (after(seconds=seconds) in seen) is (seconds == 61)


async def test_sessions_are_listed_and_each_can_be_ended_by_its_owner_only(entrance: Entrance) -> None:
    account = await member(entrance, Role.ANALYST)
    await member(entrance, Role.ANALYST, "other@example.org")
    here, there, other = [await entered(entrance, email) for email in (EMAIL, EMAIL, "other@example.org")]
    await signing_in.sign_out(entrance, here, other.session.id, DOOR, NOW)
    await signing_in.sign_out(entrance, here, there.session.id, DOOR, NOW)
    left = {session.id for session in await sessions.of_account(entrance.database, account, NOW)}
    assert here.session.id in left
    assert there.session.id not in left
    others = await sessions.of_account(entrance.database, other.viewer.account, NOW)
    assert other.session.id in {session.id for session in others}
    session = next(each for each in others if each.id == other.session.id)
    assert (session.network, session.browser) == (DOOR.network, DOOR.browser)


async def test_a_role_that_was_taken_back_holds_at_once(entrance: Entrance) -> None:
    account = await member(entrance, Role.REPRESENTATIVE, organisations=[ORGANISATION])
    token = await cookie(entrance)
    found = await sessions.find(entrance.database, token, NOW, entrance.settings)
    assert found is not None
    assert found.viewer.organisations == {ORGANISATION}
    async with entrance.database.transaction() as transaction:
        await people.change_role(transaction, account, Role.ANALYST, [], NOW, by=None)
    found = await sessions.find(entrance.database, token, NOW, entrance.settings)
    assert found is not None
    assert (found.viewer.role, found.viewer.organisations) == (Role.ANALYST, frozenset())


class Undone(Exception):
    """Ends a transaction of which nothing shall stay."""


async def test_whoever_speaks_for_a_merged_organisation_speaks_for_the_survivor(entrance: Entrance) -> None:
    merged = ident("organisation", 2)
    account = await member(entrance, Role.REPRESENTATIVE, organisations=[merged])
    with suppress(Undone):
        async with entrance.database.transaction() as transaction:
            await transaction.execute("DELETE FROM organisation WHERE id = ?", merged)
            sql = "UPDATE record SET state = 'merged', merged_into_id = ? WHERE id = ?"
            await transaction.execute(sql, ORGANISATION, merged)
            viewer = await viewer_of(transaction, account)
            assert viewer is not None
            assert viewer.organisations == {ORGANISATION, merged}
            raise Undone


async def test_a_token_stands_for_its_account_within_its_scopes_until_it_ends(entrance: Entrance) -> None:
    account = await member(entrance)
    async with entrance.database.transaction() as transaction:
        token = await api_tokens.make(transaction, account, "Import", {Scope.READ}, 30, NOW)
    viewer = await api_tokens.viewer_of_token(entrance.database, token, after(days=29))
    assert viewer is not None
    assert (viewer.account, viewer.role, viewer.scopes) == (account, Role.EDITOR, {Scope.READ})
    assert (viewer.has(Scope.READ), viewer.has(Scope.WRITE)) == (True, False)
    assert await api_tokens.viewer_of_token(entrance.database, token, after(days=30)) is None
    assert await api_tokens.viewer_of_token(entrance.database, token[:-1], NOW) is None
    [kept] = await api_tokens.of_account(entrance.database, account, NOW)
    assert (kept.name, kept.hint, kept.used_on) == ("Import", token[:9], "2026-12-20")
    assert token not in repr(await entrance.database.fetch("SELECT * FROM api_token"))


async def test_a_token_can_be_revoked_by_its_owner_only(entrance: Entrance) -> None:
    account, other = await member(entrance), await member(entrance, Role.EDITOR, "other@example.org")
    async with entrance.database.transaction() as transaction:
        token = await api_tokens.make(transaction, account, "Import", set(Scope), 30, NOW)
        [kept] = await api_tokens.of_account(transaction, account, NOW)
        assert not await api_tokens.revoke(transaction, other, kept.id, NOW, by=other)
        assert await api_tokens.revoke(transaction, account, kept.id, NOW, by=account)
    assert await api_tokens.viewer_of_token(entrance.database, token, NOW) is None
    acts = {entry.act for entry in await latest(entrance.database)}
    assert {AuditAct.TOKEN_MADE, AuditAct.TOKEN_REVOKED} <= acts


@pytest.mark.parametrize(
    ("name", "scopes", "days", "code"),
    [
        (" ", {Scope.READ}, 30, "needed"),
        ("Import", set(), 30, "scope_needed"),
        ("Import", {Scope.READ}, 0, "days_refused"),
        ("Import", {Scope.READ}, 367, "days_refused"),
    ],
)
async def test_tokens_that_are_not_made(
    entrance: Entrance, name: str, scopes: set[Scope], days: int, code: str
) -> None:
    account = await member(entrance)
    async with entrance.database.transaction() as transaction:
        assert await told(api_tokens.make(transaction, account, name, scopes, days, NOW)) == code
