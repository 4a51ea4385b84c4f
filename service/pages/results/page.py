"""The results of a search, and suggestions while somebody types."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from service.pages import addresses, queries
from service.pages.home import governments, offered
from service.pages.results.asked import KINDS, LONGEST, Asked
from service.pages.results.facets import facets
from service.pages.results.finding import find
from service.pages.results.instead import FEW, instead, municipal_side
from service.pages.view import HEADERS, View

SUGGESTED = 5
"""Of each kind so many are suggested."""


def results(view: View) -> str:
    asked = Asked.of(view.catalogue, view.query)
    leaf = find(view.catalogue, asked)
    others = instead(view.catalogue, asked, leaf.items) if leaf.total < FEW else []
    return view.show(
        "results.html",
        title=asked.title(view.tell),
        asked=asked,
        asked_words=asked.words,
        kinds=KINDS,
        leaf=leaf,
        facets=facets(view, asked, leaf.among),
        instead=others,
        side=municipal_side(view.catalogue, asked) if leaf.total < FEW else [],
        offered=offered(governments(view.catalogue), view.tell),
        atom=addresses.path("results_atom", view.language, query=asked.query()),
        csv=addresses.path("results_csv", view.language, query=asked.query()),
        link=partial(view.link, "results", ""),
        graphql=queries.results(asked),
        kept=not asked.words and asked.page == 1 and len(asked.values) < 2,
    )


def suggestions(language: str, request: Request) -> Response:
    """Names that begin with what is being typed, each with its address."""
    catalogue = request.app.state.follower.catalogue
    text = request.query_params.get("q", "")[:LONGEST]
    found = None if catalogue is None or catalogue.search is None else catalogue.search.suggest(text, SUGGESTED)
    groups = () if found is None else (found.situations, found.categories, found.organisations, found.places)
    view = View(request, "suggestions", language)
    said = [[view.tell.name(item), view.whole(addresses.address(item, language))] for group in groups for item in group]
    headers = {**HEADERS, "Cache-Control": "public, max-age=60"}
    return JSONResponse(said, headers=headers)
