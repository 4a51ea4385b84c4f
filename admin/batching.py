"""A set of drafts as one thing: what it would change, and one decision about all of it; and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from admin.choosing import called
from admin.labels import choice_name, field_name, noun_name
from admin.naming import draft_title
from admin.paging import asked_page, pages
from admin.sections import SECTIONS
from admin.visit import Desk, Turned, page
from service.editing import desk as work
from service.editing import revisions, undoing, workflow
from service.editing.desk import Sheet
from service.editing.fields import identifiers
from service.editing.messages import problem
from service.editing.permits import Step
from service.editing.policy import grant
from service.errors import InputError, Problem
from service.models.revision import RevisionState
from service.models.sheet import Verdict

PAGE = 25
DECISIONS = {
    Step.PUBLISH: "batch_published",
    Step.SUBMIT: "batch_submitted",
    Step.DISCARD: "batch_discarded",
}
"""What can be done with all drafts of a set at once, and the sentence that tells of it."""


@dataclass(frozen=True)
class Batch:
    """A set of drafts: the ids of those that are open, and how many there are in each state."""

    id: str
    nouns: frozenset[str]
    open: Sequence[str]
    records: Sequence[str]
    counts: Sequence[tuple[str, int]]
    mark: str


@page
async def batch(desk: Desk) -> Response:
    """One set, for its author and for those who decide about such drafts."""
    found = await _found(desk)
    if found is None:
        raise Turned("missing", 404)
    if not desk.is_post:
        return await _show(desk, found)
    try:
        return await _take(desk, found, desk.typed.text("step"))
    except InputError as refused:
        return await _show(desk, found, refused)


async def _found(desk: Desk) -> Batch | None:
    sql = (
        "SELECT id, record_id, noun, state, author, edition FROM revision WHERE batch = ? AND kind = 'content'"
        " ORDER BY at, id"
    )
    rows = [row for id in identifiers(desk.request.path_params["batch"]) for row in await desk.database.fetch(sql, id)]
    if not rows or not all(_may_see(desk, row) for row in rows):
        return None
    states = [state for state in RevisionState if any(row["state"] == state.value for row in rows)]
    waiting = [row for row in rows if row["state"] in [state.value for state in workflow.OPEN]]
    return Batch(
        identifiers(desk.request.path_params["batch"])[0],
        frozenset(row["noun"] for row in rows),
        [str(row["id"]) for row in waiting],
        [str(row["record_id"]) for row in waiting],
        [(choice_name(desk.words, state), sum(row["state"] == state.value for row in rows)) for state in states],
        f"{len(waiting)}.{sum(row['edition'] for row in waiting)}",
    )


def _may_see(desk: Desk, row: dict[str, Any]) -> bool:
    rule = grant(desk.viewer, row["noun"])
    return rule is not None and (row["author"] == desk.viewer.account or rule.decides)


async def _take(desk: Desk, batch: Batch, step: str) -> Response:
    database, author, ask = desk.database, desk.viewer.account, desk.permit
    if step == "undo":
        await desk.written(await undoing.undo(database, batch.id, author=author, permit=ask))
        return desk.to(f"batches/{batch.id}", "batch_undone")
    wanted = next((each for each in DECISIONS if each.value == step), None)
    if wanted is None or not batch.open:
        raise Turned("missing", 404)
    if desk.typed.text("mark") != batch.mark:
        raise InputError([problem("saved_meanwhile", ())])
    match wanted:
        case Step.PUBLISH:
            await desk.written(await revisions.approve(database, batch.open, author=author, permit=ask))
        case Step.SUBMIT:
            await revisions.submit(database, batch.open, permit=ask)
        case _:
            await revisions.discard(database, batch.open, author=author, permit=ask)
    return desk.to(f"batches/{batch.id}", DECISIONS[wanted])


async def _show(desk: Desk, batch: Batch, refused: InputError | None = None) -> Response:
    number = asked_page(desk.query)
    ids = batch.open[(number - 1) * PAGE : number * PAGE]
    sheets = await work.sheets(desk.database, desk.viewer, ids)
    steps = {step for sheet in sheets for step in sheet.steps}
    standing = 0 if batch.open else await undoing.standing(desk.database, batch.id)
    return desk.show(
        "batch.html",
        422 if refused else 200,
        batch=batch,
        nouns_of=", ".join(noun_name(desk.words, noun) for noun in sorted(batch.nouns)),
        rows=[await _told(desk, sheet) for sheet in sheets],
        steps=[step.value for step in DECISIONS if step in steps],
        standing=standing,
        pages=pages(number, number * PAGE < len(batch.open)),
        problems=await _placed(desk, batch, refused.problems if refused else []),
        done=desk.done,
    )


async def _told(desk: Desk, sheet: Sheet) -> dict[str, Any]:
    """A draft with what it would change."""
    noun, words = sheet.whole.noun, desk.words
    found = await work.differences(desk.database, desk.viewer, sheet, desk.language)
    return {
        "address": f"drafts/{sheet.whole.id}",
        "name": draft_title(noun, sheet.seen.content, words, desk.catalogue),
        "verdict": Verdict.NEW.value if sheet.live is None else "",
        "problems": (),
        "changes": [(_label(desk, noun, str(each.path[0])), each.before, each.after) for each in found[:12]],
    }


def _label(desk: Desk, noun: str, name: str) -> str:
    return field_name(desk.words, noun, name) if name in SECTIONS[noun].fields else ""


async def _placed(desk: Desk, batch: Batch, problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Each problem with the record, and the field, that it is about."""
    ids = [_record(batch, each) for each in problems[:PAGE]]
    names = await called(desk, [id for id in dict.fromkeys(ids) if id])
    told = []
    for id, each in zip(ids, problems[:PAGE], strict=True):
        name = names[id].name if id in names else ""
        noun = names[id].noun if id in names else ""
        field = _label(desk, noun, str(each.path[1])) if noun and len(each.path) > 1 else ""
        told.append((", ".join(filter(None, (name, field))), each.words[desk.language]))
    return told


def _record(batch: Batch, problem: Problem) -> str:
    """What a problem is about: a place among the drafts, or the id of a record."""
    place = problem.path[0] if problem.path else ""
    if isinstance(place, int):
        return batch.records[place] if place < len(batch.records) else ""
    return place
