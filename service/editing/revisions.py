"""From a draft to what is published and back: every function is one step of the workflow and one transaction.

All of them take a `permit`, which is asked inside the transaction, before anything is told or written, and raise
InputError with everything that speaks against the step; nothing has happened then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from service.database import Database, Reader, Transaction
from service.editing import history, log, workflow
from service.editing.dependents import all_dependents
from service.editing.drafts import Draft, new_id, with_part_ids
from service.editing.fields import identifiers
from service.editing.history import Past
from service.editing.merging import Clash, merge
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step, trusted
from service.editing.publishing import Work, broken, carry_out, merge_with_published
from service.editing.workflow import Proposal
from service.errors import Problem
from service.models.revision import Act, RevisionState

__all__ = ["Draft", "new_id"]

UNFINISHED = frozenset({"required", "evidence_required"})
"""What a draft may still lack; anything else that cannot be read is refused at once."""

NOBODY_LOOKED: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Saved:
    """Drafts as they were kept, and what publishing them now would be refused with."""

    proposals: list[Proposal]
    warnings: list[Problem] = field(default_factory=list)

    @property
    def revisions(self) -> list[str]:
        return [proposal.id for proposal in self.proposals]

    @property
    def batch(self) -> str:
        return self.proposals[0].batch


async def publish(database: Database, drafts: Sequence[Draft], *, author: str, permit: Permit = trusted) -> int:
    """Publish a set of records, all or nothing; the `seq` of its last change.

    Records of the set may refer to each other. Raises InputError with every problem found, one for each place;
    the path of a problem begins with the place of its draft in the set.
    """
    work = Work()
    for place, draft in enumerate(drafts):
        work.publish(draft, (place,))
    async with log.writing(database) as (transaction, at):
        return await carry_out(transaction, work, at, author, permit)


async def withdraw(
    database: Database, ids: Sequence[str], *, author: str, with_dependents: bool = False, permit: Permit = trusted
) -> int:
    """Take records off the public side, all or nothing; the `seq` of the last change.

    Raises InputError when a record is not published, or when a published record outside the set refers to it.
    Those can be taken along; `dependents.all_dependents` lists them beforehand.
    """
    work = Work()
    for place, id in enumerate(ids):
        work.leave(id, (place,))
    async with log.writing(database) as (transaction, at):
        if with_dependents:
            for id in await all_dependents(transaction, work.leaving):
                work.leave(id, (id,))
        return await carry_out(transaction, work, at, author, permit)


async def propose(
    database: Database,
    drafts: Sequence[Draft],
    *,
    author: str,
    batch: str | None = None,
    permit: Permit = trusted,
) -> Saved:
    """Keep drafts beside what is published, as a set that may refer to each other; `batch` adds them to one.

    A draft that names no base is based on what its record is now. What is not finished is kept, and told in
    `warnings` with everything else that publishing would refuse.
    """
    work = _read(drafts)
    async with log.writing(database) as (transaction, at):
        past = await history.latest(transaction, work.places)
        work.bases = {id: work.bases.get(id) or _base(past.get(id)) for id in work.contents}
        work.problems += [
            problem("merged_record", (*work.places[id], "id")) for id in work.contents if _is(past.get(id), Act.MERGE)
        ]
        work.problems += [] if batch is None else await _not_ones_own(transaction, batch, author)
        proposed = _proposed(work, batch or str(uuid4()), author, at)
        await permit(transaction, _attempts(Step.PROPOSE, proposed, past))
        await _refuse_unreadable(transaction, work)
        await workflow.insert(transaction, proposed)
        return Saved(proposed, await _warnings(transaction, proposed, past, work.problems))


async def save(
    database: Database,
    revision: str,
    content: dict[str, Any],
    *,
    edition: int,
    base: str | None = None,
    permit: Permit = trusted,
) -> Saved:
    """Keep another text of a draft, written from its `edition`.

    With `base` its author says to have seen what was published since, so that his text stands where they clash.
    """
    async with log.writing(database) as (transaction, at):
        found, problems = await workflow.read(transaction, [revision], Step.SAVE, {revision: edition})
        past = await history.latest(transaction, [proposal.record for proposal in found])
        work = _read([Draft(each.noun, each.record, content, base or each.base) for each in found])
        saved = [
            replace(
                each,
                content=work.contents[each.record][1],
                base=work.bases.get(each.record),
                edition=each.edition + 1,
                at=at,
            )
            for each in found
        ]
        await permit(transaction, _attempts(Step.SAVE, saved, past))
        refuse(problems)
        await _refuse_unreadable(transaction, work)
        for before, after in zip(found, saved, strict=True):
            await workflow.update(transaction, after, before, at)
        return Saved(saved, await _warnings(transaction, saved, past, work.problems))


async def submit(database: Database, revisions: Sequence[str], *, permit: Permit = trusted) -> None:
    """Give drafts to review."""
    await move(database, revisions, Step.SUBMIT, permit)


async def recall(database: Database, revisions: Sequence[str], *, permit: Permit = trusted) -> None:
    """Take drafts back from review, or from the hour for which they wait."""
    await move(database, revisions, Step.RECALL, permit, due_at=None)


async def send_back(
    database: Database,
    revisions: Sequence[str],
    *,
    reason: str,
    author: str,
    seen: Mapping[str, int] = NOBODY_LOOKED,
    permit: Permit = trusted,
) -> None:
    """Return drafts to their authors, who are told the reason."""
    said = reason.strip()
    refuse([] if said else [problem("required", ("reason",))])
    await move(database, revisions, Step.SEND_BACK, permit, seen, reason=said, decided_by=author, due_at=None)


async def discard(database: Database, revisions: Sequence[str], *, author: str, permit: Permit = trusted) -> None:
    """Give drafts up. They are kept, since nothing of the past is deleted."""
    await move(database, revisions, Step.DISCARD, permit, decided_by=author)


async def approve(
    database: Database,
    revisions: Sequence[str],
    *,
    author: str,
    seen: Mapping[str, int] = NOBODY_LOOKED,
    permit: Permit = trusted,
) -> int:
    """Publish drafts, or do the withdrawals that were proposed; the `seq` of the last change.

    What was published since a draft was begun is made one with it, field by field. `seen` tells which edition of
    each was looked at, so that nobody approves what he has not read.
    """
    async with log.writing(database) as (transaction, at):
        found, problems = await workflow.read(transaction, revisions, Step.PUBLISH, seen)
        return await accept(transaction, found, problems, at, author, permit)


async def accept(
    transaction: Transaction,
    found: Sequence[Proposal],
    problems: Sequence[Problem],
    at: datetime,
    author: str,
    permit: Permit,
) -> int:
    """Let drafts become true within a transaction."""
    work = Work(problems=list(problems))
    for place, proposal in enumerate(found):
        if proposal.act is Act.WITHDRAW:
            work.leave(proposal.record, (place,))
        else:
            work.publish(Draft(proposal.noun, proposal.record, proposal.content), (place,))
            work.bases[proposal.record] = proposal.base
        work.drafts[proposal.record] = proposal.id
        work.proposed_by[proposal.record] = proposal.author
    return await carry_out(transaction, work, at, author, permit)


async def clashes(reader: Database | Reader, revision: str) -> list[Clash]:
    """Where a draft and what was published since it was begun say different things, with all three versions."""
    found: list[Clash] = []
    for proposal in await workflow.proposals(reader, identifiers(revision)):
        now = (await history.latest(reader, [proposal.record])).get(proposal.record)
        was = (await history.pasts(reader, [proposal.base])).get(proposal.base) if proposal.base else None
        if now is not None and now.act is Act.PUBLISH and now.revision != proposal.base:
            found += merge(proposal.noun, was.content if was else {}, proposal.content, now.content).clashes
    return found


async def _not_ones_own(transaction: Transaction, batch: str, author: str) -> list[Problem]:
    """Nobody adds to a set in which nothing of theirs waits: what publishing it would be refused with is not theirs."""
    waiting = [draft for id in identifiers(batch) for draft in await workflow.open_in(transaction, id)]
    return [] if any(draft.author == author for draft in waiting) else [problem("no_such_draft", ("batch",))]


def _read(drafts: Sequence[Draft]) -> Work:
    work = Work()
    for place, draft in enumerate(drafts):
        work.publish(replace(draft, content=with_part_ids(draft.noun, draft.content)), (place,))
    return work


async def _refuse_unreadable(transaction: Transaction, work: Work) -> None:
    refuse(each for each in work.problems if each.code not in UNFINISHED)
    bases = await history.pasts(transaction, {base for base in work.bases.values() if base})
    refuse(
        problem("not_its_base", (*work.places[id], "base"))
        for id, base in work.bases.items()
        if base and (base not in bases or bases[base].record != id)
    )


def _is(past: Past | None, act: Act) -> bool:
    return past is not None and past.act is act


def _base(past: Past | None) -> str | None:
    return past.revision if past else None


def _proposed(work: Work, batch: str, author: str, at: datetime) -> list[Proposal]:
    return [
        Proposal(
            id=str(uuid4()),
            record=id,
            noun=noun,
            act=Act.PUBLISH,
            state=RevisionState.DRAFT,
            content=content,
            base=work.bases[id],
            batch=batch,
            edition=1,
            author=author,
            at=at,
        )
        for id, (noun, content) in work.contents.items()
    ]


def _attempts(step: Step, found: Sequence[Proposal], past: Mapping[str, Past]) -> list[Attempt]:
    """What a step would do with drafts; where there is none, that there is none."""
    attempts = []
    for proposal in found:
        before = past[proposal.record].content if _is(past.get(proposal.record), Act.PUBLISH) else None
        after = proposal.content if proposal.act is Act.PUBLISH else None
        attempts.append(Attempt(step, proposal.noun, proposal.record, before, after, proposal.author))
    return attempts or [Attempt(step, None, None)]


async def _warnings(
    transaction: Transaction, saved: Sequence[Proposal], past: Mapping[str, Past], told: Sequence[Problem]
) -> list[Problem]:
    """What publishing would be refused with now, together with the other drafts of the set; one for each place."""
    work = Work()
    for place, proposal in enumerate(saved):
        work.publish(Draft(proposal.noun, proposal.record, proposal.content), (place,))
        work.bases[proposal.record] = proposal.base
    for other in await workflow.open_in(transaction, saved[0].batch) if saved else ():
        if other.record not in work.places and other.act is Act.PUBLISH:
            work.publish(Draft(other.noun, other.record, other.content), (other.id,))
    found = [*told, *await merge_with_published(transaction, work, past)]
    found += [each async for each in broken(transaction, work)]
    first: dict[Any, Problem] = {}
    for each in found:
        if isinstance(each.path[0], int):
            first.setdefault(each.path, each)
    return list(first.values())


async def move(
    database: Database,
    revisions: Sequence[str],
    step: Step,
    permit: Permit,
    seen: Mapping[str, int] = NOBODY_LOOKED,
    **changed: Any,
) -> None:
    """Take a step with drafts that changes nothing but where they stand."""
    async with log.writing(database) as (transaction, at):
        found, problems = await workflow.read(transaction, revisions, step, seen)
        past = await history.latest(transaction, [proposal.record for proposal in found])
        await permit(transaction, _attempts(step, found, past))
        refuse(problems)
        await workflow.move(transaction, found, step, at, **changed)
