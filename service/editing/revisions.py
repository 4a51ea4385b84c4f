"""From a draft to what is published and back: every function is one step of the workflow and one transaction.

All of them take a `permit`, which is asked inside the transaction, before anything is told or written, and raise
InputError with everything that speaks against the step; nothing has happened then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from service.database import Database, Transaction
from service.editing import cautions, history, log, workflow
from service.editing.content import Content
from service.editing.dependents import all_dependents
from service.editing.drafts import Draft, new_id, with_part_ids
from service.editing.fields import identifiers
from service.editing.foresight import foreseen
from service.editing.history import Past
from service.editing.messages import problem, refuse
from service.editing.patching import Patch, patched
from service.editing.permits import Attempt, Permit, Step, trusted
from service.editing.publishing import Work, carry_out
from service.editing.workflow import Proposal
from service.errors import InputError, Problem
from service.models.revision import Act, RevisionState
from service.turns import in_turns

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
    work = await _read(drafts)
    async with log.writing(database) as (transaction, at):
        return await _begin(transaction, work, at, author, batch, permit)


async def begin(
    transaction: Transaction,
    drafts: Sequence[Draft],
    at: datetime,
    *,
    author: str,
    batch: str | None = None,
    permit: Permit = trusted,
) -> Saved:
    """The same within a transaction."""
    return await _begin(transaction, await _read(drafts), at, author, batch, permit)


async def revise(
    database: Database,
    noun: str,
    record: str,
    patch: Patch,
    *,
    author: str,
    base: str | None = None,
    batch: str | None = None,
    permit: Permit = trusted,
) -> Saved:
    """Begin a draft with what a record holds, or held at `base`, and a patch over it."""
    async with log.writing(database) as (transaction, at):
        start, problems = await _start(transaction, noun, record, base, permit)
        work = await _read([Draft(noun, start.record, patched(noun, start.content, patch), start.revision)])
        work.problems += problems
        return await _begin(transaction, work, at, author, batch, permit, start)


async def _start(
    transaction: Transaction, noun: str, record: str, base: str | None, permit: Permit
) -> tuple[Past, list[Problem]]:
    """What a record was at a base, and what speaks against beginning there."""
    now = next(iter((await history.latest(transaction, identifiers(record))).values()), None)
    if now is None or now.noun != noun:
        await permit(transaction, [Attempt(Step.PROPOSE, None, None)])
        raise InputError([problem("no_such_record", (0, "id"))])
    if base is None:
        return now, []
    then = next(iter((await history.pasts(transaction, identifiers(base))).values()), None)
    if then is None or then.record != now.record:
        return now, [problem("not_its_base", (0, "base"))]
    return then, []


async def _begin(
    transaction: Transaction,
    work: Work,
    at: datetime,
    author: str,
    batch: str | None,
    permit: Permit,
    start: Past | None = None,
) -> Saved:
    """Keep new drafts. Whoever is given what a record held at the start has to reach it as it was then, too."""
    past = await history.latest(transaction, work.places)
    work.bases = {id: work.bases.get(id) or _base(past.get(id)) for id in work.contents}
    work.problems += [
        problem("merged_record", (*work.places[id], "id")) for id in work.contents if _is(past.get(id), Act.MERGE)
    ]
    work.problems += [] if batch is None else await _not_ones_own(transaction, batch, author)
    kept = await cautions.keep_confidential(transaction, work, batch)
    proposed = await _proposed(work, batch or str(uuid4()), author, at)
    attempts = _attempts(Step.PROPOSE, proposed, past)
    given = [] if start is None else [replace(attempt, before=start.content) for attempt in attempts]
    await permit(transaction, [*attempts, *given])
    await _refuse_unreadable(transaction, work)
    await workflow.insert(transaction, proposed)
    return Saved(proposed, await foreseen(transaction, proposed, past, [*work.problems, *kept]))


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
    return await _save(database, revision, lambda _: content, {revision: edition}, base, permit)


async def amend(
    database: Database,
    revision: str,
    patch: Patch,
    *,
    of: tuple[str, str] | None = None,
    edition: int | None = None,
    base: str | None = None,
    permit: Permit = trusted,
) -> Saved:
    """Lay a patch over a draft, perhaps only if it is `of` that noun and record, and in that `edition`.

    `base` is as in `save`.
    """

    def text(draft: Proposal) -> Content:
        return patched(draft.noun, draft.content, patch)

    seen = NOBODY_LOOKED if edition is None else {revision: edition}
    return await _save(database, revision, text, seen, base, permit, of)


async def _save(
    database: Database,
    revision: str,
    text: Callable[[Proposal], Content],
    seen: Mapping[str, int],
    base: str | None,
    permit: Permit,
    of: tuple[str, str] | None = None,
) -> Saved:
    async with log.writing(database) as (transaction, at):
        found, problems = await workflow.read(transaction, [revision], Step.SAVE, seen)
        problems += [problem("no_such_draft", (0,)) for each in found if of not in (None, (each.noun, each.record))]
        past = await history.latest(transaction, [proposal.record for proposal in found])
        work = await _read([Draft(each.noun, each.record, text(each), base or each.base) for each in found])
        kept = await cautions.keep_confidential(transaction, work, found[0].batch if found else None)
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
        return Saved(saved, await foreseen(transaction, saved, past, [*work.problems, *kept]))


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
        unknown = len(revisions) - len(found)
        return await accept(transaction, found, problems, at, author, permit, unknown)


async def accept(
    transaction: Transaction,
    found: Sequence[Proposal],
    problems: Sequence[Problem],
    at: datetime,
    author: str,
    permit: Permit,
    unknown: int = 0,
) -> int:
    """Let drafts become true within a transaction; so many more were asked for and are none."""
    work = Work(problems=list(problems), unknown=unknown)
    async for place, proposal in in_turns(enumerate(found)):
        if proposal.act is Act.WITHDRAW:
            work.leave(proposal.record, (place,))
        else:
            work.publish(Draft(proposal.noun, proposal.record, proposal.content), (place,))
            work.bases[proposal.record] = proposal.base
        work.drafts[proposal.record] = proposal.id
        work.proposed_by[proposal.record] = proposal.author
    return await carry_out(transaction, work, at, author, permit)


async def _not_ones_own(transaction: Transaction, batch: str, author: str) -> list[Problem]:
    """Nobody adds to a set in which nothing of theirs waits: what publishing it would be refused with is not theirs."""
    waiting = [draft for id in identifiers(batch) for draft in await workflow.open_in(transaction, id)]
    return [] if any(draft.author == author for draft in waiting) else [problem("no_such_draft", ("batch",))]


async def _read(drafts: Sequence[Draft]) -> Work:
    work = Work()
    async for place, draft in in_turns(enumerate(drafts)):
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


async def _proposed(work: Work, batch: str, author: str, at: datetime) -> list[Proposal]:
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
        async for id, (noun, content) in in_turns(work.contents.items())
    ]


def _attempts(
    step: Step, found: Sequence[Proposal], past: Mapping[str, Past], asked: Sequence[str] = ()
) -> list[Attempt]:
    """What a step would do with drafts; for each that was asked for and is none, that there is none."""
    attempts = []
    for proposal in found:
        before = past[proposal.record].content if _is(past.get(proposal.record), Act.PUBLISH) else None
        after = proposal.content if proposal.act is Act.PUBLISH else None
        attempts.append(Attempt(step, proposal.noun, proposal.record, before, after, proposal.author))
    return attempts + [Attempt(step, None, None)] * max(len(asked) - len(attempts), not attempts)


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
        await permit(transaction, _attempts(step, found, past, revisions))
        refuse(problems)
        await workflow.move(transaction, found, step, at, **changed)
