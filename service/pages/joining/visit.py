"""One visit to a public form: its language is told by its address, and nothing is kept in the browser."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from service.accounts.people import LANGUAGES
from service.catalogue.catalogue import Catalogue
from service.clients import is_same_origin
from service.errors import InputError, TooOften
from service.joining.applications import Sender
from service.pages.account.security import HEADERS
from service.pages.account.visit import FOLDER as BASE
from service.pages.account.visit import MOST_FIELDS, Visit
from service.pages.account.words import WORDS as ACCOUNT_WORDS
from service.pages.joining.words import WORDS

TEMPLATES = Environment(
    loader=ChoiceLoader([FileSystemLoader(folder / "templates") for folder in (Path(__file__).parent, BASE)]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TRAP = "nickname"
"""A field that people do not see; programs fill it."""


class Caller(Visit):
    """Somebody without an account."""

    @cached_property
    def language(self) -> str:
        return "en" if self.request.url.path.startswith("/en/") else "lv"

    @cached_property
    def catalogue(self) -> Catalogue | None:
        found: Catalogue | None = self.request.app.state.follower.catalogue
        return found

    @property
    def is_program(self) -> bool:
        return bool(self.text(TRAP))

    @property
    def sender(self) -> Sender:
        return Sender(self.text("sender"), self.language, self.door.network)

    def count(self) -> None:
        """Count one application; raises TooOften."""
        self.entrance.limits.applications_of_network.take(self.door.network)

    def elsewhere(self, language: str) -> str:
        """The same page in another language."""
        path = self.request.url.path.removeprefix("/en")
        return f"/en{path}" if language == "en" else path

    def page(self, template: str, status: int = 200, refused: InputError | None = None, **values: Any) -> Response:
        words = ACCOUNT_WORDS[self.language] | WORDS[self.language]
        problems = refused.problems if refused else []
        told = {
            "t": lambda key, /, **gaps: words[key].format(**gaps),
            "language": self.language,
            "languages": LANGUAGES,
            "path": self.request.url.path,
            "elsewhere": self.elsewhere,
            "problems": [(str(each.path[0]) if each.path else "", each.words[self.language]) for each in problems],
            "typed": self.text,
            "ticked": self.texts,
            "trap": TRAP,
        }
        status = 422 if refused and status == 200 else status
        return HTMLResponse(TEMPLATES.get_template(template).render(told | values), status)

    def message(self, name: str, status: int = 200) -> Response:
        return self.page("said.html", status, name=name)


def page(handler: Callable[[Caller], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """A page as Starlette calls it: posts come from our own pages, and no cookie is set."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        post = request.method == "POST"
        own = not post or is_same_origin(request)
        caller = Caller(
            request, await request.form(max_fields=MOST_FIELDS, max_files=0) if own and post else FormData()
        )
        response = await _answer(handler, caller) if own else caller.message("foreign_form", 403)
        response.headers.update({name: value for name, value in HEADERS.items() if name != "X-Robots-Tag"})
        return response

    return endpoint


async def _answer(handler: Callable[[Caller], Awaitable[Response]], caller: Caller) -> Response:
    if caller.catalogue is None:
        return caller.message("not_ready", 503)
    try:
        return await handler(caller)
    except TooOften:
        response = caller.message("too_often", 429)
        response.headers["Retry-After"] = "300"
        return response
