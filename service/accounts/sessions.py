"""Sessions: one for each browser somebody is signed in with, kept as rows, so that each can be ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service.accounts.rows import insert
from service.accounts.tokens import digest, new_token
from service.accounts.viewer import Viewer, viewer_of
from service.database import Database, Reader, Transaction
from service.models.account import Role
from service.models.rows import from_moment, moment
from service.settings import Settings

AS_EXACT_AS = timedelta(minutes=1)
"""How exactly it is kept when a session was last used: not each request shall write."""


def cookie_name(scheme: str) -> str:
    """The name of the cookie that carries a session; over https no other site can set one of that name."""
    return "__Host-kopa_session" if scheme == "https" else "kopa_session"


@dataclass(frozen=True)
class Door:
    """By which way a request comes: what is kept of it with a session."""

    network: str | None = None
    browser: str | None = None


@dataclass(frozen=True)
class Session:
    """A browser that is signed in."""

    id: str
    account: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    second_factor_at: datetime | None
    network: str | None
    browser: str | None


@dataclass(frozen=True)
class SignedIn:
    """Whoever a session stands for. Until it is complete, only what it lacks may be done."""

    session: Session
    viewer: Viewer
    has_second_factor: bool
    must_have_one: bool

    @property
    def must_give_code(self) -> bool:
        return self.has_second_factor and self.session.second_factor_at is None

    @property
    def must_set_up(self) -> bool:
        return self.must_have_one and not self.has_second_factor

    @property
    def is_complete(self) -> bool:
        return not (self.must_give_code or self.must_set_up)


async def begin(
    transaction: Transaction, account: str, door: Door, now: datetime, settings: Settings, *, proved: bool = False
) -> str:
    """Sign an account in, perhaps with the second factor already proved; the value of the cookie."""
    token = new_token()
    expires = now + timedelta(days=settings.session_days)
    times = {"created_at": now, "seen_at": now, "expires_at": expires, "second_factor_at": now if proved else None}
    seen = {"network": door.network, "browser": door.browser}
    await insert(transaction, "session", account_id=account, token=digest(token), **times, **seen)
    return token


HELD = """
    SELECT s.*, a.totp_secret IS NOT NULL AS has_second_factor FROM session s JOIN account a ON a.id = s.account_id
    WHERE s.token = ? AND s.expires_at > ? AND s.seen_at > ?
"""


async def find(database: Database, token: str, now: datetime, settings: Settings) -> SignedIn | None:
    """Whoever the cookie stands for; None when the session was ended, left unused or has run out."""
    rows = await database.fetch(
        HELD,
        digest(token),
        moment(now, database.dialect),
        moment(now - timedelta(hours=settings.session_idle_hours), database.dialect),
    )
    viewer = await viewer_of(database, str(rows[0]["account_id"])) if rows else None
    if viewer is None:
        return None
    session = _session(rows[0])
    if now - session.seen_at >= AS_EXACT_AS:
        await _touch(database, session.id, now)
    return SignedIn(session, viewer, bool(rows[0]["has_second_factor"]), must_have(viewer.role, settings))


def must_have(role: Role, settings: Settings) -> bool:
    """Whether a role needs a second factor."""
    return role.value in settings.second_factor_roles


async def _touch(database: Database, id: str, now: datetime) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE session SET seen_at = ? WHERE id = ?", moment(now, transaction.dialect), id)


async def of_account(reader: Database | Reader, account: str, now: datetime) -> list[Session]:
    """The sessions of an account, the latest used first."""
    rows = await reader.fetch(
        "SELECT * FROM session WHERE account_id = ? AND expires_at > ? ORDER BY seen_at DESC, id",
        account,
        moment(now, reader.dialect),
    )
    return [_session(row) for row in rows]


async def end(transaction: Transaction, account: str, id: str) -> bool:
    """End a session of an account; whether there was one."""
    return await transaction.execute("DELETE FROM session WHERE account_id = ? AND id = ?", account, id) > 0


async def end_all(transaction: Transaction, account: str, *, but: str | None = None) -> None:
    """End the sessions of an account, perhaps all but one."""
    await transaction.execute("DELETE FROM session WHERE account_id = ? AND id <> ?", account, but or _NO_ID)


async def sweep(transaction: Transaction, now: datetime, settings: Settings) -> None:
    """Remove the sessions that have run out."""
    unused = now - timedelta(hours=settings.session_idle_hours)
    sql = "DELETE FROM session WHERE expires_at <= ? OR seen_at <= ?"
    await transaction.execute(sql, moment(now, transaction.dialect), moment(unused, transaction.dialect))


_NO_ID = "00000000-0000-0000-0000-000000000000"


def _session(row: Mapping[str, Any]) -> Session:
    proved_at = row["second_factor_at"]
    return Session(
        id=str(row["id"]),
        account=str(row["account_id"]),
        created_at=from_moment(row["created_at"]),
        seen_at=from_moment(row["seen_at"]),
        expires_at=from_moment(row["expires_at"]),
        second_factor_at=None if proved_at is None else from_moment(proved_at),
        network=row["network"],
        browser=row["browser"],
    )
