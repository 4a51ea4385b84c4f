"""“Is this so?”: what one side of a link says, or what has changed in it, is put to the other side by mail.

Whoever holds the letter's link answers for the side, without an account, once and within 14 days; the answer says
that it came by mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.accounts import letters, links
from service.accounts.letters import Letter
from service.accounts.links import Link
from service.asking.words import KINDS, SUBJECT, TEXT
from service.database import Database, Reader
from service.editing.acts import Word, confirm
from service.mail import Mail
from service.models.account import LinkPurpose
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.rows import from_json

AUTHOR = "mail"
OWN_WORD = frozenset({ConfirmationRole.REPRESENTATIVE.value, ConfirmationRole.MAIL.value})


@dataclass(frozen=True)
class Question:
    """A link as the side that is asked reads it."""

    link: str
    version: int
    side: Side
    asked: str
    asked_name: dict[str, str]
    asked_email: str | None
    other_name: dict[str, str]
    kind: str
    valid_from: str | None
    valid_to: str | None
    description: dict[str, str] | None

    def kind_in(self, language: str) -> str:
        return KINDS[self.kind][language]


async def due(reader: Database | Reader) -> list[tuple[str, Side]]:
    """The sides that are to be asked and have an address.

    A side is asked when its word was taken back, because the link changed, and when it never spoke while the other
    side itself has confirmed.
    """
    rows = await reader.fetch("SELECT link_id, side, state, role FROM confirmation ORDER BY at, id")
    latest = {(str(row["link_id"]), row["side"]): row for row in rows}
    waiting = {
        (str(row["link_id"]), row["side"])
        for table in ("letter WHERE link_id IS NOT NULL", "one_time_link WHERE used_at IS NULL AND link_id IS NOT NULL")
        for row in await reader.fetch(f"SELECT link_id, side FROM {table}")
    }
    wanted = [
        (link, side)
        for link in dict.fromkeys(link for link, _ in latest)
        for side, other in ((Side.SIDE_A, Side.SIDE_B), (Side.SIDE_B, Side.SIDE_A))
        if _is_to_be_asked(latest.get((link, side.value)), latest.get((link, other.value)))
    ]
    questions = [
        (link, side, await question(reader, link, side)) for link, side in wanted if (link, side.value) not in waiting
    ]
    return [(link, side) for link, side, found in questions if found and found.asked_email]


def _is_to_be_asked(own: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    if own is not None:
        return bool(own["state"] == ConfirmationState.UNASKED)
    return other is not None and other["state"] == ConfirmationState.CONFIRMED and other["role"] in OWN_WORD


async def ask_due(database: Database, now: datetime, today: date) -> int:
    """Ask every side that is to be asked; how many."""
    wanted = await due(database)
    for link, side in wanted:
        await ask(database, link, side, now, today, author=AUTHOR)
    return len(wanted)


async def ask(database: Database, link: str, side: Side, now: datetime, today: date, *, author: str) -> int:
    """Ask a side about a link by mail; the `seq` of the change. Raises InputError when the link is not published."""
    found = await question(database, link, side)
    if found is not None:
        async with database.transaction() as transaction:
            await letters.queue(transaction, LinkPurpose.ANSWER, now, link=link, side=side)
    word = Word(side, ConfirmationState.ASKED, ConfirmationRole.MAIL, today, found.asked if found else None)
    return await confirm(database, link, word, author=author)


async def write(reader: Reader, letter: Letter, address: str) -> Mail | None:
    """The letter to the side; None when the link or the address has gone."""
    assert letter.link is not None
    assert letter.side is not None
    found = await question(reader, letter.link, letter.side)
    if found is None or found.asked_email is None:
        return None
    facts = {"asked": found.asked_name["lv"], "other": found.other_name["lv"], "kind": found.kind_in("lv")}
    return Mail(found.asked_email, SUBJECT, TEXT.format(**facts, address=address))


async def question(reader: Database | Reader, link: str, side: Side) -> Question | None:
    """A published link as one of its sides reads it."""
    own, other = (side.value, Side.SIDE_B.value if side is Side.SIDE_A else Side.SIDE_A.value)
    rows = await reader.fetch(
        "SELECT l.*, r.version, o.name AS asked_name, o.email AS asked_email, p.name AS other_name"
        " FROM cooperation_link l JOIN record r ON r.id = l.id"
        f" JOIN organisation o ON o.id = l.{own}_id JOIN organisation p ON p.id = l.{other}_id WHERE l.id = ?",
        link,
    )
    if not rows:
        return None
    [row] = rows
    return Question(
        link=str(row["id"]),
        version=int(row["version"]),
        side=side,
        asked=str(row[f"{own}_id"]),
        asked_name=from_json(row["asked_name"]),
        asked_email=row["asked_email"],
        other_name=from_json(row["other_name"]),
        kind=row["kind"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        description=from_json(row["description"]) if row["description"] else None,
    )


async def asked(database: Database, token: str, now: datetime) -> Question | None:
    """The question that a link puts; None when it no longer holds."""
    async with database.snapshot() as reader:
        return await _question_of(reader, await links.read(reader, token, now))


async def _question_of(reader: Reader, link: Link | None) -> Question | None:
    if link is None or link.link is None or link.side is None:
        return None
    return await question(reader, link.link, link.side)


async def answer(
    database: Database, token: str, *, is_so: bool, note: str | None, seen: int, now: datetime, today: date
) -> bool:
    """Say for the side whether it is so; False when the link no longer holds, or the question is another one by now."""
    async with database.transaction() as transaction:
        found = await _question_of(transaction, await links.read(transaction, token, now))
        if found is None or found.version != seen:
            return False
        if await links.use(transaction, token, now, LinkPurpose.ANSWER) is None:
            return False
    state = ConfirmationState.CONFIRMED if is_so else ConfirmationState.DISPUTED
    word = Word(found.side, state, ConfirmationRole.MAIL, today, found.asked, note=note)
    await confirm(database, found.link, word, author=AUTHOR)
    return True
