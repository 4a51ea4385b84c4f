"""What editors do with campaigns. Each function is one transaction, asks for permission in it, and raises InputError.

Whoever holds a link can speak for its organisation. So editors let letters be sent; where none are, the links are
handed to administrators only.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from service.accounts import links
from service.accounts.audit import note
from service.accounts.rows import column, insert
from service.campaigns import recipients
from service.campaigns.messages import wrong
from service.campaigns.recipients import Answer, Recipient
from service.campaigns.words import LONGEST_NAME, Words, wrong_words
from service.database import Database, Reader, Transaction
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step
from service.errors import Problem
from service.models.account import AuditAct, LinkPurpose
from service.models.rows import from_json, from_moment, moment
from service.settings import Settings

LONGEST = timedelta(days=365)
"""So far away a last day may be."""

PATIENCE = timedelta(days=1)
"""So long after a letter nobody is written to again."""


@dataclass(frozen=True)
class Campaign:
    """A campaign as it stands."""

    id: str
    name: str
    words: Words
    last_day: date
    created_at: datetime
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True)
class Addressee:
    """An organisation that is to be invited."""

    organisation: str
    name: str
    number: str | None
    email: str
    language: str


@dataclass(frozen=True)
class Handed:
    """A link to hand over where no letters are sent; it is told this once."""

    recipient: Recipient
    link: str


@dataclass(frozen=True)
class Campaigns:
    """Somebody who keeps campaigns: by whom it is done, and what asks whether they may."""

    database: Database
    settings: Settings
    author: str
    permit: Permit

    @property
    def sends_letters(self) -> bool:
        return bool(self.settings.smtp_url)

    async def everyone(self) -> list[Campaign]:
        """All campaigns, the latest first."""
        async with self._work() as (transaction, _):
            rows = await transaction.fetch("SELECT * FROM campaign ORDER BY created_at DESC, id")
            return [_campaign(row) for row in rows]

    async def one(self, id: str) -> tuple[Campaign, list[Recipient]]:
        """A campaign with everybody whom it invited."""
        async with self._work() as (transaction, _):
            return await _one(transaction, id), await recipients.of_campaign(transaction, id)

    async def begin(self, name: str, words: Words, last_day: str) -> str:
        """A new campaign, of which nobody hears yet; its id."""
        async with self._work() as (transaction, now):
            values = self._values(name, words, last_day, now)
            return await insert(transaction, "campaign", account_id=self.author, created_at=now, **values)

    async def change(self, id: str, name: str, words: Words, last_day: str) -> None:
        """Say something else from now on; letters that went out stay as they are."""
        async with self._work() as (transaction, now):
            _refuse_closed(await _one(transaction, id))
            values = self._values(name, words, last_day, now)
            sql = "UPDATE campaign SET name = ?, last_day = ?, subject = ?, letter = ? WHERE id = ?"
            await transaction.execute(sql, *(column(each, transaction.dialect) for each in values.values()), id)

    async def invite(self, id: str, addressees: Sequence[Addressee]) -> list[Handed]:
        """Invite organisations: letters go out one after the other; where none are sent, the links to hand over."""
        async with self._work(handing=not self.sends_letters) as (transaction, now):
            self._refuse_past(await _one(transaction, id), now)
            await _refuse_invited(transaction, addressees)
            due = now if self.sends_letters else None
            for each in addressees:
                told = {**vars(each), "name": each.name[:LONGEST_NAME]}
                await insert(transaction, "campaign_recipient", campaign_id=id, invited_at=now, due_at=due, **told)
            await self._note(transaction, AuditAct.CAMPAIGN_SENT, now, id, len(addressees))
            return await self._handed(transaction, id, {each.email for each in addressees}, now)

    async def remind(self, id: str) -> tuple[int, list[Handed]]:
        """Write once more to the silent to whom nothing was sent for a day; how many, and the links to hand over."""
        async with self._work(handing=not self.sends_letters) as (transaction, now):
            self._refuse_past(await _one(transaction, id), now)
            found = [each for each in await recipients.of_campaign(transaction, id) if self._is_to_remind(each, now)]
            stamp = moment(now, transaction.dialect)
            sql = "UPDATE campaign_recipient SET reminded_at = ?, due_at = ?, undelivered_at = NULL WHERE id = ?"
            for each in found:
                await links.void_invitation(transaction, each.id)
                await transaction.execute(sql, stamp, stamp if self.sends_letters else None, each.id)
            if found:
                await self._note(transaction, AuditAct.CAMPAIGN_REMINDED, now, id, len(found))
            return len(found), await self._handed(transaction, id, {each.email for each in found}, now)

    def _is_to_remind(self, recipient: Recipient, now: datetime) -> bool:
        silent = recipient.answer in (Answer.SILENT, Answer.UNDELIVERED) and recipient.email is not None
        return silent and (not self.sends_letters or recipient.heard_at <= now - PATIENCE)

    async def close(self, id: str) -> None:
        """Close a campaign: its links stop, and letters that wait are not sent."""
        async with self._work() as (transaction, now):
            _refuse_closed(await _one(transaction, id))
            await transaction.execute(
                "UPDATE campaign SET closed_at = ? WHERE id = ?", moment(now, transaction.dialect), id
            )
            own = "recipient_id IN (SELECT id FROM campaign_recipient WHERE campaign_id = ?)"
            await transaction.execute(f"DELETE FROM one_time_link WHERE {own}", id)
            await transaction.execute(f"DELETE FROM letter WHERE {own}", id)
            await transaction.execute("UPDATE campaign_recipient SET due_at = NULL WHERE campaign_id = ?", id)
            await self._note(transaction, AuditAct.CAMPAIGN_CLOSED, now, id)

    async def _handed(self, transaction: Transaction, id: str, emails: set[str | None], now: datetime) -> list[Handed]:
        """The links of some recipients, where no letters are sent."""
        if self.sends_letters:
            return []
        found = [each for each in await recipients.of_campaign(transaction, id) if each.email in emails]
        return [Handed(each, await self._link(transaction, each, now)) for each in found]

    async def _link(self, transaction: Transaction, recipient: Recipient, now: datetime) -> str:
        token = await links.make(transaction, LinkPurpose.CAMPAIGN, now, recipient=recipient.id)
        return links.address(self.settings.site, LinkPurpose.CAMPAIGN, token)

    def _values(self, name: str, words: Words, last_day: str, now: datetime) -> dict[str, Any]:
        """What a campaign says, checked."""
        problems = [] if name.strip() else [problem("required", ("name",))]
        problems += [problem("too_long", ("name",), most=LONGEST_NAME)] if len(name) > LONGEST_NAME else []
        problems += [*wrong_words(words), *self._wrong_day(last_day, now)]
        refuse(problems)
        texts = {"subject": _stripped(words.subject), "letter": _stripped(words.letter)}
        return {"name": " ".join(name.split()), "last_day": date.fromisoformat(last_day.strip()), **texts}

    def _wrong_day(self, text: str, now: datetime) -> Sequence[Problem]:
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            return [problem("not_a_day", ("last_day",))]
        today = self._today(now)
        return [] if today <= day <= today + LONGEST else [wrong("last_day_refused", "last_day")]

    def _refuse_past(self, campaign: Campaign, now: datetime) -> None:
        _refuse_closed(campaign)
        refuse([wrong("campaign_over", "last_day")] if campaign.last_day < self._today(now) else [])

    def _today(self, now: datetime) -> date:
        return now.astimezone(self.settings.timezone).date()

    async def _note(
        self, transaction: Transaction, act: AuditAct, now: datetime, id: str, recipients: int | None = None
    ) -> None:
        said: dict[str, Any] = {} if recipients is None else {"recipients": recipients}
        await note(transaction, act, now, account=self.author, about=id, **said)

    @asynccontextmanager
    async def _work(self, *, handing: bool = False) -> AsyncIterator[tuple[Transaction, datetime]]:
        step = Step.ADMIT if handing else Step.INVITE
        async with self.database.transaction() as transaction:
            await self.permit(transaction, [Attempt(step, None, None)])
            yield transaction, datetime.now(UTC)


async def _refuse_invited(transaction: Transaction, addressees: Sequence[Addressee]) -> None:
    """Who looks at the rows of a sheet and waits may find that somebody else was quicker."""
    if transaction.dialect == "postgres":
        await transaction.execute("LOCK TABLE campaign_recipient IN SHARE ROW EXCLUSIVE MODE")
    known = await recipients.invited_elsewhere(transaction)
    taken = {each.email for each in known} | {each.organisation for each in known}
    refuse([wrong("invited_twice")] if any({each.email, each.organisation} & taken for each in addressees) else [])


def _refuse_closed(campaign: Campaign) -> None:
    refuse([] if campaign.is_open else [wrong("campaign_closed")])


def _stripped(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.replace("\r\n", "\n").strip() for language, text in texts.items()}


async def campaign(reader: Database | Reader, id: str) -> Campaign | None:
    """A campaign by its id."""
    return next((_campaign(row) for row in await reader.fetch("SELECT * FROM campaign WHERE id = ?", id)), None)


async def _one(transaction: Transaction, id: str) -> Campaign:
    found = await campaign(transaction, id)
    refuse([] if found else [wrong("no_such_campaign")])
    assert found is not None
    return found


def _campaign(row: Mapping[str, Any]) -> Campaign:
    return Campaign(
        id=str(row["id"]),
        name=row["name"],
        words=Words(from_json(row["subject"]), from_json(row["letter"])),
        last_day=date.fromisoformat(str(row["last_day"])),
        created_at=from_moment(row["created_at"]),
        closed_at=from_moment(row["closed_at"]) if row["closed_at"] else None,
    )
