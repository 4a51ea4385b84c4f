"""Every public page: by kind what makes it. The addresses stand in `addresses.py`, in each language."""

from __future__ import annotations

import re
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from service.pages import addresses
from service.pages.assets import asset
from service.pages.comparison import comparison
from service.pages.cooperation import cooperation
from service.pages.decision.page import decision
from service.pages.event import event
from service.pages.guests import LARGEST, Form, form
from service.pages.handbook.page import handbook, handbook_chapter, handbook_print
from service.pages.history import history
from service.pages.home import home
from service.pages.joining.claiming import CLAIM
from service.pages.joining.entering import JOIN
from service.pages.machines.feeds import atom
from service.pages.machines.robots import robots
from service.pages.machines.sitemap import SITEMAP, part, sitemap
from service.pages.machines.tables import table
from service.pages.organisation import organisation
from service.pages.project import project
from service.pages.region import region
from service.pages.reporting import REPORT
from service.pages.results.page import results, suggestions
from service.pages.service import service
from service.pages.shortlist import code, shortlist
from service.pages.source import source
from service.pages.statements import accessibility, privacy
from service.pages.view import CHOSEN, Handler, View, missing, page

PAGES: dict[str, Handler] = {
    "home": home,
    "results": results,
    "organisation": organisation,
    "service": service,
    "region": region,
    "cooperation_link": cooperation,
    "project": project,
    "event": event,
    "source": source,
    "handbook": handbook,
    "handbook_print": handbook_print,
    "handbook_chapter": handbook_chapter,
    "shortlist": shortlist,
    "comparison": comparison,
    "decision": decision,
    "accessibility": accessibility,
    "privacy": privacy,
}

IN_ENGLISH = re.compile("(/~[^/]*)?/en/")

FORMS: dict[str, Form] = {"join": JOIN, "claim": CLAIM, "report": REPORT}
"""What anybody may send."""


def routes() -> list[Route | Mount]:
    """The pages in every language, and what they load."""
    codes = [Route(path, partial(code, language)) for language, path in addresses.PATHS["shortlist_code"].items()]
    chosen = Mount(f"/~{{{CHOSEN}}}", routes=_read())
    return [*_read(), chosen, *codes, *_for_machines(), Route(f"{addresses.ASSETS}{{file}}", asset)]


def _read() -> list[Route]:
    """What a person comes to; what was chosen so far may stand before each."""
    found = [
        Route(path, page(PAGES[kind], kind, language))
        for kind, language, path in addresses.each_path()
        if kind in PAGES
    ]
    found += [Route(path, partial(suggestions, language)) for language, path in addresses.PATHS["suggestions"].items()]
    found += [Route(path, history(language)) for language, path in addresses.PATHS["history"].items()]
    return [*found, *_forms()]


def _forms() -> list[Route]:
    return [
        Route(path, form(FORMS[kind], kind, language), methods=["GET", "POST"], max_body_size=LARGEST)
        for kind, language, path in addresses.each_path()
        if kind in FORMS
    ]


def _for_machines() -> list[Route]:
    """What no person reads."""
    found = [Route("/robots.txt", robots), Route(f"/{SITEMAP}", sitemap), Route("/sitemap-{part}.xml", part)]
    for kind, write in (("results_atom", atom), ("results_csv", table)):
        found += [Route(path, partial(write, language)) for language, path in addresses.PATHS[kind].items()]
    return found


async def lost(request: Request, error: Exception) -> Response:
    """What a person is told at an address that nobody serves; a program is told the status alone."""
    assert isinstance(error, HTTPException)
    reads = "text/html" in request.headers.get("accept", "")
    if error.status_code != 404 or not reads or request.app.state.follower.catalogue is None:
        return PlainTextResponse(error.detail, error.status_code, error.headers)
    language = "en" if IN_ENGLISH.match(request.url.path) else "lv"
    return await missing(View(request, "home", language))
