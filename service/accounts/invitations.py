"""Invitations: the link by which somebody takes up an account, mailed, or handed over by an administrator."""

from __future__ import annotations

from datetime import datetime

from service.accounts import letters, links, people
from service.accounts.audit import note
from service.database import Database, Transaction
from service.models.account import AuditAct, LinkPurpose, Role
from service.settings import Settings


async def invite(
    transaction: Transaction, account: str, settings: Settings, now: datetime, *, by: str | None, by_hand: bool = False
) -> str | None:
    """Have somebody invited: by letter where letters are sent; else the link to hand over."""
    if settings.smtp_url and not by_hand:
        await send(transaction, account, now, by=by)
        return None
    return await hand_over(transaction, account, settings.site, now, by=by)


async def send(transaction: Transaction, account: str, now: datetime, *, by: str | None) -> None:
    """Have the link mailed to the account's owner."""
    await letters.queue(transaction, LinkPurpose.INVITATION, now, account=account)
    await note(transaction, AuditAct.INVITED, now, account=by, about=account, by="mail")


async def hand_over(transaction: Transaction, account: str, site: str, now: datetime, *, by: str | None) -> str:
    """The link, for somebody who hands it over; what was handed over before no longer works."""
    await note(transaction, AuditAct.INVITED, now, account=by, about=account, by="hand")
    token = await links.make(transaction, LinkPurpose.INVITATION, now, account=account)
    return links.address(site, LinkPurpose.INVITATION, token)


async def first_administrator(database: Database, site: str, now: datetime) -> str | None:
    """A new link by which the first administrator comes in, as long as no administrator has; else None."""
    async with database.transaction() as transaction:
        administrators = [
            person
            for person in await people.everybody(transaction)
            if person.role is Role.ADMINISTRATOR and person.is_open
        ]
        if any(person.joined_at for person in administrators):
            return None
        nameless = [person.id for person in administrators if person.email is None]
        account = nameless[0] if nameless else await people.add(transaction, Role.ADMINISTRATOR, now)
        return await hand_over(transaction, account, site, now, by=None)
