"""By which words each record is found: its names, what it is about, what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from service.catalogue.dimensions import lineage
from service.catalogue.event import Event
from service.catalogue.organisation import Organisation
from service.catalogue.project import Project
from service.catalogue.region import Region
from service.catalogue.service import Service
from service.catalogue.taxonomy import TaxonomyTerm
from service.catalogue.words import Words
from service.models.region import RegionKind

Text = tuple[str, str]
"""A text with its language."""


Piece = tuple[Callable[[Any], list[Text]], Any]
"""Texts that many records share: how to say them, and of what."""


class Parts(NamedTuple):
    """By what a record is found; what it is called counts most, what describes it least."""

    names: list[Text]
    topics: list[Piece]
    descriptions: list[Text]

    def said(self) -> Iterator[Text]:
        """Every text: what describes it, then its names, then what it is about."""
        yield from (*self.descriptions, *self.names)
        for say, about in self.topics:
            yield from say(about)


def parts(record: Any) -> Parts:
    """By what a record of a noun that is searched is found."""
    return _PARTS[type(record)](record)


def _organisation(it: Organisation) -> Parts:
    kinds = {term.id: term for service in it.services for term in service.categories}
    groups = {term.id: term for term in it.target_groups}
    groups |= {term.id: term for service in it.services for term in service.target_groups}
    topics: list[Piece] = [
        *((_service_names, service) for service in it.services),
        *((_about, term) for term in (*kinds.values(), *groups.values(), *it.fields)),
        *_places(it.places()),
    ]
    return Parts(_organisation_names(it), topics, _said(it.description))


def _service(it: Service) -> Parts:
    topics: list[Piece] = [
        *((_about, term) for term in (*it.categories, *it.target_groups)),
        (_organisation_names, it.provider),
        *_places(it.places()),
    ]
    return Parts(_service_names(it), topics, _said(it.description))


def _term(it: TaxonomyTerm) -> Parts:
    return Parts(_term_names(it), [], _said(it.definition))


def _region(it: Region) -> Parts:
    return Parts([*_said(it.name), (it.code, "lv")], [(_former, it)], [])


def _project(it: Project) -> Parts:
    topics = [(_programme, it), *_participants(it), *_places(it.regions)]
    return Parts(_said(it.title), topics, _said(it.description))


def _event(it: Event) -> Parts:
    places = (*it.regions, *((it.location.region,) if it.location else ()))
    return Parts(_said(it.title), [*_participants(it), *_places(places)], _said(it.description))


def _participants(it: Project | Event) -> Iterator[Piece]:
    yield from ((_organisation_names, participation.organisation) for participation in it.participations)


def _places(regions: Iterable[Any]) -> Iterator[Piece]:
    yield from ((_around, region) for region in dict.fromkeys(regions) if region is not None)


def _organisation_names(it: Organisation) -> list[Text]:
    """What an organisation is called."""
    return [*_said(it.name), *((other.name, "lv") for other in it.alternate_names)]


def _service_names(it: Service) -> list[Text]:
    return _said(it.name)


def _programme(it: Project) -> list[Text]:
    return [*_said(it.programme), *([(it.contract_number, "lv")] if it.contract_number else [])]


def _term_names(it: TaxonomyTerm) -> list[Text]:
    """What a term is called, also by registers and people."""
    return [*_said(it.name), *((alias.name, "lv") for alias in it.aliases)]


def _about(it: TaxonomyTerm) -> list[Text]:
    """What a term and those above it are called; of a kind of service also the situations in which one needs it."""
    found = [text for term in lineage(it).values() for text in _term_names(term)]
    if it.taxonomy.code == "service_category":
        found += [text for situation in it.related_from for text in _said(situation.name)]
    return found


def _around(it: Region) -> list[Text]:
    """What a region, those it lies in, and those that were there before are called; everything is in the country."""
    around = (region for region in lineage(it).values() if region.kind is not RegionKind.COUNTRY)
    return [text for region in around for each in region.before() for text in _said(each.name)]


def _former(it: Region) -> list[Text]:
    return [text for region in it.before() if region is not it for text in _said(region.name)]


def _said(words: Words | None) -> list[Text]:
    return [] if words is None else [(text, language) for language, text in words.items()]


_PARTS: dict[type[Any], Callable[[Any], Parts]] = {
    TaxonomyTerm: _term,
    Organisation: _organisation,
    Service: _service,
    Region: _region,
    Project: _project,
    Event: _event,
}

SEARCHED = ("taxonomy_term", "organisation", "service", "region", "project", "event")
"""The nouns that are searched; of what fits equally well, the earlier ones come first."""
