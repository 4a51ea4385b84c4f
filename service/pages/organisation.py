"""An organisation: what it is, what it gives, and with whom it works, as far as is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.cooperation import Phase
from service.catalogue.dimensions import Dimension
from service.catalogue.indexes import Selection
from service.catalogue.linking import seen_from_sides
from service.catalogue.orders import in_default_order
from service.catalogue.persons import members
from service.pages import addresses, queries, structured
from service.pages.partners import picture
from service.pages.results.finding import first_of
from service.pages.view import View

FEW = 8
"""Of other things so many are shown."""

LINKS = 30
"""Cooperation on one page."""

STANDING = (Phase.ACTIVE, Phase.PLANNED, Phase.LAST_KNOWN, Phase.ENDED)


def organisation(view: View) -> str:
    record = view.record()
    number = _page(view)
    links = _links(view.catalogue, record, number)
    trail = trail_to(view, record)
    return view.show(
        "organisation.html",
        title=view.tell.name(record),
        description=_description(view, record),
        record=record,
        trail=trail,
        services=_its(view.catalogue, "service", ("provider", record.id), 1, FEW),
        of_units=list(islice(_services_of_units(record), FEW)),
        linked_units=list(islice((unit for unit in _units(record) if unit.cooperation), FEW)),
        links=by_phase(links),
        shown=len(links),
        page=number,
        pages=-(-len(record.cooperation) // LINKS),
        picture=picture(links, view.tell) if number == 1 else None,
        few=FEW,
        graphql=queries.opened(queries.ORGANISATION, slug=record.slug),
        data=structured.graph(view, structured.organisation(view, record), trail),
    )


def trail_to(view: View, record: Any) -> list[tuple[str, str]]:
    """The way from the first page to an organisation."""
    words, language = view.words, view.language
    own = addresses.address(record, language)
    return [
        (words("page.home"), addresses.path("home", language)),
        (words("nouns.organisation"), addresses.path("results", language, query={"kind": "organisation"})),
        (view.tell.name(record), own),
    ]


def _its(catalogue: Catalogue, noun: str, dimension: Dimension, number: int, size: int) -> list[Any]:
    """A page of what hangs on it, in order; a local government has thousands, and the others are not looked at."""
    return first_of(catalogue, noun, Selection(catalogue.indexes[noun].having(dimension)), number, size)


def _links(catalogue: Catalogue, record: Any, number: int) -> list[Any]:
    """A page of its cooperation, the newest first."""
    links = _its(catalogue, "cooperation_link", ("organisation", record.id), number, LINKS)
    return [seen for link in links for seen in seen_from_sides(link) if seen.organisation is record]


def _units(record: Any) -> Iterator[Any]:
    """What belongs to an organisation."""
    return islice(members(record), 1, None)


def _services_of_units(record: Any) -> Iterator[Any]:
    """What the units of an organisation give, which is its doing, too."""
    return (service for unit in _units(record) if unit.services for service in in_default_order(unit.services, unit))


def by_phase(links: Sequence[Any]) -> list[tuple[Phase, list[Any]]]:
    """Cooperation seen from a side: what goes on comes first, and what ended last."""
    found = [(phase, [seen for seen in links if seen.link.phase_today() is phase]) for phase in STANDING]
    return [(phase, its) for phase, its in found if its]


def _page(view: View) -> int:
    said = dict(view.query).get("page", "")
    return max(1, int(said)) if said.isascii() and said.isdecimal() and len(said) < 4 else 1


def _description(view: View, record: Any) -> str:
    said = view.tell.plain(record.description)
    return said or view.words("page.organisation.about", name=view.tell.name(record))
