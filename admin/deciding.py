"""Drafts: which there are, what each would change, and what the visitor may do with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.responses import Response

from admin.choosing import called
from admin.labels import choice_name, field_name, noun_name
from admin.looking import listed
from admin.naming import draft_title
from admin.sections import SECTIONS
from admin.visit import Desk, Turned, page
from service.editing import desk as work
from service.editing import revisions
from service.editing.desk import Sheet
from service.editing.diff import Difference
from service.editing.fields import show
from service.editing.permits import Step
from service.errors import InputError, Problem
from service.i18n import LANGUAGES, Words
from service.models.fields import Flag
from service.models.revision import RevisionState

ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

DONE = {
    Step.SUBMIT: "submitted",
    Step.RECALL: "recalled",
    Step.DISCARD: "discarded",
    Step.SEND_BACK: "sent_back",
    Step.PUBLISH: "published_now",
}
"""The steps that can be taken here, and the sentence that tells of each."""


@page
async def drafts(desk: Desk) -> Response:
    """Every open draft that the visitor sees."""
    sheets = await work.open_sheets(desk.database, desk.viewer)
    waiting = [sheet for sheet in sheets if sheet.whole.state is RevisionState.IN_REVIEW]
    rest = [sheet for sheet in sheets if sheet.whole.state is not RevisionState.IN_REVIEW]
    return desk.show(
        "drafts.html", done=desk.done, waiting=await listed(desk, waiting), drafts=await listed(desk, rest)
    )


@page
async def draft(desk: Desk) -> Response:
    """What a draft would change, and what may be done with it."""
    sheet = await work.sheet(desk.database, desk.viewer, desk.request.path_params["revision"])
    if sheet is None or not sheet.is_open:
        raise Turned("missing", 404)
    if not desk.is_post:
        return await _show(desk, sheet)
    step = next((each for each in DONE if each.value == desk.typed.text("step")), None)
    if step is None:
        raise Turned("missing", 404)
    try:
        return await _take(desk, sheet, step)
    except InputError as refused:
        return await _show(desk, sheet, refused)


async def _take(desk: Desk, sheet: Sheet, step: Step) -> Response:
    database, author, ask, ids = desk.database, desk.viewer.account, desk.permit, [sheet.whole.id]
    edition = desk.typed.text("edition")
    seen = {sheet.whole.id: int(edition)} if edition.isascii() and edition.isdigit() and len(edition) < 10 else {}
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
        case _:
            await desk.written(await revisions.approve(database, ids, author=author, seen=seen, permit=ask))
            return desk.to(f"{sheet.whole.noun}/{sheet.whole.record}", DONE[step])
    return desk.to("drafts" if step is Step.DISCARD else f"drafts/{sheet.whole.id}", DONE[step])


async def _show(desk: Desk, sheet: Sheet, refused: InputError | None = None) -> Response:
    words, noun = desk.words, sheet.whole.noun
    found = await work.differences(desk.database, desk.viewer, sheet, desk.language)
    [about] = await listed(desk, [sheet])
    return desk.show(
        "draft.html",
        422 if refused else 200,
        noun=noun,
        one=noun_name(words, noun),
        sheet=sheet,
        about=about,
        heading=draft_title(noun, sheet.seen.content, words, desk.catalogue),
        state=choice_name(words, sheet.whole.state),
        differences=[(_place(words, noun, each.path), each.words()) for each in await _named(desk, noun, found)],
        problems=_placed(words, noun, refused.problems if refused else [], 1),
        warnings=_placed(words, noun, await work.warnings(desk.database, sheet), 0),
        steps=[step.value for step in sheet.steps],
        published=sheet.live is not None and desk.catalogue.node(sheet.whole.record) is not None,
        done=desk.done,
    )


async def _named(desk: Desk, noun: str, found: Sequence[Difference]) -> list[Difference]:
    """The differences that say something, with names also for what is a draft so far."""
    telling = [each for each in found if not _is_default(desk, noun, each)]
    ids = [id for each in telling for id in ID.findall(f"{each.before} {each.after}")]
    names = await called(desk, list(dict.fromkeys(ids)))

    def name(match: re.Match[str]) -> str:
        known = names.get(match[0])
        return known.name if known else match[0]

    return [Difference(each.path, ID.sub(name, each.before), ID.sub(name, each.after)) for each in telling]


def _is_default(desk: Desk, noun: str, difference: Difference) -> bool:
    """Whether a new record merely says no where nobody has said anything."""
    field = SECTIONS[noun].shape.scalars.get(str(difference.path[0]))
    return isinstance(field, Flag) and not difference.before and difference.after == show(field, False, desk.language)


def _place(words: Words, noun: str, path: Sequence[str | int]) -> str:
    """A field and what it is part of, as people call them."""
    table, (name, *rest) = SECTIONS[noun].shape, [str(step) for step in path]
    steps = [field_name(words, noun, name)] if name in SECTIONS[noun].fields else []
    if name in table.parts and len(rest) > 1 and rest[1] != "id":
        steps.append(field_name(words, table.parts[name].table, rest[1]))
    if rest and rest[-1] in LANGUAGES:
        steps.append(words(f"choice.language.{rest[-1]}"))
    return ", ".join(steps)


def _placed(words: Words, noun: str, problems: Sequence[Problem], skip: int) -> list[tuple[str, str]]:
    """Each sentence with the field that it is about; none of what is about the record as a whole."""
    return [
        (_place(words, noun, each.path[skip:]) if each.path[skip:] else "", each.words[words.language])
        for each in problems
    ]
