"""What the administrator of the machine does about accounts; each function is one transaction and says what it did."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from service.accounts import invitations, people, second_factor
from service.accounts.people import Person
from service.database import Database, Reader, Transaction
from service.errors import KopaError
from service.models.account import Role
from service.settings import Settings

Work = Callable[[Transaction, datetime], Awaitable[str]]


def add(
    settings: Settings,
    email: str,
    role: str,
    organisations: Sequence[str],
    name: str | None,
    language: str,
    by_hand: bool,
) -> str:
    async def work(transaction: Transaction, now: datetime) -> str:
        own = [await _organisation(transaction, text) for text in organisations]
        account = await people.add(
            transaction, _role(role), now, email=email, name=name, language=language, organisations=own
        )
        return await _invited(transaction, account, settings, by_hand, now)

    return _done(settings, work)


def invite(settings: Settings, email: str, by_hand: bool) -> str:
    async def work(transaction: Transaction, now: datetime) -> str:
        person = await people.by_email(transaction, email)
        return await _invited(transaction, person.id, settings, by_hand, now)

    return _done(settings, work)


def everybody(settings: Settings) -> str:
    async def work(transaction: Transaction, now: datetime) -> str:
        return "\n".join(_line(person) for person in await people.everybody(transaction)) or "There are no accounts."

    return _done(settings, work)


def change_role(settings: Settings, email: str, role: str, organisations: Sequence[str]) -> str:
    async def work(transaction: Transaction, now: datetime) -> str:
        person = await people.by_email(transaction, email)
        own = [await _organisation(transaction, text) for text in organisations]
        await people.change_role(transaction, person.id, _role(role), own, now, by=None)
        return f"{person.email} is {role} now."

    return _done(settings, work)


def close(settings: Settings, email: str) -> str:
    async def work(transaction: Transaction, now: datetime) -> str:
        person = await people.by_email(transaction, email)
        await people.close(transaction, person.id, now, by=None)
        return f"The account {person.id} is closed and anonymous."

    return _done(settings, work)


def forget_second_factor(settings: Settings, email: str) -> str:
    async def work(transaction: Transaction, now: datetime) -> str:
        person = await people.by_email(transaction, email)
        await second_factor.forget(transaction, person.id, now, by=None)
        return f"{person.email} is asked for no code any more; an editor or administrator sets up a new one."

    return _done(settings, work)


def way_in(settings: Settings) -> str | None:
    """What to print as long as no administrator has come in: the way for the first one."""

    async def link() -> str | None:
        async with Database(settings.database_url, models=()) as database:
            return await invitations.first_administrator(database, settings.site, datetime.now(UTC))

    found = asyncio.run(link())
    return found and f"No administrator has come in yet. The first one does here, once, within seven days:\n  {found}"


def _done(settings: Settings, work: Work) -> str:
    async def do() -> str:
        async with Database(settings.database_url, models=()) as database, database.transaction() as transaction:
            return await work(transaction, datetime.now(UTC))

    return asyncio.run(do())


async def _invited(transaction: Transaction, account: str, settings: Settings, by_hand: bool, now: datetime) -> str:
    link = await invitations.invite(transaction, account, settings, now, by=None, by_hand=by_hand)
    if link is None:
        return f"The account {account} is invited; `kopa serve` sends the letter."
    return f"Hand over this link; it works once, within seven days:\n{link}"


async def _organisation(reader: Reader, text: str) -> str:
    """The id of an organisation by its id or slug."""
    try:
        return str(UUID(text))
    except ValueError:
        rows = await reader.fetch("SELECT record_id FROM slug WHERE noun = 'organisation' AND slug = ?", text)
    if not rows:
        raise KopaError(f"There is no organisation with the slug {text}.")
    return str(rows[0]["record_id"])


def _role(text: str) -> Role:
    return Role(text)  # type: ignore[call-arg]


def _line(person: Person) -> str:
    state = "closed" if not person.is_open else "taken up" if person.joined_at else "invited"
    factor = ", second factor" if person.has_second_factor else ""
    return f"{person.email or person.id:<40} {person.role.value:<16} {state}{factor}"
