"""Twice a year one letter with one button."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from service.accounts import people
from service.accounts.letters import Post
from service.asking import still_true
from service.database import Database
from service.editing.revisions import withdraw
from service.models.account import LinkPurpose, Role
from service.models.rows import moment
from tests.accounts.somebody import EMAIL, NOW
from tests.accounts.test_letters import SITE, Desk
from tests.factories import ident

HALF_A_YEAR = NOW + timedelta(days=183)
TODAY = HALF_A_YEAR.date()


async def representative(database: Database, email: str = EMAIL, organisation: int = 1) -> str:
    async with database.transaction() as transaction:
        of = [ident("organisation", organisation)]
        id = await people.add(transaction, Role.REPRESENTATIVE, NOW, email=email, organisations=of)
        await transaction.execute("UPDATE account SET joined_at = ?", moment(NOW, transaction.dialect))
    return id


async def sent(database: Database, now: Any = HALF_A_YEAR) -> Desk:
    desk = Desk()
    await Post(database, desk, SITE, {LinkPurpose.STILL_TRUE: still_true.writer(SITE)}).send_due(now)
    return desk


def token_of(desk: Desk) -> str:
    return re.findall(r"/account/still-true/(\S+)", desk.mails[0].text)[0]


async def assured(database: Database) -> dict[str, str]:
    rows = await database.fetch("SELECT id, assured_by FROM record WHERE assured_on IS NOT NULL")
    return {str(row["id"]): row["assured_by"] for row in rows}


async def test_each_representative_gets_one_letter_every_half_year(database: Database) -> None:
    await representative(database)
    assert await still_true.remind(database, NOW + timedelta(days=181), 6) == 0
    assert await still_true.remind(database, HALF_A_YEAR, 6) == 1
    assert await still_true.remind(database, HALF_A_YEAR + timedelta(days=181), 6) == 0
    [mail] = (await sent(database)).mails
    assert mail.to == EMAIL
    for name in ("Biedrība 1", "Pakalpojums 1", "Pakalpojums more", "Biedrība 1 – Biedrība 2"):
        assert f"- {name}\n" in mail.text
    assert await still_true.remind(database, HALF_A_YEAR + timedelta(days=183), 6) == 1


async def test_one_button_says_it_of_all_records_that_were_seen(database: Database) -> None:
    account = await representative(database)
    await still_true.remind(database, HALF_A_YEAR, 6)
    token = token_of(await sent(database))
    records = await still_true.asked(database, token, HALF_A_YEAR)
    assert records is not None
    assert await still_true.asked(database, token, HALF_A_YEAR) == records
    assert await assured(database) == {}
    gone = ident("cooperation_link")
    await withdraw(database, [gone], author="tests")
    seen = [record.id for record in records if record.id != ident("service", "more")]
    foreign = [ident("organisation", 2), ident("source"), "nothing"]
    said = await still_true.say_so(database, token, [*seen, *foreign], HALF_A_YEAR, TODAY)
    expected = {*seen} - {gone}
    assert said == len(expected)
    assert await assured(database) == dict.fromkeys(expected, "representative")
    authors = {row["author"] for row in await database.fetch("SELECT author FROM revision WHERE act = 'assure'")}
    assert authors == {account}
    assert await still_true.say_so(database, token, seen, HALF_A_YEAR, TODAY) is None
    assert await still_true.asked(database, token, HALF_A_YEAR) is None


async def test_whoever_speaks_for_nobody_any_more_says_nothing(database: Database) -> None:
    account = await representative(database)
    await still_true.remind(database, HALF_A_YEAR, 6)
    token = token_of(await sent(database))
    records = await still_true.asked(database, token, HALF_A_YEAR)
    assert records
    async with database.transaction() as transaction:
        await people.change_role(transaction, account, Role.ANALYST, [], HALF_A_YEAR, by=None)
    assert await still_true.say_so(database, token, [each.id for each in records], HALF_A_YEAR, TODAY) == 0
    assert await assured(database) == {}
