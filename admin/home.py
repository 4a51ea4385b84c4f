"""The first page: what is unfinished, and the way to everything."""

from __future__ import annotations

from starlette.responses import Response

from admin.labels import nouns_name
from admin.looking import listed
from admin.visit import Desk, page
from service.editing import desk as work
from service.models.revision import RevisionState

MOST_SHOWN = 10


@page
async def home(desk: Desk) -> Response:
    """The visitor's own drafts, what waits for a look, and the sections with their sizes."""
    sheets = await work.open_sheets(desk.database, desk.viewer)
    own = [sheet for sheet in sheets if sheet.whole.author == desk.viewer.account]
    waiting = [sheet for sheet in sheets if sheet.whole.state is RevisionState.IN_REVIEW and sheet not in own]
    sizes = {noun: desk.words.number(desk.catalogue.indexes[noun].size) for noun in desk.nouns}
    return desk.show(
        "home.html",
        own=await listed(desk, own[-MOST_SHOWN:][::-1]),
        waiting=await listed(desk, waiting[:MOST_SHOWN]),
        sizes=[(noun, nouns_name(desk.words, noun), size) for noun, size in sizes.items()],
    )
