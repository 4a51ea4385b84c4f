"""Changes: the entries of the log by which a catalogue follows what is published."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from service.database import Database, Reader
from service.models.revision import Act
from service.models.rows import from_moment
from service.turns import in_turns

BATCH = 1_000
"""How many entries are read at once, transactions not torn apart."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step of one transaction, with everything needed to follow it."""

    seq: int
    transaction: int
    noun: str
    record: str
    act: Act
    payload: dict[str, Any]
    at: datetime


async def changes_after(reader: Database | Reader, seq: int) -> list[Change]:
    """The next entries after `seq`, in order; whole transactions only, an empty list when there are none."""
    rows = await reader.fetch("SELECT * FROM change WHERE seq > ? ORDER BY seq LIMIT ?", seq, BATCH)
    if len(rows) == BATCH:
        last = rows[-1]["transaction"]
        more = 'SELECT * FROM change WHERE seq > ? AND "transaction" = ? ORDER BY seq'
        rows += await reader.fetch(more, rows[-1]["seq"], last)
    return [change_of(row) async for row in in_turns(rows)]


def transactions(changes: Iterable[Change]) -> list[list[Change]]:
    """The changes of each transaction together."""
    return [list(group) for _, group in groupby(changes, key=lambda change: change.transaction)]


def change_of(row: dict[str, Any]) -> Change:
    """An entry from its row."""
    payload = row["payload"]
    return Change(
        seq=row["seq"],
        transaction=row["transaction"],
        noun=row["noun"],
        record=str(row["record_id"]),
        act=Act(row["act"]),  # type: ignore[call-arg]
        payload=json.loads(payload) if isinstance(payload, str) else payload,
        at=from_moment(row["at"]),
    )
