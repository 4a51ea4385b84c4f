"""The newest changes of what a search finds, as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from service.catalogue.filters import Order
from service.catalogue.listing import Beginning
from service.i18n import words
from service.pages import addresses
from service.pages.machines.answers import in_pieces, not_ready
from service.pages.results.asked import Asked
from service.pages.results.finding import all_of
from service.pages.telling import Telling

MOST = 50
TYPE = "application/atom+xml"
NEWEST = "last_modified"

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


async def atom(language: str, request: Request) -> Response:
    """A feed: what changed last comes first."""
    catalogue = request.app.state.follower.catalogue
    if catalogue is None:
        return not_ready()
    asked = Asked.of(catalogue, request.query_params.multi_items())
    index, key = catalogue.indexes[asked.kind], _by_change(asked.kind)
    newest = Beginning(all_of(catalogue, asked), index, key, descending=True).page(MOST).nodes
    site = request.app.state.follower.settings.site.rstrip("/")
    tell = Telling(words(language))

    def write(some: Sequence[Any]) -> bytes:
        return "".join(_entry(record, language, site, tell) for record in some).encode()

    when = newest[0].last_modified if newest else catalogue.last_change.at
    head = _head(asked, language, site, tell, when.isoformat(timespec="seconds"))
    return in_pieces(request, catalogue, lambda: newest, write, TYPE, (head.encode(), b"</feed>\n"))


def _by_change(noun: str) -> Any:
    orders = (each for order in Order.of(noun) for each in order.KEYS.items())
    return next(key for field, key in orders if field.value == NEWEST)


def plain(text: str) -> str:
    """A text as it may stand in XML."""
    return escape(_NO_XML.sub("", text), {'"': "&quot;"})


def _head(asked: Asked, language: str, site: str, tell: Telling, changed: str) -> str:
    """The feed itself; its id is the address of the question as it was understood."""
    query = asked.query()
    own = plain(site + addresses.path("results_atom", language, query=query))
    page = plain(site + addresses.path("results", language, query=query))
    title = plain(f"{tell.words('site')}: {asked.title(tell)}")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<id>{own}</id><title>{title}</title><updated>{changed}</updated>\n"
        f"<author><name>{plain(tell.words('site'))}</name></author>\n"
        f'<link rel="self" type="{TYPE}" href="{own}"/><link rel="alternate" type="text/html" href="{page}"/>\n'
    )


def _entry(record: Any, language: str, site: str, tell: Telling) -> str:
    page = plain(site + addresses.address(record, language))
    first, changed = (on.isoformat(timespec="seconds") for on in (record.first_published_at, record.last_modified))
    return (
        f"<entry><id>urn:uuid:{record.id}</id><title>{plain(tell.name(record))}</title>"
        f"<published>{first}</published><updated>{changed}</updated>"
        f'<link rel="alternate" type="text/html" href="{page}"/>'
        f"<summary>{plain(tell.plain(record.description) or tell.brief(record))}</summary></entry>\n"
    )
