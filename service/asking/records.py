"""The published records of organisations, with names for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.database import Database, Reader
from service.editing.tables import chunks, marks
from service.models.rows import from_json


@dataclass(frozen=True)
class Named:
    """A record and what people call it, by language."""

    id: str
    noun: str
    name: dict[str, str]

    def in_language(self, language: str) -> str:
        return self.name.get(language) or self.name["lv"]


OWN = (
    ("organisation", "SELECT id, name FROM organisation WHERE id IN ({0}) OR parent_id IN ({0})"),
    ("service", "SELECT id, name FROM service WHERE provider_id IN ({0}) OR provider_id IN ({0})"),
    (
        "cooperation_link",
        """SELECT l.id, a.name, b.name AS other FROM cooperation_link l
        JOIN organisation a ON a.id = l.side_a_id JOIN organisation b ON b.id = l.side_b_id
        WHERE l.side_a_id IN ({0}) OR l.side_b_id IN ({0})""",
    ),
)


async def records_of(reader: Database | Reader, organisations: Iterable[str]) -> list[Named]:
    """What organisations keep true: themselves and their units, their services, their cooperation; by name."""
    found: dict[str, Named] = {}
    for some in chunks(sorted(organisations)):
        for noun, sql in OWN:
            for row in await reader.fetch(sql.format(marks(some)), *some, *some):
                found[str(row["id"])] = Named(str(row["id"]), noun, _name(row))
    order = [noun for noun, _ in OWN]
    return sorted(found.values(), key=lambda record: (order.index(record.noun), record.name["lv"], record.id))


def _name(row: dict[str, Any]) -> dict[str, str]:
    name: dict[str, str] = from_json(row["name"])
    if "other" not in row:
        return name
    other: dict[str, str] = from_json(row["other"])
    return {code: f"{name.get(code) or name['lv']} – {other.get(code) or other['lv']}" for code in name | other}
