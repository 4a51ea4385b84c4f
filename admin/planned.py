"""What is to happen at its hour: publications and departures, to be put off or called off."""

from __future__ import annotations

from starlette.responses import Response

from admin import hours
from admin.colleagues import colleagues
from admin.labels import noun_name
from admin.looking import sheet_title
from admin.visit import Desk, page
from service.editing import desk as work
from service.editing.permits import Step
from service.models.revision import Act, RevisionState


@page
async def scheduled(desk: Desk) -> Response:
    """Everything that waits for its hour, the next first."""
    sheets = await work.open_sheets(desk.database, desk.viewer)
    waiting = [(each.whole.due_at, each) for each in sheets if each.whole.state is RevisionState.SCHEDULED]
    called = await colleagues(desk)
    rows = [
        {
            "id": each.whole.id,
            "edition": each.whole.edition,
            "name": sheet_title(desk, each),
            "noun": noun_name(desk.words, each.whole.noun),
            "leaves": each.whole.act is Act.WITHDRAW,
            "due": desk.moment(due_at),
            "hour": hours.written(desk, due_at),
            "by": called(each.whole.decided_by),
            "moves": Step.SCHEDULE in each.steps,
            "off": _calling_off(each),
        }
        for due_at, each in sorted(((due_at, each) for due_at, each in waiting if due_at), key=lambda pair: pair[0])
    ]
    return desk.show("scheduled.html", rows=rows, earliest=hours.written(desk, desk.now), done=desk.done)


def _calling_off(sheet: work.Sheet) -> str:
    """The step that calls it off: content is a draft again, of a departure nothing is left."""
    step = Step.DISCARD if sheet.whole.act is Act.WITHDRAW else Step.RECALL
    return step.value if step in sheet.steps else ""
