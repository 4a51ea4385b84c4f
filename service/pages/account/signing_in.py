"""Signing in and out."""

from __future__ import annotations

from starlette.responses import Response

from service.accounts import signing_in
from service.errors import InputError
from service.models.account import LinkPurpose
from service.pages.account.visit import Visit, page


@page
async def sign_in(visit: Visit) -> Response:
    """E-mail address and password."""
    if not visit.is_post:
        return visit.page("sign_in.html", email="")
    email, password = visit.text("email"), visit.text("password")
    try:
        session = await signing_in.by_password(visit.entrance, email, password, visit.door, visit.now)
    except InputError as refused:
        return visit.page("sign_in.html", refused=refused, email=email)
    return visit.go("/account/", session)


@page
async def letter(visit: Visit) -> Response:
    """Have a link mailed: to sign in, or to choose a new password. The answer is the same for every address."""
    wanted = visit.text("for") or visit.request.query_params.get("for")
    purpose = LinkPurpose.RESET if wanted == "reset" else LinkPurpose.SIGN_IN
    if not visit.is_post:
        return visit.page("letter.html", purpose=purpose.value)
    await signing_in.ask_for_letter(visit.entrance, purpose, visit.text("email"), visit.door, visit.now)
    visit.request.app.state.runner.wake()
    return visit.message("letter_sent")


@page
async def code(visit: Visit) -> Response:
    """The second factor."""
    found = await visit.signed_in()
    if found is None or not found.must_give_code:
        return visit.go("/account/")
    if not visit.is_post:
        return visit.page("code.html")
    try:
        session = await signing_in.give_code(visit.entrance, found, visit.text("code"), visit.door, visit.now)
    except InputError as refused:
        return visit.page("code.html", refused=refused)
    return visit.go("/account/", session)


@page
async def sign_out(visit: Visit) -> Response:
    found = await visit.signed_in()
    if found is not None:
        await signing_in.sign_out(visit.entrance, found, found.session.id, visit.door, visit.now)
    response = visit.go("/account/sign-in")
    visit.forget(response)
    return response
