"""Taking records off the public side, now or at an hour; and what has gone, with the way back."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from admin import hours, looking
from admin.colleagues import colleagues
from admin.labels import choice_name, noun_name
from admin.looking import sheet_title
from admin.naming import title
from admin.visit import Desk, Turned, page
from service.catalogue.types import NOUN_OF
from service.editing import desk as work
from service.editing import reverting, revisions, scheduling
from service.editing.dependents import all_dependents
from service.editing.desk import Sheet
from service.editing.permits import Step
from service.editing.policy import allows_some
from service.errors import InputError
from service.models.revision import Act

MOST_SHOWN = 100
"""So many of what went last are listed; whatever went before is found by its address."""


@page
async def withdraw(desk: Desk) -> Response:
    """Ask once more what is to go, and what has to go along; then do it."""
    found = looking.published(desk)
    if not await work.can(desk.database, desk.viewer, Step.WITHDRAW, desk.noun, found.id):
        raise Turned("forbidden", 403)
    if desk.typed.text("when") not in ("now", "later"):
        return await _ask(desk, found)
    try:
        return await _withdraw(desk, found.id)
    except InputError as refused:
        return await _ask(desk, found, refused)


async def _withdraw(desk: Desk, record: str) -> Response:
    author, ask = desk.viewer.account, desk.permit
    if desk.typed.text("when") == "later":
        due_at = hours.read(desk, desk.typed.text("due_at"))
        along = [*await all_dependents(desk.database, [record])] if desk.typed.text("along") else []
        await scheduling.expire(desk.database, [record, *along], due_at, author=author, permit=ask)
        return desk.to("scheduled", "scheduled_for_later")
    with_dependents = bool(desk.typed.text("along"))
    await desk.written(
        await revisions.withdraw(desk.database, [record], author=author, with_dependents=with_dependents, permit=ask)
    )
    return desk.to(f"{desk.noun}/{record}/history", "withdrawn")


async def _ask(desk: Desk, found: Any, refused: InputError | None = None) -> Response:
    dependents = await all_dependents(desk.database, [found.id])
    names = {id: desk.catalogue.node(id) for id in dependents}
    return desk.show(
        "withdraw.html",
        422 if refused else 200,
        noun=desk.noun,
        one=noun_name(desk.words, desk.noun),
        record=found,
        heading=title(found, desk.words),
        along=[(name.noun, id, title(names[id], desk.words)) for id, name in dependents.items() if names[id]],
        typed=desk.typed,
        earliest=hours.written(desk, desk.now),
        problems=[each.words[desk.language] for each in refused.problems] if refused else [],
    )


@page
async def trash(desk: Desk) -> Response:
    """What went last, as far as the visitor sees it; and bringing it back."""
    if not desk.is_post:
        return await _gone(desk)
    try:
        return await _restore(desk)
    except InputError as refused:
        return await _gone(desk, refused)


async def _restore(desk: Desk) -> Response:
    ids, author = [desk.typed.text("record")], desk.viewer.account
    if desk.typed.text("along"):
        ids += await reverting.needed(desk.database, ids)
    await desk.written(await reverting.restore(desk.database, ids, author=author, permit=desk.permit))
    restored = desk.catalogue.node(ids[0])
    return desk.to("trash" if restored is None else f"{NOUN_OF[type(restored)]}/{restored.id}", "restored")


async def _gone(desk: Desk, refused: InputError | None = None) -> Response:
    sheets = await work.gone_sheets(desk.database, desk.viewer, MOST_SHOWN)
    called = await colleagues(desk)
    wanted = desk.typed.text("record") if refused else ""
    seen = any(each.whole.record == wanted for each in sheets)
    needed = await reverting.needed(desk.database, [wanted]) if refused and seen else {}
    return desk.show(
        "trash.html",
        422 if refused else 200,
        rows=[_row(desk, sheet, called(sheet.whole.decided_by)) for sheet in sheets],
        wanted=wanted if needed else "",
        needed=[(name.noun, name.name) for name in needed.values()],
        problems=[each.words[desk.language] for each in refused.problems] if refused else [],
        done=desk.done,
    )


def _row(desk: Desk, sheet: Sheet, by: str) -> dict[str, Any]:
    whole = sheet.whole
    merged = whole.act is Act.MERGE
    answering = desk.catalogue.node(whole.record) if merged else None
    step = Step.UNMERGE if merged else Step.RESTORE
    return {
        "record": whole.record,
        "noun": whole.noun,
        "one": noun_name(desk.words, whole.noun),
        "name": sheet_title(desk, sheet),
        "at": desk.moment(whole.at),
        "by": by,
        "act": choice_name(desk.words, whole.act),
        "merged": merged,
        "answering": "" if answering is None else title(answering, desk.words),
        "may": allows_some(desk.viewer, step, whole.noun),
    }
