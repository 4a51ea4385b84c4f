"""Ways in: a password, or a mailed link; then the second factor. A wrong address is refused as a wrong password is.

Each way does the same work whether or not there is such an account: the same statements, the same hashing, a letter
that is queued and thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.accounts import letters, links, passwords, people, second_factor, sessions
from service.accounts.audit import note
from service.accounts.limits import Limit
from service.accounts.messages import refusal
from service.accounts.sessions import Door, SignedIn
from service.database import Database, Transaction
from service.errors import InputError
from service.models.account import AuditAct, LinkPurpose
from service.models.rows import moment
from service.settings import Settings

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


class Limits:
    """How often each way may be tried. They are counted in each process for itself."""

    def __init__(self) -> None:
        self.of_network = Limit(30, QUARTER)
        self.of_address = Limit(10, QUARTER)
        self.of_code = Limit(5, QUARTER)
        self.letters_of_network = Limit(20, HOUR)
        self.letters_of_address = Limit(5, HOUR)
        self.applications_of_network = Limit(10, HOUR)
        self.reports_of_network = Limit(10, HOUR)
        self.reports = Limit(300, HOUR)


@dataclass(frozen=True)
class Entrance:
    """What the ways in need."""

    database: Database
    settings: Settings
    limits: Limits


async def by_password(entrance: Entrance, email: str, password: str, door: Door, now: datetime) -> str:
    """Sign in; the value of the session's cookie. Raises InputError, TooOften."""
    address = _address(email)
    entrance.limits.of_network.take(door.network)
    entrance.limits.of_address.take(address)
    rows = await entrance.database.fetch(f"SELECT id, password FROM account WHERE {TAKEN_UP}", address)
    account = str(rows[0]["id"]) if rows else None
    right = await passwords.verified(password, rows[0]["password"] if rows else None)
    async with entrance.database.transaction() as transaction:
        if right and account is not None:
            return await enter(transaction, account, door, now, entrance.settings, by="password")
        said = {"account": account, "network": door.network}
        await note(transaction, AuditAct.SIGN_IN_REFUSED, now, **said, by="password")
    raise refusal("sign_in_refused")


TAKEN_UP = "email = ? AND joined_at IS NOT NULL AND closed_at IS NULL"


async def by_link(entrance: Entrance, token: str, door: Door, now: datetime) -> str:
    """Sign in with a mailed link; the value of the session's cookie. Raises InputError, TooOften."""
    entrance.limits.of_network.take(door.network)
    async with entrance.database.transaction() as transaction:
        link = await links.use(transaction, token, now, LinkPurpose.SIGN_IN)
        if link is None or link.account is None:
            raise refusal("link_refused")
        return await enter(transaction, link.account, door, now, entrance.settings, by="link")


async def ask_for_letter(entrance: Entrance, purpose: LinkPurpose, email: str, door: Door, now: datetime) -> None:
    """Have a link mailed to an address, if it is somebody's. Raises TooOften."""
    address = _address(email)
    entrance.limits.letters_of_network.take(door.network)
    entrance.limits.letters_of_address.take(address)
    async with entrance.database.transaction() as transaction:
        rows = await transaction.fetch(f"SELECT id FROM account WHERE {TAKEN_UP}", address)
        await letters.queue(transaction, purpose, now, account=str(rows[0]["id"]) if rows else None)


async def take_up(
    entrance: Entrance, token: str, password: str, door: Door, now: datetime, *, email: str | None = None
) -> str:
    """Take up an account by its invitation, with a password of one's own; the value of the session's cookie.

    `email` is asked of the first administrator, who has none yet. Raises InputError.
    """
    entrance.limits.of_network.take(door.network)
    address = people.canonical_email(email) if email is not None else None
    secret = await passwords.hashed(passwords.accepted(password, address))
    async with entrance.database.transaction() as transaction:
        link = await links.use(transaction, token, now, LinkPurpose.INVITATION)
        if link is None or link.account is None:
            raise refusal("link_refused")
        await _give_address(transaction, link.account, address)
        sql = "UPDATE account SET password = ?, joined_at = COALESCE(joined_at, ?) WHERE id = ?"
        await transaction.execute(sql, secret, moment(now, transaction.dialect), link.account)
        await sessions.end_all(transaction, link.account)
        await note(transaction, AuditAct.PASSWORD_CHANGED, now, account=link.account, network=door.network)
        return await enter(transaction, link.account, door, now, entrance.settings, by="invitation")


async def _give_address(transaction: Transaction, account: str, address: str | None) -> None:
    [row] = await transaction.fetch("SELECT email FROM account WHERE id = ?", account)
    if row["email"] is not None:
        return
    if address is None:
        raise refusal("needed", "email")
    if await transaction.fetch("SELECT id FROM account WHERE email = ?", address):
        raise refusal("email_taken", "email")
    await transaction.execute("UPDATE account SET email = ? WHERE id = ?", address, account)


