"""Keeping what is typed while it is typed, as the visitor's own draft, by the script of the page."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import JSONResponse, Response

from admin import conflicts, saving
from admin.labels import field_name
from admin.reading import settle
from admin.saving import Begun
from admin.sections import SECTIONS
from admin.typed import Typed
from admin.visit import Desk
from service.editing.policy import grant
from service.editing.revisions import Saved
from service.editing.viewing import visible
from service.errors import InputError, Problem

AUTOSAVE = "autosave"
"""What the script asks for in the place of a button."""


async def autosaved(desk: Desk, begun: Begun) -> Response:
    """Keep a form as it stands; how its page goes on with the draft, or why it was not kept."""
    typed = Typed(desk.typed.pairs())
    settle(begun.noun, typed)
    try:
        saved = await saving.keep(desk, begun, typed)
    except InputError as refused:
        elsewhere = any(each.code == "saved_meanwhile" for each in refused.problems)
        said = desk.words("kept_elsewhere") if elsewhere else _why_not(desk, begun.noun, refused.problems[0])
        return JSONResponse({"said": said}, 409 if elsewhere else 422)
    return JSONResponse(_going_on(desk, begun.noun, saved))


def _going_on(desk: Desk, noun: str, saved: Saved) -> dict[str, str]:
    """What the form has to know of the draft that it is from now on."""
    draft, rule = saved.proposals[0], grant(desk.viewer, noun)
    now = datetime.now(desk.entrance.settings.timezone)
    return {
        "said": desk.words("kept_at", at=now.strftime("%H:%M")),
        "draft": f"/admin/drafts/{draft.id}",
        "edition": str(draft.edition),
        "marks": conflicts.marks_of(visible(rule, draft.content) if rule else {}),
    }


def _why_not(desk: Desk, noun: str, problem: Problem) -> str:
    name = str(problem.path[1]) if len(problem.path) > 1 else ""
    if name not in SECTIONS[noun].fields:
        return problem.words[desk.language]
    return desk.words("kept_not", field=field_name(desk.words, noun, name))
