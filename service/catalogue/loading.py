"""Loading the catalogue: rows to objects, then the links between them, then what is derived.

Rows come in batches, each of which a thread takes over while the loop answers; a whole table is never in memory
beside the objects that it becomes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import repeat
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from service.catalogue import types
from service.catalogue.cooperation import Cooperation
from service.catalogue.gathering import Columns, Gathered, Values, ahead, rows
from service.catalogue.indexes import Index
from service.catalogue.linking import (
    availability_of,
    confirm,
    municipal_side,
    seen_from,
    word_of,
)
from service.catalogue.reading import Reader, readers
from service.catalogue.slots import blanking, fill, new
from service.database import Snapshot
from service.engines.base import Batch
from service.models.cooperation import ROLES
from service.models.rows import from_moment
from service.models.shape import Shape, shape

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

Take = Callable[[Columns], None]
Work = Callable[[], None]

CONFIRMATION = ("side", "state", "on", "role")
AVAILABILITY = ("state", "free_places", "weeks_to_wait", "as_of")

FEW = 500
"""Up to so many rows are taken over in a millisecond or two."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """The newest entry of the change log that the catalogue holds."""

    seq: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a load: what is read of it, what takes over each batch, and what is done when all are there."""

    columns: Sequence[str]
    table: str
    take: Take
    done: Callable[[], None] = lambda: None
    where: str = "TRUE"


class Loading:
    """One load of one catalogue from one snapshot. What takes long runs in a thread, so that the loop can answer.

    The database reads the next rows while those that came before become objects.
    """

    def __init__(self, catalogue: Catalogue, reader: Snapshot) -> None:
        self.catalogue = catalogue
        self.records = catalogue.records
        self.reader = reader
        self.by_noun: dict[str, list[Any]] = {noun: [] for noun in types.NOUNS}
        """The records of each noun, by ordinal."""

    async def run(self) -> None:
        async with aclosing(ahead(self._batches())) as batches:
            async for size, work in batches:
                await _worked(size, work)
        await _worked(len(self.records), self._derive)
        await self._clock()

    async def _batches(self) -> AsyncGenerator[tuple[int, Work], None]:
        """What is to be done with so many rows, one after the other."""
        for part in self._parts():
            async with aclosing(self.reader.batches(part.columns, part.table, part.where)) as batches:
                size = 0
                async for batch in batches:
                    size += batch.size
                    yield batch.size, partial(_take, part, batch)
            yield size, part.done

    def _parts(self) -> Iterator[Part]:
        """All tables, in an order in which what a row belongs to is there before it."""
        yield from self._records()
        for noun in types.NOUNS:
            yield self._noun(noun)
        yield self._owned("record", "evidence", shape("source").parts["evidence"])
        for noun in types.NOUNS:
            owned = shape(noun).parts.items()
            yield from (self._owned(noun, name, part) for name, part in owned if part.table != "evidence")
        for noun in types.NOUNS:
            yield from self._sets(noun)
        yield self._slugs()
        yield self._confirmations()
        yield self._availability()

    def _records(self) -> Iterator[Part]:
        """An object with nothing but its dates for each published record, so that references need no order."""
        dates = Values(_DATES)
        blank = {noun: _blanking(noun) for noun in types.NOUNS}

        def take(columns: Columns) -> None:
            ids, nouns = columns["id"], columns["noun"]
            records = list(map(object.__new__, map(types.NOUNS.__getitem__, nouns)))
            fill(records, {"id": ids, "catalogue": repeat(self.catalogue), **dates.of(columns)})
            self.records.update(zip(ids, records, strict=True))
            for noun, record in zip(nouns, records, strict=True):
                self.by_noun[noun].append(record)
                blank[noun](record)

        def merged(columns: Columns) -> None:
            self.catalogue.merged.update(rows(columns, "id", "merged_into_id"))

        yield Part(("id", "noun", *dates.columns), "record", take, self._number, "state = 'published'")
        yield Part(("id", "merged_into_id"), "record", merged, where="state = 'merged'")

    def _number(self) -> None:
        for records in self.by_noun.values():
            records.sort(key=attrgetter("id"))
            fill(records, {"ordinal": range(len(records))})

    def _noun(self, noun: str) -> Part:
        table, gathered = shape(noun), Gathered()
        values = Values(readers(table, types.NOUNS[noun]))

        def take(columns: Columns) -> None:
            records = self._known(columns["id"])
            fill(records, {**values.of(columns), **self._targets(table, columns, records, gathered)})

        return Part(("id", *values.columns, *_keys(table)), noun, take, gathered.hand_over)

    def _owned(self, owner_noun: str, name: str, table: Shape) -> Part:
        kind, gathered = types.PARTS[table.table], Gathered()
        values = Values(readers(table, kind))

        def take(columns: Columns) -> None:
            items, owners = new(kind, len(columns["id"])), self._known(columns["owner_id"])
            named = {owner_noun: owners} if owner_noun in kind.SLOTS else {}
            own = {"id": columns["id"], "owner": owners, "position": columns["position"], **named}
            targets = self._targets(table, columns, items, gathered, owners)
            fill(items, {**own, **values.of(columns), **targets})
            gathered.add(name, owners, items, sorted_by="position")

        return Part(
            ("id", "owner_id", "position", *values.columns, *_keys(table)), table.table, take, gathered.hand_over
        )

    def _targets(
        self, table: Shape, columns: Columns, items: list[Any], gathered: Gathered, owners: Sequence[Any] = ()
    ) -> dict[str, list[Any]]:
        """What references lead to; what is referred to gathers what refers to it."""
        found = {}
        for name, noun in table.references.items():
            ids = columns[f"{name}_id"]
            found[name] = list(map(_proof, owners, ids)) if noun == "evidence" else self._known(ids)
            back = seen_from(noun, table, name)
            if back is not None:
                gathered.add(back, found[name], items)
        return found

    def _known(self, ids: Sequence[Any]) -> list[Any]:
        record = self.records.__getitem__
        return [id and record(id) for id in ids] if None in ids else list(map(record, ids))

    def _sets(self, noun: str) -> Iterator[Part]:
        """The sets of references, and what they mean seen from the other end."""
        table = shape(noun)
        for name, relation in table.sets.items():
            gathered = Gathered()
            take = self._taking(name, relation.column, seen_from(relation.noun, table, name), gathered)
            yield Part(("owner_id", relation.column), relation.table, take, gathered.hand_over)

    def _taking(self, name: str, column: str, back: str | None, gathered: Gathered) -> Take:
        def take(columns: Columns) -> None:
            owners, targets = self._known(columns["owner_id"]), self._known(columns[column])
            gathered.add(name, owners, targets, sorted_by="id")
            if back is not None:
                gathered.add(back, targets, owners)

        return take

    def _slugs(self) -> Part:
        def take(columns: Columns) -> None:
            for noun, slug, id, current in rows(columns, "noun", "slug", "record_id", "current"):
                record = self.records.get(id) or self.catalogue.node(id)
                if record is not None:
                    if current and record.id == id:
                        record.slug = slug
                    self.catalogue.lead(noun, (slug,), record)

        return Part(("noun", "slug", "record_id", "current"), "slug", take)

    def _confirmations(self) -> Part:
        """What the sides said, in the order in which they did; the last word of each counts."""
        return self._acts("confirmation", "link_id", lambda link, said: confirm(link, word_of(said)), *CONFIRMATION)

    def _availability(self) -> Part:
        def take(service: Any, said: dict[str, Any]) -> None:
            service.last_availability = availability_of(said)

        return self._acts("availability", "service_id", take, *AVAILABILITY)

    def _acts(self, table: str, key: str, take: Callable[[Any, dict[str, Any]], None], *names: str) -> Part:
        acts: list[tuple[Any, ...]] = []

        def done() -> None:
            for _, _, id, *said in sorted(acts, key=itemgetter(0, 1)):
                if id in self.records:
                    take(self.records[id], dict(zip(names, said, strict=True)))

        columns = ("at", "id", key, *names)
        return Part(columns, table, lambda batch: acts.extend(rows(batch, *columns)), done)

    def _derive(self) -> None:
        for noun in self.catalogue.named:
            for record in self.by_noun[noun]:
                self.catalogue.name(record, noun)
        self._sides()
        for region in self.by_noun["region"]:
            region.municipal_side = municipal_side(region)
        for noun, objects in self.by_noun.items():
            self.catalogue.indexes[noun] = Index(objects, types.KEYS[noun])
        self.catalogue.closures.clear()

    def _sides(self) -> None:
        """Each link seen from its two sides."""
        gathered, links = Gathered(), self.by_noun["cooperation_link"]
        roles = [ROLES[link.kind] for link in links]
        sides = [[link.side_a for link in links], [link.side_b for link in links]]
        for own, other in ((0, 1), (1, 0)):
            seen = new(Cooperation, len(links))
            role, partner_role = ([both[side] for both in roles] for side in (own, other))
            partners = {"link": links, "partner": sides[other], "organisation": sides[own]}
            fill(seen, {**partners, "role": role, "partner_role": partner_role})
            gathered.add("cooperation", sides[own], seen)
        gathered.hand_over()

    async def _clock(self) -> None:
        [clock] = await self.reader.fetch("SELECT seq, epoch FROM change_clock WHERE id = 1")
        found = await self.reader.fetch("SELECT at FROM change WHERE seq = ?", clock["seq"])
        self.catalogue.epoch = clock["epoch"]
        self.catalogue.last_change = LastChange(clock["seq"], from_moment(found[0]["at"]) if found else None)


