"""What was done to a record, step by step: who, when and what; and the ways back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from admin import deciding
from admin.colleagues import Called, colleagues
from admin.differences import Changed, told
from admin.labels import choice_name
from admin.looking import sheet_title
from admin.naming import title
from admin.paging import asked_page, pages
from admin.visit import Desk, Turned, page
from service.editing import desk as work
from service.editing import duplicates, reverting
from service.editing.desk import Sheet
from service.editing.permits import Step
from service.errors import InputError
from service.models.revision import Act

PAGE = 10
KNOWN = (Step.PROPOSE, Step.RESTORE, Step.UNMERGE)


@dataclass(frozen=True)
class Told:
    """One thing that was done: when, by whom, and which fields it changed."""

    id: str
    act: str
    label: str
    version: int | None
    at: str
    author: str
    decided_by: str
    changes: Sequence[Changed]
    stands: bool


@page
async def history(desk: Desk) -> Response:
    """The history of a record, also of one that has gone."""
    found = await work.past_sheets(desk.database, desk.viewer, desk.request.path_params["record"])
    if not found or found[0].whole.noun != desk.noun:
        raise Turned("missing", 404)
    if not desk.is_post:
        return await _show(desk, found)
    try:
        return await _back(desk, found)
    except InputError as refused:
        return await _show(desk, found, refused)


async def _back(desk: Desk, found: Sequence[Sheet]) -> Response:
    """One of the ways back: a draft of an old version, or a merge undone."""
    record, author = found[0].whole.record, desk.viewer.account
    match desk.typed.text("act"):
        case "revert":
            begun = await reverting.revert(
                desk.database, desk.typed.text("revision"), author=author, permit=desk.permit
            )
            if not begun.gone:
                return desk.to(f"drafts/{begun.proposal.id}", "reverted")
            sheet = await work.sheet(desk.database, desk.viewer, begun.proposal.id)
            assert sheet is not None, "Whoever begins a draft sees it."
            return await deciding.show(desk, sheet, left_out=begun.gone)
        case "unmerge":
            await desk.written(await duplicates.unmerge(desk.database, record, author=author, permit=desk.permit))
            return desk.to(f"{desk.noun}/{record}", "unmerged")
    raise Turned("missing", 404)


async def _show(desk: Desk, found: Sequence[Sheet], refused: InputError | None = None) -> Response:
    newest, number = found[0], min(asked_page(desk.query), (len(found) - 1) // PAGE + 1)
    start = (number - 1) * PAGE
    called = await colleagues(desk)
    answering = desk.catalogue.node(newest.whole.record) if newest.whole.act is Act.MERGE else None
    steps = [
        await _told(desk, sheet, called, stands=sheet is newest and newest.whole.act is Act.PUBLISH)
        for sheet in found[start : start + PAGE]
    ]
    may = await work.able(desk.database, desk.viewer, KNOWN, newest.whole.noun, newest.whole.record)
    return desk.show(
        "history.html",
        422 if refused else 200,
        noun=newest.whole.noun,
        record=newest.whole.record,
        heading=sheet_title(desk, newest),
        gone=newest.whole.act.value if newest.whole.act is not Act.PUBLISH else "",
        answering=None if answering is None else (answering.id, title(answering, desk.words)),
        told=steps,
        may={step.value for step in may},
        problems=[each.words[desk.language] for each in refused.problems] if refused else [],
        pages=pages(number, start + PAGE < len(found)),
        done=desk.done,
    )


async def _told(desk: Desk, sheet: Sheet, called: Called, *, stands: bool) -> Told:
    whole = sheet.whole
    shows = whole.act is Act.PUBLISH
    changes = await work.differences(desk.database, desk.viewer, sheet, desk.language) if shows else []
    author, decided_by = called(whole.author), called(whole.decided_by)
    return Told(
        whole.id,
        whole.act.value,
        choice_name(desk.words, whole.act),
        sheet.version,
        desk.moment(whole.at),
        author,
        decided_by if decided_by != author else "",
        await told(desk, whole.noun, changes),
        stands,
    )
