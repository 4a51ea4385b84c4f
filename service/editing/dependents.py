"""Who refers to a record: what a withdrawal would leave pointing at nothing."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from service import models
from service.database import Transaction
from service.editing.tables import chunks, marks
from service.models.rows import from_column
from service.models.shape import shape

MOST_NAMED = 5


async def dependents(transaction: Transaction, ids: Collection[str]) -> dict[str, str]:
    """The names of published records outside the set that refer to records in it, by the id of those."""
    found: dict[str, set[str]] = {}
    for table, column, owner in _reference_columns():
        for some in chunks(ids):
            sql = f'SELECT "{column}" AS target, "{owner}" AS owner FROM "{table}" WHERE "{column}" IN ({marks(some)})'
            for row in await transaction.fetch(sql, *some):
                if str(row["owner"]) not in ids:
                    found.setdefault(str(row["target"]), set()).add(str(row["owner"]))
    return {id: await _names(transaction, sorted(owners)) for id, owners in found.items()}


@cache
def _reference_columns() -> tuple[tuple[str, str, str], ...]:
    """Every column that refers to a published record: its table, its name, the column of the record it is part of."""
    found: list[tuple[str, str, str]] = []
    for noun in models.NOUNS:
        table = shape(noun)
        found += [(noun, f"{name}_id", "id") for name in table.references]
        found += [(relation.table, relation.column, "owner_id") for relation in table.sets.values()]
        for part in table.parts.values():
            nouns = (name for name, target in part.references.items() if target in models.NOUNS)
            found += [(part.table, f"{name}_id", "owner_id") for name in nouns]
    return tuple(dict.fromkeys(found))


async def _names(transaction: Transaction, ids: list[str]) -> str:
    named = [await _name(transaction, id) for id in ids[:MOST_NAMED]]
    return ", ".join(named) + (f" + {len(ids) - MOST_NAMED}" if len(ids) > MOST_NAMED else "")


async def _name(transaction: Transaction, id: str) -> str:
    """`organisation “Burtnieku centrs”`; a record that nobody named has its id."""
    [record] = await transaction.fetch("SELECT noun FROM record WHERE id = ?", id)
    noun = record["noun"]
    [row] = await transaction.fetch(f'SELECT * FROM "{noun}" WHERE id = ?', id)
    scalars = shape(noun).scalars
    said = [from_column(scalars[name], row[name]) for name in ("name", "title", "number") if row.get(name)]
    return f"{noun} “{_latvian(said[0]) if said else id}”"


def _latvian(said: Any) -> str:
    return str(said["lv"] if isinstance(said, dict) else said)
