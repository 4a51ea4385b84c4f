"""One act on several records of a list: all of it in one transaction, or none, with what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from admin.labels import nouns_name
from admin.lists import BULK
from admin.naming import title
from admin.views import pairs_of
from admin.visit import Desk, Turned, page
from service.editing import acts, revisions
from service.editing.permits import Step
from service.errors import InputError

MOST_CHOSEN = 500
DONE = {Step.ASSURE: "all_assured", Step.WITHDRAW: "all_withdrawn"}


@page
async def bulk(desk: Desk) -> Response:
    """Do it; before records leave, ask once more."""
    noun, typed = desk.noun, desk.typed
    step = next((each for each in BULK if each.value == typed.text("step")), None)
    if step is None:
        raise Turned("missing", 404)
    ids = [id for id in dict.fromkeys(typed.texts("chosen")) if desk.catalogue.find(noun, id)][:MOST_CHOSEN]
    if not ids or (step is Step.WITHDRAW and not typed.has("sure", "yes")):
        return _show(desk, step, ids)
    try:
        await desk.written(await _do(desk, step, ids))
    except InputError as refused:
        return _show(desk, step, ids, refused)
    query = urlencode([*pairs_of(typed.text("query")), ("done", DONE[step])])
    return RedirectResponse(f"/admin/{noun}?{query}", 303)


async def _do(desk: Desk, step: Step, ids: Sequence[str]) -> int:
    author, ask = desk.viewer.account, desk.permit
    if step is Step.ASSURE:
        role = desk.viewer.role.value
        return await acts.assure_all(desk.database, ids, on=desk.today, role=role, author=author, permit=ask)
    return await revisions.withdraw(desk.database, ids, author=author, permit=ask)


def _show(desk: Desk, step: Step, ids: Sequence[str], refused: InputError | None = None) -> Response:
    """What was chosen, and beside each record why it cannot be done."""
    told: dict[int, list[str]] = {}
    for each in refused.problems if refused else []:
        place = each.path[0] if each.path and isinstance(each.path[0], int) else -1
        told.setdefault(place, []).append(each.words[desk.language])
    records = [(id, desk.catalogue.find(desk.noun, id)) for id in ids]
    return desk.show(
        "bulk.html",
        422 if refused or not ids else 200,
        noun=desk.noun,
        heading=nouns_name(desk.words, desk.noun),
        step=step.value,
        query=desk.typed.text("query"),
        chosen=[
            (id, title(record, desk.words) if record else id, told.get(place, []))
            for place, (id, record) in enumerate(records)
        ],
        refused=bool(refused),
        others=told.get(-1, []),
    )
