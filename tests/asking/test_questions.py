"""“Is this so?”: asked when it has to be, answered once, recorded as by mail."""

from __future__ import annotations

import re
from typing import Any

from service.accounts.letters import Post
from service.asking import questions
from service.asking.words import KINDS
from service.database import Database
from service.editing.acts import Word, confirm
from service.editing.revisions import withdraw
from service.models.account import LinkPurpose
from service.models.cooperation import ConfirmationRole, ConfirmationState, LinkKind, Side
from tests.accounts.somebody import NOW, after
from tests.accounts.test_letters import SITE, Desk
from tests.asking.conftest import ADDRESS
from tests.editing.observing import put
from tests.factories import ident, make_link

LINK = ident("cooperation_link")
TODAY = NOW.date()


async def side_a_confirms(database: Database) -> None:
    said = {"organisation": ident("organisation"), "on": TODAY}
    word = Word(Side.SIDE_A, ConfirmationState.CONFIRMED, ConfirmationRole.REPRESENTATIVE, **said)  # type: ignore[arg-type]
    await confirm(database, LINK, word, author="tests")


async def letter(database: Database, now: Any = NOW) -> str:
    """The token in the one letter that goes out."""
    desk = Desk()
    assert await Post(database, desk, SITE, {LinkPurpose.ANSWER: questions.write}).send_due(now) == 1
    [mail] = desk.mails
    assert (mail.to, mail.subject) == (ADDRESS, "Vai tā ir?")
    assert "Biedrība 1" in mail.text
    return re.findall(r"https://example\.org/answer/(\S+)\n", mail.text)[0]


async def answered(database: Database, token: str, **more: Any) -> bool:
    given = {"is_so": True, "note": None, "seen": 1, "now": NOW, "today": TODAY} | more
    return await questions.answer(database, token, **given)


async def latest(database: Database, side: Side = Side.SIDE_B) -> tuple[Any, ...] | None:
    sql = "SELECT state, role, organisation_id, note FROM confirmation WHERE side = ? ORDER BY at DESC, id LIMIT 1"
    rows = await database.fetch(sql, side.value)
    return (rows[0]["state"], rows[0]["role"], str(rows[0]["organisation_id"]), rows[0]["note"]) if rows else None


async def test_nobody_is_asked_out_of_the_blue(database: Database) -> None:
    assert await questions.ask_due(database, NOW, TODAY) == 0


async def test_the_other_side_is_asked_once_when_one_has_confirmed(database: Database) -> None:
    await side_a_confirms(database)
    assert await questions.ask_due(database, NOW, TODAY) == 1
    assert await questions.ask_due(database, NOW, TODAY) == 0
    asked = ("asked", "mail", ident("organisation", 2), None)
    assert await latest(database) == asked
    token = await letter(database)
    for _ in range(3):
        seen = await questions.asked(database, token, NOW)
        assert seen is not None
        assert (seen.link, seen.side, seen.version) == (LINK, Side.SIDE_B, 1)
    assert await latest(database) == asked
    assert await answered(database, token)
    assert await latest(database) == ("confirmed", "mail", ident("organisation", 2), None)
    assert not await answered(database, token)
    assert await questions.asked(database, token, NOW) is None
    assert await questions.ask_due(database, NOW, TODAY) == 0
    authors = {row["author"] for row in await database.fetch("SELECT author FROM revision WHERE act = 'confirm'")}
    assert authors == {"tests", "mail"}


async def test_no_is_an_answer_with_a_note(database: Database) -> None:
    await side_a_confirms(database)
    await questions.ask_due(database, NOW, TODAY)
    assert await answered(database, await letter(database), is_so=False, note="Beidzās pērn.")
    assert await latest(database) == ("disputed", "mail", ident("organisation", 2), "Beidzās pērn.")
    assert await questions.ask_due(database, NOW, TODAY) == 0


async def test_an_answer_comes_within_14_days(database: Database) -> None:
    await side_a_confirms(database)
    await questions.ask_due(database, NOW, TODAY)
    token = await letter(database)
    assert await questions.asked(database, token, after(days=13.9)) is not None
    assert not await answered(database, token, now=after(days=14))


async def test_an_answer_is_to_what_was_read(database: Database) -> None:
    await side_a_confirms(database)
    await questions.ask_due(database, NOW, TODAY)
    token = await letter(database)
    await put(database, make_link(kind="grant"))
    assert not await answered(database, token, seen=1)
    seen = await questions.asked(database, token, NOW)
    assert seen is not None
    assert (seen.version, seen.kind_in("en")) == (2, "grant")
    assert await answered(database, token, seen=2)


async def test_a_side_whose_word_was_taken_back_is_asked_again(database: Database) -> None:
    await side_a_confirms(database)
    await put(database, make_link(kind="grant"))
    assert await latest(database, Side.SIDE_A) == ("unasked", "system", "None", None)
    assert await questions.due(database) == [(LINK, Side.SIDE_A)]
    await questions.ask_due(database, NOW, TODAY)
    assert await answered(database, await letter(database), seen=2)
    assert await questions.due(database) == [(LINK, Side.SIDE_B)]


async def test_a_link_that_has_gone_is_no_question(database: Database) -> None:
    await side_a_confirms(database)
    await questions.ask_due(database, NOW, TODAY)
    token = await letter(database)
    await withdraw(database, [LINK], author="tests")
    assert await questions.asked(database, token, NOW) is None
    assert not await answered(database, token)
    assert await questions.due(database) == []


async def test_a_side_without_an_address_is_not_asked(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE organisation SET email = NULL")
    await side_a_confirms(database)
    assert await questions.ask_due(database, NOW, TODAY) == 0


def test_every_kind_has_its_words() -> None:
    assert {str(kind) for kind in LinkKind} == {str(kind) for kind in KINDS}
