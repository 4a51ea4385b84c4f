"""One visit to a page of the panel: who looks, in which language, at which catalogue, and how it is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from admin import assets
from admin.labels import nouns_name
from admin.sections import SECTIONS
from admin.security import HEADERS, MOST_FIELDS
from admin.typed import Typed
from service.accounts.viewer import Viewer
from service.catalogue.catalogue import Catalogue
from service.clients import is_same_origin
from service.database import Database
from service.editing.permits import Attempt, Permit, Step
from service.editing.policy import allows, grant, permit
from service.i18n import LANGUAGES, Words, words
from service.models.account import Role
from service.pages.account.visit import LANGUAGE_COOKIE, Elsewhere, Visit

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Turned(Exception):
    """The visitor gets a page with one sentence instead: its name, and the status."""

    def __init__(self, name: str, status: int) -> None:
        self.name = name
        self.status = status


class Desk(Visit):
    """A visit of somebody who is signed in and has something to do here."""

    viewer: Viewer

    @cached_property
    def words(self) -> Words:
        return words(self.language)

    @property
    def database(self) -> Database:
        return self.entrance.database

    @cached_property
    def catalogue(self) -> Catalogue:
        found: Catalogue | None = self.request.app.state.follower.catalogue
        if found is None:
            raise Turned("not_ready", 503)
        return found

    @property
    def permit(self) -> Permit:
        return permit(self.viewer)

    @cached_property
    def typed(self) -> Typed:
        return Typed.of_form(self.form.multi_items())

    @property
    def query(self) -> Typed:
        return Typed.of_form(self.request.query_params.multi_items())

    @cached_property
    def nouns(self) -> tuple[str, ...]:
        """The nouns that the visitor works with, in the order of the panel."""
        return tuple(noun for noun in SECTIONS if grant(self.viewer, noun) is not None)

    @property
    def noun(self) -> str:
        """The noun of the page, if the visitor works with it."""
        noun = str(self.request.path_params["noun"])
        if noun not in SECTIONS:
            raise Turned("missing", 404)
        if noun not in self.nouns:
            raise Turned("forbidden", 403)
        return noun

    def uuid(self, name: str) -> str:
        """A part of the address that names a row."""
        try:
            return str(UUID(self.request.path_params[name]))
        except ValueError:
            raise Turned("missing", 404) from None

    @cached_property
    def decides(self) -> bool:
        """Whether the visitor decides about what others write."""
        return any(rule.decides for noun in self.nouns if (rule := grant(self.viewer, noun)))

    @cached_property
    def invites(self) -> bool:
        """Whether the visitor invites organisations, and answers those that apply."""
        return allows(self.viewer, Attempt(Step.INVITE, None, None), {}, False)

    def day(self, day: date) -> str:
        """A day as people write it."""
        return day.strftime("%d.%m.%Y." if self.language == "lv" else "%Y-%m-%d")

    def moment(self, at: datetime) -> str:
        """A moment as people write it, by the clock of the directory."""
        local = at.astimezone(self.entrance.settings.timezone)
        return f"{self.day(local)} {local:%H:%M}"

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page of the panel."""
        told: dict[str, Any] = {
            "t": self.words,
            "language": self.language,
            "languages": LANGUAGES,
            "here": self.request.url.path,
            "looked_for_everywhere": self.request.query_params.get("find", ""),
            "elsewhere": self._in_language,
            "assets": assets.PATHS,
            "nouns": [(noun, nouns_name(self.words, noun)) for noun in self.nouns],
            "current": self.request.path_params.get("noun", ""),
            "viewer": self.viewer,
            "administers": self.viewer.role is Role.ADMINISTRATOR,
            "decides": self.decides,
            "invites": self.invites,
        }
        return HTMLResponse(TEMPLATES.get_template(template).render(told | values), status)

    def _in_language(self, language: str) -> str:
        return str(self.request.url.include_query_params(lang=language).replace(scheme="", netloc=""))

    def turn(self, turned: Turned) -> Response:
        return self.show("message.html", turned.status, name=turned.name)

    async def written(self, seq: int) -> None:
        """Wait until the catalogue shows what was just published."""
        await self.request.app.state.follower.reached(seq)

    def to(self, path: str, done: str = "") -> Response:
        """To another page of the panel, which tells what was done."""
        return RedirectResponse(f"/admin/{path}" + (f"?done={done}" if done else ""), 303)

    @property
    def done(self) -> str:
        """What was done just before, if it is one of the sentences for that."""
        said = self.request.query_params.get("done", "")
        return said if said in DONE else ""


DONE = frozenset({"saved", "submitted", "published_now", "discarded", "recalled", "sent_back"}) | {
    *("scheduled_for_later", "called_off", "reverted", "withdrawn", "restored", "merged", "unmerged"),
    *("report_closed", "account_closed", "invited_by_letter", "webhook_removed"),
    *("kept_as_drafts", "batch_submitted", "batch_published", "batch_discarded", "batch_undone"),
    *("all_assured", "all_withdrawn"),
    *("campaign_sent", "campaign_reminded", "campaign_nobody", "campaign_closed"),
    *("application_granted", "application_settled", "application_declined"),
    *("assured", "confirmed_now", "disputed_now", "asked_now", "availability_told"),
}

Handler = Callable[[Desk], Awaitable[Response]]


def page(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A page as Starlette calls it: for members only, posts from our own pages, and nothing is kept on the way."""
    return _page(handler, files=0)


def upload_page(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The same of a page whose form may bring one file."""
    return _page(handler, files=1)


def _page(handler: Handler, files: int) -> Callable[[Request], Awaitable[Response]]:
    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        desk = Desk(request, FormData())
        try:
            response = await _answer(handler, desk, files)
        finally:
            await desk.form.close()
        response.headers.update(HEADERS)
        response.headers["Vary"] = "Cookie, Accept-Language"
        if request.query_params.get("lang") in LANGUAGES:
            age = 365 * 24 * 3600
            response.set_cookie(LANGUAGE_COOKIE, desk.language, max_age=age, samesite="lax", httponly=True)
        return response

    return endpoint


async def _answer(handler: Handler, desk: Desk, files: int) -> Response:
    try:
        desk.viewer = (await desk.member()).viewer
        if not desk.nouns:
            raise Turned("forbidden", 403)
        if desk.is_post:
            await _read_form(desk, files)
        return await handler(desk)
    except Elsewhere as elsewhere:
        return _sent(desk, elsewhere.path)
    except Turned as turned:
        return desk.turn(turned)


async def _read_form(desk: Desk, files: int) -> None:
    if not is_same_origin(desk.request):
        raise Turned("foreign_form", 403)
    try:
        desk.form = await desk.request.form(max_fields=MOST_FIELDS, max_files=files)
    except HTTPException as refused:
        raise Turned("too_large", 413 if refused.status_code == 413 else 400) from None
    except (ValueError, UnicodeDecodeError):
        raise Turned("too_large", 400) from None


def _sent(desk: Desk, path: str) -> Response:
    """To the pages about accounts; htmx goes there as a whole instead of showing them inside this one."""
    if "hx-request" in desk.request.headers:
        return Response(status_code=204, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)
