"""One visit to a page about accounts: its language, its form, who is signed in, and how it is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from service.accounts import sessions
from service.accounts.people import LANGUAGES
from service.accounts.sessions import Door, SignedIn
from service.accounts.signing_in import Entrance
from service.clients import is_same_origin
from service.errors import InputError, TooOften
from service.logs import network_of
from service.pages.account.browsers import browser_name
from service.pages.account.security import HEADERS
from service.pages.account.words import WORDS

FOLDER = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
STYLE = (FOLDER / "account.css").read_text("utf-8")
LANGUAGE_COOKIE = "kopa_language"
MOST_FIELDS = 2_000


class Elsewhere(Exception):
    """The visitor has to go to another page first."""

    def __init__(self, path: str) -> None:
        self.path = path


class Visit:
    """A request to one of these pages."""

    def __init__(self, request: Request, form: FormData) -> None:
        self.request = request
        self.form = form
        self.now = datetime.now(UTC)
        self.entrance: Entrance = request.app.state.entrance

    @property
    def is_post(self) -> bool:
        return self.request.method == "POST"

    @property
    def today(self) -> date:
        return self.now.astimezone(self.entrance.settings.timezone).date()

    @cached_property
    def door(self) -> Door:
        client = self.request.client
        browser = browser_name(self.request.headers.get("user-agent", ""))
        return Door(network_of(client.host if client else None), browser)

    @cached_property
    def language(self) -> str:
        asked = self.request.query_params.get("lang") or self.request.cookies.get(LANGUAGE_COOKIE)
        if asked in LANGUAGES:
            return asked
        first = self.request.headers.get("accept-language", "")[:2].lower()
        return first if first in LANGUAGES else LANGUAGES[0]

    def text(self, name: str) -> str:
        """A field of the form; nothing when it is not there."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def id(self, name: str) -> str | None:
        """A field of the form that names a row."""
        try:
            return str(UUID(self.text(name)))
        except ValueError:
            return None

    def texts(self, name: str) -> list[str]:
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    @property
    def cookie_name(self) -> str:
        return sessions.cookie_name(self.request.url.scheme)

    async def signed_in(self) -> SignedIn | None:
        """Whoever the visitor is, if they are signed in at all."""
        token = self.request.cookies.get(self.cookie_name)
        if not token:
            return None
        return await sessions.find(self.entrance.database, token, self.now, self.entrance.settings)

    async def member(self) -> SignedIn:
        """Whoever is signed in with all that is needed; everybody else is sent to get it."""
        found = await self.signed_in()
        if found is None:
            raise Elsewhere("/account/sign-in")
        if found.must_give_code:
            raise Elsewhere("/account/code")
        if found.must_set_up:
            raise Elsewhere("/account/second-factor")
        return found

    def page(self, template: str, status: int = 200, refused: InputError | None = None, **values: Any) -> Response:
        """A page in the visitor's language; `refused` is told above the form and beside its fields."""
        problems = refused.problems if refused else []
        words = WORDS[self.language]
        told = {
            "t": lambda name, **gaps: words[name].format(**gaps),
            "language": self.language,
            "languages": LANGUAGES,
            "path": self.request.url.path,
            "problems": [
                (problem.path[-1] if problem.path else "", problem.words[self.language]) for problem in problems
            ],
        }
        status = 422 if refused and status == 200 else status
        return HTMLResponse(TEMPLATES.get_template(template).render(told | values), status)

    def message(self, name: str, status: int = 200) -> Response:
        """A page with one sentence."""
        return self.page("message.html", status, name=name)

    def go(self, path: str, session: str | None = None) -> Response:
        """To another page, perhaps with a new session."""
        response = RedirectResponse(path, 303)
        if session is not None:
            self.remember(response, session)
        return response

    def remember(self, response: Response, session: str) -> None:
        response.set_cookie(
            self.cookie_name,
            session,
            max_age=self.entrance.settings.session_days * 24 * 3600,
            secure=self.request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )

    def forget(self, response: Response) -> None:
        response.delete_cookie(self.cookie_name, secure=self.request.url.scheme == "https", httponly=True)


Handler = Callable[[Visit], Awaitable[Response]]


def page(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A page as Starlette calls it: posts come from our own pages, and nothing is kept on the way."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        own = request.method != "POST" or is_same_origin(request)
        visit = Visit(request, await request.form(max_fields=MOST_FIELDS) if request.method == "POST" else FormData())
        response = await _answer(handler, visit) if own else visit.message("foreign_form", 403)
        response.headers.update(HEADERS)
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, visit.language, max_age=365 * 24 * 3600, samesite="lax", httponly=True)
        return response

    return endpoint


async def _answer(handler: Handler, visit: Visit) -> Response:
    try:
        return await handler(visit)
    except Elsewhere as elsewhere:
        return visit.go(elsewhere.path)
    except TooOften:
        response = visit.message("too_often", 429)
        response.headers["Retry-After"] = "300"
        return response


async def style(request: Request) -> Response:
    return PlainTextResponse(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})