async def reset(entrance: Entrance, token: str, password: str, door: Door, now: datetime) -> None:
    """Choose a new password by a mailed link; every session ends. Raises InputError, TooOften."""
    entrance.limits.of_network.take(door.network)
    secret = await passwords.hashed(passwords.accepted(password))
    async with entrance.database.transaction() as transaction:
        link = await links.use(transaction, token, now, LinkPurpose.RESET)
        if link is None or link.account is None:
            raise refusal("link_refused")
        await _new_password(transaction, link.account, secret, door, now)


async def change_password(
    entrance: Entrance, signed_in: SignedIn, before: str, password: str, door: Door, now: datetime
) -> None:
    """Choose a new password, knowing the old one if there is one; every other session ends. Raises InputError."""
    account = signed_in.viewer.account
    entrance.limits.of_address.take(account)
    rows = await entrance.database.fetch("SELECT email, password FROM account WHERE id = ?", account)
    stored = rows[0]["password"]
    if not await passwords.verified(before, stored) and stored is not None:
        raise refusal("sign_in_refused", "before")
    secret = await passwords.hashed(passwords.accepted(password, rows[0]["email"]))
    async with entrance.database.transaction() as transaction:
        await _new_password(transaction, account, secret, door, now, keep=signed_in.session.id)


async def _new_password(
    transaction: Transaction, account: str, secret: str, door: Door, now: datetime, *, keep: str | None = None
) -> None:
    await transaction.execute("UPDATE account SET password = ? WHERE id = ?", secret, account)
    await links.void(transaction, account, LinkPurpose.RESET, LinkPurpose.SIGN_IN)
    await sessions.end_all(transaction, account, but=keep)
    await note(transaction, AuditAct.PASSWORD_CHANGED, now, account=account, network=door.network)


async def give_code(entrance: Entrance, signed_in: SignedIn, code: str, door: Door, now: datetime) -> str:
    """Give the second factor, or a recovery code; the value of a new cookie. Raises InputError, TooOften."""
    account = signed_in.viewer.account
    entrance.limits.of_code.take(account)
    async with entrance.database.transaction() as transaction:
        if await second_factor.use_code(transaction, account, code, now):
            return await _prove(transaction, signed_in, door, now, entrance.settings)
        if await second_factor.use_recovery_code(transaction, account, code):
            await note(transaction, AuditAct.RECOVERY_CODE_USED, now, account=account, network=door.network)
            return await _prove(transaction, signed_in, door, now, entrance.settings)
        await note(transaction, AuditAct.SIGN_IN_REFUSED, now, account=account, network=door.network, by="code")
    raise refusal("code_refused", "code")


async def _prove(transaction: Transaction, signed_in: SignedIn, door: Door, now: datetime, settings: Settings) -> str:
    """Another session in the place of the one that could do less, so that its cookie is worth nothing."""
    account = signed_in.viewer.account
    await sessions.end(transaction, account, signed_in.session.id)
    token = await sessions.begin(transaction, account, door, now, settings, proved=True)
    await note(transaction, AuditAct.SIGNED_IN, now, account=account, network=door.network, by="code")
    return token


async def set_up_second_factor(
    entrance: Entrance, signed_in: SignedIn, secret: str, code: str, door: Door, now: datetime
) -> tuple[list[str], str]:
    """Turn the second factor on; the recovery codes and the value of a new cookie. Raises InputError, TooOften."""
    account = signed_in.viewer.account
    entrance.limits.of_code.take(account)
    if signed_in.must_give_code:
        raise refusal("code_refused", "code")
    async with entrance.database.transaction() as transaction:
        codes = await second_factor.set_up(transaction, account, secret, code, now)
        if codes is None:
            raise refusal("code_refused", "code")
        await note(transaction, AuditAct.SECOND_FACTOR_SET, now, account=account, network=door.network)
        await sessions.end_all(transaction, account)
        return codes, await _prove(transaction, signed_in, door, now, entrance.settings)


async def sign_out(entrance: Entrance, signed_in: SignedIn, session: str, door: Door, now: datetime) -> None:
    """End one of the account's sessions."""
    account = signed_in.viewer.account
    async with entrance.database.transaction() as transaction:
        if await sessions.end(transaction, account, session):
            await note(transaction, AuditAct.SIGNED_OUT, now, account=account, about=session, network=door.network)


async def enter(
    transaction: Transaction, account: str, door: Door, now: datetime, settings: Settings, *, by: str
) -> str:
    """Begin a session, in the transaction that proves who comes; the value of its cookie."""
    await note(transaction, AuditAct.SIGNED_IN, now, account=account, network=door.network, by=by)
    return await sessions.begin(transaction, account, door, now, settings)


def _address(email: str) -> str:
    """The address to look for; what is none is nobody's."""
    try:
        return people.canonical_email(email)
    except InputError:
        return ""
