"""The public payloads of changes: everything a reader of the log needs, so that following it takes no SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from service.database import Transaction
from service.editing.content import Content, public
from service.editing.tables import chunks, marks
from service.models.rows import from_moment

Standing = dict[str, dict[str, Any]]


def published(noun: str, content: Content, version: int, first: datetime, at: datetime, standing: Content) -> Content:
    """What the log says of a published record: its public content, its version and dates.

    `standing` is what still stands of a record that comes back: its former slugs and the acts about it.
    """
    return {
        "content": public(noun, content),
        "version": version,
        "first_published_at": first.isoformat(),
        "last_modified": at.isoformat(),
        **standing,
    }


async def first_published(transaction: Transaction, ids: Iterable[str]) -> dict[str, datetime]:
    """When records were first published, by id."""
    found: dict[str, datetime] = {}
    for some in chunks(ids):
        sql = f"SELECT id, first_published_at FROM record WHERE id IN ({marks(some)})"
        for row in await transaction.fetch(sql, *some):
            found[str(row["id"])] = from_moment(row["first_published_at"])
    return found


async def standing(transaction: Transaction, ids: Collection[str]) -> Standing:
    """What stands of withdrawn records that come back: slugs, assurance, the words of sides, free places."""
    found: Standing = {id: {} for id in ids}
    for some in chunks(ids):
        named = f"IN ({marks(some)})"
        for id, slugs in (await _former_slugs(transaction, some)).items():
            found[id]["former_slugs"] = slugs
        sql = f"SELECT id, assured_on, assured_by FROM record WHERE assured_on IS NOT NULL AND id {named}"
        for row in await transaction.fetch(sql, *some):
            said = {"assured_on": str(row["assured_on"]), "assured_by": row["assured_by"]}
            found[str(row["id"])].update(said)
        sql = f'SELECT link_id, side, state, "on", role FROM confirmation WHERE link_id {named} ORDER BY at, id'
        for row in await transaction.fetch(sql, *some):
            found[str(row["link_id"])].setdefault("confirmations", []).append(_shown(row, "link_id"))
        sql = (
            "SELECT service_id, state, free_places, weeks_to_wait, as_of, role FROM availability"
            f" WHERE service_id {named} ORDER BY at, id"
        )
        for row in await transaction.fetch(sql, *some):
            found[str(row["service_id"])]["availability"] = _shown(row, "service_id")
    return found


async def _former_slugs(transaction: Transaction, ids: list[str]) -> dict[str, list[str]]:
    """The slugs that lead to records: their own and those of all that was merged into them."""
    leads_to = {id: id for id in ids}
    ahead = ids
    while ahead:
        found = {}
        for some in chunks(ahead):
            sql = f"SELECT id, merged_into_id FROM record WHERE merged_into_id IN ({marks(some)})"
            for row in await transaction.fetch(sql, *some):
                found[str(row["id"])] = leads_to[str(row["merged_into_id"])]
        ahead = list(found.keys() - leads_to.keys())
        leads_to = found | leads_to
    slugs: dict[str, list[str]] = {}
    for some in chunks(leads_to):
        sql = f"SELECT record_id, slug FROM slug WHERE record_id IN ({marks(some)}) ORDER BY slug"
        for row in await transaction.fetch(sql, *some):
            slugs.setdefault(leads_to[str(row["record_id"])], []).append(row["slug"])
    return slugs


def _shown(row: dict[str, Any], key: str) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name != key and value is not None}
    return {name: value if isinstance(value, int) else str(value) for name, value in shown.items()}
