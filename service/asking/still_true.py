"""Every few months each representative gets one letter with their records and one button: all still true."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from service.accounts import letters, links
from service.accounts.letters import Letter
from service.accounts.viewer import viewer_of
from service.asking.records import Named, records_of
from service.database import Database, Reader
from service.editing.acts import assure
from service.editing.policy import permit
from service.errors import InputError
from service.mail import Mail
from service.models.account import LinkPurpose, Role
from service.models.rows import moment

DAYS_OF_A_MONTH = 365.25 / 12
MOST_LISTED = 30

SUBJECT = {"lv": "Vai ziņas joprojām ir pareizas?", "en": "Is everything still true?"}
TEXT = {
    "lv": (
        "Labdien!\n\nKatalogā Kopā par jūsu organizāciju ir šie ieraksti:\n\n{records}\n\n"
        "Ja viss joprojām ir pareizi, atveriet šo saiti un nospiediet pogu “Ziņas joprojām ir pareizas”:\n\n"
        "{address}\n\nJa kaut kas mainījies, pieslēdzieties un izlabojiet: {site}account/\n\nSaite der 30 dienas.\n"
    ),
    "en": (
        "Hello,\n\nthe directory Kopā holds these records of your organisation:\n\n{records}\n\n"
        "If all is still true, open this link and press the button “All of this is still true”:\n\n"
        "{address}\n\nIf something has changed, sign in and correct it: {site}account/\n\n"
        "The link works for 30 days.\n"
    ),
}
MORE = {"lv": "… un vēl {more}", "en": "… and {more} more"}


async def remind(database: Database, now: datetime, months: int) -> int:
    """Queue a letter for each representative whose last one, or whose arrival, is long enough ago; how many."""
    async with database.transaction() as transaction:
        stamp = moment(now, transaction.dialect)
        before = moment(now - timedelta(days=months * DAYS_OF_A_MONTH), transaction.dialect)
        rows = await transaction.fetch(
            "UPDATE account SET reminded_at = ? WHERE role = ? AND closed_at IS NULL AND email IS NOT NULL"
            " AND COALESCE(reminded_at, joined_at) <= ? RETURNING id",
            *(stamp, Role.REPRESENTATIVE.value, before),
        )
        for row in rows:
            await letters.queue(transaction, LinkPurpose.STILL_TRUE, now, account=str(row["id"]))
    return len(rows)


def writer(site: str) -> letters.Writer:
    """Writes the letter."""

    async def write(reader: Reader, letter: Letter, address: str) -> Mail | None:
        assert letter.account is not None
        rows = await reader.fetch("SELECT email, language FROM account WHERE id = ?", letter.account)
        records = await _records(reader, letter.account)
        if not rows or rows[0]["email"] is None or not records:
            return None
        language = rows[0]["language"]
        listed = [f"- {record.in_language(language)}" for record in records[:MOST_LISTED]]
        if len(records) > MOST_LISTED:
            listed.append(MORE[language].format(more=len(records) - MOST_LISTED))
        text = TEXT[language].format(records="\n".join(listed), address=address, site=site)
        return Mail(rows[0]["email"], SUBJECT[language], text)

    return write


async def asked(database: Database, token: str, now: datetime) -> list[Named] | None:
    """The records that a link is about; None when it no longer holds."""
    async with database.snapshot() as reader:
        link = await links.read(reader, token, now)
        if link is None or link.purpose is not LinkPurpose.STILL_TRUE or link.account is None:
            return None
        return await _records(reader, link.account)


async def say_so(database: Database, token: str, seen: Collection[str], now: datetime, today: date) -> int | None:
    """Say of the records that were seen that they are still true, as far as they still are the representative's.

    How many; None when the link no longer holds.
    """
    async with database.transaction() as transaction:
        link = await links.use(transaction, token, now, LinkPurpose.STILL_TRUE)
        if link is None or link.account is None:
            return None
        viewer = await viewer_of(transaction, link.account)
        records = await _records(transaction, link.account)
    said = 0
    for record in records:
        if viewer is None or record.id not in seen:
            continue
        try:
            role, author = Role.REPRESENTATIVE.value, viewer.account
            await assure(database, record.id, on=today, role=role, author=author, permit=permit(viewer))
        except InputError:  # It was withdrawn, or given to somebody else, a moment ago.
            continue
        said += 1
    return said


async def _records(reader: Reader, account: str) -> list[Named]:
    viewer = await viewer_of(reader, account)
    return await records_of(reader, viewer.organisations) if viewer else []
