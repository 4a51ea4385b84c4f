"""The way of a draft: which step leads from which state to which, and the rows in which drafts are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from service.database import Database, Reader, Transaction
from service.editing.content import Content
from service.editing.fields import Refused, identifier, identifiers
from service.editing.formats import FORMAT
from service.editing.history import content_of
from service.editing.messages import problem, refuse
from service.editing.permits import Step
from service.editing.tables import chunks, marks
from service.errors import Problem
from service.models.revision import Act, RevisionKind, RevisionState
from service.models.rows import from_moment, moment
from service.turns import in_turns

DRAFT, IN_REVIEW, SENT_BACK = RevisionState.DRAFT, RevisionState.IN_REVIEW, RevisionState.SENT_BACK
SCHEDULED, DISCARDED, DONE = RevisionState.SCHEDULED, RevisionState.DISCARDED, RevisionState.DONE

OPEN = (DRAFT, IN_REVIEW, SENT_BACK, SCHEDULED)
"""The states of what is not done yet."""

STEPS: dict[Step, dict[RevisionState, RevisionState]] = {
    Step.SAVE: {DRAFT: DRAFT, SENT_BACK: SENT_BACK},
    Step.SUBMIT: {DRAFT: IN_REVIEW, SENT_BACK: IN_REVIEW},
    Step.RECALL: {IN_REVIEW: DRAFT, SCHEDULED: DRAFT},
    Step.SEND_BACK: {IN_REVIEW: SENT_BACK, SCHEDULED: SENT_BACK},
    Step.SCHEDULE: {DRAFT: SCHEDULED, IN_REVIEW: SCHEDULED, SCHEDULED: SCHEDULED},
    Step.RETURN: {SCHEDULED: IN_REVIEW},
    Step.PUBLISH: {DRAFT: DONE, IN_REVIEW: DONE, SCHEDULED: DONE},
    Step.DISCARD: dict.fromkeys(OPEN, DISCARDED),
}
"""For each step the states in which it can be taken, and where it leads."""


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to be done to a record: to publish this content, or to withdraw it."""

    id: str
    record: str
    noun: str
    act: Act
    state: RevisionState
    content: Content
    base: str | None
    batch: str
    edition: int
    author: str
    at: datetime
    decided_by: str | None = None
    reason: str | None = None
    due_at: datetime | None = None


def proposal_of(row: Mapping[str, Any]) -> Proposal:
    """One from its row."""
    return Proposal(
        id=str(row["id"]),
        record=str(row["record_id"]),
        noun=row["noun"],
        act=Act(row["act"]),  # type: ignore[call-arg]
        state=RevisionState(row["state"]),  # type: ignore[call-arg]
        content=content_of(dict(row)),
        base=str(row["base_id"]) if row["base_id"] is not None else None,
        batch=str(row["batch"]),
        edition=row["edition"],
        author=row["author"],
        at=from_moment(row["at"]),
        decided_by=row["decided_by"],
        reason=row["reason"],
        due_at=from_moment(row["due_at"]) if row["due_at"] is not None else None,
    )


async def proposals(reader: Database | Reader, revisions: Iterable[str]) -> list[Proposal]:
    """Drafts by their ids, in the order of these; what is none is left out."""
    wanted = list(revisions)
    found: dict[str, Proposal] = {}
    for some in chunks(wanted):
        sql = f"SELECT * FROM revision WHERE batch IS NOT NULL AND id IN ({marks(some)})"
        found |= {str(row["id"]): proposal_of(row) for row in await reader.fetch(sql, *some)}
    return [found[id] for id in wanted if id in found]


async def open_in(reader: Database | Reader, batch: str) -> list[Proposal]:
    """The drafts of one set that are not done yet, the one that rested longest first."""
    sql = f"SELECT * FROM revision WHERE batch = ? AND state IN ({marks(OPEN)}) ORDER BY at, id"
    rows = await reader.fetch(sql, batch, *(state.value for state in OPEN))
    return [proposal_of(row) async for row in in_turns(rows)]


