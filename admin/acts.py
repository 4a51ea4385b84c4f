"""What sides, providers and editors say about a record, said from its page or from the first one with one click."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from starlette.responses import Response

from admin import looking
from admin.speaking import words_of
from admin.visit import Desk, Turned, page
from service.asking import questions
from service.editing import acts
from service.editing import desk as work
from service.editing.acts import Places, Word
from service.editing.messages import problem
from service.editing.permits import Step
from service.errors import InputError, Problem
from service.i18n import LANGUAGES, words
from service.models.account import Role
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.fields import Choices
from service.models.service import AvailabilityState

C = TypeVar("C", bound=Choices)


@page
async def act(desk: Desk) -> Response:
    """Say something about a published record; what is refused is told on its page."""
    found = looking.published(desk)
    if not desk.is_post:
        return desk.to(f"{desk.noun}/{found.id}")
    say = ACTS.get(desk.typed.text("act"))
    if say is None:
        raise Turned("missing", 404)
    try:
        done = await say(desk, found)
    except InputError as refused:
        return await looking.show(desk, found, refused)
    return desk.to("" if desk.typed.text("from") == "home" else f"{desk.noun}/{found.id}", done)


async def _assure(desk: Desk, record: Any) -> str:
    role, on = desk.viewer.role.value, desk.catalogue.today
    said = await acts.assure(desk.database, record.id, on=on, role=role, author=desk.viewer.account, permit=desk.permit)
    await desk.written(said)
    return "assured"


async def _confirm(desk: Desk, link: Any) -> str:
    return await _speak(desk, link, ConfirmationState.CONFIRMED, "confirmed_now")


async def _dispute(desk: Desk, link: Any) -> str:
    return await _speak(desk, link, ConfirmationState.DISPUTED, "disputed_now")


async def _speak(desk: Desk, link: Any, state: ConfirmationState, done: str) -> str:
    side = _chosen(Side, desk.typed.text("side"), "side")
    itself = desk.viewer.role is Role.REPRESENTATIVE
    party = getattr(link, side.value, None)
    word = Word(
        side=side,
        state=state,
        role=ConfirmationRole.REPRESENTATIVE if itself else ConfirmationRole.EDITOR,
        on=_day(desk, "on"),
        organisation=party.id if itself and party is not None else None,
        source=None if itself else desk.typed.text("source") or None,
        tie_level=_number(desk, "tie_level"),
        note=desk.typed.text("note").strip() or None,
    )
    if word.tie_level is None and state is ConfirmationState.CONFIRMED:
        word = replace(word, tie_level=await _level_before(desk, link, side))
    await desk.written(await acts.confirm(desk.database, link.id, word, author=desk.viewer.account, permit=desk.permit))
    return done


async def _level_before(desk: Desk, link: Any, side: Side) -> int | None:
    """The degree that the side told before: saying again that it is so does not take that back."""
    before = await words_of(desk, link.id, side)
    return before[0].tie_level if before else None


async def _ask(desk: Desk, link: Any) -> str:
    """Ask a side by mail whether the link is so, as somebody who could write its word down."""
    side = _chosen(Side, desk.typed.text("side"), "side")
    if desk.viewer.role is Role.REPRESENTATIVE or not await work.can(
        desk.database, desk.viewer, Step.CONFIRM, desk.noun, link.id
    ):
        raise InputError([problem("not_allowed")])
    now, today, author = desk.now, desk.catalogue.today, desk.viewer.account
    await desk.written(await questions.ask(desk.database, link.id, side, now, today, author=author))
    return "asked_now"


async def _tell_availability(desk: Desk, service: Any) -> str:
    places = Places(
        _chosen(AvailabilityState, desk.typed.text("state"), "state"),
        _day(desk, "as_of"),
        desk.viewer.role.value,
        _number(desk, "free_places"),
        _number(desk, "weeks_to_wait"),
    )
    _refuse_contradictions(places)
    said = await acts.set_availability(
        desk.database, service.id, places, author=desk.viewer.account, permit=desk.permit
    )
    await desk.written(said)
    return "availability_told"


def _refuse_contradictions(places: Places) -> None:
    """Numbers belong to one answer each. Raises InputError with a sentence beside each number."""
    told = []
    if places.free_places is not None and places.state is not AvailabilityState.OPEN:
        told.append(("free_places", "places_when_open"))
    if places.weeks_to_wait is not None and places.state is not AvailabilityState.QUEUE:
        told.append(("weeks_to_wait", "weeks_when_queue"))
    if told:
        said = {name: {language: words(language)(key) for language in LANGUAGES} for name, key in told}
        raise InputError([Problem("not_a_choice", (name,), sentence) for name, sentence in said.items()])


ACTS: dict[str, Callable[[Desk, Any], Awaitable[str]]] = {
    "assure": _assure,
    "confirm": _confirm,
    "dispute": _dispute,
    "ask": _ask,
    "availability": _tell_availability,
}
"""What can be said, and the sentence that tells that it was."""


def _chosen(kind: type[C], text: str, name: str) -> C:
    found = next((each for each in kind if each.value == text), None)
    if found is None:
        raise InputError([problem("required", (name,))])
    return found


def _number(desk: Desk, name: str) -> Any:
    """As it was typed; the core reads it."""
    return desk.typed.text(name).strip() or None


def _day(desk: Desk, name: str) -> date:
    """The day on which something was said, today or before. Raises InputError."""
    text, today = desk.typed.text(name).strip(), desk.catalogue.today
    try:
        said = date.fromisoformat(text) if text else today
    except ValueError:
        raise InputError([problem("not_a_day", (name,))]) from None
    if said > today:
        raise InputError([problem("not_in_the_future", (name,))])
    return said
