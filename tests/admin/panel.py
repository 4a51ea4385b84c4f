"""The panel and everybody who works with it; and its pages as a browser without scripts understands them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx2

from service.editing.revisions import Draft
from tests.api import office
from tests.api.office import Office
from tests.editing.observing import put

SAME = {"sec-fetch-site": "same-origin"}
VOID = {"input", "meta", "link", "br"}


@dataclass
class Paper(HTMLParser):
    """A page: what the form with the id `editor`, or the last one, would send, and the words on it."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    _area: str | None = None
    _select: str | None = None
    _first: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form" and "action" in given:
            self.actions.append(given["action"].removeprefix("/admin/"))
        elif tag == "button":
            self.buttons.append(f"{name}={value}")
        elif tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.pairs.append((name, value))
        elif tag == "textarea":
            self._area, self._first = name, True
            self.pairs.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.pairs.append((self._select, value))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            # A browser leaves out the line break after the tag, and sends every other as two characters.
            text = data.removeprefix("\n") if self._first else data
            self.pairs[-1] = (self._area, self.pairs[-1][1] + text.replace("\n", "\r\n"))
            self._first = False
        else:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def changed(self, **changes: Any) -> list[tuple[str, str]]:
        """What the form would send after some fields were changed; `__` stands for a dot, None takes a field away."""
        new = {name.replace("__", "."): value for name, value in changes.items()}
        kept = [pair for pair in self.pairs if pair[0] not in new]
        values = ((name, [value] if isinstance(value, str) else value or []) for name, value in new.items())
        return [*kept, *((name, each) for name, those in values for each in those)]


def read(answer: httpx2.Response | str) -> Paper:
    paper = Paper()
    paper.feed(answer if isinstance(answer, str) else answer.text)
    paper.close()
    assert paper.open == [], paper.open
    assert len(paper.ids) == len(set(paper.ids)), [id for id in paper.ids if paper.ids.count(id) > 1]
    return paper


@dataclass
class Panel:
    """The application with everybody's account, and each signed in with a browser."""

    office: Office
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    async def cookie(self, who: str) -> dict[str, str]:
        if who not in self.cookies:
            self.cookies[who] = await self.office.cookie(who)
        return self.cookies[who]

    async def get(self, path: str, who: str = "editor", **headers: str) -> httpx2.Response:
        cookie = await self.cookie(who) if who else {}
        return await self.office.client.get(f"/admin/{path}", headers={**cookie, **headers})

    async def post(self, path: str, pairs: Any, who: str = "editor", headers: Any = SAME) -> httpx2.Response:
        sent = {
            "content-type": "application/x-www-form-urlencoded",
            **(await self.cookie(who) if who else {}),
            **headers,
        }
        body = pairs if isinstance(pairs, bytes) else urlencode(list(pairs)).encode()
        return await self.office.client.post(f"/admin/{path}", content=body, headers=sent)

    async def open(self, path: str, who: str = "editor") -> Paper:
        """A page that is there, read."""
        answer = await self.get(path, who)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("location"))
        return read(answer)

    async def put(self, *drafts: Draft) -> None:
        """Publish records, and wait until the pages show them."""
        await self.office.app.state.follower.reached(await put(self.office.database, *drafts))

    async def send(self, path: str, pairs: Any, who: str = "editor") -> str:
        """Send a form that is taken; the path of the page that comes after, without `/admin/`."""
        answer = await self.post(path, pairs, who)
        assert answer.status_code == 303, (answer.status_code, read(answer).text[:2000])
        return answer.headers["location"].removeprefix("/admin/")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Panel]:
    async with office.opened(url) as found:
        yield Panel(found)
