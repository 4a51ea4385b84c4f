"""The pages as a reader gets them, and what a page says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx2
from starlette.applications import Starlette

from service import models
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.pages.routes import PAGES
from service.pages.sent import Sent
from tests.serving import ready

PLAIN = {"accept": "text/html", "accept-encoding": "identity"}


@dataclass
class Site:
    """The application and a client of it."""

    app: Starlette
    client: httpx2.AsyncClient

    @property
    def catalogue(self) -> Catalogue:
        found: Catalogue = self.app.state.follower.current
        return found

    @property
    def database(self) -> Database:
        found: Database = self.app.state.database
        return found

    def touched(self) -> None:
        """A test changed something in memory alone: nothing that was made of what stood there before is kept."""
        self.catalogue.touched()
        self.app.state.pages = Sent()

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        return await self.client.get(path, headers={**PLAIN, **headers}, follow_redirects=False)

    async def page(self, path: str) -> Page:
        """A page that is there, or the one to which it leads when something is chosen."""
        response = await self.get(path)
        if response.status_code == 302:
            path = response.headers["location"]
            response = await self.get(path)
        assert response.status_code == 200, (path, response.status_code, response.text[:200])
        return Page.of(response.text, path)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Site]:
    async with ready(url) as (app, client):
        yield Site(app, client)


VOID = frozenset({"meta", "link", "input", "br", "img"})


@dataclass
class Page(HTMLParser):
    """What stands in the HTML of a page."""

    html: str = ""
    path: str = ""
    language: str = ""
    links: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    text: str = ""
    data: Any = None
    open: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, html: str, path: str = "") -> Page:
        page = cls(html, path)
        HTMLParser.__init__(page)
        page.feed(html)
        assert page.open == [], page.open
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        assert len(has) == len(attrs), (tag, attrs)
        self.attributes |= has.keys()
        self.ids += [has["id"]] if "id" in has else []
        if tag == "html":
            self.language = has["lang"]
        if tag == "a":
            self.links.append(has["href"] if has["href"].startswith("#") else urljoin(self.path, has["href"]))
        if has.get("rel") == "alternate" and "hreflang" in has:
            self.alternates[has["hreflang"]] = has["href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of a picture that ends at once."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.data = json.loads(data) if data.strip() else self.data
        else:
            self.text += data


NOUNS = [kind for kind in PAGES if kind in models.NOUNS]
LARGEST = 50_000
"""Bytes of a page before images."""


def of(site: Site, noun: str, most: int = 3) -> list[Any]:
    """The records of a noun with the most around them."""
    return sorted(site.catalogue.of(noun), key=lambda each: -sum(len(getattr(each, name)) for name in each.LISTS))[
        :most
    ]


def sound(page: Page, language: str) -> None:
    """What holds of every page."""
    assert page.language == language
    assert len(page.html.encode()) < LARGEST
    assert len(set(page.ids)) == len(page.ids), sorted(page.ids)
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    assert page.html.count("<h1") == 1
    assert re.search(r"\bNone\b|\bUndefined\b|[{}]{2}|<bound method|function ", page.text) is None
    assert any(link.startswith("/graphql?query=") for link in page.links)
