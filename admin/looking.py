"""Looking without changing anything: a published record, a draft as it would be published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from admin.colleagues import colleagues
from admin.drafts import of_records
from admin.facts import facts_of
from admin.labels import choice_name, noun_name
from admin.naming import draft_title, title
from admin.reports import of_record
from admin.speaking import degrees, voices
from admin.ties import ties_of
from admin.typed import Typed
from admin.visit import Desk, Turned, page
from service.editing import desk as work
from service.editing.content import public
from service.editing.history import latest
from service.editing.permits import Step
from service.editing.viewing import visible
from service.errors import InputError
from service.models.revision import Act, RevisionState
from service.models.service import AvailabilityState

STEPS = (Step.PROPOSE, Step.WITHDRAW, Step.MERGE)
"""What can be begun from the page of a record."""


@page
async def record(desk: Desk) -> Response:
    """A published record as everybody sees it, with what the visitor may do with it."""
    noun, id = desk.noun, desk.request.path_params["record"]
    if desk.catalogue.find(noun, id) is None:
        past = await work.past_sheets(desk.database, desk.viewer, id)
        if past and past[0].whole.noun == noun:
            return desk.to(f"{noun}/{id}/history")
    return await show(desk, published(desk))


def published(desk: Desk) -> Any:
    """The published record of the page."""
    noun = desk.noun
    found = desk.catalogue.find(noun, desk.request.path_params["record"])
    if not isinstance(found, desk.catalogue.types[noun]):
        raise Turned("missing", 404)
    return found


async def show(desk: Desk, found: Any, refused: InputError | None = None) -> Response:
    """The page of a published record; what was just said of it and refused stands at its top."""
    noun = desk.noun
    past = (await latest(desk.database, [found.id])).get(found.id)
    content = public(noun, past.content) if past is not None and past.act is Act.PUBLISH else {}
    return desk.show(
        "record.html",
        422 if refused else 200,
        noun=noun,
        record=found,
        heading=title(found, desk.words),
        groups=await facts_of(desk, noun, content),
        cooperation=ties_of(desk, found) if noun == "organisation" else [],
        reports=await of_record(desk, noun, found.id),
        drafts=await listed(desk, await of_records(desk, [found.id])),
        may={step.value for step in await work.able(desk.database, desk.viewer, STEPS, noun, found.id)},
        voices=await voices(desk, noun, found),
        degrees=degrees(desk),
        states=[(each.value, choice_name(desk.words, each)) for each in AvailabilityState],
        typed=desk.typed if refused else Typed(),
        today=desk.catalogue.today.isoformat(),
        problems=[each.words[desk.language] for each in refused.problems] if refused else [],
        done=desk.done,
        changed=desk.day(found.last_modified.astimezone(desk.entrance.settings.timezone)),
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
        sheet=sheet,
        heading=draft_title(noun, content, desk.words, desk.catalogue),
        groups=await facts_of(desk, noun, content),
        done=desk.done,
        may_edit=Step.SAVE in sheet.steps,
    )


async def listed(desk: Desk, sheets: Sequence[work.Sheet]) -> list[dict[str, str]]:
    """Drafts as lists show them."""
    called = await colleagues(desk)
    return [
        {
            "id": sheet.whole.id,
            "name": sheet_title(desk, sheet),
            "noun": noun_name(desk.words, sheet.whole.noun),
            "state": choice_name(desk.words, sheet.whole.state),
            "author": called(sheet.whole.author),
            "at": desk.moment(sheet.whole.at),
            "own": "yes" if Step.SAVE in sheet.steps and sheet.whole.author == desk.viewer.account else "",
            "reason": (sheet.whole.reason or "") if sheet.whole.state is RevisionState.SENT_BACK else "",
            "leaves": "yes" if sheet.whole.act is Act.WITHDRAW else "",
        }
        for sheet in sheets
    ]


def sheet_title(desk: Desk, sheet: work.Sheet) -> str:
    """What the record of a draft is called; one that is only to leave says nothing itself."""
    published = desk.catalogue.node(sheet.whole.record) if sheet.whole.act is Act.WITHDRAW else None
    if published is not None:
        return title(published, desk.words)
    return draft_title(sheet.whole.noun, sheet.seen.content, desk.words, desk.catalogue)