async def nouns_proposed(reader: Database | Reader, records: Iterable[str]) -> dict[str, str]:
    """The nouns of records that are about to exist, by their ids."""
    found: dict[str, str] = {}
    for some in chunks(records):
        sql = f"SELECT record_id, noun FROM revision WHERE batch IS NOT NULL AND record_id IN ({marks(some)})"
        found |= {str(row["record_id"]): row["noun"] for row in await reader.fetch(sql, *some)}
    return found


async def read(
    reader: Reader, revisions: Sequence[str], step: Step, seen: Mapping[str, int]
) -> tuple[list[Proposal], list[Problem]]:
    """The drafts that a step is for, and what speaks against it; `seen` tells which edition of each was looked at."""
    places: dict[str, int] = {}
    problems: list[Problem] = []
    for place, raw in enumerate(revisions):
        try:
            id = identifier(raw)
        except Refused as refused:
            problems.append(refused.at(place))
            continue
        if places.setdefault(id, place) != place:
            problems.append(problem("twice", (place,)))
    seen = {id: edition for raw, edition in seen.items() for id in identifiers(raw)}
    found = await proposals(reader, places)
    known = {proposal.id for proposal in found}
    problems += [problem("no_such_draft", (place,)) for id, place in places.items() if id not in known]
    for proposal in found:
        if proposal.state not in STEPS[step]:
            problems.append(problem("not_in_this_state", (places[proposal.id],), state=proposal.state))
        elif seen.get(proposal.id, proposal.edition) != proposal.edition:
            problems.append(problem("saved_meanwhile", (places[proposal.id],)))
    return found, problems


async def move(transaction: Transaction, found: Sequence[Proposal], step: Step, at: datetime, **changed: Any) -> None:
    """Take a step with drafts. The states that were read are asked again by the statements themselves."""
    for proposal in found:
        await update(transaction, replace(proposal, state=STEPS[step][proposal.state], **changed), proposal, at)


async def update(transaction: Transaction, after: Proposal, before: Proposal, at: datetime) -> None:
    """Write a draft over what it was; raises InputError if that is no longer what it is."""
    written = await transaction.execute(
        "UPDATE revision SET state = ?, content = ?, format = ?, base_id = ?, edition = ?, decided_by = ?, reason = ?,"
        " due_at = ?, at = ? WHERE id = ? AND state = ? AND edition = ?",
        after.state.value,
        _json(after.content),
        FORMAT,
        after.base,
        after.edition,
        after.decided_by,
        after.reason,
        _hour(after.due_at, transaction),
        moment(at, transaction.dialect),
        after.id,
        before.state.value,
        before.edition,
    )
    refuse([] if written else [problem("saved_meanwhile")])


async def insert(transaction: Transaction, drafts: Sequence[Proposal]) -> None:
    """Keep new drafts."""
    await transaction.execute_many(
        "INSERT INTO revision (id, record_id, noun, kind, act, state, content, format, base_id, batch, edition, author,"
        " decided_by, due_at, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(draft, transaction) async for draft in in_turns(drafts)],
    )


def _row(draft: Proposal, transaction: Transaction) -> tuple[Any, ...]:
    what = (draft.id, draft.record, draft.noun, RevisionKind.CONTENT.value, draft.act.value, draft.state.value)
    written = (_json(draft.content), FORMAT, draft.base, draft.batch, draft.edition, draft.author, draft.decided_by)
    return (*what, *written, _hour(draft.due_at, transaction), moment(draft.at, transaction.dialect))


def _hour(hour: datetime | None, transaction: Transaction) -> Any:
    """In one time zone, since SQLite compares texts."""
    return None if hour is None else moment(hour.astimezone(UTC), transaction.dialect)


_json = json.JSONEncoder(ensure_ascii=False).encode
