"""Loading the catalogue: rows to objects, then the links between them, then what is derived.

Rows come in batches, each of which a thread takes over while the loop answers; a whole table is never in memory
beside the objects that it becomes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from typing import TYPE_CHECKING, Any

from service.catalogue import types
from service.catalogue.gathering import Columns, Gathered, Values, rows, texts, turned
from service.catalogue.indexes import Index
from service.catalogue.linking import (
    availability_of,
    confirm,
    municipal_side,
    seen_from,
    seen_from_sides,
    word_of,
)
from service.catalogue.reading import Reader, readers
from service.catalogue.slots import empties, fill
from service.database import Snapshot
from service.models.rows import from_moment
from service.models.shape import Shape, shape

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

Take = Callable[[Columns], None]

FEW = 500
"""Up to so many rows are taken over in a millisecond or two."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """The newest entry of the change log that the catalogue holds."""

    seq: int
    at: datetime | None


class Loading:
    """One load of one catalogue from one snapshot. What takes long runs in a thread, so that the loop can answer."""

    def __init__(self, catalogue: Catalogue, reader: Snapshot) -> None:
        self.catalogue = catalogue
        self.records = catalogue.records
        self.reader = reader
        self.by_noun: dict[str, list[Any]] = {noun: [] for noun in types.NOUNS}
        """The records of each noun, by ordinal."""

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
        await _worked(len(self.records), self._derive)
        await self._clock()

    async def _each(self, columns: Sequence[str], rest: str, take: Take) -> None:
        """Read columns of what comes after FROM, and let a thread take over each batch."""
        named = ", ".join(f'"{column}"' for column in columns)
        async with aclosing(self.reader.batches(f"SELECT {named} FROM {rest}")) as batches:
            async for batch in batches:
                await _worked(len(batch), lambda: self._take(take, columns, batch))  # noqa: B023 - it is awaited

    def _take(self, take: Take, names: Sequence[str], batch: Sequence[Sequence[Any]]) -> None:
        columns = turned(names, batch)
        if self.reader.dialect == "postgres":
            columns |= {name: texts(columns[name]) for name in names if name == "id" or name.endswith("_id")}
        take(columns)

    async def _records(self) -> None:
        """An object with nothing but its dates for each published record, so that references need no order."""
        dates = Values(_DATES)

        def take(columns: Columns) -> None:
            places: dict[str, list[int]] = {noun: [] for noun in types.NOUNS}
            for place, noun in enumerate(columns["noun"]):
                places[noun].append(place)
            for noun, its in places.items():
                self._new(noun, {name: [column[place] for place in its] for name, column in columns.items()}, dates)

        def merged(columns: Columns) -> None:
            self.catalogue.merged.update(zip(columns["id"], columns["merged_into_id"], strict=True))

        await self._each(("id", "noun", *dates.columns), "record WHERE state = 'published'", take)
        await self._each(("id", "merged_into_id"), "record WHERE state = 'merged'", merged)

    def _new(self, noun: str, columns: Columns, dates: Values) -> None:
        records = empties(types.NOUNS[noun], len(columns["id"]))
        fill(records, {"id": columns["id"], "catalogue": repeat(self.catalogue), **dates.of(columns)})
        self.records.update(zip(columns["id"], records, strict=True))

    async def _noun(self, noun: str) -> None:
        table, kind, objects = shape(noun), types.NOUNS[noun], self.by_noun[noun]
        values, gathered = Values(readers(table, kind)), Gathered()

        def take(columns: Columns) -> None:
            records, ordinal = self._known(columns["id"]), len(objects)
            fill(records, {"ordinal": range(ordinal, ordinal + len(records)), **values.of(columns)})
            fill(records, self._targets(table, columns, records, gathered))
            objects.extend(records)

        await self._each(("id", *values.columns, *_keys(table)), f'"{noun}" ORDER BY id', take)
        await _worked(gathered.size, gathered.hand_over)
        for name, part in table.parts.items():
            if part.table != "evidence":
                await self._parts(noun, name, part)

    async def _parts(self, owner_noun: str, name: str, part: Shape) -> None:
        kind = types.PARTS[part.table]
        values, gathered = Values(readers(part, kind)), Gathered()

        def take(columns: Columns) -> None:
            items, owners = empties(kind, len(columns["id"])), self._known(columns["owner_id"])
            named = {owner_noun: owners} if owner_noun in kind.SLOTS else {}
            own = {"id": columns["id"], "owner": owners, "position": columns["position"], **named}
            fill(items, {**own, **values.of(columns)})
            fill(items, self._targets(part, columns, items, gathered))
            gathered.add(name, owners, items)

        columns = ("id", "owner_id", "position", *values.columns, *_keys(part))
        await self._each(columns, f'{part.table} ORDER BY owner_id, "position"', take)
        await _worked(gathered.size, gathered.hand_over)

    def _targets(self, table: Shape, columns: Columns, items: list[Any], gathered: Gathered) -> dict[str, list[Any]]:
        """What references lead to; what is referred to gathers what refers to it."""
        found = {}
        for name, noun in table.references.items():
            ids = columns[f"{name}_id"]
            found[name] = list(map(_proof, items, ids)) if noun == "evidence" else self._known(ids)
            back = seen_from(noun, table, name)
            if back is not None:
                gathered.add(back, found[name], items)
        return found

    def _known(self, ids: Iterable[Any]) -> list[Any]:
        records = self.records
        return [None if id is None else records[id] for id in ids]

    async def _links(self, noun: str) -> None:
        """The sets of references, and what they mean seen from the other end."""
        table = shape(noun)
        for name, relation in table.sets.items():
            column, gathered = relation.column, Gathered()
            back = seen_from(relation.noun, table, name)
            take = self._taking_links(name, column, back, gathered)
            await self._each(("owner_id", column), f"{relation.table} ORDER BY owner_id, {column}", take)
            await _worked(gathered.size, gathered.hand_over)

    def _taking_links(self, name: str, column: str, back: str | None, gathered: Gathered) -> Take:
        def take(columns: Columns) -> None:
            owners, targets = self._known(columns["owner_id"]), self._known(columns[column])
            gathered.add(name, owners, targets)
            if back is not None:
                gathered.add(back, targets, owners)

        return take

    async def _slugs(self) -> None:
        def take(columns: Columns) -> None:
            node, slugs = self.catalogue.node, self.catalogue.slugs
            for noun, slug, id, current in zip(*columns.values(), strict=True):
                record = self.records.get(id) or node(id)
                if record is not None:
                    slugs[noun, slug] = record
                    if current and record.id == id:
                        record.slug = slug

        await self._each(("noun", "slug", "record_id", "current"), "slug", take)

    async def _confirmations(self) -> None:
        """What the sides said, in the order in which they did; the last word of each counts."""

        def take(columns: Columns) -> None:
            for said in rows(columns):
                link = self.records.get(said["link_id"])
                if link is not None:
                    confirm(link, word_of(said))

        columns = ("link_id", "side", "state", "on", "role")
        await self._each(columns, "confirmation ORDER BY at, id", take)

    async def _availability(self) -> None:
        def take(columns: Columns) -> None:
            for said in rows(columns):
                service = self.records.get(said["service_id"])
                if service is not None:
                    service.last_availability = availability_of(said)

        columns = ("service_id", "state", "free_places", "weeks_to_wait", "as_of")
        await self._each(columns, "availability ORDER BY at, id", take)

    def _derive(self) -> None:
        for noun in self.catalogue.named:
            for record in self.by_noun[noun]:
                self.catalogue.name(record, noun)
        gathered = Gathered()
        seen = [each for link in self.by_noun["cooperation_link"] for each in seen_from_sides(link)]
        gathered.add("cooperation", (each.organisation for each in seen), seen)
        gathered.hand_over()
        for region in self.by_noun["region"]:
            region.municipal_side = municipal_side(region)
        for noun, objects in self.by_noun.items():
            self.catalogue.indexes[noun] = Index(objects)
        self.catalogue.closures.clear()

    async def _clock(self) -> None:
        [clock] = await self.reader.fetch("SELECT seq, epoch FROM change_clock WHERE id = 1")
        found = await self.reader.fetch("SELECT at FROM change WHERE seq = ?", clock["seq"])
        self.catalogue.epoch = clock["epoch"]
        self.catalogue.last_change = LastChange(clock["seq"], from_moment(found[0]["at"]) if found else None)


async def _worked(rows: int, work: Callable[[], None]) -> None:
    """Do work on so many rows in a thread, or at once where that takes no longer than to begin a thread."""
    if rows < FEW:
        work()
    else:
        await asyncio.to_thread(work)


def _keys(table: Shape) -> tuple[str, ...]:
    return tuple(f"{name}_id" for name in table.references)


def _proof(item: Any, id: str | None) -> Any | None:
    """A piece of evidence of the record to which something belongs."""
    return next((proof for proof in item.owner.evidence if proof.id == id), None)


def _as_it_is(value: Any) -> Any:
    return value


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None


_DATES = {
    "version": Reader(("version",), _as_it_is),
    "first_published_at": Reader(("first_published_at",), from_moment),
    "last_modified": Reader(("last_modified",), from_moment),
    "assured_on": Reader(("assured_on",), _day),
    "assured_by": Reader(("assured_by",), _as_it_is),
}
"""What reads the attributes that every record has."""
