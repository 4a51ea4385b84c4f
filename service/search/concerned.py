"""In whose documents the texts of a record stand: those are made anew when it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from service.catalogue.indexes import Selection
from service.catalogue.location import Location
from service.catalogue.organisation import Organisation
from service.catalogue.postings import places_of
from service.catalogue.region import Region
from service.catalogue.service import Service
from service.catalogue.taxonomy import Taxonomy, TaxonomyTerm
from service.search.documents import called


def concerned(record: Any) -> Iterator[Any]:
    """The records, beside itself, whose documents hold its texts."""
    find = _CONCERNED.get(type(record))
    if find is not None:
        yield from find(record)


def lent(record: Any) -> object:
    """What stands of a record in the documents of those concerned: while it is the same, so are these.

    Where that is more than what it is called, nothing is the same.
    """
    return called(record) if isinstance(record, Organisation) else object()


def _organisation(it: Organisation) -> Iterator[Any]:
    yield from it.services
    yield from (participation.project for participation in it.project_participations)
    yield from (participation.event for participation in it.event_participations)
    yield from (seen.link for seen in it.cooperation)


def _service(it: Service) -> Iterator[Any]:
    yield it.provider


def _location(it: Location) -> Iterator[Any]:
    yield from (*it.seat_of, *it.events)
    for service in it.services:
        yield from (service, service.provider)


def _taxonomy(it: Taxonomy) -> Iterator[Any]:
    for term in it.terms:
        yield from (term, *_term(term))


def _term(it: TaxonomyTerm) -> Iterator[Any]:
    for term in (it, *it.related):
        for noun, names in _TERMS.items():
            for name in names:
                yield from _having(it, noun, (name, term.id))


_TERMS = {
    "organisation": ("category", "target_group", "field"),
    "service": ("category", "target_group"),
    "need": ("category", "target_group"),
}


def _region(it: Region) -> Iterator[Any]:
    for region in (it, *_after(it)):
        yield region
        for noun in ("organisation", "service", "project", "event", "location", "need"):
            yield from _having(it, noun, ("region", region.id))


def _after(it: Region) -> Iterator[Region]:
    """What a former region became, and what that became."""
    seen, ahead = {it.id}, [it]
    while ahead:
        for step in ahead.pop().successions:
            if step.successor.id not in seen:
                seen.add(step.successor.id)
                ahead.append(step.successor)
                yield step.successor


def _having(it: Any, noun: str, dimension: tuple[str, str]) -> Iterator[Any]:
    index = it.catalogue.indexes[noun]
    for place in places_of(Selection(index.having(dimension)).octets):
        yield index.objects[place]


_CONCERNED: dict[type[Any], Callable[[Any], Iterator[Any]]] = {
    Organisation: _organisation,
    Service: _service,
    Location: _location,
    Taxonomy: _taxonomy,
    TaxonomyTerm: _term,
    Region: _region,
}
