"""Sheets as they are kept while somebody works with them, and what columns meant before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from admin.sheets.examining import Finding
from admin.sheets.matching import LEFT_OUT, matched
from admin.sheets.reading import Table
from service.accounts.rows import insert
from service.catalogue.words import fold
from service.database import Database, Reader, Transaction
from service.editing.fields import identifiers
from service.models.rows import from_json, moment
from service.models.sheet import SheetState, Verdict
from service.turns import in_turns

KEPT_FOR = timedelta(days=30)
"""Then a sheet goes, whatever became of it."""


@dataclass(frozen=True)
class Kept:
    """A sheet that was handed in."""

    id: str
    account: str
    noun: str
    name: str
    headers: list[str]
    columns: list[str]
    clears: bool
    source: str | None
    language: str
    state: SheetState
    batch: str | None


@dataclass(frozen=True)
class KeptRow:
    """A row, with what was found about it."""

    id: str
    number: int
    cells: list[str]
    verdict: Verdict | None
    finding: dict[str, Any]


async def keep(
    database: Database, account: str, noun: str, name: str, table: Table, language: str, now: datetime
) -> str:
    """Keep a table that was handed in; its id. Those that lie here for long go."""
    remembered = await meanings(database, noun)
    async with database.transaction() as transaction:
        await transaction.execute("DELETE FROM sheet WHERE created_at < ?", moment(now - KEPT_FOR, transaction.dialect))
        id = await insert(
            transaction,
            "sheet",
            account_id=account,
            noun=noun,
            name=name,
            headers=table.headers,
            columns=matched(noun, table.headers, remembered),
            clears=_flag(transaction, False),
            language=language,
            state=SheetState.MATCHING.value,
            created_at=now,
        )
        await transaction.execute_many(
            "INSERT INTO sheet_row (id, sheet_id, number, cells, finding) VALUES (?, ?, ?, ?, '{}')",
            [(str(uuid4()), id, number, _json(cells)) async for number, cells in in_turns(table.rows)],
        )
    return id


def _flag(transaction: Transaction, value: bool) -> Any:
    return value if transaction.dialect == "postgres" else int(value)


_json = json.JSONEncoder(ensure_ascii=False).encode


async def one(reader: Database | Reader, account: str, id: str) -> Kept | None:
    """A sheet of an account's own."""
    found = [
        row
        for each in identifiers(id)
        for row in await reader.fetch("SELECT * FROM sheet WHERE id = ? AND account_id = ?", each, account)
    ]
    return _kept(found[0]) if found else None


async def own(reader: Database | Reader, account: str, noun: str) -> list[Kept]:
    """An account's sheets of a noun, the latest first."""
    sql = "SELECT * FROM sheet WHERE account_id = ? AND noun = ? ORDER BY created_at DESC LIMIT 10"
    return [_kept(row) for row in await reader.fetch(sql, account, noun)]


def _kept(row: dict[str, Any]) -> Kept:
    return Kept(
        id=str(row["id"]),
        account=str(row["account_id"]),
        noun=row["noun"],
        name=row["name"],
        headers=from_json(row["headers"]),
        columns=from_json(row["columns"]),
        clears=bool(row["clears"]),
        source=str(row["source"]) if row["source"] else None,
        language=row["language"],
        state=SheetState(row["state"]),  # type: ignore[call-arg]
        batch=str(row["batch"]) if row["batch"] else None,
    )


async def match(
    transaction: Transaction, sheet: Kept, columns: Sequence[str], source: str | None, *, clears: bool
) -> None:
    """Say what the columns mean, and remember it; what was found before is found anew."""
    await transaction.execute(
        "UPDATE sheet SET columns = ?, clears = ?, source = ?, state = ? WHERE id = ? AND state <> ?",
        *(_json(list(columns)), _flag(transaction, clears), source, SheetState.EXAMINING.value),
        *(sheet.id, SheetState.KEPT.value),
    )
    await transaction.execute("UPDATE sheet_row SET verdict = NULL, finding = '{}' WHERE sheet_id = ?", sheet.id)
    for header, column in zip(sheet.headers, columns, strict=True):
        if fold(header):
            await transaction.execute(
                'INSERT INTO sheet_column (id, noun, header, "column") VALUES (?, ?, ?, ?)'
                ' ON CONFLICT (noun, header) DO UPDATE SET "column" = excluded."column"',
                *(str(uuid4()), sheet.noun, fold(header), column or LEFT_OUT),
            )


