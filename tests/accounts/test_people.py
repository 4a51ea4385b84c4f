"""Accounts: made, given roles, closed; and that nothing of a person stays where it should not be."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from service.accounts import api_tokens, invitations, letters, people
from service.accounts.signing_in import Entrance
from service.accounts.viewer import viewer_of
from service.database import Database
from service.models.account import LinkPurpose, Role, Scope
from service.models.ddl import TABLES
from tests.accounts.somebody import EMAIL, NOW, entered, invited, member, told, with_second_factor
from tests.factories import ident

NAME = "Grāmatvedība Nr. 7"


async def everything(database: Database) -> str:
    """Every row of every table, as text."""
    rows = [await database.fetch(f'SELECT * FROM "{model._meta.db_table}"') for model in TABLES]
    return json.dumps(rows, default=str, ensure_ascii=False)


async def test_a_closed_account_is_an_id_and_nothing_more(entrance: Entrance) -> None:
    database = entrance.database
    await member(entrance, Role.ADMINISTRATOR, "admin@example.org")
    account = await member(entrance, name=NAME)
    await with_second_factor(entrance)
    await entered(entrance)
    assert EMAIL in await everything(database)
    async with database.transaction() as transaction:
        token = await api_tokens.make(transaction, account, "Import", {Scope.READ}, 30, NOW)
        await letters.queue(transaction, LinkPurpose.SIGN_IN, NOW, account=account)
        await invitations.hand_over(transaction, account, "http://127.0.0.1/", NOW, by=None)
        await people.close(transaction, account, NOW, by=None)
    left = await everything(database)
    assert account in left
    assert EMAIL not in left
    assert NAME not in left
    assert await viewer_of(database, account) is None
    assert await api_tokens.viewer_of_token(database, token, NOW) is None
    for table in ("session", "api_token", "one_time_link", "recovery_code", "letter"):
        assert await database.fetch(f"SELECT id FROM {table} WHERE account_id = ?", account) == []
    assert await told(people.get(database, account)) == "no_such_account"
    await invited(database, email=EMAIL)  # The address is free again.


async def test_an_address_stands_in_its_account_only(entrance: Entrance) -> None:
    await member(entrance, name=NAME)
    await with_second_factor(entrance)
    for model in TABLES:
        table = model._meta.db_table
        rows = json.dumps(await entrance.database.fetch(f'SELECT * FROM "{table}"'), default=str, ensure_ascii=False)
        assert (EMAIL in rows, NAME in rows) == (table == "account", table == "account")


async def test_the_last_administrator_stays(entrance: Entrance) -> None:
    database = entrance.database
    first = await member(entrance, Role.ADMINISTRATOR)
    await invited(database, Role.ADMINISTRATOR, "invited@example.org")
    async with database.transaction() as transaction:
        assert await told(people.close(transaction, first, NOW, by=None)) == "last_administrator"
        assert await told(people.change_role(transaction, first, Role.EDITOR, [], NOW, by=None)) == "last_administrator"
    second = await member(entrance, Role.ADMINISTRATOR, "second@example.org")
    await asyncio.gather(*(closed(database, each) for each in (first, second)), return_exceptions=True)
    open_ones = [each for each in await people.everybody(database) if each.is_open and each.joined_at]
    assert len(open_ones) == 1


async def closed(database: Database, account: str) -> None:
    async with database.transaction() as transaction:
        await people.close(transaction, account, NOW, by=None)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"email": "no address"}, "not_an_email"),
        ({"email": "a@b@example.org"}, "not_an_email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "not_an_email"),
        ({"email": f"{'a' * 65}@example.org"}, "not_an_email"),
        ({"email": EMAIL.upper()}, "email_taken"),
        ({"role": Role.REPRESENTATIVE}, "organisation_needed"),
        ({"organisations": [ident("organisation")]}, "organisation_not_needed"),
        ({"role": Role.REPRESENTATIVE, "organisations": [ident("service")]}, "no_such_organisation"),
    ],
)
async def test_accounts_that_are_not_made(entrance: Entrance, changed: dict[str, Any], code: str) -> None:
    await invited(entrance.database)
    given = {"role": Role.EDITOR, "email": "new@example.org"} | changed
    assert await told(invited(entrance.database, **given)) == code
    assert len(await people.everybody(entrance.database)) == 1


async def test_the_first_administrator_is_made_once_and_gets_a_new_link_until_they_come(entrance: Entrance) -> None:
    database = entrance.database
    links = [await invitations.first_administrator(database, "http://127.0.0.1/", NOW) for _ in range(3)]
    assert len(set(links)) == 3
    [first] = await people.everybody(database)
    assert (first.role, first.has_password, first.email) == (Role.ADMINISTRATOR, False, None)
    assert len(await database.fetch("SELECT id FROM one_time_link")) == 1
    await member(entrance, Role.ADMINISTRATOR)
    assert await invitations.first_administrator(database, "http://127.0.0.1/", NOW) is None
