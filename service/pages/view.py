"""One look at a public page: in which language, at which record, and how it is answered.

A handler is a plain function from a `View` to the HTML of the page; `page` makes an endpoint of it. Nothing is read
from the database but for addresses that lead nowhere, and what the reader has already, or another was sent since
something was published, is not rendered again.
"""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from service.caching import FOR_A_WHILE, NOT_AT_ALL, Versions, digest, has, tag
from service.catalogue.catalogue import Catalogue
from service.i18n import LANGUAGES, Words, words
from service.pages import addresses
from service.pages.assets import PATHS
from service.pages.choosing import MOST, OWN, Choice, short
from service.pages.environment import environment
from service.pages.safety import help_on
from service.pages.sent import Sent
from service.pages.telling import Telling
from service.settings import Settings

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "style-src 'self'; script-src 'self'; img-src 'self' data:"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}
AHEAD = {"Link": f"<{PATHS['pages_css']}>; rel=preload; as=style"}
"""What a browser needs before it shows anything, told before it has read where the page asks for it."""

CHOSEN = "chosen"
"""What the part of an address before its path is called, where there is one: what the reader chose."""

RETRY_AFTER = "5"
"""Seconds after which a reader who came while the directory was loading asks again."""


class Missing(Exception):
    """There is no such page."""


class Moved(Exception):
    """The page is found at another address for good."""

    def __init__(self, path: str) -> None:
        self.path = path


class View:
    """A request to a public page."""

    def __init__(self, request: Request, kind: str, language: str) -> None:
        self.request = request
        self.kind = kind
        self.language = language

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def tell(self) -> Telling:
        return Telling(self.words)

    @property
    def settings(self) -> Settings:
        settings: Settings = self.request.app.state.follower.settings
        return settings

    def day(self, moment: datetime) -> date:
        """On which day something was, where the directory is."""
        return moment.astimezone(self.settings.timezone).date()

    @property
    def catalogue(self) -> Catalogue:
        catalogue: Catalogue = self.request.app.state.follower.current
        return catalogue

    @property
    def name(self) -> str:
        """What stands for a record in the address."""
        return "/".join(str(value) for key, value in self.request.path_params.items() if key != CHOSEN)

    @property
    def query(self) -> list[tuple[str, str]]:
        return self.request.query_params.multi_items()

    def record(self) -> Any:
        """The record that the address names. Raises Moved when it has another address now, Missing."""
        noun, name, catalogue = self.kind, self.name, self.catalogue
        found = catalogue.codes.get((noun, name)) if noun == "region" else catalogue.slugs.get((noun, name))
        found = found or catalogue.node(name)
        if not isinstance(found, catalogue.types[noun]):
            raise Missing
        if addresses.name_of(found) != name:
            raise Moved(self.path(self.language, addresses.name_of(found)))
        return found

    def path(self, language: str, name: str | None = None) -> str:
        """The address of this page in a language, with what was asked."""
        return addresses.path(self.kind, language, self.name if name is None else name, self.query)

    def absolute(self, path: str) -> str:
        """An address as others write it, where it is known how people reach the site."""
        return f"{self.settings.url.rstrip('/')}{path}" if self.settings.url else path

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """What the reader has chosen so far, by name."""
        before = parse_qsl(self._came_with)
        return {name: Choice.at(name, self.kind, before, self.query) for name in MOST}

    @cached_property
    def carried(self) -> str:
        """The same as it stands before the path of the pages that are led to."""
        return _written(self.choices.values())

    @property
    def _came_with(self) -> str:
        """What stands before the path of this page."""
        chosen: str = self.request.path_params.get(CHOSEN, "")
        return chosen

    @cached_property
    def base(self) -> str:
        """What stands before the paths of pages in links of this one, so that what was chosen goes along."""
        if not self.carried or self.carried != self._came_with:
            return _before(self.carried)
        return "/".join([".."] * (self.request.scope["path"].count("/") - 2)) or "."

    def carry(self, path: str) -> str:
        """An address as a link of this page."""
        return self.base + path

    def link(self, kind: str, name: str = "", query: addresses.Query | None = None) -> str:
        """A link of this page to a page of some kind."""
        return self.carry(addresses.path(kind, self.language, name, query))

    def whole(self, path: str) -> str:
        """The same from wherever one comes."""
        return _before(self.carried) + path

    @property
    def chosen(self) -> str | None:
        """Where this page stands when what its address asks to choose is chosen; None where it asks for nothing, and
        has what was chosen as it is written here. No other address is answered with a page."""
        if not any(key in MOST for key, _ in self.query):
            before = parse_qsl(self._came_with)
            written = _written(Choice.of(name, *(value for key, value in before if key == name)) for name in MOST)
            here = addresses.path(self.kind, self.language, self.name, self.query)
            return None if written == self._came_with else _before(written) + here
        told = dict(self.choices)
        for key, value in self.query:
            for id in Choice.of(key, value).ids if key in MOST else ():
                told[key] = told[key].toggled(id)
        path = addresses.path(self.kind, self.language, self.name, self._others())
        return _before(_written(told.values())) + path

    def _others(self) -> list[tuple[str, str]]:
        """What else was asked than for a choice."""
        return [(key, value) for key, value in self.query if key not in {*MOST, "ids"}]

    def toggle(self, name: str, record: Any) -> str:
        """This page, asked to choose a record, or to let go of it."""
        return f"{self._toggling[name]}{short(record.id)}#{addresses.anchor(record)}"

    @cached_property
    def _toggling(self) -> dict[str, str]:
        """By the name of a choice what stands before the id that is toggled; a page has dozens."""
        path = addresses.path(self.kind, self.language, self.name, self._others())
        return {name: self.carry(joined(path, f"{name}=")) for name in MOST}

    def showing(self, choice: Choice) -> str:
        """Where a choice is shown."""
        kind = next(kind for kind, name in OWN.items() if name == choice.name)
        own = [("ids", choice.written)] if choice.ids else []
        others = _written(each for each in self.choices.values() if each.name != choice.name)
        return _before(others) + addresses.path(kind, self.language, query=own)

    def show(self, template: str, *, title: str, **values: Any) -> str:
        """The HTML of a page. `title` is what it is called in lists and tabs.

        A template may be given `description`, one sentence for search engines; `graphql`, the query that answers the
        same; `data`, the page as JSON-LD; and `kept`, False where search engines should not list the page.
        """
        told = {
            "title": title,
            "view": self,
            "here": {language: self.path(language) for language in LANGUAGES},
            "description": "",
            "graphql": "",
            "data": None,
            "kept": True,
            "asked_words": "",
            **self._leading(),
            "help": help_on(self, values),
        }
        return environment(self.language).get_template(template).render(told | values)

    def _leading(self) -> dict[str, Any]:
        """What leads from page to page."""
        language = self.language
        return {
            "base": self.base,
            "carry": self.carry,
            "suggestions": self.link("suggestions"),
            "address": lambda record: self.carry(addresses.address(record, language)),
            "path": lambda kind, name="", /, **query: self.link(kind, name, query),
        }


