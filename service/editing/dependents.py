"""Who refers to a record: what a withdrawal would leave pointing at nothing, and could take along."""

from __future__ import annotations

from collections.abc import Collection, Set
from functools import cache

from service import models
from service.database import Database, Reader
from service.editing.history import Name, names
from service.editing.tables import chunks, marks
from service.models.shape import shape

MOST_NAMED = 5


async def dependents(
    reader: Database | Reader, ids: Collection[str], besides: Set[str] = frozenset()
) -> dict[str, str]:
    """The names of published records outside the set that refer to records in it, by the id of those.

    What is published anew in the same transaction refers to what it will, so it is left out by `besides`.
    """
    found = await referring(reader, ids)
    outside = {id: owners - {*ids} - besides for id, owners in found.items()}
    called = await names(reader, set().union(*outside.values()))
    return {id: _listed(sorted(owners), called) for id, owners in outside.items() if owners}


async def all_dependents(reader: Database | Reader, ids: Collection[str]) -> dict[str, Name]:
    """Everything that has to go when records go, by id: what refers to them, what refers to that, and so on."""
    gone, ahead = {*ids}, {*ids}
    while ahead:
        ahead = set().union(*(await referring(reader, ahead)).values()) - gone
        gone |= ahead
    return await names(reader, sorted(gone - {*ids}))


async def referring(reader: Database | Reader, ids: Collection[str]) -> dict[str, set[str]]:
    """The ids of the published records that refer to records, by the id of those."""
    found: dict[str, set[str]] = {}
    for table, column, owner in _reference_columns():
        for some in chunks(ids):
            sql = f'SELECT "{column}" AS target, "{owner}" AS owner FROM "{table}" WHERE "{column}" IN ({marks(some)})'
            for row in await reader.fetch(sql, *some):
                found.setdefault(str(row["target"]), set()).add(str(row["owner"]))
    return found


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


def _listed(ids: list[str], called: dict[str, Name]) -> str:
    listed = ", ".join(str(called[id]) for id in ids[:MOST_NAMED])
    return listed + (f" + {len(ids) - MOST_NAMED}" if len(ids) > MOST_NAMED else "")
