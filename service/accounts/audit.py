"""The audit: who did what to accounts, roles, tokens, exports and redactions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.accounts.rows import insert
from service.database import Database, Reader, Transaction
from service.models.account import AuditAct
from service.models.rows import from_json, from_moment


@dataclass(frozen=True)
class Entry:
    """One line of the audit."""

    id: str
    at: datetime
    act: AuditAct
    account: str | None
    about: str | None
    details: Mapping[str, Any]
    network: str | None


async def note(
    transaction: Transaction,
    act: AuditAct,
    at: datetime,
    *,
    account: str | None = None,
    about: str | None = None,
    network: str | None = None,
    **details: Any,
) -> None:
    """Write down what `account` does `about` something, in the transaction that does it.

    `details` must hold no personal data: the audit is never changed, not even when an account is closed.
    """
    said = {"at": at, "act": act.value, "account_id": account, "about": about, "network": network}
    await insert(transaction, "audit_entry", **said, details=details)


async def latest(
    reader: Database | Reader, most: int = 100, *, before: str | None = None, about: str | None = None
) -> list[Entry]:
    """The last entries, the latest first; perhaps those before an entry, or what an account did or was done to it."""
    conditions, values = ["TRUE"], []
    if before is not None:
        [(at, id)] = [(row["at"], row["id"]) for row in await reader.fetch(PLACE, before)] or [(None, None)]
        conditions.append("(at < ? OR (at = ? AND id > ?))")
        values += [at, at, id]
    if about is not None:
        conditions.append("(account_id = ? OR about = ?)")
        values += [about, about]
    sql = f"SELECT * FROM audit_entry WHERE {' AND '.join(conditions)} ORDER BY at DESC, id LIMIT ?"
    return [_entry(row) for row in await reader.fetch(sql, *values, most)]


PLACE = "SELECT at, id FROM audit_entry WHERE id = ?"


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        id=str(row["id"]),
        at=from_moment(row["at"]),
        act=AuditAct(row["act"]),  # type: ignore[call-arg]
        account=str(row["account_id"]) if row["account_id"] else None,
        about=row["about"],
        details=from_json(row["details"]),
        network=row["network"],
    )
