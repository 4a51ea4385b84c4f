"""What the directory asks by mail. No account is needed: GET shows, only POST answers."""

from __future__ import annotations

from starlette.responses import Response

from service.asking import questions
from service.asking import still_true as reminders
from service.pages.account.visit import Visit, page

LONGEST_NOTE = 2_000


@page
async def answer(visit: Visit) -> Response:
    """“Is this so?”"""
    token, database = visit.request.path_params["token"], visit.entrance.database
    if visit.is_post:
        visit.entrance.limits.of_network.take(visit.door.network)
        if await _answered(visit, token):
            return visit.message("answered")
    found = await questions.asked(database, token, visit.now)
    if found is None:
        return visit.message("link_refused", 410)
    return visit.page("answer.html", 409 if visit.is_post else 200, question=found)


async def _answered(visit: Visit, token: str) -> bool:
    said, version = visit.text("answer"), visit.text("version")
    if said not in ("yes", "no") or not (version.isascii() and version.isdigit() and len(version) < 10):
        return False
    return await questions.answer(
        visit.entrance.database,
        token,
        is_so=said == "yes",
        note=visit.text("note").strip()[:LONGEST_NOTE] or None if said == "no" else None,
        seen=int(version),
        now=visit.now,
        today=visit.today,
    )


@page
async def still_true(visit: Visit) -> Response:
    """One button for all records of a representative."""
    token, database = visit.request.path_params["token"], visit.entrance.database
    if visit.is_post:
        visit.entrance.limits.of_network.take(visit.door.network)
        said = await reminders.say_so(database, token, visit.texts("record"), visit.now, visit.today)
        return visit.message("link_refused", 410) if said is None else visit.message("assured")
    records = await reminders.asked(database, token, visit.now)
    return visit.message("link_refused", 410) if records is None else visit.page("still_true.html", records=records)
