"""The past of records: what was done to their content, with each snapshot in today's format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from service.database import Database, Reader
from service.editing.content import Content, public
from service.editing.formats import upgraded
from service.editing.tables import chunks, marks
from service.models.record import RecordState
from service.models.revision import Act
from service.models.rows import from_json, from_moment

OF_CONTENT = "kind = 'content' AND state = 'done'"


@dataclass(frozen=True)
class Past:
    """One thing that was done to a record's content, and what the record held then."""

    revision: str
    record: str
    noun: str
    act: Act
    version: int
    content: Content
    author: str
    decided_by: str | None
    reason: str | None
    at: datetime
    transaction: int


@dataclass(frozen=True)
class Told:
    """One thing that was done to a record, as anybody may know it: what, on which day, in which role; never by whom.

    Of an assurance it is the day of which somebody spoke.
    """

    act: Act
    version: int
    on: date
    role: str | None


async def told(reader: Database | Reader, record: str, most: int, zone: tzinfo) -> list[Told]:
    """What was done to a record, the newest first, on the days of a time zone."""
    sql = (
        "SELECT act, content, version, at FROM revision WHERE record_id = ? AND state = 'done'"
        ' ORDER BY "transaction" DESC, id DESC LIMIT ?'
    )
    return [_told(row, zone) for row in await reader.fetch(sql, record, most)]


def _told(row: dict[str, Any], zone: tzinfo) -> Told:
    act = Act(row["act"])  # type: ignore[call-arg]
    if act is not Act.ASSURE:
        return Told(act, row["version"], from_moment(row["at"]).astimezone(zone).date(), None)
    said = from_json(row["content"])
    return Told(act, row["version"], date.fromisoformat(said["assured_on"]), said["assured_by"])


def past_of(row: dict[str, Any]) -> Past:
    """One from its row."""
    return Past(
        revision=str(row["id"]),
        record=str(row["record_id"]),
        noun=row["noun"],
        act=Act(row["act"]),  # type: ignore[call-arg]
        version=row["version"],
        content=content_of(row),
        author=row["author"],
        decided_by=row["decided_by"],
        reason=row["reason"],
        at=from_moment(row["at"]),
        transaction=row["transaction"],
    )


def content_of(row: dict[str, Any]) -> Content:
    """The snapshot of a row of revisions."""
    return upgraded(row["noun"], from_json(row["content"]), row["format"])


async def latest(reader: Database | Reader, ids: Iterable[str]) -> dict[str, Past]:
    """What was last done to the content of records, by their ids; of withdrawn and merged ones what they held."""
    found: dict[str, Past] = {}
    for some in chunks(ids):
        sql = (
            f"SELECT * FROM revision r WHERE {OF_CONTENT} AND record_id IN ({marks(some)})"
            ' AND "transaction" = (SELECT max("transaction") FROM revision'
            f" WHERE record_id = r.record_id AND {OF_CONTENT})"
        )
        found |= {str(row["record_id"]): past_of(row) for row in await reader.fetch(sql, *some)}
    return found


async def pasts(reader: Database | Reader, revisions: Iterable[str]) -> dict[str, Past]:
    """What revisions did, by their ids; those that are none, or drafts, or acts, are left out."""
    found: dict[str, Past] = {}
    for some in chunks(revisions):
        sql = f"SELECT * FROM revision WHERE {OF_CONTENT} AND id IN ({marks(some)})"
        found |= {str(row["id"]): past_of(row) for row in await reader.fetch(sql, *some)}
    return found


async def history(reader: Database | Reader, record: str) -> list[Past]:
    """Everything that was ever done to a record's content, the latest first."""
    sql = f'SELECT * FROM revision WHERE record_id = ? AND {OF_CONTENT} ORDER BY "transaction" DESC'
    return [past_of(row) for row in await reader.fetch(sql, record)]


async def before(reader: Database | Reader, transaction: int, records: Iterable[str]) -> dict[str, Past]:
    """What was last done to records before a transaction, by their ids."""
    found: dict[str, Past] = {}
    for some in chunks(records):
        sql = (
            f"SELECT * FROM revision r WHERE {OF_CONTENT} AND record_id IN ({marks(some)})"
            ' AND "transaction" = (SELECT max("transaction") FROM revision'
            f' WHERE record_id = r.record_id AND {OF_CONTENT} AND "transaction" < ?)'
        )
        found |= {str(row["record_id"]): past_of(row) for row in await reader.fetch(sql, *some, transaction)}
    return found


async def of_transaction(reader: Database | Reader, transaction: int) -> list[str]:
    """The records whose content a transaction changed."""
    rows = await reader.fetch(f'SELECT record_id FROM revision WHERE "transaction" = ? AND {OF_CONTENT}', transaction)
    return [str(row["record_id"]) for row in rows]


async def survivors(reader: Database | Reader, ids: Iterable[str]) -> dict[str, str]:
    """The records that answer in the place of merged ones, by the ids of those."""
    leads_to: dict[str, str] = {}
    ahead = set(ids)
    while ahead:
        found: dict[str, str] = {}
        for some in chunks(ahead):
            sql = f"SELECT id, merged_into_id FROM record WHERE merged_into_id IS NOT NULL AND id IN ({marks(some)})"
            found |= {str(row["id"]): str(row["merged_into_id"]) for row in await reader.fetch(sql, *some)}
        leads_to |= found
        ahead = set(found.values()) - leads_to.keys()
    return {id: _end(leads_to, id) for id in leads_to}


def _end(leads_to: dict[str, str], id: str) -> str:
    while id in leads_to:
        id = leads_to[id]
    return id


async def published(reader: Database | Reader, ids: Iterable[str]) -> set[str]:
    """Which records are published."""
    found = set[str]()
    for some in chunks(ids):
        sql = f"SELECT id FROM record WHERE state = ? AND id IN ({marks(some)})"
        found |= {str(row["id"]) for row in await reader.fetch(sql, RecordState.PUBLISHED.value, *some)}
    return found


@dataclass(frozen=True)
class Name:
    """How people call a record that is or was published."""

    noun: str
    name: str

    def __str__(self) -> str:
        return f"{self.noun} “{self.name}”"


async def names(reader: Database | Reader, ids: Iterable[str]) -> dict[str, Name]:
    """The Latvian names of records by id, also of those that have gone; one that nobody named has its id."""
    return {
        id: Name(past.noun, _latvian(public(past.noun, past.content)) or id)
        for id, past in (await latest(reader, ids)).items()
    }


def _latvian(content: Content) -> str:
    said = next((content[name] for name in ("name", "title", "number") if content.get(name)), "")
    return str(said["lv"] if isinstance(said, dict) else said)
