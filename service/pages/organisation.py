"""An organisation: what it is, what it gives, and with whom it works, as far as is known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from service.catalogue.cooperation import Phase
from service.catalogue.orders import in_default_order
from service.catalogue.persons import members
from service.pages import addresses, queries, structured
from service.pages.partners import picture
from service.pages.view import View

FEW = 8
"""Of other things so many are shown."""

LINKS = 30
"""Cooperation on one page."""

STANDING = (Phase.ACTIVE, Phase.PLANNED, Phase.LAST_KNOWN, Phase.ENDED)


def organisation(view: View) -> str:
    record = view.record()
    number = _page(view)
    ordered = in_default_order(record.cooperation, record) if record.cooperation else []
    links = ordered[LINKS * (number - 1) : LINKS * number]
    units = [unit for unit in members(record) if unit is not record]
    trail = trail_to(view, record)
    return view.show(
        "organisation.html",
        title=view.tell.name(record),
        description=_description(view, record),
        record=record,
        trail=trail,
        services=in_default_order(record.services, record)[:FEW] if record.services else [],
        of_units=_services_of(units),
        linked_units=[unit for unit in units if unit.cooperation][:FEW],
        links=by_phase(links),
        shown=len(links),
        page=number,
        pages=-(-len(ordered) // LINKS),
        picture=picture(ordered[:LINKS], view.tell) if number == 1 else None,
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


def _services_of(units: Sequence[Any]) -> list[Any]:
    """What the units of an organisation give, which is its doing, too."""
    found = (service for unit in units if unit.services for service in in_default_order(unit.services, unit))
    return list(islice(found, FEW))


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
