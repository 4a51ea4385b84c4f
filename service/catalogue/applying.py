"""Following the change log: a catalogue takes over what was committed, transaction by transaction.

Everything a transaction says is read before anything of it is assigned. The steps are ordered so that whatever a
record refers to is there before it, and run in slices, so that requests are answered in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any

from service.catalogue.changes import Change, transactions
from service.catalogue.circles import in_order
from service.catalogue.linking import municipal_side, referred
from service.catalogue.loading import LastChange
from service.catalogue.patching import Leaving, Prepared, Preparing, Said, act, assign, take_away
from service.catalogue.types import NOUN_OF
from service.models.revision import Act

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

SLICE = 0.010
"""Seconds after which a patch lets requests be answered."""

LEAVING = frozenset({Act.WITHDRAW, Act.MERGE})
SHAPING = frozenset({"region", "taxonomy", "taxonomy_term"})
"""Nouns whose records shape the indexes of all others: what lies in them, and what they are called."""

GROUND = SHAPING | {"source"}
"""Those and what they rest on: their records refer to no others."""


class Applying:
    """The one writer of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._slice_began = 0.0

    async def apply(self, changes: Iterable[Change]) -> None:
        """Take over changes, whole transactions in the order of the log.

        Raises whatever a payload that does not fit makes it raise; the catalogue is then no longer what the log
        says and has to be loaded afresh.
        """
        self._slice_began = perf_counter()
        for transaction in transactions(changes):
            await self._transaction(transaction)
            newest = transaction[-1]
            self.catalogue.last_change = LastChange(newest.seq, newest.at)

    async def midnight(self, today: date) -> None:
        """Make it a new day: what depends on the day is derived anew, and shown at once when all of it is there."""
        self._slice_began = perf_counter()
        catalogue = self.catalogue
        turned = []
        for index in catalogue.indexes.values():
            for item in index.present():
                was, will_be = _on_both_days(catalogue, item, today)
                if was != will_be:
                    turned.append((index, item, was, will_be))
                await self._breathe()
        catalogue.today = today
        for index, item, was, will_be in turned:
            index.turn(item, was, will_be)

    async def _transaction(self, changes: list[Change]) -> None:
        preparing = Preparing(self.catalogue, changes)
        prepared = [preparing.publish(change) for change in changes if change.act is Act.PUBLISH]
        said = [preparing.act(change) for change in changes if change.act not in (Act.PUBLISH, *LEAVING)]
        leaving = [preparing.leave(change) for change in changes if change.act in LEAVING]
        steps = _steps(prepared, set(preparing.new))
        if any(p.noun in SHAPING and p.record.id in self.catalogue.records for p in prepared):
            await self._lay([step for step in steps if step[0].noun in GROUND])
            steps = [step for step in steps if step[0].noun not in GROUND]
        for step in steps:
            self._publish(step)
            await self._breathe()
        for word in said:
            self._act(word)
            await self._breathe()
        for gone in _dependents_first(leaving):
            self._leave(gone)
            await self._breathe()
        for index in self.catalogue.indexes.values():
            index.forget()

    async def _lay(self, steps: list[list[Prepared]]) -> None:
        """Assign what shapes the indexes of all others, and make these anew once."""
        for step in steps:
            self._assign(step)
            for prepared in step:
                if prepared.record.ordinal is None:
                    self.catalogue.indexes[prepared.noun].enter(prepared.record, None)
            await self._breathe()
        await self._rebuild()

    def _publish(self, step: list[Prepared]) -> None:
        """One record, or several that refer to each other in a circle."""
        indexes = self.catalogue.indexes
        touched = {item: noun for p in step for item, noun in _touched(p.record, p.noun, p.values)}
        before = {item: indexes[noun].entry(item) for item, noun in touched.items()}
        self._assign(step)
        for item, noun in touched.items():
            indexes[noun].enter(item, before[item])

    def _assign(self, step: list[Prepared]) -> None:
        regions = {region for p in step for region in _governed(p.record, p.noun)}
        for prepared in step:
            assign(self.catalogue, prepared)
        if any(p.noun in SHAPING for p in step):
            self.catalogue.closures.clear()
        for region in regions | {region for p in step for region in _governed(p.record, p.noun)}:
            region.municipal_side = municipal_side(region)

    def _act(self, said: Said) -> None:
        index = self.catalogue.indexes[said.noun]
        before = index.entry(said.record)
        act(said)
        index.enter(said.record, before)

    def _leave(self, leaving: Leaving) -> None:
        catalogue, record, noun = self.catalogue, leaving.record, leaving.noun
        index = catalogue.indexes[noun]
        touched = dict(_touched(record, noun, {}))
        before = {item: catalogue.indexes[its].entry(item) for item, its in touched.items()}
        regions = set(_governed(record, noun))
        take_away(catalogue, leaving)
        if noun in SHAPING:
            catalogue.closures.clear()
        for region in regions - {record}:
            region.municipal_side = municipal_side(region)
        for item, entry in before.items():
            if item is not record:
                catalogue.indexes[touched[item]].enter(item, entry)
            elif entry is not None:
                index.leave(item, entry)

    async def _rebuild(self) -> None:
        """Make every index anew in a thread, where nothing else changes meanwhile, and put them in place together."""
        fresh = {}
        for noun, index in self.catalogue.indexes.items():
            fresh[noun] = await asyncio.to_thread(index.rebuilt)
        self.catalogue.indexes = fresh

    async def _breathe(self) -> None:
        if perf_counter() - self._slice_began > SLICE:
            await asyncio.sleep(0)
            self._slice_began = perf_counter()


