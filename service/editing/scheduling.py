"""What is done at its hour: drafts that were accepted for later, and records that are to leave.

Nobody waits here. A periodic job calls `run_due`, and what cannot be done goes back to review with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from uuid import uuid4

from service.database import Database
from service.editing import history, log, workflow
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step, trusted
from service.editing.publishing import Work
from service.editing.revisions import NOBODY_LOOKED, accept, move
from service.editing.workflow import Proposal, proposal_of
from service.errors import InputError, Problem
from service.models.revision import Act, RevisionState
from service.models.rows import moment


@dataclass(frozen=True)
class Outcome:
    """What became of one set at its hour: the `seq` of its last change, or why nothing was done."""

    revisions: list[str]
    seq: int | None
    problems: list[Problem]


async def schedule(
    database: Database,
    revisions: Sequence[str],
    due_at: datetime,
    *,
    author: str,
    seen: Mapping[str, int] = NOBODY_LOOKED,
    permit: Permit = trusted,
) -> None:
    """Accept drafts, to be done together at an hour."""
    refuse([] if due_at > datetime.now(UTC) else [problem("hour_has_passed", ("due_at",))])
    await move(database, revisions, Step.SCHEDULE, permit, seen, due_at=due_at, decided_by=author)


async def expire(
    database: Database, ids: Sequence[str], due_at: datetime, *, author: str, permit: Permit = trusted
) -> list[str]:
    """Let records leave the public side at an hour, together; the revisions by which this can be recalled.

    They need not be published yet: a publication and its end can be planned at once.
    """
    refuse([] if due_at > datetime.now(UTC) else [problem("hour_has_passed", ("due_at",))])
    work = Work()
    for place, id in enumerate(ids):
        work.leave(id, (place,))
    async with log.writing(database) as (transaction, at):
        past = await history.latest(transaction, work.leaving)
        nouns = await workflow.nouns_proposed(transaction, work.leaving)
        nouns |= {id: what.noun for id, what in past.items()}
        attempts = [Attempt(Step.WITHDRAW, nouns.get(id), id) for id in work.leaving]
        await permit(transaction, attempts or [Attempt(Step.WITHDRAW, None, None)])
        unknown = [problem("no_such_record", work.places[id]) for id in work.leaving if id not in nouns]
        refuse(work.problems + unknown)
        batch = str(uuid4())
        planned = [_departure(id, nouns[id], batch, author, at, due_at) for id in work.leaving]
        await workflow.insert(transaction, planned)
        return [each.id for each in planned]


def _departure(record: str, noun: str, batch: str, author: str, at: datetime, due_at: datetime) -> Proposal:
    return Proposal(
        id=str(uuid4()),
        record=record,
        noun=noun,
        act=Act.WITHDRAW,
        state=RevisionState.SCHEDULED,
        content={},
        base=None,
        batch=batch,
        edition=1,
        author=author,
        at=at,
        decided_by=author,
        due_at=due_at,
    )


async def run_due(database: Database, now: datetime | None = None, *, permit: Permit = trusted) -> list[Outcome]:
    """Do everything whose hour has come, set by set, in the order of the hours."""
    hour = moment((now or datetime.now(UTC)).astimezone(UTC), database.dialect)
    sql = "SELECT * FROM revision WHERE state = ? AND due_at <= ? ORDER BY due_at, batch, id"
    rows = await database.fetch(sql, RevisionState.SCHEDULED.value, hour)
    due = map(proposal_of, rows)
    sets = [list(group) for _, group in groupby(due, key=lambda each: (each.due_at, each.batch))]
    return [await _run(database, each, permit) for each in sets]


async def _run(database: Database, due: list[Proposal], permit: Permit) -> Outcome:
    """One set; what was recalled, changed or done by somebody else meanwhile is none of ours any more."""
    revisions = [proposal.id for proposal in due]
    author = due[0].decided_by or due[0].author
    try:
        async with log.writing(database) as (transaction, at):
            waiting = await workflow.proposals(transaction, revisions)
            if waiting != due:
                return Outcome(revisions, None, [])
            return Outcome(revisions, await accept(transaction, waiting, [], at, author, permit), [])
    except InputError as error:
        await _back_to_review(database, due, error)
        return Outcome(revisions, None, error.problems)


async def _back_to_review(database: Database, due: list[Proposal], error: InputError) -> None:
    reason = "\n".join(dict.fromkeys(each.words["lv"] for each in error.problems))
    async with log.writing(database) as (transaction, at):
        if await workflow.proposals(transaction, [proposal.id for proposal in due]) == due:
            await workflow.move(transaction, due, Step.RETURN, at, reason=reason, due_at=None)
