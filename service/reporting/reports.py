"""Reports as they are kept: what is the matter with which record, and never who said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service.accounts.rows import insert
from service.database import Database, Reader, Transaction
from service.editing.fields import Refused, clean
from service.editing.permits import Attempt, Permit, Step
from service.errors import InputError
from service.models.report import ReportedField, ReportKind, ReportState
from service.models.rows import from_moment, moment
from service.reporting.masking import masked
from service.reporting.messages import refused

LONGEST = 1_000
"""Characters that somebody may write."""

SAY_ENOUGH = (ReportKind.GONE, ReportKind.UNSAFE)
"""What needs no words to be looked at."""

MOST_OF_RECORD = 20
MOST = 2_000
"""So many reports about one record, and in all, may wait; then none is taken."""

KEPT_FOR = timedelta(days=90)
"""How long words are kept after they came, and closed reports."""


@dataclass(frozen=True)
class Report:
    """What a reader says about a record."""

    id: str
    noun: str
    record: str
    kind: ReportKind
    field: ReportedField | None
    words: str | None
    language: str
    at: datetime


@dataclass(frozen=True)
class Said:
    """What somebody chose and typed, as it came."""

    kind: str
    field: str
    words: str
    language: str


async def keep(database: Database, record: str, typed: Said, now: datetime) -> None:
    """Keep what somebody typed about a published record. Raises InputError."""
    chosen = next((each for each in ReportKind if each.value == typed.kind), None)
    if chosen is None:
        raise refused("kind_needed", "kind")
    about = next((each.value for each in ReportedField if each.value == typed.field), None)
    said = _words(typed.words)
    if said is None and (chosen is ReportKind.OTHER or (about is None and chosen not in SAY_ENOUGH)):
        raise refused("words_needed", "words")
    async with database.transaction() as transaction:
        await _refuse_crowds(transaction, record)
        told = {"kind": chosen.value, "field": about, "words": said, "language": typed.language}
        await insert(transaction, "report", record_id=record, state=ReportState.OPEN.value, at=now, **told)


def _words(typed: str) -> str | None:
    try:
        return masked(clean(typed, LONGEST)) or None
    except Refused as error:
        raise InputError([error.at("words")]) from None


async def _refuse_crowds(transaction: Transaction, record: str) -> None:
    """Whoever sends a thousand about one record keeps nobody from being heard about another."""
    sql = "SELECT COUNT(*) AS n FROM report WHERE state = 'open'"
    [everything] = await transaction.fetch(sql)
    [own] = await transaction.fetch(f"{sql} AND record_id = ?", record)
    if int(everything["n"]) >= MOST or int(own["n"]) >= MOST_OF_RECORD:
        raise refused("too_many_waiting")


OPEN = "SELECT r.*, p.noun FROM report r JOIN record p ON p.id = r.record_id WHERE r.state = 'open'"
URGENT_FIRST = "ORDER BY CASE WHEN r.kind = 'unsafe' THEN 0 ELSE 1 END, r.at, r.id"


async def waiting(reader: Database | Reader, most: int, start: int = 0) -> list[Report]:
    """Those that wait: what may endanger somebody first, then what waited longest."""
    rows = await reader.fetch(f"{OPEN} {URGENT_FIRST} LIMIT ? OFFSET ?", most, start)
    return [_report(row) for row in rows]


async def count(reader: Database | Reader) -> int:
    """How many wait."""
    [row] = await reader.fetch("SELECT COUNT(*) AS n FROM report WHERE state = 'open'")
    return int(row["n"])


async def of_record(reader: Database | Reader, record: str) -> list[Report]:
    """Those that wait about one record."""
    rows = await reader.fetch(f"{OPEN} AND r.record_id = ? {URGENT_FIRST} LIMIT ?", record, MOST_OF_RECORD)
    return [_report(row) for row in rows]


async def close(
    database: Database, id: str, state: ReportState, now: datetime, *, account: str, permit: Permit
) -> Report:
    """Say what became of a report; whoever says it second changes nothing. Raises InputError."""
    async with database.transaction() as transaction:
        rows = await transaction.fetch(f"{OPEN} AND r.id = ?", id)
        found = _report(rows[0]) if rows else None
        about = (found.noun, found.record) if found else (None, None)
        await permit(transaction, [Attempt(Step.HEAR, *about)])
        if found is None:
            raise refused("no_such_report")
        sql = "UPDATE report SET state = ?, closed_at = ?, account_id = ? WHERE id = ?"
        await transaction.execute(sql, state.value, moment(now, transaction.dialect), account, id)
    return found


async def sweep(transaction: Transaction, now: datetime) -> None:
    """Remove words that came long enough ago, and reports that are closed."""
    before = moment(now - KEPT_FOR, transaction.dialect)
    await transaction.execute("DELETE FROM report WHERE state <> 'open' AND at <= ?", before)
    await transaction.execute("UPDATE report SET words = NULL WHERE words IS NOT NULL AND at <= ?", before)


def _report(row: Mapping[str, Any]) -> Report:
    return Report(
        id=str(row["id"]),
        noun=row["noun"],
        record=str(row["record_id"]),
        kind=ReportKind(row["kind"]),  # type: ignore[call-arg]
        field=ReportedField(row["field"]) if row["field"] else None,  # type: ignore[call-arg]
        words=row["words"],
        language=row["language"],
        at=from_moment(row["at"]),
    )
