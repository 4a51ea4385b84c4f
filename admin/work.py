"""What should be looked at: the work list, with what can be done about each record at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from starlette.responses import Response

from admin.labels import choice_name, noun_name
from admin.naming import title
from admin.paging import asked_page, pages
from admin.visit import Desk, Turned, page
from service.api.viewer.work import WorkKind, unsorted, waiting_since
from service.catalogue.types import NOUN_OF
from service.editing.permits import Step
from service.editing.policy import allows_some
from service.models.account import Role
from service.models.cooperation import ConfirmationState, Side
from service.turns import in_turns

PAGE = 25
ASKED = frozenset({ConfirmationState.ASKED, ConfirmationState.CONFIRMED, ConfirmationState.DISPUTED})


@dataclass(frozen=True)
class Task:
    """A record to look at. What helps is an act that is one click away, or else a place to go to."""

    noun: str
    one: str
    id: str
    name: str
    heard: str
    act: str = ""
    side: str = ""
    label: str = ""
    place: str = ""


@page
async def work_of_kind(desk: Desk) -> Response:
    """Everything that should be looked at for one reason."""
    kind = next((each for each in WorkKind if each.value == desk.request.path_params["kind"]), None)
    if kind is None:
        raise Turned("missing", 404)
    found = await waiting(desk, kind)
    number = asked_page(desk.query)
    start = (number - 1) * PAGE
    return desk.show(
        "work.html",
        heading=choice_name(desk.words, kind),
        total=desk.words.count("records", len(found)),
        tasks=tasks(desk, kind, found[start : start + PAGE]),
        pages=pages(number, start + PAGE < len(found)),
    )


async def waiting(desk: Desk, kind: WorkKind) -> list[Any]:
    """What should be looked at, the longest unheard of first; kept until something changes, for each role."""
    catalogue, key = desk.catalogue, ("work", kind, desk.viewer.role)
    kept: list[Any] | None = catalogue.derived.get(key)
    if kept is not None:
        return kept
    state = catalogue.state
    found = [(waiting_since(each), each) async for each in in_turns(unsorted(catalogue, desk.viewer, kind))]
    found.sort(key=itemgetter(0))
    ordered = [each for _, each in found]
    if catalogue.state is state and desk.viewer.role is not Role.REPRESENTATIVE:
        catalogue.derived[key] = ordered
    return ordered


def tasks(desk: Desk, kind: WorkKind, found: Sequence[Any]) -> list[Task]:
    """Records as the work list shows them."""
    return [_task(desk, kind, record) for record in found]


def _task(desk: Desk, kind: WorkKind, record: Any) -> Task:
    noun, heard = NOUN_OF[type(record)], record.last_heard()
    about = (noun, noun_name(desk.words, noun), record.id, title(record, desk.words))
    since = desk.words("last_heard", day=desk.day(heard)) if heard else ""
    own = f"{noun}/{record.id}"
    match kind:
        case WorkKind.STALE if allows_some(desk.viewer, Step.ASSURE, noun):
            return Task(*about, since, act="assure", label=desk.words("still_true"))
        case WorkKind.ONE_SIDED:
            side = _silent_side(desk, record)
            if side is not None:
                itself = desk.viewer.role is Role.REPRESENTATIVE
                act, label = ("confirm", desk.words("confirm")) if itself else ("ask", desk.words("ask_other_side"))
                return Task(*about, since, act=act, side=side.value, label=label)
        case WorkKind.WITHOUT_EVIDENCE:
            return Task(*about, since, label=desk.words("add_source"), place=f"{own}/edit#evidence")
        case WorkKind.ENDING:
            ends = desk.words("ends_on", day=desk.day(record.valid_to.latest))
            return Task(*about, ends, label=desk.words("prolong"), place=f"{own}/edit#valid_to")
    return Task(*about, since, label=desk.words("see_both_sides"), place=f"{own}#said")


def _silent_side(desk: Desk, link: Any) -> Side | None:
    """The side that can be asked with a click, or for which a representative can speak."""
    said = {word.side: word.state for word in link.confirmations}
    for side in Side:
        party = getattr(link, side.value)
        if desk.viewer.role is Role.REPRESENTATIVE:
            if party.id in desk.viewer.organisations and said.get(side) is not ConfirmationState.CONFIRMED:
                return side
        elif party.email and said.get(side) not in ASKED and allows_some(desk.viewer, Step.CONFIRM, "cooperation_link"):
            return side
    return None
