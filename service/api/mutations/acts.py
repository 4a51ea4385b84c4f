"""What sides of links and providers say: never content, so no edit forges or undoes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry
from strawberry import UNSET

from service.api.mutations.answering import By, Done, RecordPayload
from service.api.mutations.records import day
from service.api.mutations.steps import given, step
from service.editing import acts
from service.editing.acts import Places, Word
from service.models.account import Role
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.service import AvailabilityState

LINK = "The id of the link."
SIDE = "The side that speaks."
ON = "The day on which it was said; else today."
ORGANISATION = "The organisation that speaks for the side; else the side itself, or the one that you speak for."
SOURCE = "Where the side says so; needed of an editor."
TIE_LEVEL = "How closely they work together as this side sees it, 0 to 5; for the two sides and editors only."


@strawberry.input(description="Which link a side confirms.")
class CooperationLinkConfirmInput:
    link: strawberry.ID = strawberry.field(description=LINK)
    side: Side = strawberry.field(description=SIDE)
    organisation: strawberry.ID | None = strawberry.field(default=UNSET, description=ORGANISATION)
    source: strawberry.ID | None = strawberry.field(default=UNSET, description=SOURCE)
    tie_level: int | None = strawberry.field(default=UNSET, description=TIE_LEVEL)
    on: date | None = strawberry.field(default=UNSET, description=ON)


@strawberry.input(description="Which link a side sees differently.")
class CooperationLinkDisputeInput:
    link: strawberry.ID = strawberry.field(description=LINK)
    side: Side = strawberry.field(description=SIDE)
    organisation: strawberry.ID | None = strawberry.field(default=UNSET, description=ORGANISATION)
    source: strawberry.ID | None = strawberry.field(default=UNSET, description=SOURCE)
    tie_level: int | None = strawberry.field(default=UNSET, description=TIE_LEVEL)
    note: str | None = strawberry.field(
        default=UNSET, description="Why; for the two sides and editors only, without personal data."
    )
    on: date | None = strawberry.field(default=UNSET, description=ON)


@strawberry.input(description="How closely the two of a link work together, as one side sees it.")
class CooperationLinkReportTieLevelInput:
    link: strawberry.ID = strawberry.field(description=LINK)
    side: Side = strawberry.field(description=SIDE)
    tie_level: int = strawberry.field(description=TIE_LEVEL)
    organisation: strawberry.ID | None = strawberry.field(default=UNSET, description=ORGANISATION)
    source: strawberry.ID | None = strawberry.field(default=UNSET, description=SOURCE)
    on: date | None = strawberry.field(default=UNSET, description=ON)


@strawberry.input(description="How many places a service has free.")
class ServiceSetAvailabilityInput:
    id: strawberry.ID = strawberry.field(description="The id of the service.")
    state: AvailabilityState = strawberry.field(description="Whether there are free places.")
    free_places: int | None = strawberry.field(default=UNSET, description="How many, where there are some.")
    weeks_to_wait: int | None = strawberry.field(default=UNSET, description="How many weeks one waits, in a queue.")
    as_of: date | None = strawberry.field(default=UNSET, description=ON)


@step(RecordPayload, "Say for a side that a link is so.")
async def cooperation_link_confirm(by: By, input: CooperationLinkConfirmInput) -> Done:
    return await _say(by, input, ConfirmationState.CONFIRMED)


@step(RecordPayload, "Say for a side that a link is not so, or no more.")
async def cooperation_link_dispute(by: By, input: CooperationLinkDisputeInput) -> Done:
    return await _say(by, input, ConfirmationState.DISPUTED)


@step(
    RecordPayload,
    "Say for a side how closely the two work together. Thereby it confirms the link, unless it has disputed it.",
)
async def cooperation_link_report_tie_level(by: By, input: CooperationLinkReportTieLevelInput) -> Done:
    stands = _word_of(by, input).state if _word_of(by, input) else None
    disputed = stands is ConfirmationState.DISPUTED
    return await _say(by, input, ConfirmationState.DISPUTED if disputed else ConfirmationState.CONFIRMED)


@step(RecordPayload, "Say how many places a service has free.")
async def service_set_availability(by: By, input: ServiceSetAvailabilityInput) -> Done:
    places = Places(
        input.state,
        day(by, input.as_of, "as_of"),
        by.viewer.role.value,
        given(input.free_places),
        given(input.weeks_to_wait),
    )
    seq = await acts.set_availability(by.database, input.id, places, author=by.author, permit=by.permit)
    return Done(records=[input.id], seq=seq)


async def _say(by: By, input: Any, state: ConfirmationState) -> Done:
    itself = by.viewer.role is Role.REPRESENTATIVE
    word = Word(
        side=input.side,
        state=state,
        role=ConfirmationRole.REPRESENTATIVE if itself else ConfirmationRole.EDITOR,
        on=day(by, input.on, "on"),
        organisation=given(input.organisation, _organisation(by, input) if itself else None),
        source=given(input.source),
        tie_level=given(input.tie_level),
        note=given(getattr(input, "note", None)),
    )
    seq = await acts.confirm(by.database, input.link, word, author=by.author, permit=by.permit)
    return Done(records=[input.link], seq=seq)


def _organisation(by: By, input: Any) -> str | None:
    """For whom a representative speaks who does not say it: the side itself if it is theirs, else the only one."""
    own = by.viewer.organisations
    link = by.context.catalogue.node(input.link)
    side = getattr(link, input.side.value, None)
    if side is not None and side.id in own:
        return str(side.id)
    return next(iter(own)) if len(own) == 1 else None


def _word_of(by: By, input: Any) -> Any:
    """What the side has said last."""
    words = getattr(by.context.catalogue.node(input.link), "confirmations", ())
    return next((word for word in words if word.side is input.side), None)
