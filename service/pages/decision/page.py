"""The page for a decision about one kind of service in one municipality."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from service.catalogue.completeness import NOTES, completeness_of
from service.catalogue.rates import PerThousand, Population
from service.catalogue.reach import GOVERNMENTS, governed
from service.pages import addresses, queries, structured
from service.pages.comparison import priced
from service.pages.decision.agreements import agreements
from service.pages.decision.citing import Citing
from service.pages.decision.givers import Givers
from service.pages.decision.unknown import unknown
from service.pages.view import Missing, Moved, View

FEW = 12
"""So many statements of each side are told."""


def decision(view: View) -> str:
    region, category = _asked(view)
    givers, agreed = Givers(view.catalogue, region, category), agreements(view.catalogue, region, category)
    title = f"{view.tell.name(category)} – {view.tell.name(region)}"
    trail = _trail(view, region, title)
    return view.show(
        "decision.html",
        title=title,
        description=view.words("page.decide.about", category=view.tell.name(category), region=view.tell.name(region)),
        region=region,
        category=category,
        trail=trail,
        cell=givers.cell,
        needs=(givers.cell.said_by_municipal_side[:FEW], givers.cell.said_by_ngos[:FEW]),
        givers=givers,
        agreed=agreed,
        rates=list(_rates(view, givers)),
        unknown=unknown(view, givers, agreed),
        state=f"page.decide.state.{givers.cell.state().value}",
        note=NOTES.get(completeness_of(view.catalogue)),
        today=view.catalogue.today,
        citing=Citing(),
        priced=lambda amount, unit: priced(view.tell, amount, unit),
        graphql=queries.opened(queries.DECISION, region=region.code, category=category.code),
        data=structured.graph(view, {"@type": "WebPage", "name": title}, trail),
    )


def _asked(view: View) -> tuple[Any, Any]:
    """The municipality of today and the kind of service that the address names. Raises Missing, Moved."""
    place, _, kind = view.name.partition("/")
    named = view.catalogue.find("region", place)
    category = view.catalogue.find("taxonomy_term/service_category", kind)
    if named is None or category is None or category.taxonomy.code != "service_category":
        raise Missing
    around = [named] if named.kind in GOVERNMENTS else governed(view.catalogue, named)
    if len(around) != 1:
        raise Missing
    name = f"{around[0].code}/{category.code}"
    if name != view.name:
        raise Moved(view.path(view.language, name))
    return around[0], category


def _rates(view: View, givers: Givers) -> Iterator[tuple[str, str, PerThousand]]:
    """Of whom, what, and how many for each 1,000 of them; only where a figure tells how many there are."""
    for whom in Population:
        counted = ((view.words("page.decide.givers"), givers.cell.per_thousand(whom) if givers.here.count else None),)
        places = ((said.words, said.per_thousand(whom)) for said in givers.capacities)
        for what, found in (*counted, *((view.tell.plain(unit), found) for unit, found in places)):
            if found is not None:
                yield view.words(f"page.decide.per.{whom.value}"), what, found


def _trail(view: View, region: Any, title: str) -> list[tuple[str, str]]:
    language = view.language
    return [
        (view.words("page.home"), addresses.path("home", language)),
        (view.tell.name(region), addresses.address(region, language)),
        (title, addresses.path("decision", language, view.name)),
    ]
