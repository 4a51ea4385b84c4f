"""Places that are kept confidential because of what is given there, whoever publishes them and by whatever channel.

A place of a service whose category, or a broader one, is confidential by default shows its municipality only. An
editor decides otherwise by `disclosed`; `confidential` alone, left at no, decides nothing: forms and files say it
of every place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from service.database import Reader
from service.editing import history
from service.editing.checks import Published
from service.editing.content import Content
from service.editing.tables import chunks, marks
from service.models.shape import shape

Contents = Mapping[str, tuple[str, Content]]


@dataclass(frozen=True)
class Drawn:
    """A published place outside a set that the set makes confidential, and the record of the set that does."""

    content: Content
    by: str


def protect(contents: dict[str, tuple[str, Content]], guarded: Mapping[str, str]) -> set[str]:
    """Make the places of the set confidential that are among the guarded ones; the ids of those that were not."""
    mine = {id for id, (noun, content) in contents.items() if noun == "location" and _is_open(content)}
    for id in mine & guarded.keys():
        contents[id] = "location", {**contents[id][1], "confidential": True}
    return mine & guarded.keys()


async def guarded(reader: Reader, contents: Contents, gone: Set[str] = frozenset()) -> dict[str, str]:
    """The places that the set has to do with and that are to be confidential, each with the record that says so."""
    published = Published(reader, dict(contents), gone)
    if not any(published.of(noun) for noun in ("location", "service", "taxonomy_term")):
        return {}
    services = {id: _places_and_categories(content) for id, content in published.of("service").items()}
    places, terms = published.of("location").keys(), await _confidential_terms(published)
    by_term = min(published.of("taxonomy_term"), default=None)
    services |= await _services(published, "service_location", "location_id", places)
    services |= await _services(published, "service_category", "taxonomy_term_id", terms if by_term else ())
    found: dict[str, str] = {}
    for id, (its_places, categories) in services.items():
        by = id if id in contents else by_term
        for place in its_places if categories & terms else ():
            if place in places:
                found[place] = place
            elif by:
                found[place] = by
    return found


async def drawn(reader: Reader, guarded: Mapping[str, str]) -> dict[str, Drawn]:
    """Which guarded places are published and open, and what they are to be: confidential."""
    now = await history.latest(reader, guarded)
    there = await history.published(reader, now)
    return {
        id: Drawn({**past.content, "confidential": True}, guarded[id])
        for id, past in now.items()
        if id in there and _is_open(past.content)
    }


def _is_open(content: Content) -> bool:
    return not (content.get("confidential") or content.get("disclosed"))


def _places_and_categories(service: Content) -> tuple[set[str], set[str]]:
    return set(service.get("locations", [])), set(service.get("categories", []))


async def _services(
    published: Published, table: str, column: str, ids: Iterable[str]
) -> dict[str, tuple[set[str], set[str]]]:
    """The published services outside the set that have one of the ids, with all their places and categories."""
    owners = set[str]()
    for some in chunks(ids):
        rows = await published.transaction.fetch(
            f"SELECT owner_id FROM {table} WHERE {column} IN ({marks(some)})", *some
        )
        owners |= {str(row["owner_id"]) for row in rows}
    found: dict[str, tuple[set[str], set[str]]] = {id: (set(), set()) for id in owners - published.replaced}
    for kind, name in enumerate(("locations", "categories")):
        relation = shape("service").sets[name]
        for some in chunks(found):
            sql = f"SELECT owner_id, {relation.column} AS id FROM {relation.table} WHERE owner_id IN ({marks(some)})"
            for row in await published.transaction.fetch(sql, *some):
                found[str(row["owner_id"])][kind].add(str(row["id"]))
    return found


async def _confidential_terms(published: Published) -> set[str]:
    """The categories that are confidential by default, with all that is narrower."""
    rows = await published.transaction.fetch("SELECT id, parent_id, confidential_by_default FROM taxonomy_term")
    parents = {str(row["id"]): str(row["parent_id"]) for row in rows if str(row["id"]) not in published.replaced}
    flagged = {str(row["id"]) for row in rows if row["confidential_by_default"]} & parents.keys()
    for id, content in published.of("taxonomy_term").items():
        parents[id] = content.get("parent") or ""
        flagged |= {id} if content.get("confidential_by_default") else set()
    return {id for id in parents if _is_below(id, flagged, parents)}


def _is_below(id: str, flagged: Set[str], parents: Mapping[str, str]) -> bool:
    seen = set[str]()
    while id in parents and id not in seen:
        if id in flagged:
            return True
        seen.add(id)
        id = parents[id]
    return False
