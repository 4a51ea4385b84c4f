"""A region: which NGOs work there and whether its municipal side is known to work with them; who gives what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.completeness import NOTES, completeness_of
from service.catalogue.cooperation import Phase, link_attested
from service.catalogue.coverage.coverage import CATEGORIES
from service.catalogue.indexes import Selection
from service.catalogue.introductions.unconnected import ngos_at, ngos_with, side_of
from service.catalogue.neighbours import with_neighbours
from service.catalogue.orders import in_default_order
from service.catalogue.persons import members
from service.catalogue.reach import GOVERNMENTS, governed
from service.catalogue.taxonomy import broadest, term_name
from service.catalogue.words import sort_key
from service.pages import addresses, queries, structured
from service.pages.home import governments
from service.pages.known import Known, known
from service.pages.results.finding import first_of
from service.pages.view import View

FEW = 12
MANY = 100
"""Where so many services are given it takes milliseconds to find what is told, so it is found before anybody asks."""


@dataclass(frozen=True)
class Ngo:
    """An NGO of a region, with what is known of its cooperation with the municipal side, the newest first."""

    record: Any
    links: list[Any]

    @property
    def is_active(self) -> bool:
        return any(seen.link.phase_today() is Phase.ACTIVE for seen in self.links)


@dataclass(frozen=True)
class Ngos:
    """The NGOs of a region: those known to work with the municipal side, and the others."""

    working: list[Ngo]
    working_total: int
    others: list[Ngo]
    others_total: int

    @property
    def total(self) -> int:
        return self.working_total + self.others_total


def region(view: View) -> str:
    record, catalogue = view.record(), view.catalogue
    trail = trail_to(view, record)
    return view.show(
        "region.html",
        title=view.tell.name(record),
        description=view.words("page.region.about", name=view.tell.name(record)),
        record=record,
        trail=trail,
        side=side_of([record])[:FEW],
        ngos=catalogue.once(_ngos, record),
        rows=_rows(catalogue, record),
        within=sorted(record.subregions, key=lambda place: sort_key(place.name["lv"])),
        neighbours=_neighbours(catalogue, record),
        former=_before(record),
        needs=in_default_order(record.needs, record)[:FEW] if record.needs else [],
        note=NOTES.get(completeness_of(catalogue)),
        graphql=queries.opened(queries.REGION, code=record.code),
        data=structured.graph(view, structured.region(view, record), trail),
    )


def trail_to(view: View, record: Any) -> list[tuple[str, str]]:
    """The way from the first page to a region, through all that it lies in."""
    above: list[tuple[str, str]] = []
    here = record.parent
    while here is not None and len(above) < FEW:
        above.append((view.tell.name(here), addresses.address(here, view.language)))
        here = here.parent
    own = (view.tell.name(record), addresses.address(record, view.language))
    return [(view.words("page.home"), addresses.path("home", view.language)), *reversed(above), own]


def steps(catalogue: Catalogue) -> Iterator[None]:
    """Find step by step what the pages of regions tell in which many services are given."""
    services = catalogue.indexes["service"]
    for place in governments(catalogue):
        if services.having(("region", place.id)).bit_count() >= MANY:
            catalogue.once(_ngos, place)
            yield
            for category in catalogue.once(_kinds):
                known(catalogue, place, category)
            yield


def _ngos(catalogue: Catalogue, record: Any) -> Ngos:
    places = governed(catalogue, record) or [record]
    side = side_of(places)
    here, linked = ngos_at(catalogue, places), ngos_with(catalogue, side)
    bodies = {body.person().id for body in side}
    working, others = Selection(here & linked), Selection(here & ~linked)
    return Ngos(
        _first(catalogue, working, bodies),
        working.mask.bit_count(),
        _first(catalogue, others, bodies),
        others.mask.bit_count(),
    )


def _first(catalogue: Catalogue, fitting: Selection, side: set[str]) -> list[Ngo]:
    found = first_of(catalogue, "organisation", fitting, size=FEW)
    return [Ngo(record, _with_side(record, side)) for record in found]


def _with_side(record: Any, side: set[str]) -> list[Any]:
    links = [seen for member in members(record) for seen in member.cooperation if seen.partner.person().id in side]
    return sorted(links, key=lambda seen: link_attested(seen.link), reverse=True)


def _rows(catalogue: Catalogue, record: Any) -> list[Known]:
    """Of each top kind of service what is known; of a municipality only."""
    if record.kind not in GOVERNMENTS:
        return []
    return [known(catalogue, record, category) for category in catalogue.once(_kinds)]


def _kinds(catalogue: Catalogue) -> list[Any]:
    """The top kinds of services, in alphabetical order."""
    return sorted(broadest(catalogue, CATEGORIES), key=term_name)


def _neighbours(catalogue: Catalogue, record: Any) -> list[Any]:
    if record.kind not in GOVERNMENTS:
        return []
    around = dict.fromkeys(place for place in with_neighbours(catalogue, record) if place is not record)
    return sorted(around, key=lambda place: sort_key(place.name["lv"]))


def _before(record: Any) -> list[Any]:
    """What it was before the reforms, each once."""
    found = dict.fromkeys(step.region for step in record.predecessors if step.region is not record)
    return sorted(found, key=lambda place: sort_key(place.name["lv"]))