def joined(path: str, query: str) -> str:
    """An address with more of a query."""
    return f"{path}{'&' if '?' in path else '?'}{query}"


def _written(choices: Iterable[Choice]) -> str:
    """What was chosen, as it stands before a path."""
    return urlencode([(choice.name, choice.written) for choice in choices if choice.ids])


def _before(written: str) -> str:
    """What stands before a path when something is chosen."""
    return f"/~{written}" if written else ""


Handler = Callable[[View], str]
Endpoint = Callable[[Request], Awaitable[Response]]


def page(handler: Handler, kind: str, language: str) -> Endpoint:
    """A page as Starlette calls it."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        view = View(request, kind, language)
        if request.app.state.follower.catalogue is None:
            return loading(view)
        if view.chosen is not None:
            return RedirectResponse(view.chosen, 302, HEADERS)
        known: Versions = request.app.state.versions
        version = known.of(view.catalogue)
        its = None if version is None else tag(version, digest(_question(view)))
        if its is not None and has(request.headers.get("if-none-match", "").encode("latin-1"), its):
            return Response(status_code=304, headers={**HEADERS, **_kept(its)})
        pages: Sent = request.app.state.pages
        sent = None if version is None else pages.of(version)
        try:
            body = None if sent is None or its is None else sent.get(its)
            if body is None:
                body = written(handler(view), request)
                if sent is not None and its is not None:
                    sent.put(its, body, len(body))
            return answered(body, request, 200, language, its)
        except Moved as moved:
            return RedirectResponse(view.whole(moved.path), 301)
        except Missing:
            return await missing(view)

    return endpoint


def _question(view: View) -> bytes:
    """What else a page follows from: its address, its kind of answer, and how that is written."""
    return f"{view.language}{view.request.scope['path']}?{urlencode(view.query)} {_zips(view.request)}".encode()


def _zips(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def _kept(its: bytes | None) -> dict[str, str]:
    if its is None:
        return {"Cache-Control": NOT_AT_ALL.decode()}
    return {"Cache-Control": FOR_A_WHILE.decode(), "ETag": its.decode()}


def answer(html: str, request: Request, status: int, language: str) -> Response:
    """A page over HTTP that nobody keeps."""
    return answered(written(html, request), request, status, language)


def written(html: str, request: Request) -> bytes:
    """A page as it is sent: compressed for who reads that."""
    body = html.encode()
    return gzip.compress(body, 5, mtime=0) if _zips(request) else body


def answered(body: bytes, request: Request, status: int, language: str, its: bytes | None = None) -> Response:
    """What was written, over HTTP."""
    headers = {**HEADERS, **_kept(its), **AHEAD, "Content-Language": language}
    if status == 503:
        headers["Retry-After"] = RETRY_AFTER
    if _zips(request):
        headers["Content-Encoding"] = "gzip"
    return HTMLResponse(body, status, headers)


def loading(view: View) -> Response:
    """What is told of any address while there is no catalogue yet."""
    html = view.show("loading.html", title=view.words("page.loading"))
    return answer(html, view.request, 503, view.language)


async def missing(view: View) -> Response:
    """What is told of an address that leads nowhere: it is unknown, or what was there was withdrawn."""
    gone = view.kind in view.catalogue.types and await _was_withdrawn(view)
    html = view.show(
        "missing.html", title=view.words("page.gone" if gone else "page.missing"), gone=gone, kept=False, here={}
    )
    return answer(html, view.request, 410 if gone else 404, view.language)


async def _was_withdrawn(view: View) -> bool:
    try:
        by, name = "r.id", str(UUID(view.name))
    except ValueError:
        by, name = "s.slug", view.name
    if not name.isascii() or "\0" in name:
        return False
    sql = (
        "SELECT r.state AS state FROM record r LEFT JOIN slug s ON s.record_id = r.id"
        f" WHERE r.noun = ? AND {by} = ? AND r.state = 'withdrawn'"
    )
    return bool(await view.request.app.state.database.fetch(sql, view.kind, name))
