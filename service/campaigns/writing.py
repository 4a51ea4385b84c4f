"""The letters of campaigns: queued some at a time, so that a letter somebody waits for is never far behind."""

from __future__ import annotations

from datetime import datetime

from service.accounts import letters
from service.accounts.letters import Letter
from service.campaigns import keeping, recipients
from service.campaigns.words import written
from service.database import Database, Reader
from service.mail import Mail
from service.models.account import LinkPurpose
from service.models.rows import moment

AT_ONCE = 25
"""Letters that are queued together; the next ones when these have gone."""

DUE = "SELECT id FROM campaign_recipient WHERE due_at <= ? ORDER BY due_at, id LIMIT 1"


async def queue_due(database: Database, now: datetime) -> int:
    """Queue the next letters, unless those before have still to go; how many."""
    async with database.transaction() as transaction:
        sql = "SELECT COUNT(*) AS waiting FROM letter WHERE recipient_id IS NOT NULL AND due_at <= ?"
        stamp = moment(now, transaction.dialect)
        [row] = await transaction.fetch(sql, stamp)
        most = max(0, AT_ONCE - int(row["waiting"]))
        due = await transaction.fetch(DUE.replace("LIMIT 1", "LIMIT ?"), stamp, most)
        for row in due:
            recipient = str(row["id"])
            await transaction.execute("UPDATE campaign_recipient SET due_at = NULL WHERE id = ?", recipient)
            await letters.queue(transaction, LinkPurpose.CAMPAIGN, now, recipient=recipient)
    return len(due)


async def write(reader: Reader, letter: Letter, address: str) -> Mail | None:
    """The letter to a recipient; None when the campaign is over or the recipient has taken it up meanwhile."""
    assert letter.recipient is not None
    recipient = await recipients.one(reader, letter.recipient)
    campaign = await keeping.campaign(reader, recipient.campaign) if recipient else None
    if recipient is None or campaign is None or not campaign.is_open:
        return None
    if recipient.email is None or recipient.account is not None:
        return None
    language = recipient.language
    link = address if language == "lv" else f"{address}?lang={language}"
    subject, text = campaign.words.filled(
        language, recipient.name, link, written(campaign.last_day, language), again=recipient.reminded_at is not None
    )
    return Mail(recipient.email, " ".join(subject.split()), text)