def _take(part: Part, batch: Batch) -> None:
    part.take(dict(zip(part.columns, batch.columns(), strict=True)))


async def _worked(rows: int, work: Callable[[], None]) -> None:
    """Do work on so many rows in a thread, or at once where that takes no longer than to begin a thread."""
    if rows < FEW:
        work()
    else:
        await asyncio.to_thread(work)


def _blanking(noun: str) -> Callable[[Any], None]:
    """What gives a record its empty values, but for what is read from its rows."""
    table, made = shape(noun), types.NOUNS[noun]
    dated = ("id", "catalogue", "ordinal", *_DATES)
    return blanking(made, frozenset((*dated, *readers(table, made), *table.references)))  # type: ignore[arg-type]


def _keys(table: Shape) -> tuple[str, ...]:
    return tuple(f"{name}_id" for name in table.references)


def _proof(owner: Any, id: str | None) -> Any | None:
    """A piece of evidence of the record to which something belongs."""
    return next((proof for proof in owner.evidence if proof.id == id), None)


def _day(value: Any) -> date:
    return date.fromisoformat(str(value))


_DATES = {
    "version": Reader(("version",)),
    "first_published_at": Reader(("first_published_at",), from_moment),
    "last_modified": Reader(("last_modified",), from_moment),
    "assured_on": Reader(("assured_on",), _day),
    "assured_by": Reader(("assured_by",)),
}
"""What reads the attributes that every record has."""
