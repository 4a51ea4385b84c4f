"""Coming back: a withdrawn record as it was, or any record as one of its revisions was.

What was merged meanwhile is followed to its survivor; what has gone is left out, and told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from service.database import Database, Reader
from service.editing import history, log, workflow
from service.editing.content import Content
from service.editing.drafts import Draft
from service.editing.fields import identifiers
from service.editing.history import Name, Past
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step, trusted
from service.editing.publishing import Work, carry_out
from service.editing.references import record_references, redirected
from service.editing.workflow import Proposal
from service.errors import InputError, Problem
from service.models.revision import Act, RevisionState


@dataclass(frozen=True)
class Reverted:
    """The draft that a revert begins, and which of its old references had to be left out."""

    proposal: Proposal
    gone: list[Problem]


@dataclass(frozen=True)
class Led:
    """Where the references of old contents lead today: to survivors of merges, or nowhere."""

    survivors: Mapping[str, str]
    there: Set[str]

    def lead(self, id: str) -> str | None:
        target = self.survivors.get(id, id)
        return target if target in self.there else None


async def leading(reader: Reader, contents: Mapping[str, tuple[str, Content]]) -> Led:
    """Where the references of old contents lead, when those are published together."""
    targets = {id for noun, content in contents.values() for _, id, _ in record_references(noun, content)}
    survivors = await history.survivors(reader, targets)
    there = await history.published(reader, {survivors.get(id, id) for id in targets})
    return Led(survivors, there | contents.keys())


async def revert(database: Database, revision: str, *, author: str, permit: Permit = trusted) -> Reverted:
    """Begin a draft with what a record held in one of its revisions; it is published as any other draft is."""
    async with log.writing(database) as (transaction, at):
        found = await history.pasts(transaction, identifiers(revision))
        old = next(iter(found.values()), None)
        now = (await history.latest(transaction, [old.record])).get(old.record) if old else None
        led = await leading(transaction, {old.record: (old.noun, old.content)} if old else {})
        content = redirected(old.noun, old.content, led.lead) if old else None
        noun, record = (old.noun, old.record) if old else (None, None)
        # Who is given what a record held has to reach it as it was then, too.
        held = [_public(now), *([old.content] if old else [])]
        await permit(transaction, [Attempt(Step.PROPOSE, noun, record, before, content, author) for before in held])
        if old is None or now is None or content is None:
            raise InputError([problem("no_such_revision", ("revision",))])
        refuse([problem("merged_record", ("revision",))] if now.act is Act.MERGE else [])
        proposal = _draft(now, content, author, at)
        await workflow.insert(transaction, [proposal])
        return Reverted(proposal, await _gone(transaction, old, led))


async def restore(database: Database, ids: Sequence[str], *, author: str, permit: Permit = trusted) -> int:
    """Publish withdrawn records again as they were, together; the `seq` of the last change.

    Raises InputError when one is not withdrawn, or needs another that is not there; `needed` lists those beforehand.
    """
    work = Work()
    async with log.writing(database) as (transaction, at):
        places = {id: (place,) for place, raw in enumerate(ids) for id in identifiers(raw)}
        work.problems += [problem("not_an_id", (place,)) for place, raw in enumerate(ids) if not identifiers(raw)]
        now = await history.latest(transaction, places)
        withdrawn = {id: past for id, past in now.items() if past.act is Act.WITHDRAW}
        work.problems += [problem("not_withdrawn", places[id]) for id in places.keys() - withdrawn.keys()]
        led = await leading(transaction, {id: (past.noun, past.content) for id, past in withdrawn.items()})
        for id, past in withdrawn.items():
            content = redirected(past.noun, past.content, lambda target: led.survivors.get(target, target))
            work.publish(Draft(past.noun, id, content), places[id], Step.RESTORE)
        return await carry_out(transaction, work, at, author, permit)


async def needed(reader: Database | Reader, ids: Collection[str]) -> dict[str, Name]:
    """The other withdrawn records without which records cannot come back, by id, and those that these need."""
    found, ahead = set[str](), {*ids}
    while ahead:
        found |= ahead
        pasts = (await history.latest(reader, ahead)).values()
        targets = {target for past in pasts for _, target, _ in record_references(past.noun, past.content)}
        survivors = await history.survivors(reader, targets)
        targets = {survivors.get(id, id) for id in targets}
        ahead = targets - await history.published(reader, targets) - found
    return await history.names(reader, sorted(found - {*ids}))


def _public(now: Past | None) -> Content | None:
    return now.content if now and now.act is Act.PUBLISH else None


def _draft(now: Past, content: Content, author: str, at: datetime) -> Proposal:
    return Proposal(
        id=str(uuid4()),
        record=now.record,
        noun=now.noun,
        act=Act.PUBLISH,
        state=RevisionState.DRAFT,
        content=content,
        base=now.revision,
        batch=str(uuid4()),
        edition=1,
        author=author,
        at=at,
    )


async def _gone(reader: Reader, old: Past, led: Led) -> list[Problem]:
    """Each reference of old content that leads nowhere, at its place there."""
    lost = [found for found in record_references(old.noun, old.content) if led.lead(found[1]) is None]
    called = await history.names(reader, {id for _, id, _ in lost})
    return [problem("gone", path, name=called.get(id, id)) for _, id, path in lost]
