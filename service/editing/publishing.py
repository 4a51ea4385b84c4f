"""One transaction's work on what is published: contents that records get, records that leave, all or nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service import models
from service.database import Reader, Transaction
from service.editing import acts, confidential, history, log, payloads, tables
from service.editing.checks import CHECKS, WITHDRAWAL_CHECKS, Places, Published
from service.editing.confidential import Drawn
from service.editing.content import Content, Path, Reading, public
from service.editing.dependents import dependents
from service.editing.drafts import Draft, with_part_ids
from service.editing.fields import Refused, identifier, identifiers
from service.editing.history import Past
from service.editing.merging import Clash, merge
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step
from service.editing.rules import broken_rules
from service.editing.slugs import Slugs
from service.editing.tables import chunks, marks
from service.errors import Problem
from service.models.record import RecordState
from service.models.revision import Act
from service.models.rows import moment
from service.turns import in_turns

Contents = dict[str, tuple[str, Content]]
Before = dict[str, dict[str, Any]]


@dataclass
class Work:
    """What is to be done to which record, and where each problem is told.

    `drafts` gives the revision that becomes true with a record, `bases` the one that its draft was written from,
    `same` the parties that a merge declares to be one, `unknown` how many drafts were asked for that are none.
    """

    contents: Contents = field(default_factory=dict)
    leaving: dict[str, str | None] = field(default_factory=dict)
    places: Places = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str | None] = field(default_factory=dict)
    proposed_by: dict[str, str] = field(default_factory=dict)
    unmerging: set[str] = field(default_factory=set)
    same: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown: int = 0

    def publish(self, draft: Draft, place: Path, step: Step = Step.PUBLISH) -> None:
        """Give a record its content; what cannot be read is told in `problems`."""
        reading = Reading(place)
        raw = with_part_ids(draft.noun, draft.content) if draft.base else draft.content
        content = reading.record(draft.noun, draft.id, raw)
        self.problems += reading.problems
        id = self._placed(draft.id, place, step)
        if id is not None and draft.noun in models.NOUNS:
            self.contents[id] = draft.noun, content
            if draft.base:
                self.bases[id] = next(iter(identifiers(draft.base)), None)
                self.problems += [] if self.bases[id] else [problem("not_its_base", (*place, "base"))]

    def leave(self, record: str, place: Path, step: Step = Step.WITHDRAW, into: str | None = None) -> None:
        """Take a record off the public side, or let another answer in its place."""
        id = self._placed(record, place, step)
        if id is not None:
            self.leaving[id] = into

    def _placed(self, raw: str, place: Path, step: Step) -> str | None:
        """The id in its canonical form; None when it is none or is there twice."""
        try:
            id = identifier(raw)
        except Refused as refused:
            self.problems.append(refused.at(*place, "id"))
            return None
        if self.places.setdefault(id, place) != place:
            self.problems.append(problem("twice", (*place, "id")))
            return None
        self.steps[id] = step
        return id


async def carry_out(transaction: Transaction, work: Work, at: datetime, author: str, permit: Permit) -> int:
    """Do it; the `seq` of the last change. Raises InputError with every problem, one for each place."""
    problems = work.problems
    before = await _records(transaction, work.places)
    past = await history.latest(transaction, before)
    problems += await merge_with_published(transaction, work, past)
    guarded = await confidential.guarded(transaction, work.contents, work.leaving.keys())
    confidential.protect(work.contents, guarded)
    await permit(transaction, list(_attempts(work, before, past)))
    problems += _refused_records(work, before)
    drawn = await draw_in(transaction, work, guarded)
    before |= await _records(transaction, drawn)
    past |= await history.latest(transaction, drawn)
    problems += [problem async for problem in broken(transaction, work)]
    slugs, taken = await _slugs(transaction, work)
    refuse(problems + taken)
    return await _write(transaction, work, before, past, slugs, author, at)


async def draw_in(reader: Reader, work: Work, guarded: Mapping[str, str]) -> dict[str, Drawn]:
    """Add the published places that become confidential with what is published; nobody needs a permit for that."""
    drawn = await confidential.drawn(reader, {id: guarded[id] for id in guarded.keys() - work.places.keys()})
    for id, place in drawn.items():
        work.contents[id] = "location", place.content
        work.places[id] = (*work.places[place.by], "locations")
    return drawn


async def merge_with_published(transaction: Reader, work: Work, past: Mapping[str, Past]) -> list[Problem]:
    """Make what was written from a base one with what was published since; what cannot be is a problem."""
    problems: list[Problem] = []
    bases = await history.pasts(transaction, {base for base in work.bases.values() if base})
    for id, base in work.bases.items():
        if id not in work.contents:
            continue  # It is given twice, to be published and to leave; that is told.
        now, was, place = past.get(id), bases.get(base or ""), work.places[id]
        if base and (was is None or was.record != id):
            problems.append(problem("not_its_base", (*place, "base")))
        elif now is not None and now.revision != base and now.act is Act.WITHDRAW:
            problems.append(problem("withdrawn_meanwhile", (*place, "id")))
        elif now is not None and now.revision != base and now.act is Act.PUBLISH:
            noun, content = work.contents[id]
            merged = merge(noun, was.content if was else {}, content, now.content)
            work.contents[id] = noun, merged.content
            problems += [clashing(clash, place) for clash in merged.clashes]
    return problems


def clashing(clash: Clash, place: Path) -> Problem:
    """A clash in words, at its field."""
    ours, theirs = ("—" if value is None else value for value in (clash.ours, clash.theirs))
    return problem("edited_meanwhile", (*place, *clash.path), ours=ours, theirs=theirs)


def _attempts(work: Work, before: Before, past: Mapping[str, Past]) -> Iterable[Attempt]:
    """What would happen to each record; for each draft that is none, and where there is nothing, that there is none."""
    for id, step in work.steps.items():
        public_now = id in before and before[id]["state"] == RecordState.PUBLISHED
        known = id in before or id in work.contents
        yield Attempt(
            step=step,
            noun=work.contents[id][0] if id in work.contents else before[id]["noun"] if known else None,
            record=id,
            before=past[id].content if public_now else None,
            after=work.contents[id][1] if id in work.contents else None,
            proposed_by=work.proposed_by.get(id),
        )
    yield from [Attempt(Step.PUBLISH, None, None)] * max(work.unknown, not work.steps)


async def _records(transaction: Transaction, ids: Iterable[str]) -> Before:
    found: Before = {}
    for some in chunks(ids):
        sql = f"SELECT id, noun, state, version FROM record WHERE id IN ({marks(some)})"
        found |= {str(row["id"]): row for row in await transaction.fetch(sql, *some)}
    return found


def _refused_records(work: Work, before: Before) -> list[Problem]:
    problems = []
    for id, (noun, _) in work.contents.items():
        if id in before and before[id]["noun"] != noun:
            problems.append(problem("record_of_another_noun", (*work.places[id], "id")))
        elif id in before and before[id]["state"] == RecordState.MERGED and id not in work.unmerging:
            problems.append(problem("merged_record", (*work.places[id], "id")))
    problems += [
        problem("no_such_record", work.places[id])
        for id in work.leaving
        if id not in before or before[id]["state"] != RecordState.PUBLISHED
    ]
    return problems


async def broken(transaction: Reader, work: Work) -> AsyncIterator[Problem]:
    """What of the rules the work would break: those of each row, those between records, those of who refers to whom."""
    async for id, (noun, content) in in_turns(work.contents.items()):
        for told in broken_rules(noun, id, public(noun, content), work.places[id]):
            yield told
    left = await dependents(transaction, work.leaving, work.contents.keys())
    for id, names in left.items():
        yield problem("has_dependents", work.places[id], names=names)
    published = Published(transaction, work.contents, work.leaving.keys())
    async for check in in_turns(CHECKS if work.contents else WITHDRAWAL_CHECKS):
        async for told in check(published, work.places):
            yield told


async def _slugs(transaction: Transaction, work: Work) -> tuple[list[Slugs], list[Problem]]:
    """Give each record its slug, those that ask for one first."""
    lists, problems = [], []
    for noun, model in models.NOUNS.items():
        mine = {id: content for id, (its, content) in work.contents.items() if its == noun}
        if not (model.HAS_SLUG and mine):
            continue
        slugs = await Slugs.load(noun, transaction, {id: content.get("slug") for id, content in mine.items()})
        lists.append(slugs)
        for id, content in sorted(mine.items(), key=lambda item: "slug" not in item[1]):
            slug = await slugs.give(id, content.get("slug"), _name(content))
            if slug is None:
                problems.append(problem("taken", (*work.places[id], "slug")))
            else:
                content["slug"] = slug
    return lists, problems


def _name(content: Content) -> str:
    name = content.get("name") or content.get("title") or ""
    return str(name["lv"] if isinstance(name, dict) else name)


async def _write(
    transaction: Transaction,
    work: Work,
    before: Before,
    past: Mapping[str, Past],
    slugs: list[Slugs],
    author: str,
    at: datetime,
) -> int:
    entries = await _publications(transaction, work, before, at)
    leaving = _departures(work, before, past)
    resets = await acts.resets(transaction, entries, past, at, work.same)
    for noun in reversed(models.NOUNS):
        gone = [id for id in work.places if id in before and before[id]["noun"] == noun]
        await tables.clear(transaction, noun, gone)
    await _write_records(transaction, entries, at)
    await _write_departures(transaction, work, at)
    for noun in models.NOUNS:
        await tables.insert(transaction, noun, [(e.record, e.content) for e in entries if e.noun == noun])
    for names in slugs:
        await names.save(transaction)
    return await log.append(transaction, [*entries, *resets, *leaving], author, at)


async def _publications(transaction: Transaction, work: Work, before: Before, at: datetime) -> list[log.Entry]:
    entries = []
    firsts = await payloads.first_published(transaction, before)
    returning = [id for id in work.contents if id in before and before[id]["state"] != RecordState.PUBLISHED]
    standing = await payloads.standing(transaction, returning)
    async for id in in_turns(_in_order(work.contents)):
        noun, content = work.contents[id]
        version = before[id]["version"] + 1 if id in before else 1
        payload = payloads.published(noun, content, version, firsts.get(id, at), at, standing.get(id, {}))
        entries.append(log.Entry(Act.PUBLISH, noun, id, content, payload, version, work.drafts.get(id)))
    return entries


def _departures(work: Work, before: Before, past: Mapping[str, Past]) -> list[log.Entry]:
    """Those that refer before those referred to, as far as the nouns tell."""
    entries = []
    nouns = list(models.NOUNS)
    for id in sorted(work.leaving, key=lambda id: -nouns.index(before[id]["noun"])):
        into = work.leaving[id]
        act, payload = (Act.MERGE, {"into": into}) if into else (Act.WITHDRAW, {})
        row, draft = before[id], work.drafts.get(id)
        entries.append(log.Entry(act, row["noun"], id, past[id].content, payload, row["version"], draft))
    return entries


def _in_order(contents: Contents) -> list[str]:
    """The set ordered so that what is referred to comes before what refers, as far as the nouns tell."""
    nouns = {noun: place for place, noun in enumerate(models.NOUNS)}
    return sorted(contents, key=lambda id: nouns[contents[id][0]])


async def _write_records(transaction: Transaction, entries: Sequence[log.Entry], at: datetime) -> None:
    stamp = moment(at, transaction.dialect)
    await transaction.execute_many(
        "INSERT INTO record (id, noun, state, version, first_published_at, last_modified) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, version = excluded.version,"
        " last_modified = excluded.last_modified, merged_into_id = NULL",
        [(e.record, e.noun, RecordState.PUBLISHED.value, e.version, stamp, stamp) for e in entries],
    )


async def _write_departures(transaction: Transaction, work: Work, at: datetime) -> None:
    stamp = moment(at, transaction.dialect)
    await transaction.execute_many(
        "UPDATE record SET state = ?, merged_into_id = ?, last_modified = ? WHERE id = ?",
        [
            ((RecordState.MERGED if into else RecordState.WITHDRAWN).value, into, stamp, id)
            for id, into in work.leaving.items()
        ],
    )
