"""What the letters of campaigns lead to: who invites, for which organisation, and one button."""

from __future__ import annotations

from starlette.responses import Response

from service.campaigns import opening
from service.campaigns.words import written
from service.errors import InputError
from service.pages.account.visit import Visit, page


@page
async def profile(visit: Visit) -> Response:
    """An invitation to keep an organisation's profile. Looking does not use it; pressing the button does."""
    token, database = visit.request.path_params["token"], visit.entrance.database
    found = await opening.look(database, token, visit.now, visit.today)
    if found is None:
        return visit.message("profile_refused", 410)
    if not visit.is_post:
        return visit.page("profile.html", invitation=found, day=written(found.campaign.last_day, visit.language))
    try:
        opened = await opening.take_up(visit.entrance, token, visit.door, visit.now, visit.today)
    except InputError:
        return visit.message("profile_refused", 410)
    organisation, draft = opened.organisation, opened.draft
    form = f"drafts/{draft}" if draft else f"organisation/{organisation}"
    return visit.go(f"/admin/{form}/edit", opened.session)
