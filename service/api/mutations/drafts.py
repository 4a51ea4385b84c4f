"""The way of drafts: to review and back, to the public side at once or at an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import strawberry
from strawberry import UNSET

from service.api.mutations.answering import By, Done, DraftsPayload, PublicationPayload
from service.api.mutations.steps import given, hour, step
from service.editing import revisions, scheduling, workflow
from service.editing.fields import identifiers

IDS = "The ids of the drafts."
DRAFTS = "The drafts."


@strawberry.input(description="A draft as whoever decides about it has read it.")
class ReadDraftInput:
    id: strawberry.ID = strawberry.field(description="The id of the draft.")
    edition: int | None = strawberry.field(
        default=UNSET, description="The edition that was read; another one is refused then."
    )


@strawberry.input(description="Which drafts to give to review.")
class RevisionsSubmitInput:
    revisions: list[strawberry.ID] = strawberry.field(description=IDS)


@strawberry.input(description="Which drafts to take back from review, or from their hour.")
class RevisionsRecallInput:
    revisions: list[strawberry.ID] = strawberry.field(description=IDS)


@strawberry.input(description="Which drafts to give up.")
class RevisionsDiscardInput:
    revisions: list[strawberry.ID] = strawberry.field(description=IDS)


@strawberry.input(description="Which drafts to return to their authors, and why.")
class RevisionsSendBackInput:
    revisions: list[ReadDraftInput] = strawberry.field(description=DRAFTS)
    reason: str = strawberry.field(description="What their authors are told.")


@strawberry.input(description="Which drafts to publish together, all or nothing.")
class RevisionsPublishInput:
    revisions: list[ReadDraftInput] = strawberry.field(description=DRAFTS)


@strawberry.input(description="Which drafts to publish together, and when.")
class RevisionsScheduleInput:
    revisions: list[ReadDraftInput] = strawberry.field(description=DRAFTS)
    due_at: datetime = strawberry.field(description="The hour; without an offset it is one in Riga.")


def _seen(drafts: Sequence[ReadDraftInput]) -> dict[str, int]:
    return {each.id: each.edition for each in drafts if given(each.edition) is not None}  # type: ignore[misc]


def _ids(drafts: Sequence[ReadDraftInput]) -> list[str]:
    return [each.id for each in drafts]


@step(DraftsPayload, "Give drafts to review.", "revisions")
async def revisions_submit(by: By, input: RevisionsSubmitInput) -> Done:
    await revisions.submit(by.database, input.revisions, permit=by.permit)
    return Done(input.revisions)


@step(DraftsPayload, "Take drafts back from review, or from the hour for which they wait.", "revisions")
async def revisions_recall(by: By, input: RevisionsRecallInput) -> Done:
    await revisions.recall(by.database, input.revisions, permit=by.permit)
    return Done(input.revisions)


@step(DraftsPayload, "Give drafts up. They are kept, since nothing of the past is deleted.", "revisions")
async def revisions_discard(by: By, input: RevisionsDiscardInput) -> Done:
    await revisions.discard(by.database, input.revisions, author=by.author, permit=by.permit)
    return Done(input.revisions)


@step(DraftsPayload, "Return drafts to their authors, who are told the reason.", "revisions")
async def revisions_send_back(by: By, input: RevisionsSendBackInput) -> Done:
    ids, seen = _ids(input.revisions), _seen(input.revisions)
    await revisions.send_back(by.database, ids, reason=input.reason, author=by.author, seen=seen, permit=by.permit)
    return Done(ids)


@step(PublicationPayload, "Publish drafts, or do the withdrawals that were proposed, all or nothing.", "revisions")
async def revisions_publish(by: By, input: RevisionsPublishInput) -> Done:
    ids, seen = _ids(input.revisions), _seen(input.revisions)
    seq = await revisions.approve(by.database, ids, author=by.author, seen=seen, permit=by.permit)
    done = await workflow.proposals(by.database, [id for raw in ids for id in identifiers(raw)])
    return Done(ids, [each.record for each in done], seq)


@step(DraftsPayload, "Accept drafts and let them be published together at an hour.", "revisions")
async def revisions_schedule(by: By, input: RevisionsScheduleInput) -> Done:
    ids, seen, due_at = _ids(input.revisions), _seen(input.revisions), hour(by, input.due_at, "due_at")
    await scheduling.schedule(by.database, ids, due_at, author=by.author, seen=seen, permit=by.permit)
    return Done(ids)
