"""The change log: one `seq` for each change, in the order of commits, without gaps, on both engines."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tortoise.exceptions import IntegrityError

from service.database import Database, Transaction
from service.editing.content import Content
from service.editing.formats import FORMAT
from service.editing.messages import problem
from service.errors import InputError
from service.models.revision import Act, RevisionKind, RevisionState
from service.models.rows import from_moment, moment
from service.turns import in_turns

CONTENT_ACTS = frozenset({Act.PUBLISH, Act.WITHDRAW, Act.MERGE})


@dataclass(frozen=True)
class Entry:
    """One step of a transaction: the revision it makes, or the draft it makes come true, and its change's payload."""

    act: Act
    noun: str
    record: str
    content: Content
    payload: Content
    version: int
    draft: str | None = None

    @property
    def kind(self) -> RevisionKind:
        return RevisionKind.CONTENT if self.act in CONTENT_ACTS else RevisionKind.ACT


@asynccontextmanager
async def writing(database: Database) -> AsyncIterator[tuple[Transaction, datetime]]:
    """A transaction in which nobody else writes, and its time stamp, which is later than any before it.

    Raises InputError when a constraint is broken that no check has told of.
    """
    try:
        async with database.transaction() as transaction:
            # On PostgreSQL writers stand in line here, before they look at what is published.
            await transaction.execute("UPDATE change_clock SET seq = seq WHERE id = 1")
            yield transaction, await _now(transaction)
    except IntegrityError as error:
        code = "taken" if "unique" in str(error).lower() else "broken_rule"
        raise InputError([problem(code, rule=error)]) from error


async def _now(transaction: Transaction) -> datetime:
    """Later than the last change, whatever the clocks of several machines say: acts are ordered by it."""
    rows = await transaction.fetch("SELECT at FROM change WHERE seq = (SELECT seq FROM change_clock)")
    now = datetime.now(UTC)
    return max(now, from_moment(rows[0]["at"]) + timedelta(microseconds=1)) if rows else now


async def append(transaction: Transaction, entries: Sequence[Entry], author: str, at: datetime) -> int:
    """Write the revisions and changes of a transaction; the `seq` of the last."""
    [row] = await transaction.fetch("UPDATE change_clock SET seq = seq + ? WHERE id = 1 RETURNING seq", len(entries))
    last = int(row["seq"])
    first = last - len(entries) + 1
    stamp = moment(at, transaction.dialect)
    said = (FORMAT, author, author, stamp, first, RevisionState.DONE.value)
    contents = [_json(entry.content) async for entry in in_turns(entries)]
    payloads = [_json(entry.payload) async for entry in in_turns(entries)]
    await transaction.execute_many(
        'INSERT INTO revision (format, author, decided_by, at, "transaction", state, edition,'
        " id, record_id, noun, kind, act, content, version) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET format = excluded.format, content = excluded.content, state = excluded.state,"
        ' version = excluded.version, decided_by = excluded.decided_by, at = excluded.at, "transaction" ='
        ' excluded."transaction"',
        [
            (*said, e.draft or str(uuid4()), e.record, e.noun, e.kind.value, e.act.value, content, e.version)
            for e, content in zip(entries, contents, strict=True)
        ],
    )
    await transaction.execute_many(
        'INSERT INTO change (seq, "transaction", noun, record_id, act, payload, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [(first + n, first, e.noun, e.record, e.act.value, payloads[n], stamp) for n, e in enumerate(entries)],
    )
    if transaction.dialect == "postgres":
        await transaction.fetch("SELECT pg_notify('kopa', '')")
    return last


_json = json.JSONEncoder(ensure_ascii=False).encode
