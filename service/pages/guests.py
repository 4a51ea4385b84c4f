"""Forms that anybody may fill: without account or cookie, from our own pages only, and not too often."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from service.accounts.signing_in import Entrance
from service.clients import is_same_origin
from service.errors import InputError, Problem, TooOften
from service.i18n import LANGUAGES, words
from service.logs import network_of
from service.pages import addresses
from service.pages.view import Endpoint, Missing, View, answer, loading, missing

TRAP = "nickname"
"""A field that people do not see; programs fill it."""

FIELDS = 500
"""So many values of a form are read."""

LARGEST = 80_000
"""Bytes of a form: its longest words, each letter in its longest writing."""

RETRY_AFTER = "600"
"""Seconds after which somebody who sent too much tries again."""


class Guest(View):
    """Somebody at a form, with what they typed."""

    def __init__(self, request: Request, kind: str, language: str, form: FormData) -> None:
        super().__init__(request, kind, language)
        self.form = form

    @property
    def entrance(self) -> Entrance:
        entrance: Entrance = self.request.app.state.entrance
        return entrance

    @property
    def network(self) -> str | None:
        client = self.request.client
        return network_of(client.host if client else None)

    @property
    def is_post(self) -> bool:
        return self.request.method == "POST"

    @property
    def is_program(self) -> bool:
        return bool(self.text(TRAP))

    def text(self, name: str) -> str:
        """A field of the form; nothing when it is not there."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def ask(self, template: str, refused: InputError | None, *, title: str, **values: Any) -> str:
        """The form, with what was typed and what is wrong with it."""
        problems = refused.problems if refused else []
        return self.show(
            template,
            title=title,
            typed=self.text,
            ticked=self.texts,
            problems=[(str(each.path[0]) if each.path else "", each.words[self.language]) for each in problems],
            label=self._label,
            trap=TRAP,
            **values,
        )

    def _label(self, name: str) -> str:
        """What a field is called."""
        return self.words.first(f"page.{self.kind}.{name}", f"page.form.{name}") or name

    def thank(self, about: Any = None) -> str:
        """What is told when a form was taken, with the way back to the record that it was about."""
        words = self.words
        back = addresses.path("home", self.language) if about is None else addresses.address(about, self.language)
        return self.show(
            "thanks.html",
            title=words("page.form.thanks"),
            lead=words(f"page.{self.kind}.thanks"),
            back=back,
            link=words("page.to_home") if about is None else words("page.form.back", name=self.tell.name(about)),
            kept=False,
        )


@dataclass(frozen=True)
class Form:
    """What is asked, and what happens with the answers: both give the HTML of a page.

    `ask` may raise Missing; `take`, which is given what was typed, also InputError and TooOften.
    """

    ask: Callable[[Guest, InputError | None], str]
    take: Callable[[Guest], Awaitable[str]]


def form(its: Form, kind: str, language: str) -> Endpoint:
    """A form as Starlette calls it."""

    async def endpoint(request: Request) -> Response:
        if request.app.state.follower.catalogue is None:
            return loading(View(request, kind, language))
        own = request.method == "POST" and is_same_origin(request)
        typed = await request.form(max_fields=FIELDS, max_files=0) if own else FormData()
        guest = Guest(request, kind, language, typed)
        try:
            html, status = await _answered(its, guest, own)
        except Missing:
            return await missing(guest)
        response = answer(html, request, status, language)
        if status == 429:
            response.headers["Retry-After"] = RETRY_AFTER
        return response

    return endpoint


async def _answered(its: Form, guest: Guest, own: bool) -> tuple[str, int]:
    if not guest.is_post:
        return its.ask(guest, None), 200
    if not own:
        return its.ask(guest, _refused("foreign")), 403
    try:
        return await its.take(guest), 200
    except TooOften:
        return its.ask(guest, _refused("too_often")), 429
    except InputError as wrong:
        return its.ask(guest, wrong), 422


def _refused(code: str) -> InputError:
    return InputError([Problem(code, (), {each: words(each)(f"page.form.{code}") for each in LANGUAGES})])
