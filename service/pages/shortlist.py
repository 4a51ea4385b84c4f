"""“My list”: what somebody takes along on paper or sends on. It is in its address, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.caching import FOR_A_WHILE
from service.catalogue.types import NOUN_OF
from service.pages import addresses, queries
from service.pages.choosing import MOST, OWN, Choice, Found
from service.pages.machines.answers import HEADERS
from service.pages.view import View
from service.settings import Settings

NOUNS = ("service", "organisation")

SIZES = ((4, "few"), (5, "some"), (10, "dozen"), (MOST["list"], "many"))
"""Up to how many records are printed how large, so that all stand on one sheet."""

SVG = "http://www.w3.org/2000/svg"

MASK = 4
"""Trying all eight masks of a QR code takes eight times as long as drawing it with one that serves any address."""


@dataclass(frozen=True)
class Entry:
    """One record of the list: who is called, and the addresses that change the list."""

    record: Any
    is_service: bool
    body: Any
    """Who is called and visited: the service itself where it says so, else its provider."""
    removed: str
    raised: str
    """Empty at the top."""


def shortlist(view: View) -> str:
    choice = view.choices["list"]
    found = Found.of(view.catalogue, choice, NOUNS)
    own = Choice("list", tuple(record.id for record in found.records))
    return view.show(
        "shortlist.html",
        title=view.words("page.list"),
        found=found,
        entries=[_entry(view, own, place, record) for place, record in enumerate(found.records)],
        size=next(size for most, size in SIZES if len(found.records) <= most),
        link=_link(view.settings, own, view.language),
        code=addresses.path("shortlist_code", view.language, query=[("ids", own.written)]),
        compared=_compared(view, found.records),
        today=view.catalogue.today,
        graphql=queries.opened(queries.CHOSEN, ids=list(own.ids)),
        kept=not choice.ids,
    )


def _entry(view: View, own: Choice, place: int, record: Any) -> Entry:
    is_service = NOUN_OF[type(record)] == "service"
    return Entry(
        record,
        is_service,
        record if not is_service or record.phone or record.email else record.provider,
        view.showing(own.toggled(record.id)),
        view.showing(own.raised(record.id)) if place else "",
    )


def _compared(view: View, records: list[Any]) -> str:
    """Where the first services of the list stand side by side; empty where there are not two."""
    services = [record.id for record in records if NOUN_OF[type(record)] == "service"]
    if len(services) < 2:
        return ""
    return view.showing(Choice(OWN["comparison"], tuple(services)))


def code(language: str, request: Request) -> Response:
    """The address of a list as a QR code. To draw it takes longer than the page on which it stands."""
    choice = Choice.at("list", "shortlist", (), request.query_params.multi_items())
    if not choice.ids:
        raise HTTPException(404)
    link = _link(request.app.state.follower.settings, choice, language)
    made = segno.make(link, micro=False, error="l", boost_error=False, mask=MASK)
    drawn = made.svg_inline(border=2, omitsize=True, lineclass=None).replace("<svg", f'<svg xmlns="{SVG}"', 1)
    return Response(drawn, media_type="image/svg+xml", headers={**HEADERS, "Cache-Control": FOR_A_WHILE.decode()})


def _link(settings: Settings, choice: Choice, language: str) -> str:
    """Where a list is shown, for whoever it is sent to."""
    path = addresses.path("shortlist", language, query=[("ids", choice.written)])
    return f"{settings.site.rstrip('/')}{path}"
