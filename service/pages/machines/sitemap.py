"""`/sitemap.xml`: every public page in both languages, in parts that any reader takes.

A part holds the records of one noun by their ordinals, which stay, so that a change makes one part new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.catalogue.catalogue import Catalogue
from service.i18n import LANGUAGES
from service.pages import addresses
from service.pages.machines.answers import in_pieces, is_known, kept, not_ready

SITEMAP = "sitemap.xml"
NOUNS = ("organisation", "service", "region", "cooperation_link", "project", "event", "source")
"""The nouns whose records have pages of their own."""

ALWAYS = ("home", "accessibility", "privacy")
PAGES = "pages"
"""The part with what is no record."""

MOST = 10_000
"""Records of a part: with two languages twice as many addresses, of 50,000 that sitemaps.org allows."""

TYPE = "application/xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
AROUND = (HEAD + f"<urlset {NAMESPACES}>\n".encode(), b"</urlset>\n")


async def sitemap(request: Request) -> Response:
    """Where the parts are."""
    catalogue = request.app.state.follower.catalogue
    if catalogue is None:
        return not_ready()
    headers = kept(request, catalogue)
    if is_known(request, headers):
        return Response(status_code=304, headers=headers)
    site = request.app.state.follower.settings.site
    listed = "".join(f"<sitemap><loc>{escape(site)}sitemap-{part}.xml</loc></sitemap>\n" for part in _parts(catalogue))
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</sitemapindex>\n'
    return Response(HEAD + index.encode(), media_type=TYPE, headers=headers)


def _parts(catalogue: Catalogue) -> Iterator[str]:
    yield PAGES
    for noun in NOUNS:
        for number in range(-(-len(catalogue.indexes[noun].objects) // MOST)):
            yield f"{noun}-{number + 1}"


async def part(request: Request) -> Response:
    """One part."""
    catalogue, name = request.app.state.follower.catalogue, request.path_params["part"]
    if catalogue is None:
        return not_ready()
    if name not in _parts(catalogue):
        raise HTTPException(404)
    site = request.app.state.follower.settings.site.rstrip("/")
    noun, _, number = name.rpartition("-")
    pages = "".join(_entries(site, _both(kind)) for kind in ALWAYS) if name == PAGES else ""

    def records() -> list[Any]:
        start = MOST * (int(number) - 1) if noun else 0
        found = catalogue.indexes[noun].objects[start : start + MOST] if noun else []
        return [record for record in found if record is not None]

    def write(some: Sequence[Any]) -> bytes:
        return "".join(_entries(site, _addresses(record), record.last_modified) for record in some).encode()

    return in_pieces(request, catalogue, records, write, TYPE, (AROUND[0] + pages.encode(), AROUND[1]))


def _both(kind: str) -> list[str]:
    return [addresses.path(kind, language) for language in LANGUAGES]


def _addresses(record: Any) -> list[str]:
    return [addresses.address(record, language) for language in LANGUAGES]


def _entries(site: str, paths: list[str], changed: datetime | None = None) -> str:
    """A page in each language, each with both."""
    told = [f"{escape(site)}{escape(path)}" for path in paths]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in zip(LANGUAGES, told, strict=True)
    )
    on = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return "".join(f"<url><loc>{address}</loc>{on}{links}</url>\n" for address in told)
