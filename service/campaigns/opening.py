"""What the link of a campaign's letter leads to: looking changes nothing; taking the invitation up does it all at once.

Whoever takes it up has an account for the organisation from then on. A new organisation gets its id and a draft with
what the sheet said of it, by the rights of that account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from service.accounts import links, people, signing_in
from service.accounts.links import Link
from service.accounts.messages import refusal
from service.accounts.people import Person
from service.accounts.sessions import Door
from service.accounts.signing_in import Entrance
from service.accounts.viewer import viewer_of
from service.campaigns import keeping, recipients
from service.campaigns.keeping import Campaign
from service.campaigns.recipients import Recipient
from service.database import Database, Reader, Transaction
from service.editing import log, policy, revisions
from service.editing.content import Content
from service.editing.drafts import Draft
from service.errors import InputError
from service.models.account import LinkPurpose, Role
from service.models.rows import moment

NUMBER = "registration_number"


@dataclass(frozen=True)
class Invitation:
    """An invitation that still holds."""

    campaign: Campaign
    recipient: Recipient


@dataclass(frozen=True)
class Opened:
    """Somebody who came in by an invitation: the value of the session's cookie, and what they are to fill in."""

    session: str
    organisation: str
    draft: str | None


async def look(database: Database, token: str, now: datetime, today: date) -> Invitation | None:
    """The invitation that a link stands for; None when it no longer holds."""
    async with database.snapshot() as reader:
        return await _invitation(reader, await links.read(reader, token, now), today)


async def _invitation(reader: Reader, link: Link | None, today: date) -> Invitation | None:
    recipient = await recipients.one(reader, link.recipient) if link and link.recipient else None
    campaign = await keeping.campaign(reader, recipient.campaign) if recipient else None
    if recipient is None or campaign is None or recipient.email is None:
        return None
    return Invitation(campaign, recipient) if campaign.is_open and today <= campaign.last_day else None


async def take_up(entrance: Entrance, token: str, door: Door, now: datetime, today: date) -> Opened:
    """Take an invitation up. Raises InputError, TooOften."""
    entrance.limits.of_network.take(door.network)
    async with log.writing(entrance.database) as (transaction, at):
        link = await links.use(transaction, token, now, LinkPurpose.CAMPAIGN)
        found = await _invitation(transaction, link, today)
        if found is None:
            raise refusal("link_refused")
        organisation, is_published = await _organisation(transaction, found.recipient)
        person = await _account(transaction, found.recipient, organisation, now)
        sql = "UPDATE campaign_recipient SET account_id = ?, organisation = ?, due_at = NULL WHERE id = ?"
        await transaction.execute(sql, person, organisation, found.recipient.id)
        draft = None if is_published else await _begin(transaction, found.recipient, organisation, person, at)
        session = await signing_in.enter(transaction, person, door, now, entrance.settings, by="campaign")
    return Opened(session, organisation, draft)


PUBLISHED_OF = "SELECT owner_id AS id FROM organisation_identifier WHERE scheme = ? AND value = ?"


async def _organisation(transaction: Transaction, recipient: Recipient) -> tuple[str, bool]:
    """The organisation as it is called now, and whether it is published: others may have entered or merged it."""
    id = recipient.organisation
    while rows := await transaction.fetch("SELECT state, merged_into_id FROM record WHERE id = ?", id):
        if rows[0]["merged_into_id"] is None:
            return id, True
        id = str(rows[0]["merged_into_id"])
    entered = await transaction.fetch(PUBLISHED_OF, NUMBER, recipient.number) if recipient.number else []
    return (str(entered[0]["id"]), True) if entered else (id, False)


async def _account(transaction: Transaction, recipient: Recipient, organisation: str, now: datetime) -> str:
    """The account of the address: a new one, or a representative's who speaks for one more organisation."""
    assert recipient.email is not None
    person = await _known(transaction, recipient.email)
    if person is None:
        id = await people.add_representative(transaction, recipient.email, recipient.language, organisation, now)
    elif person.role is Role.REPRESENTATIVE:
        id = person.id
        await people.add_organisation(transaction, person, organisation, now)
    else:
        raise refusal("link_refused")
    sql = "UPDATE account SET joined_at = COALESCE(joined_at, ?) WHERE id = ?"
    await transaction.execute(sql, moment(now, transaction.dialect), id)
    return id


async def _known(transaction: Transaction, email: str) -> Person | None:
    try:
        return await people.by_email(transaction, email)
    except InputError:
        return None


async def _begin(transaction: Transaction, recipient: Recipient, organisation: str, account: str, at: datetime) -> str:
    """The draft of a new organisation, with what the sheet said; or the one that was begun before."""
    sql = "SELECT id FROM revision WHERE record_id = ? AND author = ? AND state IN ('draft', 'sent_back')"
    if begun := await transaction.fetch(sql, organisation, account):
        return str(begun[0]["id"])
    viewer = await viewer_of(transaction, account)
    assert viewer is not None
    draft = Draft("organisation", organisation, told(recipient))
    saved = await revisions.begin(transaction, [draft], at, author=account, permit=policy.permit(viewer))
    return saved.revisions[0]


def told(recipient: Recipient) -> Content:
    """What a sheet says of an organisation. Its address may be a person's, and is not repeated."""
    return first_content(recipient.name, recipient.number)


def first_content(name: str, number: str | None) -> Content:
    """What is known of an organisation at first."""
    identifiers = {"identifiers": [{"scheme": NUMBER, "value": number}]} if number else {}
    return {"name": {"lv": name}, **identifiers}