def _touched(record: Any, noun: str, values: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    """The record and what is filtered, sorted or searched by something of it, before the step and after it."""
    yield record, noun
    others = [*record.dependents(), *(values.get(name) for name in record.FEEDS)]
    yield from ((item, NOUN_OF[type(item)]) for item in others if item is not None)


def _governed(record: Any, noun: str) -> Iterator[Any]:
    """The regions whose municipal side a record may change: those it acts for, and what came after them."""
    ahead = [a.region for a in record.authority_for] if noun == "organisation" else []
    ahead += [record] if noun == "region" else []
    seen = set()
    while ahead:
        region = ahead.pop()
        if region not in seen:
            seen.add(region)
            yield region
            ahead.extend(step.successor for step in region.successions)


def _steps(prepared: list[Prepared], new: set[str]) -> list[list[Prepared]]:
    """The steps of a transaction: what is referred to before what refers, a circle of new records in one."""
    by_id = {p.record.id: p for p in prepared}
    graph = {id: [other for other in _referred(p) if other in new and other in by_id] for id, p in by_id.items()}
    return [[by_id[id] for id in step] for step in in_order(graph)]


def _referred(prepared: Prepared) -> Iterator[str]:
    for values in (prepared.values, *(values for _, values in prepared.parts)):
        for value in values.values():
            for item in value if isinstance(value, list) else (value,):
                if type(item) in NOUN_OF:
                    yield item.id


def _dependents_first(leaving: list[Leaving]) -> Iterator[Leaving]:
    """The records that leave, those that refer before those referred to."""
    by_id = {gone.record.id: gone for gone in leaving}
    graph: dict[str, list[str]] = {id: [] for id in by_id}
    for id, gone in by_id.items():
        for target in referred(gone.record, gone.noun):
            if target.id in graph:
                graph[target.id].append(id)
    yield from (by_id[id] for step in in_order(graph) for id in step)


def _on_both_days(catalogue: Catalogue, item: Any, tomorrow: date) -> tuple[frozenset[Any], frozenset[Any]]:
    """What depends on the day, as it is and as it will be; nothing is answered in between."""
    today, was = catalogue.today, frozenset(item.daily())
    catalogue.today = tomorrow
    will_be = frozenset(item.daily())
    catalogue.today = today
    return was, will_be
