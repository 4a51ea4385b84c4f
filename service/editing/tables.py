"""How content becomes rows: the published tables are written here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from tortoise.models import Model

from service import models
from service.database import Transaction
from service.editing.content import Content, public
from service.models.fields import Dialect
from service.models.rows import to_column
from service.models.shape import Shape, shape, shape_of
from service.turns import in_turns

CHUNK = 900
"""How many ids one statement names; SQLite allows 999 parameters in its oldest builds."""

T = TypeVar("T")
Rows = list[tuple[str, Content]]


async def insert(transaction: Transaction, noun: str, records: Rows) -> None:
    """Write the rows of records of one noun; `clear` has taken away what was there."""
    table = shape(noun)
    shown = [(id, public(noun, content)) async for id, content in in_turns(records)]
    await _insert_records(transaction, table, shown)
    for name in table.parts:
        await _insert_parts(transaction, table.parts[name], name, shown)
    for name, relation in table.sets.items():
        pairs = [(id, target) for id, content in shown for target in content.get(name, [])]
        await _write(transaction, relation.table, ["owner_id", relation.column], pairs)
    if noun == "location":
        await _insert_private(transaction, records)


async def clear(transaction: Transaction, noun: str, ids: Iterable[str]) -> None:
    """Take the rows of records away: owned children, relations and the row itself, with what is private to it.

    Rows that are written anew go too: within one set, records may swap what only one of them can have.
    """
    table = shape(noun)
    targets = [(part.table, "owner_id") for part in reversed(table.parts.values())]
    targets += [(relation.table, "owner_id") for relation in table.sets.values()]
    for some in chunks(ids):
        for name, key in (*targets, (noun, "id")):
            await transaction.execute(f'DELETE FROM "{name}" WHERE {key} IN ({marks(some)})', *some)


def chunks(ids: Iterable[T], size: int = CHUNK) -> Iterable[list[T]]:
    """The ids in portions that fit one statement."""
    everything = list(ids)
    return (everything[start : start + size] for start in range(0, len(everything), size))


def marks(values: Sequence[Any]) -> str:
    """A placeholder for each value."""
    return ", ".join("?" * len(values))


async def _insert_records(transaction: Transaction, table: Shape, records: Rows) -> None:
    columns = ["id", *table.scalars, *(f"{name}_id" for name in table.references)]
    rows = [(id, *_values(transaction, table, content)) async for id, content in in_turns(records)]
    await _write(transaction, table.table, columns, rows)


async def _insert_parts(transaction: Transaction, part: Shape, name: str, records: Rows) -> None:
    columns = ["id", "owner_id", "position", *part.scalars, *(f"{name}_id" for name in part.references)]
    rows = [
        (item["id"], id, position, *_values(transaction, part, item))
        async for id, content in in_turns(records)
        for position, item in enumerate(content.get(name, []))
    ]
    await _write(transaction, part.table, columns, rows)


async def _write(transaction: Transaction, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        names = ", ".join(f'"{column}"' for column in columns)
        await transaction.execute_many(f'INSERT INTO "{table}" ({names}) VALUES ({marks(columns)})', rows)


def _values(transaction: Transaction, table: Shape, content: Content) -> list[Any]:
    dialect = transaction.dialect
    scalars = [
        to_column(field, content[name], dialect) if name in content else default
        for (name, field), default in zip(table.scalars.items(), _defaults(table.model, dialect), strict=True)
    ]
    return [*scalars, *(content.get(name) for name in table.references)]


@cache
def _defaults(model: type[Model], dialect: Dialect) -> list[Any]:
    """What the columns of the scalars hold where the content says nothing."""
    table = shape_of(model)
    return [to_column(table.scalars[name], default, dialect) for name, default in table.defaults.items()]


async def _insert_private(transaction: Transaction, records: Rows) -> None:
    rows = [
        (id, json.dumps({name: content[name] for name in models.Location.CONFIDENTIAL if name in content}))
        for id, content in records
        if content.get("confidential")
    ]
    await _write(transaction, "location_private", ["location_id", "content"], rows)
