"""Looking without changing anything: a published record, a draft as it would be published."""

from __future__ import annotations

from starlette.responses import Response

from admin.drafts import of_records
from admin.facts import facts_of
from admin.labels import choice_name, noun_name
from admin.naming import draft_title, title
from admin.visit import Desk, Turned, page
from service.accounts import people
from service.editing import desk as work
from service.editing.content import public
from service.editing.history import latest
from service.editing.permits import Step
from service.editing.viewing import visible
from service.models.revision import Act


@page
async def record(desk: Desk) -> Response:
    """A published record as everybody sees it, with what the visitor may do with it."""
    noun = desk.noun
    found = desk.catalogue.find(noun, desk.request.path_params["record"])
    if found is None or not isinstance(found, desk.catalogue.types[noun]):
        raise Turned("missing", 404)
    past = (await latest(desk.database, [found.id])).get(found.id)
    content = public(noun, past.content) if past is not None and past.act is Act.PUBLISH else {}
    return desk.show(
        "record.html",
        noun=noun,
        one=noun_name(desk.words, noun),
        record=found,
        heading=title(found, desk.words),
        groups=await facts_of(desk, noun, content),
        drafts=await listed(desk, await of_records(desk, [found.id])),
        may_edit=await work.can(desk.database, desk.viewer, Step.PROPOSE, noun, found.id),
        done=desk.done,
        changed=found.last_modified.strftime("%d.%m.%Y." if desk.language == "lv" else "%Y-%m-%d"),
    )


@page
async def preview(desk: Desk) -> Response:
    """A draft as everybody will see it."""
    sheet = await work.sheet(desk.database, desk.viewer, desk.request.path_params["revision"])
    if sheet is None or not sheet.is_open:
        raise Turned("missing", 404)
    noun, content = sheet.whole.noun, visible(sheet.rule, public(sheet.whole.noun, sheet.whole.content))
    return desk.show(
        "preview.html",
        noun=noun,
        one=noun_name(desk.words, noun),
        sheet=sheet,
        heading=draft_title(noun, content, desk.words, desk.catalogue),
        groups=await facts_of(desk, noun, content),
        done=desk.done,
        may_edit=Step.SAVE in sheet.steps,
    )


async def listed(desk: Desk, sheets: list[work.Sheet]) -> list[dict[str, str]]:
    """Drafts as lists show them."""
    names = await people.names(desk.database)
    return [
        {
            "id": sheet.whole.id,
            "name": draft_title(sheet.whole.noun, sheet.seen.content, desk.words, desk.catalogue),
            "noun": noun_name(desk.words, sheet.whole.noun),
            "state": choice_name(desk.words, sheet.whole.state),
            "author": names.get(sheet.whole.author, ""),
            "at": desk.moment(sheet.whole.at),
            "own": "yes" if sheet.whole.author == desk.viewer.account else "",
        }
        for sheet in sheets
    ]
