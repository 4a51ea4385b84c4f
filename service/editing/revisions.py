"""Publishing and withdrawing: one transaction writes revisions, records, published rows and the change log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service import models
from service.database import Database, Transaction
from service.editing import acts, log, payloads, tables
from service.editing.checks import CHECKS, WITHDRAWAL_CHECKS, Places, Published
from service.editing.content import Content, Reading, public
from service.editing.dependents import dependents
from service.editing.fields import Refused, identifier
from service.editing.messages import problem, refuse
from service.editing.rules import broken_rules
from service.editing.slugs import Slugs
from service.editing.tables import chunks, marks
from service.errors import Problem
from service.models.record import RecordState
from service.models.revision import Act
from service.models.rows import moment

Contents = dict[str, tuple[str, Content]]
Before = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Draft:
    """The content that a record is to have; ids are given at the first draft."""

    noun: str
    id: str
    content: dict[str, Any]


async def publish(database: Database, drafts: Sequence[Draft], *, author: str) -> int:
    """Publish a set of records, all or nothing; the `seq` of its last change.

    Records of the set may refer to each other. Raises InputError with every problem found, one for each place;
    the path of a problem begins with the place of its draft in the set.
    """
    contents, places, problems = _read(drafts)
    async with log.writing(database) as (transaction, at):
        before = await _records(transaction, contents)
        problems += _refused_records(contents, before, places)
        published = Published(transaction, contents)
        for check in CHECKS:
            problems += [broken async for broken in check(published, places)]
        slugs, taken = await _slugs(transaction, contents, places)
        refuse(problems + taken)
        return await _write(transaction, contents, before, slugs, author, at)


async def withdraw(database: Database, ids: Sequence[str], *, author: str) -> int:
    """Take records off the public side, all or nothing; the `seq` of the last change.

    Raises InputError when a record is not published or when a published record outside the set refers to it.
    """
    places, problems = _numbered(ids)
    async with log.writing(database) as (transaction, at):
        before = await _records(transaction, places)
        for id, place in places.items():
            if id not in before or before[id]["state"] != RecordState.PUBLISHED:
                problems.append(problem("no_such_record", place))
        problems += [
            problem("has_dependents", places[id], names=names)
            for id, names in (await dependents(transaction, places)).items()
        ]
        for check in WITHDRAWAL_CHECKS:
            problems += [broken async for broken in check(Published(transaction, {}, places.keys()), places)]
        refuse(problems)
        return await _take_away(transaction, before, author, at)


def _read(drafts: Sequence[Draft]) -> tuple[Contents, Places, list[Problem]]:
    contents: Contents = {}
    places, problems = _numbered([draft.id for draft in drafts])
    ids = {place: id for id, place in places.items()}
    for position, draft in enumerate(drafts):
        reading = Reading((position,))
        content = reading.record(draft.noun, draft.id, draft.content)
        problems += reading.problems
        if (position,) in ids and draft.noun in models.NOUNS:
            id = ids[position,]
            problems += broken_rules(draft.noun, id, public(draft.noun, content), (position,))
            contents[id] = draft.noun, content
    return contents, places, problems


def _numbered(ids: Sequence[str]) -> tuple[Places, list[Problem]]:
    """The place of each id in its canonical form, and what is wrong with the others."""
    places: Places = {}
    problems: list[Problem] = []
    for position, raw in enumerate(ids):
        try:
            id = identifier(raw)
        except Refused as refused:
            problems.append(refused.at(position, "id"))
            continue
        if places.setdefault(id, (position,)) != (position,):
            problems.append(problem("twice", (position, "id")))
    return places, problems


async def _records(transaction: Transaction, ids: Iterable[str]) -> Before:
    found: Before = {}
    for some in chunks(ids):
        sql = f"SELECT id, noun, state, version FROM record WHERE id IN ({marks(some)})"
        found |= {str(row["id"]): row for row in await transaction.fetch(sql, *some)}
    return found


def _refused_records(contents: Contents, before: Before, places: Places) -> list[Problem]:
    problems = []
    for id, row in before.items():
        if row["noun"] != contents[id][0]:
            problems.append(problem("record_of_another_noun", (*places[id], "id")))
        elif row["state"] == RecordState.MERGED:
            problems.append(problem("merged_record", (*places[id], "id")))
    return problems


async def _slugs(transaction: Transaction, contents: Contents, places: Places) -> tuple[list[Slugs], list[Problem]]:
    """Give each record its slug, those that ask for one first."""
    lists, problems = [], []
    for noun, model in models.NOUNS.items():
        mine = {id: content for id, (its, content) in contents.items() if its == noun}
        if not (model.HAS_SLUG and mine):
            continue
        slugs = await Slugs.load(noun, transaction, {id: content.get("slug") for id, content in mine.items()})
        lists.append(slugs)
        for id, content in sorted(mine.items(), key=lambda item: "slug" not in item[1]):
            slug = await slugs.give(id, content.get("slug"), _name(content))
            if slug is None:
                problems.append(problem("taken", (*places[id], "slug")))
            else:
                content["slug"] = slug
    return lists, problems


def _name(content: Content) -> str:
    name = content.get("name") or content.get("title") or ""
    return str(name["lv"] if isinstance(name, dict) else name)


async def _write(
    transaction: Transaction, contents: Contents, before: Before, slugs: list[Slugs], author: str, at: datetime
) -> int:
    entries = []
    firsts = await payloads.first_published(transaction, before)
    returning = [id for id, row in before.items() if row["state"] == RecordState.WITHDRAWN]
    standing = await payloads.standing(transaction, returning)
    for id in _in_order(contents):
        noun, content = contents[id]
        version = before[id]["version"] + 1 if id in before else 1
        payload = payloads.published(noun, content, version, firsts.get(id, at), at, standing.get(id, {}))
        entries.append(log.Entry(Act.PUBLISH, noun, id, content, payload, version))
    resets = await acts.resets(transaction, entries, at)
    await _write_records(transaction, entries, at)
    groups = {noun: [(e.record, e.content) for e in entries if e.noun == noun] for noun in models.NOUNS}
    for noun, group in groups.items():
        await tables.clear(transaction, noun, [id for id, _ in group if id in before])
    for noun, group in groups.items():
        await tables.insert(transaction, noun, group)
    for names in slugs:
        await names.save(transaction)
    return await log.append(transaction, [*entries, *resets], author, at)


def _in_order(contents: Contents) -> list[str]:
    """The set ordered so that what is referred to comes before what refers, as far as the nouns tell."""
    nouns = {noun: place for place, noun in enumerate(models.NOUNS)}
    return sorted(contents, key=lambda id: nouns[contents[id][0]])


async def _write_records(transaction: Transaction, entries: Sequence[log.Entry], at: datetime) -> None:
    stamp = moment(at, transaction.dialect)
    await transaction.execute_many(
        "INSERT INTO record (id, noun, state, version, first_published_at, last_modified) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, version = excluded.version,"
        " last_modified = excluded.last_modified",
        [(e.record, e.noun, RecordState.PUBLISHED.value, e.version, stamp, stamp) for e in entries],
    )


async def _take_away(transaction: Transaction, before: Before, author: str, at: datetime) -> int:
    contents = await log.last_contents(transaction, before)
    entries = []
    for noun in reversed(models.NOUNS):
        group = [id for id in before if before[id]["noun"] == noun]
        await tables.clear(transaction, noun, group)
        entries += [log.Entry(Act.WITHDRAW, noun, id, contents[id], {}, before[id]["version"]) for id in group]
    await transaction.execute_many(
        "UPDATE record SET state = ?, last_modified = ? WHERE id = ?",
        [(RecordState.WITHDRAWN.value, moment(at, transaction.dialect), id) for id in before],
    )
    return await log.append(transaction, entries, author, at)
