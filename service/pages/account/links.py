"""What letters about accounts lead to. Looking changes nothing; only the form does."""

from __future__ import annotations

from starlette.responses import Response

from service.accounts import links, people, signing_in
from service.accounts.links import Link
from service.accounts.messages import refusal
from service.errors import InputError
from service.models.account import LinkPurpose
from service.pages.account.visit import Visit, page


@page
async def link(visit: Visit) -> Response:
    """An invitation, a link to sign in with, or one to choose a new password by."""
    token = visit.request.path_params["token"]
    found = await links.read(visit.entrance.database, token, visit.now)
    if found is None or found.account is None or found.purpose is LinkPurpose.STILL_TRUE:
        return visit.message("link_refused", 410)
    if not visit.is_post:
        return await _show(visit, found)
    try:
        return await _follow(visit, found, token)
    except InputError as refused:
        return await _show(visit, found, refused)


async def _show(visit: Visit, found: Link, refused: InputError | None = None) -> Response:
    assert found.account is not None
    person = await people.get(visit.entrance.database, found.account)
    needs_email = person.email is None
    return visit.page("link.html", refused=refused, purpose=found.purpose.value, person=person, needs_email=needs_email)


async def _follow(visit: Visit, found: Link, token: str) -> Response:
    entrance, door, now = visit.entrance, visit.door, visit.now
    if found.purpose is LinkPurpose.SIGN_IN:
        return visit.go("/account/", await signing_in.by_link(entrance, token, door, now))
    password = chosen_password(visit)
    if found.purpose is LinkPurpose.RESET:
        await signing_in.reset(entrance, token, password, door, now)
        return visit.message("password_changed")
    email = visit.text("email") or None
    return visit.go("/account/", await signing_in.take_up(entrance, token, password, door, now, email=email))


def chosen_password(visit: Visit) -> str:
    """A new password, written twice; raises InputError."""
    if visit.text("password") != visit.text("again"):
        raise refusal("passwords_differ", "again")
    return visit.text("password")
