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


async def latest(reader: Database | Reader, most: int = 100) -> list[Entry]:
    """The last entries, the latest first."""
    rows = await reader.fetch("SELECT * FROM audit_entry ORDER BY at DESC, id LIMIT ?", most)
    return [
        Entry(
            at=from_moment(row["at"]),
            act=AuditAct(row["act"]),  # type: ignore[call-arg]
            account=str(row["account_id"]) if row["account_id"] else None,
            about=row["about"],
            details=from_json(row["details"]),
            network=row["network"],
        )
        for row in rows
    ]
