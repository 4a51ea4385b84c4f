"""The address of every page and of every record, in each language; the routes are derived from them.

A record without a page of its own has a place on the page of something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import Any
from urllib.parse import quote_plus, urlencode

from service.catalogue.types import NOUN_OF
from service.i18n import LANGUAGES

PATHS: dict[str, dict[str, str]] = {
    "home": {"lv": "/", "en": "/en/"},
    "results": {"lv": "/meklet", "en": "/en/search"},
    "suggestions": {"lv": "/ieteikumi", "en": "/en/suggestions"},
    "organisation": {"lv": "/organizacijas/{name}", "en": "/en/organisations/{name}"},
    "service": {"lv": "/pakalpojumi/{name}", "en": "/en/services/{name}"},
    "region": {"lv": "/vietas/{name}", "en": "/en/places/{name}"},
    "cooperation_link": {"lv": "/sadarbiba/{name}", "en": "/en/cooperation/{name}"},
    "project": {"lv": "/projekti/{name}", "en": "/en/projects/{name}"},
    "event": {"lv": "/pasakumi/{name}", "en": "/en/events/{name}"},
    "source": {"lv": "/avoti/{name}", "en": "/en/sources/{name}"},
    "handbook": {"lv": "/handbook/{name}", "en": "/en/handbook/{name}"},
    "handbook_print": {"lv": "/handbook/{name}/drukai", "en": "/en/handbook/{name}/print"},
    "handbook_chapter": {"lv": "/handbook/{name}/{chapter}", "en": "/en/handbook/{name}/{chapter}"},
    "shortlist": {"lv": "/mans-saraksts", "en": "/en/my-list"},
    "shortlist_code": {"lv": "/mans-saraksts.svg", "en": "/en/my-list.svg"},
    "comparison": {"lv": "/compare", "en": "/en/compare"},
    "decision": {"lv": "/decide/{region}/{category}", "en": "/en/decide/{region}/{category}"},
    "report": {"lv": "/zinot/{name}", "en": "/en/report/{name}"},
    "history": {"lv": "/vesture/{name}", "en": "/en/history/{name}"},
    "join": {"lv": "/join", "en": "/en/join"},
    "claim": {"lv": "/claim/{name}", "en": "/en/claim/{name}"},
    "accessibility": {"lv": "/pieklustamiba", "en": "/en/accessibility"},
    "privacy": {"lv": "/privatums", "en": "/en/privacy"},
    "results_atom": {"lv": "/meklet.atom", "en": "/en/search.atom"},
    "results_csv": {"lv": "/meklet.csv", "en": "/en/search.csv"},
}
"""By the kind of a page its path in each language. What is named by a noun has a `{name}`."""

_PART = re.compile(r"\{\w+\}")

ASSETS = "/assets/"
"""Where stylesheets and scripts are."""

Query = Mapping[str, object] | list[tuple[str, str]]


def path(kind: str, language: str, name: str = "", query: Query | None = None) -> str:
    """The address of a page; what stands for several parts of it is one name with slashes."""
    found = _named(kind, language, name) if name else PATHS[kind][language]
    return f"{found}?{urlencode(query, doseq=True, quote_via=_quoted)}" if query else found


def _named(kind: str, language: str, name: str) -> str:
    """What a page is called in its address; a page has a hundred links."""
    first, *others = _pieces(kind, language)
    return first + "".join(chain.from_iterable(zip(name.split("/"), others, strict=False)))


@cache
def _pieces(kind: str, language: str) -> list[str]:
    return _PART.split(PATHS[kind][language])


_quoted = lru_cache(1024)(quote_plus)
"""The links of a page repeat the same names and words."""


def each_path() -> Iterator[tuple[str, str, str]]:
    """Every kind of page with its language and its path."""
    return ((kind, language, PATHS[kind][language]) for kind in PATHS for language in LANGUAGES)


def name_of(record: Any) -> str:
    """What stands for a record in the address of its page."""
    noun = NOUN_OF[type(record)]
    if noun == "region":
        return str(record.code)
    return str(record.id if noun == "cooperation_link" else record.slug)


def address(record: Any, language: str) -> str:
    """Where one reads about a record."""
    noun = NOUN_OF[type(record)]
    if noun in PATHS:
        return path(noun, language, name_of(record))
    return _ELSEWHERE[noun](record, language)


def anchor(record: Any) -> str:
    """What marks the place of a record on the page of something else."""
    return f"{NOUN_OF[type(record)].replace('_', '-')}-{record.id}"


def _upon(page: Any, record: Any, language: str) -> str:
    return f"{address(page, language)}#{anchor(record)}"


def _figure(figure: Any, language: str) -> str:
    about = figure.organisation or figure.service or figure.project or figure.region
    return path("home", language) if about is None else _upon(about, figure, language)


def _location(location: Any, language: str) -> str:
    """A place is told of where it is used; a confidential one has its municipality only."""
    users = () if location.confidential else (*location.services, *location.seat_of)
    return address(next(iter(users), location.region), language)


def _agreement(agreement: Any, language: str) -> str:
    return path("home", language) if not agreement.links else _upon(agreement.links[0], agreement, language)


FILTERED_BY = {
    "service_category": "category",
    "target_group": "target_group",
    "life_situation": "situation",
    "activity_field": "field",
}
"""By which part of a search one finds what is about a term, by the taxonomy of the term."""


def _term(term: Any, language: str) -> str:
    name = FILTERED_BY.get(term.taxonomy.code)
    if name is None:
        return path("home", language)
    kind = {"kind": "organisation"} if name == "field" else {}
    return path("results", language, query={**kind, name: term.code})


_ELSEWHERE: dict[str, Callable[[Any, str], str]] = {
    "taxonomy": lambda taxonomy, language: path("home", language),
    "taxonomy_term": _term,
    "location": _location,
    "agreement": _agreement,
    "need": lambda need, language: _upon(need.region, need, language),
    "figure": _figure,
}
