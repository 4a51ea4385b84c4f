"""One-time links: whoever holds one may do one thing, once, until it expires.

Looking at a link does not use it: programs that check mail open every address in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service.accounts.rows import insert
from service.accounts.tokens import digest, new_token
from service.database import Database, Reader, Transaction
from service.models.account import LinkPurpose
from service.models.cooperation import Side
from service.models.rows import moment

LASTS = {
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.SIGN_IN: timedelta(minutes=15),
    LinkPurpose.RESET: timedelta(hours=1),
    LinkPurpose.STILL_TRUE: timedelta(days=30),
    LinkPurpose.ANSWER: timedelta(days=14),
    LinkPurpose.CAMPAIGN: timedelta(days=366),
}
"""How long links hold; that of a campaign only until its last day, which is not after this."""

PATHS = {
    LinkPurpose.STILL_TRUE: "account/still-true",
    LinkPurpose.ANSWER: "answer",
    LinkPurpose.CAMPAIGN: "account/profile",
}
HOLDS = "token = ? AND used_at IS NULL AND expires_at > ?"


@dataclass(frozen=True)
class Link:
    """A link that still holds."""

    id: str
    purpose: LinkPurpose
    account: str | None
    link: str | None
    side: Side | None
    recipient: str | None = None


def address(base: str, purpose: LinkPurpose, token: str) -> str:
    """Where a link leads; `base` ends with a slash."""
    return f"{base}{PATHS.get(purpose, 'account/link')}/{token}"


async def make(
    transaction: Transaction,
    purpose: LinkPurpose,
    now: datetime,
    *,
    account: str | None = None,
    link: str | None = None,
    side: Side | None = None,
    recipient: str | None = None,
) -> str:
    """A new link; the last part of its address. An invitation, and a reset, take the place of those before."""
    if purpose in (LinkPurpose.INVITATION, LinkPurpose.RESET):
        await void(transaction, account, purpose)
    if recipient is not None:
        await void_invitation(transaction, recipient)
    token = new_token()
    side_value = side.value if side else None
    about = {"account_id": account, "link_id": link, "side": side_value, "recipient_id": recipient}
    times = {"created_at": now, "expires_at": now + LASTS[purpose]}
    await insert(transaction, "one_time_link", purpose=purpose.value, token=digest(token), **about, **times)
    return token


async def void(transaction: Transaction, account: str | None, *purposes: LinkPurpose) -> None:
    """Take links of an account back."""
    for purpose in purposes:
        sql = "DELETE FROM one_time_link WHERE account_id = ? AND purpose = ? AND used_at IS NULL"
        await transaction.execute(sql, account, purpose.value)


async def void_invitation(transaction: Transaction, recipient: str) -> None:
    """Take the link back by which a campaign invited an organisation."""
    await transaction.execute("DELETE FROM one_time_link WHERE recipient_id = ? AND used_at IS NULL", recipient)


async def read(reader: Database | Reader, token: str, now: datetime) -> Link | None:
    """The link, if it still holds."""
    when = moment(now, reader.dialect)
    rows = await reader.fetch(f"SELECT * FROM one_time_link WHERE {HOLDS}", digest(token), when)
    return _link(rows[0]) if rows else None


async def use(transaction: Transaction, token: str, now: datetime, *purposes: LinkPurpose) -> Link | None:
    """Use a link up; None if it no longer holds, or is for something else."""
    when = moment(now, transaction.dialect)
    marks = ", ".join("?" * len(purposes))
    rows = await transaction.fetch(
        f"UPDATE one_time_link SET used_at = ? WHERE {HOLDS} AND purpose IN ({marks}) RETURNING *",
        when,
        digest(token),
        when,
        *(purpose.value for purpose in purposes),
    )
    return _link(rows[0]) if rows else None


async def sweep(transaction: Transaction, now: datetime) -> None:
    """Remove links that have expired, used or not."""
    await transaction.execute("DELETE FROM one_time_link WHERE expires_at <= ?", moment(now, transaction.dialect))


def _link(row: Mapping[str, Any]) -> Link:
    return Link(
        id=str(row["id"]),
        purpose=LinkPurpose(row["purpose"]),  # type: ignore[call-arg]
        account=str(row["account_id"]) if row["account_id"] else None,
        link=str(row["link_id"]) if row["link_id"] else None,
        side=Side(row["side"]) if row["side"] else None,  # type: ignore[call-arg]
        recipient=str(row["recipient_id"]) if row["recipient_id"] else None,
    )
