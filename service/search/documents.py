"""By which words each record is found: its names, what it is about, what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from service.catalogue.cooperation import CooperationLink
from service.catalogue.dimensions import lineage
from service.catalogue.event import Event
from service.catalogue.figure import Figure
from service.catalogue.location import Location
from service.catalogue.need import Need
from service.catalogue.organisation import Organisation
from service.catalogue.project import Project
from service.catalogue.region import Region
from service.catalogue.service import Service
from service.catalogue.source import Source
from service.catalogue.taxonomy import TaxonomyTerm
from service.catalogue.words import Words
from service.models.region import RegionKind

Text = tuple[str, str]
"""A text with its language."""


class Parts(NamedTuple):
    """By what a record is found; what it is called counts most, what describes it least.

    `others` is what those beside it are called; `about` are the terms and regions that say what and where it is.
    """

    names: list[Text]
    others: list[Text]
    about: list[Any]
    descriptions: list[Text]

    def said(self) -> Iterator[Text]:
        """Every text: what describes it, then its names, then what it is about."""
        yield from (*self.descriptions, *self.names, *self.others)
        for each in self.about:
            yield from told(each)


def parts(record: Any) -> Parts:
    """By what a record is found."""
    return _PARTS[type(record)](record)


def told(about: Any) -> Iterator[Text]:
    """What a record that is about a term or a region is found by."""
    for each in meaning(about):
        yield from (_term_names if isinstance(each, TaxonomyTerm) else _region_names)(each)


def meaning(about: Any) -> Iterator[Any]:
    """The terms and regions whose names tell of a term or a region.

    Those above it; of a kind of service also the situations in which one needs it; of a region those that were there
    before. Everything is in the country, so that tells nothing.
    """
    if isinstance(about, TaxonomyTerm):
        yield from lineage(about).values()
        yield from about.related_from if about.taxonomy.code == "service_category" else ()
    else:
        around = (region for region in lineage(about).values() if region.kind is not RegionKind.COUNTRY)
        yield from (each for region in around for each in region.before())


def _organisation(it: Organisation) -> Parts:
    kinds = {term: None for service in it.services for term in service.categories}
    groups = dict.fromkeys(it.target_groups)
    groups |= {term: None for service in it.services for term in service.target_groups}
    others = [text for service in it.services for text in _said(service.name)]
    about = [*kinds, *groups, *it.fields, *_places(it.places())]
    return Parts(called(it), others, about, _said(it.description))


def _service(it: Service) -> Parts:
    about = [*it.categories, *it.target_groups, *_places(it.places())]
    return Parts(_said(it.name), called(it.provider), about, _said(it.description))


def _term(it: TaxonomyTerm) -> Parts:
    return Parts(_term_names(it), [], [], _said(it.definition))


def _region(it: Region) -> Parts:
    former = [text for region in it.before() if region is not it for text in _region_names(region)]
    return Parts([*_region_names(it), (it.code, "lv")], former, [], [])


def _project(it: Project) -> Parts:
    return Parts(_said(it.title), [*_programme(it), *_participants(it)], _places(it.regions), _said(it.description))


def _event(it: Event) -> Parts:
    places = (*it.regions, *((it.location.region,) if it.location else ()))
    return Parts(_said(it.title), _participants(it), _places(places), _said(it.description))


def _source(it: Source) -> Parts:
    publisher = [(it.publisher, it.language)] if it.publisher else []
    return Parts([(it.title, it.language)], publisher, [], _said(it.description))


def _figure(it: Figure) -> Parts:
    return Parts(_said(it.name), _said(it.unit), [], _said(it.description))


def _location(it: Location) -> Parts:
    address = [(it.address, "lv")] if it.address else []
    return Parts(_said(it.name), [*_said(it.town), *address], _places([it.region]), [])


def _need(it: Need) -> Parts:
    about = [it.category, *([it.target_group] if it.target_group else []), *_places([it.region])]
    return Parts([], [], about, _said(it.description))


def _link(it: CooperationLink) -> Parts:
    sides = [*called(it.side_a), *called(it.side_b)]
    return Parts([], sides, [], _said(it.description))


def _participants(it: Project | Event) -> list[Text]:
    return [text for participation in it.participations for text in called(participation.organisation)]


def _places(regions: Iterable[Any]) -> list[Any]:
    return [region for region in dict.fromkeys(regions) if region is not None]


def called(it: Organisation) -> list[Text]:
    """What an organisation is called."""
    return [*_said(it.name), *((other.name, "lv") for other in it.alternate_names)]


def _programme(it: Project) -> list[Text]:
    return [*_said(it.programme), *([(it.contract_number, "lv")] if it.contract_number else [])]


def _term_names(it: TaxonomyTerm) -> list[Text]:
    """What a term is called, also by registers and people."""
    return [*_said(it.name), *((alias.name, "lv") for alias in it.aliases)]


def _region_names(it: Region) -> list[Text]:
    return _said(it.name)


def _said(words: Words | None) -> list[Text]:
    return [] if words is None else [(text, language) for language, text in words.items()]


_PARTS: dict[type[Any], Callable[[Any], Parts]] = {
    TaxonomyTerm: _term,
    Organisation: _organisation,
    Service: _service,
    Region: _region,
    Project: _project,
    Event: _event,
    Source: _source,
    Figure: _figure,
    Location: _location,
    Need: _need,
    CooperationLink: _link,
}

SEARCHED = (
    "taxonomy_term",
    "organisation",
    "service",
    "region",
    "project",
    "event",
    "source",
    "figure",
    "location",
    "need",
    "cooperation_link",
)
"""The nouns that are searched; of what fits equally well, the earlier ones come first."""

NAMELESS = frozenset({"location", "need", "cooperation_link"})
"""The nouns of which records may have no name of their own."""
