"""The first page: what waits for the visitor, what is unfinished, and the way to everything."""

from __future__ import annotations

from starlette.responses import Response

from admin.applications import waiting_lines
from admin.labels import choice_name, nouns_name
from admin.looking import listed
from admin.own import own_organisations, to_confirm
from admin.reports import first_ones
from admin.visit import Desk, page
from admin.work import tasks, waiting
from service.api.viewer.work import WorkKind
from service.editing import desk as work
from service.editing.permits import Step
from service.models.account import Role
from service.models.revision import RevisionState

MOST_SHOWN = 10
FEW = 5
"""So many records of each kind of work are shown here; the others are a click away."""


OTHER_WORK = (WorkKind.DISPUTED, WorkKind.WITHOUT_EVIDENCE, WorkKind.ENDING)
"""What a representative is told beside her own records and links, which say the rest."""


@page
async def home(desk: Desk) -> Response:
    """What there is to do today, what matters most first."""
    sheets = await work.open_sheets(desk.database, desk.viewer)
    own = [each for each in sheets if each.whole.author == desk.viewer.account]
    own.sort(key=lambda each: (each.whole.state is not RevisionState.SENT_BACK, -each.whole.at.timestamp()))
    queue = [each for each in sheets if each.whole.state is RevisionState.IN_REVIEW and Step.PUBLISH in each.steps]
    itself = desk.viewer.role is Role.REPRESENTATIVE
    reports, reported = await first_ones(desk, FEW)
    sizes = {} if itself else {noun: desk.words.number(desk.catalogue.indexes[noun].size) for noun in desk.nouns}
    kinds = [await _of_kind(desk, kind) for kind in (OTHER_WORK if itself else WorkKind)]
    return desk.show(
        "home.html",
        itself=itself,
        queue=await listed(desk, queue[:MOST_SHOWN]),
        more_queued=max(0, len(queue) - MOST_SHOWN),
        applications=await waiting_lines(desk, FEW),
        reports=reports,
        reported=desk.words.number(reported),
        more_reported=reported > len(reports),
        own=await listed(desk, own[:MOST_SHOWN]),
        more_own=max(0, len(own) - MOST_SHOWN),
        work=[each for each in kinds if each is not None],
        organisations=own_organisations(desk) if itself else [],
        unconfirmed=to_confirm(desk) if itself else [],
        sizes=[(noun, nouns_name(desk.words, noun), size) for noun, size in sizes.items()],
        done=desk.done,
    )


async def _of_kind(desk: Desk, kind: WorkKind) -> dict[str, object] | None:
    """The first records of one kind of work; None when there is none to do."""
    found = await waiting(desk, kind)
    if not found:
        return None
    return {
        "kind": kind.value,
        "label": choice_name(desk.words, kind),
        "count": desk.words.number(len(found)),
        "tasks": tasks(desk, kind, found[:FEW]),
        "more": len(found) > FEW,
    }
