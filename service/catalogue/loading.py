"""Loading the catalogue: rows to objects, then the links between them, then what is derived."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from service.catalogue import types
from service.catalogue.indexes import Index
from service.catalogue.linking import (
    availability_of,
    confirmation_of,
    empty,
    first_confirmed,
    municipal_side,
    seen_from,
    seen_from_sides,
)
from service.catalogue.reading import readers
from service.database import Reader
from service.models.rows import from_moment
from service.models.shape import Shape, shape

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LastChange:
    """The newest entry of the change log that the catalogue holds."""

    seq: int
    at: datetime | None


class Loading:
    """One load of one catalogue from one snapshot. What takes long runs in a thread, so that the loop can answer."""

    def __init__(self, catalogue: Catalogue, reader: Reader) -> None:
        self.catalogue = catalogue
        self.reader = reader
        self.parts: dict[str, Any] = {}

    async def run(self) -> None:
        await self._records()
        await self._parts("record", "evidence", shape("source").parts["evidence"])
        for noun in types.NOUNS:
            await self._noun(noun)
        for noun in types.NOUNS:
            await self._links(noun)
        await self._slugs()
        await self._confirmations()
        await self._availability()
        await asyncio.to_thread(self._derive)
        await self._clock()

    async def _records(self) -> None:
        """An empty object for each published record, so that references can be set in any order."""
        for row in await self.reader.fetch("SELECT * FROM record"):
            id = str(row["id"])
            if row["state"] == "merged":
                self.catalogue.merged[id] = str(row["merged_into_id"])
            elif row["state"] == "published":
                self.catalogue.records[id] = self._new_record(id, row)

    def _new_record(self, id: str, row: Row) -> Any:
        record = empty(types.NOUNS[row["noun"]])
        record.id = id
        record.catalogue = self.catalogue
        record.version = row["version"]
        record.first_published_at = from_moment(row["first_published_at"])
        record.last_modified = from_moment(row["last_modified"])
        record.assured_on = date.fromisoformat(str(row["assured_on"])) if row["assured_on"] else None
        record.assured_by = row["assured_by"]
        return record

    async def _noun(self, noun: str) -> None:
        table = shape(noun)
        rows = await self.reader.fetch(f'SELECT * FROM "{noun}" ORDER BY id')
        objects = [self.catalogue.records[str(row["id"])] for row in rows]
        await asyncio.to_thread(self._assign, table, types.NOUNS[noun], list(zip(objects, rows, strict=True)))
        for ordinal, record in enumerate(objects):
            record.ordinal = ordinal
        for name, part in table.parts.items():
            if part.table != "evidence":
                await self._parts(noun, name, part)

    async def _parts(self, owner_noun: str, name: str, part: Shape) -> None:
        made = types.PARTS[part.table]
        knows_owner = owner_noun in made.SLOTS
        pairs = []
        for row in await self.reader.fetch(f'SELECT * FROM {part.table} ORDER BY owner_id, "position"'):
            owner = self.catalogue.records[str(row["owner_id"])]
            item = self.parts[str(row["id"])] = empty(made)
            item.id = str(row["id"])
            item.place = (owner.id, row["position"])
            getattr(owner, name).append(item)
            if knows_owner:
                setattr(item, owner_noun, owner)
            pairs.append((item, row))
        await asyncio.to_thread(self._assign, part, made, pairs)

    def _assign(self, table: Shape, made: type[Any], pairs: list[tuple[Any, Row]]) -> None:
        for name, read in readers(table, made.SLOTS).items():
            for item, row in pairs:
                setattr(item, name, read(row))
        for name, noun in table.references.items():
            known = self.parts if noun == "evidence" else self.catalogue.records
            back = seen_from(noun, table, name)
            for item, row in pairs:
                target = known[str(row[f"{name}_id"])] if row[f"{name}_id"] is not None else None
                setattr(item, name, target)
                if target is not None and back is not None:
                    getattr(target, back).append(item)

    async def _links(self, noun: str) -> None:
        """The sets of references, and what they mean seen from the other end."""
        table = shape(noun)
        for name, relation in table.sets.items():
            back = seen_from(relation.noun, table, name)
            for row in await self.reader.fetch(f"SELECT * FROM {relation.table} ORDER BY owner_id, {relation.column}"):
                owner = self.catalogue.records[str(row["owner_id"])]
                target = self.catalogue.records[str(row[relation.column])]
                getattr(owner, name).append(target)
                if back is not None:
                    getattr(target, back).append(owner)

    async def _slugs(self) -> None:
        for row in await self.reader.fetch("SELECT * FROM slug"):
            record = self.catalogue.node(str(row["record_id"]))
            if record is None:
                continue
            self.catalogue.slugs[row["noun"], row["slug"]] = record
            if row["current"] and record.id == str(row["record_id"]):
                record.slug = row["slug"]

    async def _confirmations(self) -> None:
        latest: dict[tuple[str, str], Row] = {}
        for row in await self.reader.fetch("SELECT * FROM confirmation ORDER BY at, id"):
            latest[str(row["link_id"]), row["side"]] = row
            link = self.catalogue.records.get(str(row["link_id"]))
            if link is not None:
                link.first_confirmed = first_confirmed(link.first_confirmed, row)
        for key in sorted(latest):
            link = self.catalogue.records.get(key[0])
            if link is not None:
                link.confirmations.append(confirmation_of(link, latest[key]))

    async def _availability(self) -> None:
        for row in await self.reader.fetch("SELECT * FROM availability ORDER BY at, id"):
            service = self.catalogue.records.get(str(row["service_id"]))
            if service is not None:
                service.last_availability = availability_of(dict(row))

    def _derive(self) -> None:
        records = self.catalogue.records.values()
        by_noun: dict[str, list[Any]] = {noun: [] for noun in types.NOUNS}
        names = {made: noun for noun, made in types.NOUNS.items()}
        for record in records:
            by_noun[names[type(record)]].append(record)
        for noun, objects in by_noun.items():
            for record in objects:
                self.catalogue.name(record, noun)
        for link in by_noun["cooperation_link"]:
            for seen in seen_from_sides(link):
                seen.organisation.cooperation.append(seen)
        for region in by_noun["region"]:
            region.municipal_side = municipal_side(region)
        for noun, objects in by_noun.items():
            self.catalogue.indexes[noun] = Index(sorted(objects, key=_ordinal))

    async def _clock(self) -> None:
        [clock] = await self.reader.fetch("SELECT seq, epoch FROM change_clock WHERE id = 1")
        rows = await self.reader.fetch("SELECT at FROM change WHERE seq = ?", clock["seq"])
        self.catalogue.epoch = clock["epoch"]
        self.catalogue.last_change = LastChange(clock["seq"], from_moment(rows[0]["at"]) if rows else None)


def _ordinal(record: Any) -> int:
    return int(record.ordinal)
