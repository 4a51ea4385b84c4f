"""Applications: who wants to enter the directory or to speak for an organisation, and what is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import Response

from admin.labels import choice_name
from admin.naming import draft_title, title
from admin.visit import Desk, Turned, page
from service.editing import desk as work
from service.editing.desk import Sheet
from service.errors import InputError
from service.joining.applications import Application
from service.joining.deciding import Applications
from service.models.account import Role
from service.models.campaign import ApplicationKind

MOST_SHOWN = 100


def applications(desk: Desk) -> Applications:
    """What the visitor does about applications is done by this; only who may answer gets there."""
    if not desk.invites:
        raise Turned("forbidden", 403)
    return Applications(desk.database, desk.entrance.settings, desk.viewer.account, desk.permit)


@page
async def everyone(desk: Desk) -> Response:
    """Those that wait, and those that were decided last."""
    keeper = applications(desk)
    return desk.show(
        "applications.html",
        waiting=await lines(desk, await keeper.waiting(MOST_SHOWN)),
        decided=await lines(desk, await keeper.decided(MOST_SHOWN)),
        done=desk.done,
    )


async def waiting_lines(desk: Desk, most: int) -> list[dict[str, str]]:
    """Those that wait, for the first page; nothing for who does not answer them."""
    return await lines(desk, await applications(desk).waiting(most)) if desk.invites else []


async def lines(desk: Desk, found: Sequence[Application]) -> list[dict[str, str]]:
    """Applications as lists show them."""
    return [await _line(desk, each) for each in found]


async def _line(desk: Desk, found: Application) -> dict[str, str]:
    return {
        "id": found.id,
        "name": _name(desk, found, await _draft(desk, found)),
        "kind": choice_name(desk.words, found.kind),
        "state": choice_name(desk.words, found.state),
        "at": desk.moment(found.sent_at),
    }


@page
async def application(desk: Desk) -> Response:
    """One application with what there is to judge it by; and the answer."""
    keeper = applications(desk)
    found = await _one(desk, keeper)
    if not desk.is_post:
        return await _show(desk, found)
    try:
        return await _act(desk, keeper, found)
    except InputError as refused:
        return await _show(desk, await _one(desk, keeper), refused)


async def _one(desk: Desk, keeper: Applications) -> Application:
    try:
        return await keeper.one(desk.uuid("application"))
    except InputError:
        raise Turned("missing", 404) from None


async def _act(desk: Desk, keeper: Applications, found: Application) -> Response:
    match desk.typed.text("act"):
        case "grant":
            link = await keeper.grant(found.id)
            desk.request.app.state.runner.wake()
            if link is not None:
                return desk.show("application_granted.html", link=link, to=found.email)
            return desk.to("applications", "application_granted")
        case "settle":
            await keeper.settle(found.id)
            return desk.to("applications", "application_settled")
        case "decline":
            await keeper.decline(found.id, desk.typed.text("answer"))
            desk.request.app.state.runner.wake()
            return desk.to("applications", "application_declined")
    raise Turned("missing", 404)


async def _show(desk: Desk, found: Application, refused: InputError | None = None) -> Response:
    draft = await _draft(desk, found)
    published = desk.catalogue.node(found.organisation)
    problems = refused.problems if refused else []
    return desk.show(
        "application.html",
        422 if refused else 200,
        application=found,
        kind=choice_name(desk.words, found.kind),
        state=choice_name(desk.words, found.state),
        heading=_name(desk, found, draft),
        at=desk.moment(found.sent_at),
        draft=draft.whole.id if draft is not None else "",
        published=published,
        hint=_hint(found, published),
        grants=desk.viewer.role is Role.ADMINISTRATOR and published is not None,
        answer=desk.typed.text("answer"),
        answer_problems=[each.words[desk.language] for each in problems if each.path[:1] == ("answer",)],
        problems=[each.words[desk.language] for each in problems if each.path[:1] != ("answer",)],
        mails=bool(desk.entrance.settings.smtp_url),
    )


async def _draft(desk: Desk, found: Application) -> Sheet | None:
    """The open draft that came with it."""
    if found.kind is not ApplicationKind.JOIN:
        return None
    rows = await desk.database.fetch(
        "SELECT id FROM revision WHERE record_id = ? AND kind = 'content' ORDER BY at DESC LIMIT 1", found.organisation
    )
    sheet = await work.sheet(desk.database, desk.viewer, str(rows[0]["id"])) if rows else None
    return sheet if sheet is not None and sheet.is_open else None


def _name(desk: Desk, found: Application, draft: Sheet | None) -> str:
    published = desk.catalogue.node(found.organisation)
    if published is not None:
        return title(published, desk.words)
    if draft is not None:
        return draft_title("organisation", draft.seen.content, desk.words, desk.catalogue)
    return desk.words("untitled")


def _hint(found: Application, organisation: Any) -> str:
    """What the address tells of who sends it: the published one, of the same domain, or neither."""
    if organisation is None or found.email is None:
        return ""
    if found.email == (organisation.email or "").lower():
        return "sender_is_published"
    return "sender_of_domain" if found.email.rpartition("@")[2] in _domains(organisation) else "sender_unknown"


OF_EVERYBODY = frozenset(
    {"gmail.com", "inbox.lv", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "apollo.lv"}
)
"""Domains whose addresses tell nothing of who has them."""


def _domains(organisation: Any) -> set[str]:
    return {*_hosts(organisation)} - OF_EVERYBODY


def _hosts(organisation: Any) -> Iterator[str]:
    yield (organisation.email or "").lower().rpartition("@")[2]
    yield (urlsplit(organisation.website or "").hostname or "").removeprefix("www.")
