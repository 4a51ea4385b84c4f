"""Letters: asked for in a transaction, written and sent later by a job.

A letter's link is made when it goes out, so that neither its words nor its token lie in the database.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service.accounts import links
from service.accounts.rows import insert
from service.database import Database, Reader, Transaction
from service.errors import MailError
from service.mail import Mail, Mailer
from service.models.account import LinkPurpose
from service.models.cooperation import Side
from service.models.rows import moment

log = logging.getLogger("kopa.letters")

AT_ONCE = 50
MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=1)
"""How long to wait after the first failure; each time twice as long, about two hours in the end."""


@dataclass(frozen=True)
class Letter:
    """A letter to be sent."""

    id: str
    purpose: LinkPurpose
    account: str | None
    link: str | None
    side: Side | None
    tries: int
    recipient: str | None = None
    application: str | None = None

    @property
    def has_reader(self) -> bool:
        """Whether there is anybody to write to."""
        return any((self.account, self.link, self.recipient, self.application))


Writer = Callable[[Reader, Letter, str], Awaitable[Mail | None]]
"""Writes a letter that holds the address it is given; None when there is nobody to send it to."""


async def queue(
    transaction: Transaction,
    purpose: LinkPurpose,
    now: datetime,
    *,
    account: str | None = None,
    link: str | None = None,
    side: Side | None = None,
    recipient: str | None = None,
    application: str | None = None,
) -> None:
    """Have a letter sent. To no account it is thrown away, and asking for it takes as long."""
    about = {"account_id": account, "link_id": link, "side": side.value if side else None}
    about |= {"recipient_id": recipient, "application_id": application}
    await insert(transaction, "letter", purpose=purpose.value, **about, queued_at=now, due_at=now, tries=0)


class Post:
    """Sends what is queued; under a lease, since two at a time would send a letter twice."""

    def __init__(self, database: Database, mailer: Mailer, site: str, writers: Mapping[LinkPurpose, Writer]) -> None:
        self._database = database
        self._mailer = mailer
        self._site = site
        self._writers = writers

    async def send_due(self, now: datetime) -> int:
        """Send the letters that are due; how many went out."""
        sql = "SELECT * FROM letter WHERE due_at <= ? ORDER BY due_at, id LIMIT ?"
        rows = await self._database.fetch(sql, moment(now, self._database.dialect), AT_ONCE)
        return sum([await self._send(_letter(row), now) for row in rows])

    async def _send(self, letter: Letter, now: datetime) -> bool:
        mail = await self._write(letter, now)
        if mail is None:
            await self._remove(letter)
            return False
        try:
            await self._mailer.send(mail)
        except MailError as error:
            await self._put_off(letter, error, now)
            return False
        await self._remove(letter)
        return True

    async def _write(self, letter: Letter, now: datetime) -> Mail | None:
        """The words with a link in them that works from now on."""
        if not letter.has_reader:
            return None
        async with self._database.transaction() as transaction:
            address = await self._address(transaction, letter, now)
            return await self._writers[letter.purpose](transaction, letter, address)

    async def _address(self, transaction: Transaction, letter: Letter, now: datetime) -> str:
        """Where the link in it leads; an answer to an application has none, and names the site."""
        if letter.purpose is LinkPurpose.REPLY:
            return self._site
        about = {"account": letter.account, "link": letter.link, "recipient": letter.recipient}
        token = await links.make(transaction, letter.purpose, now, **about, side=letter.side)
        return links.address(self._site, letter.purpose, token)

    async def _put_off(self, letter: Letter, error: MailError, now: datetime) -> None:
        tries = letter.tries + 1
        told = {"letter": letter.id, "purpose": letter.purpose.value, "tries": tries}
        log.warning("%s", error, extra=told)
        if tries >= MOST_TRIES:
            log.error("A letter was given up.", extra=told)
            await self._give_up(letter, now)
            return
        async with self._database.transaction() as transaction:
            due = moment(now + FIRST_WAIT * 2**letter.tries, transaction.dialect)
            await transaction.execute("UPDATE letter SET tries = ?, due_at = ? WHERE id = ?", tries, due, letter.id)

    async def _give_up(self, letter: Letter, now: datetime) -> None:
        """Throw it away; whoever sent an invitation learns that it did not arrive."""
        async with self._database.transaction() as transaction:
            stamp = moment(now, transaction.dialect)
            sql = "UPDATE campaign_recipient SET undelivered_at = ? WHERE id = ?"
            await transaction.execute(sql, stamp, letter.recipient)
        await self._remove(letter)

    async def _remove(self, letter: Letter) -> None:
        async with self._database.transaction() as transaction:
            await transaction.execute("DELETE FROM letter WHERE id = ?", letter.id)


def _letter(row: Mapping[str, Any]) -> Letter:
    return Letter(
        id=str(row["id"]),
        purpose=LinkPurpose(row["purpose"]),  # type: ignore[call-arg]
        account=str(row["account_id"]) if row["account_id"] else None,
        link=str(row["link_id"]) if row["link_id"] else None,
        side=Side(row["side"]) if row["side"] else None,  # type: ignore[call-arg]
        tries=row["tries"],
        recipient=str(row["recipient_id"]) if row["recipient_id"] else None,
        application=str(row["application_id"]) if row["application_id"] else None,
    )
