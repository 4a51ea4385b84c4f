"""“Tas ir mūsu profils”: somebody asks to speak for a published organisation. The answer is the same for everybody."""

from __future__ import annotations

from starlette.responses import Response

from service.errors import InputError
from service.joining import applying
from service.pages.joining.visit import Caller, page


@page
async def claim(caller: Caller) -> Response:
    """The form, what it was refused with, or thanks."""
    found = caller.catalogue.find("organisation", caller.request.path_params["name"]) if caller.catalogue else None
    if found is None:
        return caller.message("no_such_profile", 404)
    name = found.name.get(caller.language) or found.name["lv"]
    if not caller.is_post:
        return caller.page("claim.html", name=name)
    caller.count()
    if caller.is_program:
        return caller.message("claimed")
    database, now = caller.entrance.database, caller.now
    try:
        await applying.claim(database, found.id, caller.sender, caller.text("capacity"), caller.text("note"), now)
    except InputError as wrong:
        return caller.page("claim.html", refused=wrong, name=name)
    return caller.message("claimed")