async def meanings(reader: Database | Reader, noun: str) -> dict[str, str]:
    """What headings meant when they were last used."""
    rows = await reader.fetch('SELECT header, "column" FROM sheet_column WHERE noun = ?', noun)
    return {row["header"]: row["column"] for row in rows}


async def move(transaction: Transaction, sheet: Kept, state: SheetState, batch: str | None = None) -> bool:
    """Let a sheet stand elsewhere; False if somebody else moved it meanwhile."""
    sql = "UPDATE sheet SET state = ?, batch = ? WHERE id = ? AND state = ?"
    return await transaction.execute(sql, state.value, batch, sheet.id, sheet.state.value) > 0


async def drop(transaction: Transaction, sheet: Kept) -> None:
    await transaction.execute("DELETE FROM sheet WHERE id = ?", sheet.id)


async def unexamined(reader: Database | Reader, sheet: Kept, most: int) -> list[KeptRow]:
    """The next rows that nobody has looked at."""
    sql = "SELECT * FROM sheet_row WHERE sheet_id = ? AND verdict IS NULL ORDER BY number LIMIT ?"
    return [_row(row) for row in await reader.fetch(sql, sheet.id, most)]


async def first_rows(reader: Database | Reader, sheet: Kept, most: int) -> list[KeptRow]:
    """The first rows, whatever was found about them."""
    sql = "SELECT * FROM sheet_row WHERE sheet_id = ? ORDER BY number LIMIT ?"
    return [_row(row) for row in await reader.fetch(sql, sheet.id, most)]


def standing_at(sheet: Kept, state: SheetState) -> Kept:
    """The sheet as it is after a move."""
    return replace(sheet, state=state)


async def note(transaction: Transaction, found: Mapping[str, Finding]) -> None:
    """Keep what was found about rows, by their ids."""
    rows = []
    for id, each in found.items():
        told = {"record": each.record, "name": each.name, "patch": each.patch, "changes": each.changes}
        problems = [[place, dict(words)] for place, words in each.problems]
        rows.append((each.verdict.value, _json({**told, "problems": problems}), id))
    await transaction.execute_many("UPDATE sheet_row SET verdict = ?, finding = ? WHERE id = ?", rows)


async def counts(reader: Database | Reader, sheet: Kept) -> dict[str, int]:
    """How many rows there are of each verdict; nothing of those that nobody has looked at."""
    sql = "SELECT COALESCE(verdict, '') AS verdict, COUNT(*) AS n FROM sheet_row WHERE sheet_id = ? GROUP BY 1"
    return {row["verdict"]: int(row["n"]) for row in await reader.fetch(sql, sheet.id)}


async def rows(
    reader: Database | Reader, sheet: Kept, verdicts: Sequence[Verdict], most: int, skip: int = 0
) -> list[KeptRow]:
    """The rows of some verdicts, in their order."""
    sql = (
        f"SELECT * FROM sheet_row WHERE sheet_id = ? AND verdict IN ({', '.join('?' * len(verdicts))})"
        " ORDER BY number LIMIT ? OFFSET ?"
    )
    found = await reader.fetch(sql, sheet.id, *(verdict.value for verdict in verdicts), most, skip)
    return [_row(row) async for row in in_turns(found)]


def _row(row: dict[str, Any]) -> KeptRow:
    verdict = Verdict(row["verdict"]) if row["verdict"] else None  # type: ignore[call-arg]
    return KeptRow(str(row["id"]), row["number"], from_json(row["cells"]), verdict, from_json(row["finding"]))
