"""The first page: a search, life situations as doors, and a map of the municipalities."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.completeness import NOTES, completeness_of
from service.catalogue.reach import GOVERNMENTS, objects_of
from service.catalogue.situations import SITUATION
from service.catalogue.taxonomy import broadest, term_name
from service.catalogue.words import sort_key
from service.pages import queries, structured
from service.pages.map import municipalities
from service.pages.telling import Telling
from service.pages.view import View

COUNTED = ("organisation", "service", "cooperation_link", "source")


def home(view: View) -> str:
    catalogue = view.catalogue
    places = governments(catalogue)
    return view.show(
        "home.html",
        title=view.words("page.home.title"),
        description=view.words("page.home.description"),
        situations=situations(catalogue),
        regions=by_planning_region(places),
        offered=offered(places, view.tell),
        places={place.code: place for place in places},
        map=municipalities(),
        sizes={noun: catalogue.indexes[noun].size for noun in COUNTED},
        note=NOTES.get(completeness_of(catalogue)),
        graphql=queries.opened(queries.HOME),
        data=structured.site(view),
    )


def governments(catalogue: Catalogue) -> list[Any]:
    """The municipalities of today, in alphabetical order."""
    index = catalogue.indexes["region"]
    found = [region for kind in GOVERNMENTS for region in objects_of(index, index.having(("kind", kind)))]
    return sorted(found, key=lambda region: sort_key(region.name["lv"]))


def by_planning_region(places: list[Any]) -> list[tuple[Any, list[Any]]]:
    """The same, under the planning region in which each lies."""
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for place in places:
        found[place.parent].append(place)
    return sorted(found.items(), key=lambda pair: sort_key(pair[0].name["lv"] if pair[0] else ""))


def offered(places: list[Any], tell: Telling) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same to choose from: code and name of each, under the name of the planning region."""
    return [
        (tell.name(parent) if parent else "–", [(place.code, tell.name(place)) for place in group])
        for parent, group in by_planning_region(places)
    ]


def situations(catalogue: Catalogue) -> list[Any]:
    """The life situations, in alphabetical order."""
    return sorted(broadest(catalogue, SITUATION), key=term_name)
