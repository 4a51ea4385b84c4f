"""Applications as they are kept, and how many may wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service.accounts.rows import insert
from service.database import Database, Reader, Transaction
from service.joining.messages import refused
from service.models.account import LinkPurpose
from service.models.campaign import ApplicationKind, ApplicationState
from service.models.rows import from_moment, moment

MOST_OF_NETWORK = 5
"""So many applications of one network may wait."""

MOST = 500
"""So many may wait in all; then nobody's are taken."""

KEPT_FOR = timedelta(days=90)
"""How long the words are kept after somebody decided."""


@dataclass(frozen=True)
class Application:
    """What somebody asks for."""

    id: str
    kind: ApplicationKind
    state: ApplicationState
    organisation: str
    email: str | None
    language: str
    capacity: str | None
    note: str | None
    sent_at: datetime
    decided_at: datetime | None
    account: str | None
    answer: str | None

    @property
    def is_open(self) -> bool:
        return self.state is ApplicationState.OPEN


@dataclass(frozen=True)
class Sender:
    """Who sends an application: the address to answer to, in which language, from which network."""

    email: str
    language: str
    network: str | None


async def keep(
    transaction: Transaction,
    kind: ApplicationKind,
    organisation: str,
    sender: Sender,
    now: datetime,
    *,
    capacity: str | None = None,
    note: str | None = None,
) -> str:
    """Keep an application, in the transaction with what belongs to it; its id. Raises InputError."""
    await _refuse_crowds(transaction, sender.network)
    said = {"email": sender.email, "language": sender.language, "network": sender.network}
    return await insert(
        transaction,
        "application",
        kind=kind.value,
        state=ApplicationState.OPEN.value,
        organisation=organisation,
        sent_at=now,
        capacity=capacity,
        note=note,
        **said,
    )


async def _refuse_crowds(transaction: Transaction, network: str | None) -> None:
    """Whoever sends a thousand keeps nobody else from being heard."""
    sql = "SELECT COUNT(*) AS n FROM application WHERE state = 'open'"
    [everyone] = await transaction.fetch(sql)
    [own] = await transaction.fetch(f"{sql} AND network = ?", network or "")
    if int(everyone["n"]) >= MOST or int(own["n"]) >= MOST_OF_NETWORK:
        raise refused("too_many_open")


async def open_ones(reader: Database | Reader, most: int) -> list[Application]:
    """Those that wait, the one that waited longest first."""
    sql = "SELECT * FROM application WHERE state = 'open' ORDER BY sent_at, id LIMIT ?"
    return [_application(row) for row in await reader.fetch(sql, most)]


async def decided_ones(reader: Database | Reader, most: int) -> list[Application]:
    """Those that were decided last."""
    sql = "SELECT * FROM application WHERE state <> 'open' ORDER BY decided_at DESC, id LIMIT ?"
    return [_application(row) for row in await reader.fetch(sql, most)]


async def one(reader: Database | Reader, id: str) -> Application | None:
    """One of them."""
    rows = await reader.fetch("SELECT * FROM application WHERE id = ?", id)
    return _application(rows[0]) if rows else None


async def sweep(transaction: Transaction, now: datetime) -> None:
    """Remove applications that were decided long enough ago, with letters about them that never went out."""
    over = "state <> 'open' AND decided_at <= ?"
    stamp = moment(now - KEPT_FOR, transaction.dialect)
    letters = f"DELETE FROM letter WHERE purpose = ? AND application_id IN (SELECT id FROM application WHERE {over})"
    await transaction.execute(letters, LinkPurpose.REPLY.value, stamp)
    await transaction.execute(f"DELETE FROM application WHERE {over}", stamp)


def _application(row: Mapping[str, Any]) -> Application:
    return Application(
        id=str(row["id"]),
        kind=ApplicationKind(row["kind"]),  # type: ignore[call-arg]
        state=ApplicationState(row["state"]),  # type: ignore[call-arg]
        organisation=str(row["organisation"]),
        email=row["email"],
        language=row["language"],
        capacity=row["capacity"],
        note=row["note"],
        sent_at=from_moment(row["sent_at"]),
        decided_at=from_moment(row["decided_at"]) if row["decided_at"] else None,
        account=str(row["account_id"]) if row["account_id"] else None,
        answer=row["answer"],
    )
