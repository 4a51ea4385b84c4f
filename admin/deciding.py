"""Drafts: which there are, what each would change, and what the visitor may do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from starlette.responses import Response

from admin import hours
from admin.colleagues import colleagues
from admin.differences import placed, told
from admin.labels import choice_name, noun_name
from admin.looking import listed, sheet_title
from admin.visit import Desk, Turned, page
from service.editing import desk as work
from service.editing import revisions, scheduling, workflow
from service.editing.desk import Sheet
from service.editing.permits import Step
from service.errors import InputError, Problem
from service.models.revision import Act, RevisionState

DONE = {
    Step.SUBMIT: "submitted",
    Step.RECALL: "recalled",
    Step.DISCARD: "discarded",
    Step.SEND_BACK: "sent_back",
    Step.SCHEDULE: "scheduled_for_later",
    Step.PUBLISH: "published_now",
}
"""The steps that can be taken here, and the sentence that tells of each."""

TOGETHER = frozenset({Step.SUBMIT, Step.SEND_BACK, Step.SCHEDULE, Step.PUBLISH})
"""The steps that are taken with the other drafts of a set, if the visitor wants that."""

ASKED = frozenset({"reason", "due_at"})
"""What is asked of whoever decides."""


@page
async def drafts(desk: Desk) -> Response:
    """Every open draft that the visitor sees."""
    sheets = await work.open_sheets(desk.database, desk.viewer)
    by_state = {state: [each for each in sheets if each.whole.state is state] for state in RevisionState}
    rest = [*by_state[RevisionState.SENT_BACK], *by_state[RevisionState.DRAFT]]
    return desk.show(
        "drafts.html",
        done=desk.done,
        waiting=await listed(desk, by_state[RevisionState.IN_REVIEW]),
        drafts=await listed(desk, rest),
        later=len(by_state[RevisionState.SCHEDULED]),
    )


@page
async def draft(desk: Desk) -> Response:
    """What a draft would change, and what may be done with it."""
    sheet = await work.sheet(desk.database, desk.viewer, desk.request.path_params["revision"])
    if sheet is None or not sheet.is_open:
        raise Turned("missing", 404)
    if not desk.is_post or not desk.typed.text("step"):
        return await show(desk, sheet)
    step = next((each for each in DONE if each.value == desk.typed.text("step")), None)
    if step is None:
        raise Turned("missing", 404)
    chosen = _editions(desk.typed.texts("with")) if step in TOGETHER else {}
    along = [each for each in await _set_of(desk, sheet) if each.whole.id in chosen]
    editions = chosen | _editions([f"{sheet.whole.id}:{desk.typed.text('edition')}"])
    try:
        return await _take(desk, step, [sheet, *along], editions)
    except InputError as refused:
        return await show(desk, sheet, refused, along)


async def _take(desk: Desk, step: Step, sheets: Sequence[Sheet], editions: Mapping[str, int]) -> Response:
    database, author, ask, own = desk.database, desk.viewer.account, desk.permit, sheets[0].whole
    ids = [each.whole.id for each in sheets]
    seen = {id: editions[id] for id in ids if id in editions}
    match step:
        case Step.SUBMIT:
            await revisions.submit(database, ids, permit=ask)
        case Step.RECALL:
            await revisions.recall(database, ids, permit=ask)
        case Step.DISCARD:
            await revisions.discard(database, ids, author=author, permit=ask)
        case Step.SEND_BACK:
            reason = desk.typed.text("reason")
            await revisions.send_back(database, ids, reason=reason, author=author, seen=seen, permit=ask)
        case Step.SCHEDULE:
            due_at = hours.read(desk, desk.typed.text("due_at"))
            await scheduling.schedule(database, ids, due_at, author=author, seen=seen, permit=ask)
        case _:
            await desk.written(await revisions.approve(database, ids, author=author, seen=seen, permit=ask))
            leaves = own.act is Act.WITHDRAW
            here = f"{own.noun}/{own.record}"
            return desk.to(f"{here}/history" if leaves else here, "withdrawn" if leaves else DONE[step])
    called_off = own.state is RevisionState.SCHEDULED and step in (Step.RECALL, Step.DISCARD)
    return desk.to("drafts" if step is Step.DISCARD else f"drafts/{own.id}", "called_off" if called_off else DONE[step])


def _editions(said: Sequence[str]) -> dict[str, int]:
    """Drafts by id with the edition that was looked at, from `id:edition`."""
    pairs = (each.partition(":") for each in said)
    return {
        id: int(edition) for id, _, edition in pairs if edition.isascii() and edition.isdigit() and len(edition) < 10
    }


async def _set_of(desk: Desk, sheet: Sheet) -> list[Sheet]:
    """The other drafts of its set that stand where it stands."""
    if sheet.batch is None:
        return []
    others = [each for each in await workflow.open_in(desk.database, sheet.batch) if each.id != sheet.whole.id]
    return await work.sheets(
        desk.database, desk.viewer, [each.id for each in others if each.state is sheet.whole.state]
    )


async def show(
    desk: Desk,
    sheet: Sheet,
    refused: InputError | None = None,
    along: Sequence[Sheet] = (),
    left_out: Sequence[Problem] = (),
) -> Response:
    """The page of a draft; `along` are those with which a step was refused, `left_out` what a revert left out."""
    words, noun = desk.words, sheet.whole.noun
    leaves = sheet.whole.act is Act.WITHDRAW
    found = [] if leaves else await work.differences(desk.database, desk.viewer, sheet, desk.language)
    called = await colleagues(desk)
    due_at, typed = sheet.whole.due_at, desk.typed
    return desk.show(
        "draft.html",
        422 if refused else 200,
        noun=noun,
        one=noun_name(words, noun),
        sheet=sheet,
        leaves=leaves,
        author=called(sheet.whole.author),
        at=desk.moment(sheet.whole.at),
        heading=sheet_title(desk, sheet),
        state=choice_name(words, sheet.whole.state),
        differences=await told(desk, noun, found),
        problems=list(_problems(desk, [sheet, *along], refused)) if refused else [],
        warnings=placed(words, noun, await work.warnings(desk.database, sheet), 0),
        left_out=[each.words[desk.language] for each in left_out],
        together=[(each.whole, sheet_title(desk, each)) for each in await _set_of(desk, sheet)],
        chosen=_editions(typed.texts("with")) if refused else None,
        steps=[step.value for step in sheet.steps],
        reason=typed.text("reason"),
        due=desk.moment(due_at) if due_at else "",
        hour=typed.text("due_at") or hours.written(desk, due_at),
        earliest=hours.written(desk, desk.now),
        published=sheet.live is not None and desk.catalogue.node(sheet.whole.record) is not None,
        done=desk.done,
    )


def _problems(desk: Desk, sheets: Sequence[Sheet], refused: InputError) -> Iterator[tuple[str, str]]:
    """Each sentence with the field that it is about, and with the draft when it is another one of the set."""
    for each in refused.problems:
        number, *_ = (*each.path, 0)
        if not isinstance(number, int) or number >= len(sheets):
            yield desk.words(str(number)) if number in ASKED else "", each.words[desk.language]
            continue
        [(label, sentence)] = placed(desk.words, sheets[number].whole.noun, [each], 1)
        named = [sheet_title(desk, sheets[number])] if number else []
        yield ", ".join(filter(None, [*named, label])), sentence
