"""Keeping what was typed as a draft, with what was created on the spot, and on to review or publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from admin.conflicts import taken
from admin.drafts import of_records
from admin.filling import changeable
from admin.forms import pickings
from admin.reading import read, read_row
from admin.sections import SECTIONS
from admin.typed import Typed
from admin.visit import Desk
from service import models
from service.editing import history, revisions, workflow
from service.editing.content import Content, Reading
from service.editing.drafts import Draft, with_part_ids
from service.editing.patching import Patch, patched
from service.editing.permits import Step
from service.editing.references import record_references
from service.editing.revisions import UNFINISHED, Saved
from service.editing.workflow import Proposal
from service.errors import InputError, Problem

UNSEEN = 0
"""The edition of a draft that a form knows nothing of."""


@dataclass(frozen=True)
class Begun:
    """What a form is about: a record that perhaps exists, the revision it started from, its draft if there is one."""

    noun: str
    record: str
    base: str | None = None
    draft: Proposal | None = None
    exists: bool = True


async def keep(desk: Desk, begun: Begun, typed: Typed) -> Saved:
    """Keep a form as a draft. Raises InputError; nothing is kept then."""
    patch = {**read(begun.noun, typed, writable(desk, begun.noun, begun.record)), **await _taken(desk, begun, typed)}
    new = [Draft(noun, id, content) for _, noun, id, content in created(begun.noun, typed, patch)]
    _refuse_unreadable(begun.noun, typed, patch)
    saved = await _kept(desk, begun, typed, patch)
    if new:
        await _keep_new(desk, saved.batch, new)
    return saved


def writable(desk: Desk, noun: str, record: str) -> list[str]:
    """The fields of a record's form that the visitor may change."""
    changes = changeable(desk, noun, new=desk.catalogue.node(record) is None)
    return [name for name in SECTIONS[noun].fields if name in changes]


async def _taken(desk: Desk, begun: Begun, typed: Typed) -> Patch:
    """The fields for which the visitor chose what somebody else wrote meanwhile."""
    if begun.draft is None:
        return {}
    live = (await history.latest(desk.database, [begun.record])).get(begun.record) if typed.text("base") else None
    theirs = begun.draft.content if live is None else live.content
    return {name: theirs.get(name) for name in taken(typed) if name in writable(desk, begun.noun, begun.record)}


async def _kept(desk: Desk, begun: Begun, typed: Typed, patch: Patch) -> Saved:
    database, author, ask = desk.database, desk.viewer.account, desk.permit
    if begun.draft is not None:
        edition = _number(typed.text("edition")) or UNSEEN
        base = typed.text("base") or None
        return await revisions.amend(database, begun.draft.id, patch, edition=edition, base=base, permit=ask)
    if not begun.exists:
        draft = Draft(begun.noun, begun.record, patched(begun.noun, {}, patch))
        return await revisions.propose(database, [draft], author=author, permit=ask)
    base = typed.text("base") or begun.base
    return await revisions.revise(database, begun.noun, begun.record, patch, author=author, base=base, permit=ask)


async def _keep_new(desk: Desk, batch: str, new: list[Draft]) -> None:
    """The drafts of what was created on the spot; of one that is kept already, another text."""
    kept = {sheet.whole.record: sheet.whole for sheet in await of_records(desk, [draft.id for draft in new])}
    for draft in new:
        if draft.id in kept:
            before = kept[draft.id]
            await revisions.save(desk.database, before.id, draft.content, edition=before.edition, permit=desk.permit)
    fresh = [draft for draft in new if draft.id not in kept]
    if fresh:
        author = desk.viewer.account
        await revisions.propose(desk.database, fresh, author=author, batch=batch, permit=desk.permit)


def created(noun: str, typed: Typed, patch: Patch) -> Iterator[tuple[str, str, str, Content]]:
    """What is created on the spot: the field that refers to it, its noun, its id, its content."""
    for name, target, _ in pickings(noun, typed):
        id = typed.text(f"{name}.new")
        if id and id in typed.texts(name):
            section = SECTIONS[target.noun]
            row = read_row(section.shape, f"{name}.new.", typed)
            content = patched(target.noun, {}, {field: row[field] for field in section.brief})
            yield name, target.noun, id, {**content, **_same_evidence(target.noun, patch)}


def _same_evidence(noun: str, patch: Patch) -> dict[str, Any]:
    """What is created on the spot rests on what the record rests on."""
    if not models.NOUNS[noun].NEEDS_EVIDENCE:
        return {}
    told = ("source", "basis", "says", "locator")
    return {
        "evidence": [{name: item.get(name) for name in told if item.get(name)} for item in patch.get("evidence", [])]
    }


def _refuse_unreadable(noun: str, typed: Typed, patch: Patch) -> None:
    """Before anything is kept: what was created on the spot has to be readable. Raises InputError."""
    problems: list[Problem] = []
    for name, target, id, content in created(noun, typed, patch):
        reading = Reading()
        reading.record(target, id, with_part_ids(target, content))
        problems += [
            Problem(each.code, (0, name, "new", *each.path), each.words)
            for each in reading.problems
            if each.code not in UNFINISHED and each.path[:1] != ("evidence",)
        ]
    if problems:
        raise InputError(problems)


async def submit(desk: Desk, saved: Saved) -> None:
    """Give a draft to review with what was created along with it. Raises InputError."""
    await revisions.submit(desk.database, await _of_batch(desk, saved), permit=desk.permit)


async def publish(desk: Desk, saved: Saved) -> None:
    """Publish a draft with what was created along with it. Raises InputError."""
    ids = await _of_batch(desk, saved)
    seen: Mapping[str, int] = {saved.revisions[0]: saved.proposals[0].edition}
    author = desk.viewer.account
    await desk.written(await revisions.approve(desk.database, ids, author=author, seen=seen, permit=desk.permit))


async def _of_batch(desk: Desk, saved: Saved) -> list[str]:
    """The draft first, then the visitor's others of its set that it refers to: they have to go with it."""
    others = {each.record: each for each in await workflow.open_in(desk.database, saved.batch)}
    found = [saved.proposals[0]]
    for draft in found:
        ids = dict.fromkeys(id for _, id, _ in record_references(draft.noun, draft.content))
        new = [others[id] for id in ids if id in others and others[id].author == desk.viewer.account]
        found += [each for each in new if each.record not in {known.record for known in found}]
    return [each.id for each in found]


async def forget(desk: Desk, record: str) -> None:
    """Give up the draft of what was begun on the spot, if it was kept already."""
    for sheet in await of_records(desk, [record]):
        if sheet.live is None and sheet.whole.author == desk.viewer.account and Step.DISCARD in sheet.steps:
            await revisions.discard(desk.database, [sheet.whole.id], author=desk.viewer.account, permit=desk.permit)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
