"""What is done to published records without a draft: they leave, come back, become one, are said to be true."""

from __future__ import annotations

from datetime import date, datetime

import strawberry
from strawberry import UNSET

from service.api.mutations.answering import By, Done, DraftsPayload, RecordPayload, RecordsPayload, RevertPayload
from service.api.mutations.contents import patch_of
from service.api.mutations.inputs import Fields, declared, noun_fields
from service.api.mutations.steps import given, hour, mutation, step
from service.editing import acts, duplicates, reverting, revisions, scheduling
from service.editing.messages import problem
from service.errors import InputError

RECORDS = "The ids of the records."
NOUN = "organisation"


@strawberry.input(description="Which records to take off the public side.")
class RecordsWithdrawInput:
    records: list[strawberry.ID] = strawberry.field(description=RECORDS)
    with_dependents: bool = strawberry.field(
        default=False, description="Whether to take along all that refers to them; else that is refused."
    )


@strawberry.input(description="Which records to take off the public side, and when.")
class RecordsExpireInput:
    records: list[strawberry.ID] = strawberry.field(description=RECORDS)
    due_at: datetime = strawberry.field(description="The hour; without an offset it is one in Riga.")


@strawberry.input(description="Which withdrawn records to publish again as they were.")
class RecordsRestoreInput:
    records: list[strawberry.ID] = strawberry.field(description=RECORDS)
    with_needed: bool = strawberry.field(
        default=False, description="Whether to bring back what they refer to, too; else that is refused."
    )


@strawberry.input(description="Which revision to begin a draft with.")
class RecordRevertInput:
    revision: strawberry.ID = strawberry.field(description="The id of the revision.")


@strawberry.input(description="Which record is still true.")
class RecordAssureInput:
    id: strawberry.ID = strawberry.field(description="The id of the record.")
    on: date | None = strawberry.field(default=UNSET, description="The day on which it was looked at; else today.")


@strawberry.input(description="Which merge to take back.")
class OrganisationsUnmergeInput:
    duplicate: strawberry.ID = strawberry.field(description="The organisation in whose place another one answers.")


@step(RecordsPayload, "Take records off the public side, all or nothing. They can be restored.", "records")
async def records_withdraw(by: By, input: RecordsWithdrawInput) -> Done:
    seq = await revisions.withdraw(
        by.database, input.records, author=by.author, with_dependents=input.with_dependents, permit=by.permit
    )
    return Done(records=input.records, seq=seq)


@step(DraftsPayload, "Let records leave the public side together at an hour; until then it can be recalled.", "records")
async def records_expire(by: By, input: RecordsExpireInput) -> Done:
    due_at = hour(by, input.due_at, "due_at")
    planned = await scheduling.expire(by.database, input.records, due_at, author=by.author, permit=by.permit)
    return Done(planned)


@step(RecordsPayload, "Publish withdrawn records again as they were, all or nothing.", "records")
async def records_restore(by: By, input: RecordsRestoreInput) -> Done:
    records = [str(id) for id in input.records]
    if input.with_needed:
        records += [*await reverting.needed(by.database, records)]
    seq = await reverting.restore(by.database, records, author=by.author, permit=by.permit)
    return Done(records=records, seq=seq)


@step(RevertPayload, "Begin a draft with what a record held in one of its revisions.")
async def record_revert(by: By, input: RecordRevertInput) -> Done:
    reverted = await reverting.revert(by.database, input.revision, author=by.author, permit=by.permit)
    return Done([reverted.proposal.id], left_out=reverted.gone)


@step(RecordPayload, "Say that a record is still true. What it was last modified on stays.")
async def record_assure(by: By, input: RecordAssureInput) -> Done:
    on = day(by, input.on, "on")
    seq = await acts.assure(by.database, input.id, on=on, role=by.viewer.role.value, author=by.author, permit=by.permit)
    return Done(records=[input.id], seq=seq)


def day(by: By, given_day: date | None, place: str) -> date:
    """The day on which something was said, today or before."""
    today = by.context.catalogue.today
    said: date = given(given_day, today)
    if said > today:
        raise InputError([problem("not_in_the_future", (place,))])
    return said


MERGED: Fields = {
    "duplicate": (strawberry.ID, "The organisation that is to be found no more by itself."),
    "survivor": (strawberry.ID, "The organisation that answers for both."),
}
LEAVING: Fields = {
    "withdraw": (list[strawberry.ID], "Records to withdraw along, since they would be there twice."),
}
AS_MERGED = (
    "Which two organisations are one, and what the one that stays holds then: what is not given is its own, or of the"
    " other where it has nothing, and the lists of both."
)
OrganisationsMergeInput = declared("OrganisationsMergeInput", {**LEAVING, **noun_fields(NOUN)}, AS_MERGED, MERGED)


async def _merge(by: By, input: OrganisationsMergeInput) -> Done:  # type: ignore[valid-type]
    seq = await duplicates.merge_organisations(
        by.database,
        input.duplicate,  # type: ignore[attr-defined]
        input.survivor,  # type: ignore[attr-defined]
        author=by.author,
        patch=patch_of(NOUN, input),
        withdraw=given(input.withdraw, ()),  # type: ignore[attr-defined]
        permit=by.permit,
    )
    return Done(records=[input.survivor], seq=seq)  # type: ignore[attr-defined]


organisations_merge = mutation(
    "OrganisationsMerge",
    OrganisationsMergeInput,
    RecordPayload,
    "Let one organisation answer for two. Whatever referred to the other refers to it then.",
    _merge,
)


@step(RecordPayload, "Take a merge back, with everything that it moved or withdrew.")
async def organisations_unmerge(by: By, input: OrganisationsUnmergeInput) -> Done:
    seq = await duplicates.unmerge(by.database, input.duplicate, author=by.author, permit=by.permit)
    return Done(records=[input.duplicate], seq=seq)
