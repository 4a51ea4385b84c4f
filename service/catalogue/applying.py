"""Following the change log: a catalogue takes over what was committed, transaction by transaction.

Everything a transaction says is read before anything of it is assigned. The steps are ordered so that whatever a
record refers to is there before it, and run in slices, so that requests are answered in between.

The search takes over a transaction together with its last step: what will be found then is written before, and shown
in the turn of the loop in which that step is assigned.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any

from service.catalogue import foreseeing
from service.catalogue.changes import Change, transactions
from service.catalogue.circles import in_order
from service.catalogue.indexes import Entry, Index, Orders, Turn, daily_values, moves
from service.catalogue.linking import municipal_side, referred
from service.catalogue.loading import LastChange
from service.catalogue.patching import Leaving, Prepared, Preparing, Said, act, as_foreseen, assign, take_away
from service.catalogue.types import NOUN_OF
from service.models.revision import Act
from service.turns import in_turns

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue
    from service.search.following import Following

SLICE = 0.010
"""Seconds after which a patch lets requests be answered."""

AT_ONCE = 20
"""How many others are made ready between two looks at the clock."""

AT_A_TIME = 1_000
"""How many objects are let go of between two looks at the clock."""

MANY = 50
"""From so many turns on the orders of an index are made anew."""

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
        self._searching: Following | None = None
        self._last: list[Prepared] | Leaving | None = None
        """The step with which the search takes over a transaction."""

    async def apply(self, changes: Iterable[Change]) -> None:
        """Take over changes, whole transactions in the order of the log.

        Raises whatever a payload that does not fit makes it raise; the catalogue is then no longer what the log
        says and has to be loaded afresh.
        """
        self._slice_began = perf_counter()
        for transaction in transactions(changes):
            self.catalogue.settled = False
            await self._transaction(transaction)
            newest = transaction[-1]
            self.catalogue.last_change = LastChange(newest.seq, newest.at)
            self.catalogue.settled = True

    async def midnight(self, today: date) -> None:
        """Make it a new day: what depends on the day is derived anew, and shown at once when all of it is there."""
        self._slice_began = perf_counter()
        catalogue = self.catalogue
        turned = []
        for index in catalogue.indexes.values():
            moved = []
            for item in index.present():
                if its := moves(*_on_both_days(catalogue, item, today)):
                    moved.append((item.ordinal, its))
                await self._breathe()
            turned.append((index, moved))
        catalogue.today = today
        catalogue.touched()
        for index, moved in turned:
            index.turn(moved)

    async def _transaction(self, changes: list[Change]) -> None:
        preparing = Preparing(self.catalogue, changes)
        prepared = [preparing.publish(change) async for change in in_turns(changes) if change.act is Act.PUBLISH]
        said = [preparing.act(change) for change in changes if change.act not in (Act.PUBLISH, *LEAVING)]
        leaving = [preparing.leave(change) async for change in in_turns(changes) if change.act in LEAVING]
        await self._breathe()
        steps = _steps(prepared, set(preparing.new))
        await self._breathe()
        parting = list(_dependents_first(leaving))
        shaped = any(p.record.id in self.catalogue.records and p.reshapes() for p in prepared)
        ground = [step for step in steps if shaped and step[0].noun in GROUND]
        steps = [step for step in steps if not (shaped and step[0].noun in GROUND)]
        self._searching = self._search([p.record.id for p in prepared] + [gone.record.id for gone in parting])
        ends: list[list[Prepared] | Leaving] = [*ground, *steps, *parting]
        self._last = ends[-1] if ends else None
        if ground:
            await self._lay(ground)
        for step in steps:
            await self._publish(step)
            await self._breathe()
        for word in said:
            self._act(word)
            await self._breathe()
        for gone in parting:
            await self._leave(gone)
            await self._breathe()
        self._forget()

    def _forget(self) -> None:
        """Let nobody rely on what was found while names led elsewhere, or the search was behind."""
        self.catalogue.touched()
        for index in self.catalogue.indexes.values():
            index.forget()

    async def _lay(self, steps: list[list[Prepared]]) -> None:
        """Assign what shapes the indexes of all others, and make these anew once."""
        for step in steps:
            await self._search_ahead(step)
            self._assign(step)
            for prepared in step:
                if prepared.record.ordinal is None:
                    self._follow({prepared.record: None})
            self._show(step)
            await self._breathe()
        await self._rebuild()

    async def _publish(self, step: list[Prepared]) -> None:
        """One record, or several that refer to each other in a circle; others are made ready before, in slices."""
        near = dict.fromkeys(item for p in step for item in _touched(p))
        far = await self._far(step, near)
        foreseen = [(index, turns, await _ahead(index, turns)) for index, turns in await self._foresee(step, far)]
        before = {item: self._entry(item) for item in near}
        await self._breathe()
        await self._search_ahead(step)
        self._assign(step)
        former = [order for index, turns, orders in foreseen for order in index.follow(turns, orders)]
        self._follow(before)
        self._show(step)
        await self._breathe()
        for order in former:
            await self._let_go(order.lists())
        await self._let_go(turns for _, turns, _ in foreseen)

    async def _far(self, step: list[Prepared], near: Collection[Any]) -> set[Any]:
        """Others that look at attributes of the records of a step."""
        found: set[Any] = set()
        for some in _batches(item for p in step if p.felt() for item in p.record.dependents()):
            found.update(some)
            await self._breathe()
        return found.difference(near)

    async def _foresee(self, step: list[Prepared], items: Iterable[Any]) -> list[tuple[Index, list[Turn]]]:
        """How others will stand that look at attributes of the records of a step; nobody sees these before."""
        turns: list[Turn] = []
        for some in _batches(items):
            before = [self._entry(item) for item in some]
            with as_foreseen(step):
                after = [self._entry(item) for item in some]
            turns += [Turn.of(*turn) for turn in zip(some, before, after, strict=True) if turn[1] != turn[2]]
            await self._breathe()
        return self._by_index(turns)

    def _entry(self, item: Any) -> Entry | None:
        return None if item.ordinal is None else self._index(item).entry(item)

    def _index(self, item: Any) -> Index:
        return self.catalogue.indexes[NOUN_OF[type(item)]]

    def _follow(self, before: dict[Any, Entry | None]) -> None:
        """Let the indexes follow: what stood so before stands as it is now, or no longer when it has left."""
        records, turns = self.catalogue.records, []
        for item, entry in before.items():
            after = self._index(item).entry(item) if records.get(item.id) is item else None
            if entry != after:
                turns.append(Turn.of(item, entry, after))
        for index, its in self._by_index(turns):
            index.follow(its)

    def _by_index(self, turns: list[Turn]) -> list[tuple[Index, list[Turn]]]:
        found: dict[Index, list[Turn]] = {}
        for turn in turns:
            found.setdefault(self._index(turn.item), []).append(turn)
        return list(found.items())

    def _assign(self, step: list[Prepared]) -> None:
        regions = {region for p in step for region in _governed(p.record, p.noun)}
        for prepared in step:
            assign(self.catalogue, prepared)
        self.catalogue.touched()
        if any(p.noun in SHAPING for p in step):
            self.catalogue.closures.clear()
        for region in regions | {region for p in step for region in _governed(p.record, p.noun)}:
            region.municipal_side = municipal_side(region)

    def _act(self, said: Said) -> None:
        before = {said.record: self._entry(said.record)}
        act(said)
        self.catalogue.touched()
        self._follow(before)

    async def _leave(self, leaving: Leaving) -> None:
        await self._search_ahead(leaving)
        catalogue, record, noun = self.catalogue, leaving.record, leaving.noun
        touched = {record, *_fed(record), *record.dependents()}
        before = {item: self._entry(item) for item in touched}
        regions = set(_governed(record, noun))
        take_away(catalogue, leaving)
        catalogue.touched()
        if noun in SHAPING:
            catalogue.closures.clear()
        for region in regions - {record}:
            region.municipal_side = municipal_side(region)
        self._follow(before)
        self._show(leaving)

    def _search(self, changed: list[str]) -> Following | None:
        search = self.catalogue.search
        return search.following(changed) if search is not None and changed else None

    async def _search_ahead(self, step: list[Prepared] | Leaving) -> None:
        """Before the last step, write what will be found after it."""
        if self._searching is None or step is not self._last:
            return
        if isinstance(step, Leaving):
            await self._searching.ahead(partial(foreseeing.gone, step), (), {step.record}, self._breathe)
        else:
            foreseen = partial(foreseeing.published, self.catalogue, step)
            await self._searching.ahead(foreseen, {p.record for p in step}, (), self._breathe)

    def _show(self, step: list[Prepared] | Leaving) -> None:
        """With the last step, let it be found."""
        if self._searching is not None and step is self._last:
            self._searching.show()
            self._forget()

    async def _rebuild(self) -> None:
        """Make every index anew in a thread, where nothing else changes meanwhile, and put them in place together."""
        fresh = {}
        for noun, index in self.catalogue.indexes.items():
            fresh[noun] = await asyncio.to_thread(index.rebuilt)
        former, self.catalogue.indexes = self.catalogue.indexes, fresh
        self.catalogue.touched()
        for index in former.values():
            await self._let_go(index.lists())

    async def _let_go(self, lists: Iterable[list[Any]]) -> None:
        """Empty long lists that nobody reads any more; all at once that would take longer than a slice."""
        for items in lists:
            while items:
                del items[-AT_A_TIME:]
                await self._breathe()

    async def _breathe(self) -> None:
        if perf_counter() - self._slice_began > SLICE:
            await asyncio.sleep(0)
            self._slice_began = perf_counter()


def _touched(prepared: Prepared) -> Iterator[Any]:
    """The record, and what is filtered by what refers to it, before the step and after it."""
    yield prepared.record
    if prepared.felt():
        yield from _fed(prepared.record)
        yield from filter(None, (prepared.values[name] for name in prepared.record.FEEDS))


def _fed(record: Any) -> Iterator[Any]:
    yield from filter(None, (getattr(record, name) for name in record.FEEDS))


async def _ahead(index: Index, turns: list[Turn]) -> Orders | None:
    """Many turns would move what comes after each of them; a thread makes the orders anew instead."""
    return None if len(turns) < MANY else await asyncio.to_thread(index.ahead, turns)


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    ahead = iter(items)
    while some := list(islice(ahead, AT_ONCE)):
        yield some


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
            for item in value if isinstance(value, tuple) else (value,):
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


def _on_both_days(catalogue: Catalogue, item: Any, tomorrow: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """What depends on the day, as it is and as it will be; nothing is answered in between."""
    today, was = catalogue.today, daily_values(item)
    catalogue.today = tomorrow
    will_be = daily_values(item)
    catalogue.today = today
    return was, will_be
