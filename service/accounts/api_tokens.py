"""API tokens: a program acts for an account, for as much and as long as its owner said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from service.accounts.audit import note
from service.accounts.messages import refusal
from service.accounts.rows import insert
from service.accounts.tokens import digest, new_token
from service.accounts.viewer import Viewer, viewer_of
from service.database import Database, Reader, Transaction
from service.models.account import AuditAct, Scope
from service.models.rows import from_json, from_moment, moment

PREFIX = "kopa_"
"""So that people, and programs that look for lost secrets, know what it is."""
HINT = len(PREFIX) + 4
MOST_DAYS = 366


@dataclass(frozen=True)
class ApiToken:
    """A token as its owner sees it."""

    id: str
    name: str
    hint: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime
    used_on: str | None


async def make(
    transaction: Transaction, account: str, name: str, scopes: Collection[Scope], days: int, now: datetime
) -> str:
    """A new token; nobody can read it again. Raises InputError."""
    if not name.strip():
        raise refusal("needed", "name")
    if not scopes:
        raise refusal("scope_needed", "scopes")
    if not 1 <= days <= MOST_DAYS:
        raise refusal("days_refused", "days", most=MOST_DAYS)
    token = PREFIX + new_token()
    said = {"name": name.strip()[:200], "scopes": sorted(scope.value for scope in scopes), "hint": token[:HINT]}
    times = {"created_at": now, "expires_at": now + timedelta(days=days)}
    id = await insert(transaction, "api_token", account_id=account, token=digest(token), **said, **times)
    await note(transaction, AuditAct.TOKEN_MADE, now, account=account, about=id, scopes=said["scopes"], days=days)
    return token


async def revoke(transaction: Transaction, account: str, id: str, now: datetime, *, by: str) -> bool:
    """End a token of an account; whether there was one."""
    if not await transaction.execute("DELETE FROM api_token WHERE account_id = ? AND id = ?", account, id):
        return False
    await note(transaction, AuditAct.TOKEN_REVOKED, now, account=by, about=id)
    return True


async def viewer_of_token(database: Database, token: str, now: datetime) -> Viewer | None:
    """Whoever a token stands for, with its scopes; None when there is none, or it has run out."""
    rows = await database.fetch(
        "SELECT id, account_id, scopes, used_on FROM api_token WHERE token = ? AND expires_at > ?",
        digest(token),
        moment(now, database.dialect),
    )
    viewer = await viewer_of(database, str(rows[0]["account_id"])) if rows else None
    if viewer is None:
        return None
    if str(rows[0]["used_on"]) != now.date().isoformat():
        await _used(database, str(rows[0]["id"]), now.date())
    return replace(viewer, scopes=_scopes(rows[0]["scopes"]))


async def of_account(reader: Database | Reader, account: str, now: datetime) -> list[ApiToken]:
    """The tokens of an account that still hold, the latest made first."""
    rows = await reader.fetch(
        "SELECT * FROM api_token WHERE account_id = ? AND expires_at > ? ORDER BY created_at DESC, id",
        account,
        moment(now, reader.dialect),
    )
    return [
        ApiToken(
            id=str(row["id"]),
            name=row["name"],
            hint=row["hint"],
            scopes=_scopes(row["scopes"]),
            created_at=from_moment(row["created_at"]),
            expires_at=from_moment(row["expires_at"]),
            used_on=str(row["used_on"]) if row["used_on"] else None,
        )
        for row in rows
    ]


async def sweep(transaction: Transaction, now: datetime) -> None:
    """Remove tokens that have run out."""
    await transaction.execute("DELETE FROM api_token WHERE expires_at <= ?", moment(now, transaction.dialect))


async def _used(database: Database, id: str, day: date) -> None:
    async with database.transaction() as transaction:
        value = day if transaction.dialect == "postgres" else day.isoformat()
        await transaction.execute("UPDATE api_token SET used_on = ? WHERE id = ?", value, id)


def _scopes(column: Any) -> frozenset[Scope]:
    return frozenset(Scope(value) for value in from_json(column))  # type: ignore[call-arg]
