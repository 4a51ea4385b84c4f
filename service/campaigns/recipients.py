"""Whom a campaign invited, and how each of them answered, as their revisions tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.database import Database, Reader
from service.models.fields import Choices
from service.models.rows import from_moment


class Answer(Choices):
    """What came of an invitation."""

    ANSWERED = "answered", "A version was handed in, or it was said that all is still true."
    OPENED = "opened", "The invitation was taken up; nothing was handed in yet."
    UNDELIVERED = "undelivered", "The letter did not arrive."
    SILENT = "silent", "Nothing came back yet."


@dataclass(frozen=True)
class Recipient:
    """An organisation that was invited."""

    id: str
    campaign: str
    organisation: str
    name: str
    number: str | None
    email: str | None
    language: str
    account: str | None
    invited_at: datetime
    reminded_at: datetime | None
    undelivered_at: datetime | None
    answered: bool = False

    @property
    def answer(self) -> Answer:
        if self.answered:
            return Answer.ANSWERED
        if self.account is not None:
            return Answer.OPENED
        return Answer.SILENT if self.undelivered_at is None else Answer.UNDELIVERED

    @property
    def heard_at(self) -> datetime:
        """When it was last written to."""
        return self.reminded_at or self.invited_at


ANSWERED = """EXISTS (
    SELECT 1 FROM revision v JOIN account a ON CAST(a.id AS TEXT) = v.author
    WHERE v.record_id = r.organisation AND a.role = 'representative' AND v.at >= r.invited_at
    AND (v.act = 'assure' OR (v.kind = 'content' AND v.state IN ('in_review', 'sent_back', 'scheduled', 'done')))
)"""
"""A representative handed a version in, or said that all is still true, after the invitation."""


async def of_campaign(reader: Database | Reader, campaign: str) -> list[Recipient]:
    """Everybody who was invited, by name."""
    sql = f"SELECT r.*, {ANSWERED} AS answered FROM campaign_recipient r WHERE r.campaign_id = ?"
    found = [recipient_of(row) for row in await reader.fetch(sql, campaign)]
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


async def one(reader: Database | Reader, id: str) -> Recipient | None:
    """One of them."""
    sql = f"SELECT r.*, {ANSWERED} AS answered FROM campaign_recipient r WHERE r.id = ?"
    return next((recipient_of(row) for row in await reader.fetch(sql, id)), None)


async def invited_elsewhere(reader: Database | Reader) -> list[Recipient]:
    """Everybody whom a campaign invited that goes on."""
    sql = (
        "SELECT r.* FROM campaign_recipient r JOIN campaign c ON c.id = r.campaign_id"
        " WHERE c.closed_at IS NULL ORDER BY r.id"
    )
    return [recipient_of(row) for row in await reader.fetch(sql)]


async def addresses_of_colleagues(reader: Database | Reader) -> set[str]:
    """The addresses of accounts that speak for no organisation, and are not to."""
    sql = "SELECT email FROM account WHERE role <> 'representative' AND email IS NOT NULL"
    return {row["email"] for row in await reader.fetch(sql)}


def recipient_of(row: Mapping[str, Any]) -> Recipient:
    """One from its row."""
    return Recipient(
        id=str(row["id"]),
        campaign=str(row["campaign_id"]),
        organisation=str(row["organisation"]),
        name=row["name"],
        number=row["number"],
        email=row["email"],
        language=row["language"],
        account=str(row["account_id"]) if row["account_id"] else None,
        invited_at=from_moment(row["invited_at"]),
        reminded_at=_when(row["reminded_at"]),
        undelivered_at=_when(row["undelivered_at"]),
        answered=bool(row.get("answered")),
    )


def _when(value: Any) -> datetime | None:
    return None if value is None else from_moment(value)
