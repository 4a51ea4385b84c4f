"""Any filter and order of a noun, and beside each field of a filter what it means, said without any index."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from math import asin, cos, degrees, dist, pi, radians, sin
from typing import Any, get_args, get_origin, get_type_hints

import strawberry
from hypothesis import strategies as st
from strawberry import Some

from service.catalogue import (
    cooperation,
    event,
    figure,
    location,
    need,
    organisation,
    project,
    region,
    service,
    source,
    taxonomy,
)
from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import Direction
from service.catalogue.filters import Filter, Order
from service.catalogue.near import NearBy, NearPointInput, NearRegionInput
from service.catalogue.neighbours import neighbours
from service.catalogue.types import NOUN_OF
from service.models.cooperation import ConfirmationState, LinkKind
from service.models.project import ProjectRole
from tests.catalogue.values import LINES

EXAMPLES = int(os.environ.get("EXAMPLES", "500")) // 11
"""Of each noun that has a filter."""

FILTERS: dict[str, type[Any]] = {
    "source": source.SourceFilter,
    "region": region.RegionFilter,
    "taxonomy_term": taxonomy.TaxonomyTermFilter,
    "location": location.LocationFilter,
    "organisation": organisation.OrganisationFilter,
    "service": service.ServiceFilter,
    "project": project.ProjectFilter,
    "cooperation_link": cooperation.CooperationLinkFilter,
    "event": event.EventFilter,
    "need": need.NeedFilter,
    "figure": figure.FigureFilter,
}
ORDERS: dict[str, type[Any]] = {
    "source": source.SourceOrder,
    "region": region.RegionOrder,
    "taxonomy_term": taxonomy.TaxonomyTermOrder,
    "location": location.LocationOrder,
    "organisation": organisation.OrganisationOrder,
    "service": service.ServiceOrder,
    "project": project.ProjectOrder,
    "cooperation_link": cooperation.CooperationLinkOrder,
    "event": event.EventOrder,
    "need": need.NeedOrder,
    "figure": figure.FigureOrder,
}

Means = Callable[[Any, Any], bool]
JUNK = ("", "nav-tada", "\0", "00000000-0000-0000-0000-000000000000", "'; DROP TABLE record; --")
TEXTS = ("", " ", "ABEL", "krīze", "žagari", "Valmiera", "aa", "vārds 1", "cits  nosaukums", "nav tāda", "\0", "ķ\n")
STRINGS = ("lv", "en", "uk", "service_category", "activity_field", *LINES, *JUNK)
DAYS = [date(2009, 1, 1), date(2012, 11, 30), date(2013, 6, 26), date(2024, 6, 1), date(2026, 11, 15), date(2029, 1, 1)]
SINGLE: dict[Any, Sequence[Any]] = {str: TEXTS, bool: (True, False), int: (-1, 0, 7, 17, 18, 64, 130), date: DAYS}
SINGLE[NearBy] = (
    *(
        NearBy(region=Some(NearRegionInput(id=strawberry.ID(name), neighbours=beside)), point=None)
        for name in ("valmieras-novads", "rujiena", "burtnieku-novads-2009", "pr-riga", "lv", "nav-tada")
        for beside in (True, False)
    ),
    *(
        NearBy(region=None, point=Some(NearPointInput(latitude=north, longitude=east, radius_km=km)))
        for north, east in ((57.54, 25.42), (56.95, 24.11), (90.0, 0.0), (-1e308, 0.0), (0.0, 181.0))
        for km in (-1.0, 0.0, 40.0, 90.0, 150.0, 21_000.0)
    ),
)


def plain(text: str) -> str:
    """Small letters without diacritics, in another way than the catalogue has it."""
    apart = unicodedata.normalize("NFD", text.lower())
    return " ".join("".join(letter for letter in apart if unicodedata.category(letter) != "Mn").split())


def around(place: Any) -> Iterator[Any]:
    """A region or term and everything it lies in; of a former region also its successors."""
    if place is None:
        return
    yield place
    yield from around(place.parent)
    for step in getattr(place, "successions", ()):
        if step.successor is not place:
            yield from around(step.successor)


def lies_in(*places: Any) -> Means:
    """Whether one of the places that getters give lies in one of the named ones."""
    return lambda item, names: any(
        is_named(found, names) for get in places for p in _each(get(item)) for found in around(p)
    )


def named(*getters: Callable[[Any], Any]) -> Means:
    return lambda item, names: any(is_named(found, names) for get in getters for found in _each(get(item)))


def is_named(record: Any, names: list[str]) -> bool:
    own = {record.id, getattr(record, "slug", None), getattr(record, "code", None)}
    return any(name in own or _leads_to(record, name) for name in names)


def _leads_to(record: Any, name: str) -> bool:
    """Whether it is an id or a slug of what was merged into the record, or a slug it once had."""
    catalogue = record.catalogue
    return catalogue.node(name) is record or catalogue.slugs.get((NOUN_OF[type(record)], name)) is record


def _each(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def one_of(*getters: Callable[[Any], Any]) -> Means:
    return lambda item, values: any(value in values for get in getters for value in _each(get(item)))


def equal(get: Callable[[Any], Any]) -> Means:
    return lambda item, value: bool(get(item) == value)


def says(*getters: Callable[[Any], Any]) -> Means:
    return lambda item, text: any(plain(text) in plain(said) for get in getters for said in _texts(get(item)))


def _texts(value: Any) -> list[str]:
    return [text for part in _each(value) for text in (part.values() if isinstance(part, dict) else [part])]


def holds_on(link: Any, day: date) -> bool:
    """By the texts of its dates: an imprecise date is as long as what is known of it."""
    today = day.isoformat()
    if link.valid_to and today[: len(link.valid_to.value)] > link.valid_to.value:
        return False
    if link.valid_from:
        return today[: len(link.valid_from.value)] >= link.valid_from.value
    said = [word.on.isoformat() for word in link.confirmations if word.state is ConfirmationState.CONFIRMED]
    known = [
        link.attested_on.value if link.attested_on else None,
        link.assured_on and link.assured_on.isoformat(),
        *said,
    ]
    return any(today[: len(start)] >= start for start in known if start)


def _worked_on(item: Any, day: date, kinds: Sequence[LinkKind] = tuple(LinkKind)) -> bool:
    return any(holds_on(seen.link, day) for seen in item.cooperation if seen.link.kind in kinds)


KM = 6371.0088 * 2 * pi / 360
"""Of a degree on a great circle."""


def is_near(regions: Callable[[Any], Any], locations: Callable[[Any], Any]) -> Means:
    """Whether one of the regions is near, or one of the locations; the way is measured by the chord."""

    def means(item: Any, by: NearBy) -> bool:
        if by.around is not None:
            if not (-90 <= by.around.latitude <= 90 and -180 <= by.around.longitude <= 180):
                return False
            points = [place.point for place in _each(locations(item)) if place.point is not None]
            return any(_way(point, by.around) <= by.around.radius_km for point in points)
        asked: Any = by.region and by.region.value
        region = item.catalogue.find("region", asked.id)
        wanted = [] if region is None else [region]
        if region is not None and asked.neighbours:
            codes = {each.code for each in around(region)} & neighbours().keys()
            beside = {code for each in codes for code in neighbours()[each]}
            wanted += [each for each in item.catalogue.of("region") if each.code in codes | beside]
        return any(found in wanted for place in _each(regions(item)) for found in around(place))

    return means


def _way(point: Any, to: NearPointInput) -> float:
    """Through the earth and then along the arc above."""
    ends = ((point.lat, point.lon), (to.latitude, to.longitude))
    one, other = ((cos(a) * cos(b), cos(a) * sin(b), sin(a)) for a, b in (map(radians, end) for end in ends))
    return degrees(2 * asin(min(1, dist(one, other) / 2))) * KM


def _helps(service: Any, names: list[str]) -> bool:
    return any(_helps_in(service, term) for term in _named_situations(service, names))


def _helps_in(service: Any, situation: Any) -> bool:
    groups = {term for term in situation.related if term.taxonomy.code == "target_group"}
    for_whom = {found for term in service.target_groups for found in around(term)} & groups
    fits = not groups or not service.target_groups or for_whom
    return bool(fits and any(found in situation.related for term in service.categories for found in around(term)))


def _named_situations(service: Any, names: list[str]) -> list[Any]:
    terms = [term for term in service.catalogue.of("taxonomy_term") if term.taxonomy.code == "life_situation"]
    return [term for term in terms if any(is_named(broader, names) for broader in around(term))]


def _link_places(link: Any) -> list[Any]:
    return link.regions or [*_organisation_places(link.side_a), *_organisation_places(link.side_b)]


def _organisation_places(item: Any) -> list[Any]:
    return [*_each(item.seat and item.seat.region), *item.regions, *(a.region for a in item.authority_for)]


def _service_places(item: Any) -> list[Any]:
    return [*item.regions, *(place.region for place in item.locations)]


def _sides(get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda link: [*_each(get(link.side_a)), *_each(get(link.side_b))]


def _names(item: Any) -> list[Any]:
    return [item.name, *(other.name for other in item.alternate_names)]


def _term_texts(*terms: Any) -> list[Any]:
    return [text for term in terms for text in (term.name, term.code, *(alias.name for alias in term.aliases))]


MEANS: dict[str, dict[str, Means]] = {
    "source": {
        "kind": one_of(lambda x: x.kind),
        "completeness": one_of(lambda x: x.completeness),
        "language": one_of(lambda x: x.language),
        "text": says(lambda x: [x.title, x.publisher or "", x.description or {}]),
    },
    "region": {
        "kind": one_of(lambda x: x.kind),
        "within": lies_in(lambda x: x),
        "text": says(lambda x: [x.name, x.code]),
    },
    "taxonomy_term": {
        "taxonomy": one_of(lambda x: x.taxonomy.code),
        "within": lies_in(lambda x: x),
        "top_level": equal(lambda x: x.parent is None),
        "text": says(_term_texts),
    },
    "location": {
        "region": lies_in(lambda x: x.region),
        "location_type": one_of(lambda x: x.location_type),
        "near": is_near(lambda x: x.region, lambda x: x),
        "confidential": equal(lambda x: x.confidential),
        "text": says(lambda x: [x.name or {}, x.town or {}, x.address or "", x.region.name]),
    },
    "organisation": {
        "region": lies_in(_organisation_places),
        "category": lies_in(lambda x: [term for s in x.services for term in s.categories]),
        "target_group": lies_in(lambda x: [*x.target_groups, *(t for s in x.services for t in s.target_groups)]),
        "field": lies_in(lambda x: x.fields),
        "legal_form": one_of(lambda x: x.legal_form),
        "sector": one_of(lambda x: x.sector),
        "role": one_of(lambda x: x.roles),
        "link_kind": one_of(lambda x: [seen.link.kind for seen in x.cooperation]),
        "freshness": one_of(lambda x: x.freshness()),
        "situation": lambda x, names: any(_helps(service, names) for service in x.services),
        "near": is_near(
            _organisation_places, lambda x: [*_each(x.seat), *(y for s in x.services for y in s.locations)]
        ),
        "as_of": _worked_on,
        "text": says(_names, lambda x: x.description),
    },
    "service": {
        "region": lies_in(lambda x: x.regions, lambda x: [place.region for place in x.locations]),
        "category": lies_in(lambda x: x.categories),
        "target_group": lies_in(lambda x: x.target_groups),
        "provider": named(lambda x: x.provider),
        "sector": one_of(lambda x: x.provider.sector),
        "legal_form": one_of(lambda x: x.provider.legal_form),
        "status": one_of(lambda x: x.status),
        "form": one_of(lambda x: x.forms),
        "fee": one_of(lambda x: x.fee),
        "access_route": one_of(lambda x: x.access_routes),
        "residence_rule": one_of(lambda x: x.residence_rule),
        "funding_source": one_of(lambda x: x.funding_sources),
        "response": one_of(lambda x: x.response),
        "language": one_of(lambda x: x.languages),
        "age": lambda x, age: (x.minimum_age or 0) <= age and (x.maximum_age is None or age <= x.maximum_age),
        "situation": _helps,
        "availability": one_of(lambda x: x.availability().state),
        "near": is_near(_service_places, lambda x: x.locations),
        "freshness": one_of(lambda x: x.freshness()),
        "text": says(lambda x: [x.name, x.description or {}, x.provider.name], lambda x: _term_texts(*x.categories)),
    },
    "project": {
        "region": lies_in(lambda x: x.regions),
        "participant": named(lambda x: [part.organisation for part in x.participations]),
        "funder": named(lambda x: [p.organisation for p in x.participations if p.role is ProjectRole.FUNDER]),
        "text": says(lambda x: [x.title, x.programme or {}, x.description or {}, x.contract_number or ""]),
    },
    "cooperation_link": {
        "kind": one_of(lambda x: x.kind),
        "phase": one_of(lambda x: x.phase()),
        "trust": one_of(lambda x: x.trust()),
        "documented": equal(lambda x: x.documented()),
        "freshness": one_of(lambda x: x.freshness()),
        "as_of": holds_on,
        "organisation": named(lambda x: [x.side_a, x.side_b]),
        "sector": one_of(_sides(lambda side: side.sector)),
        "legal_form": one_of(_sides(lambda side: side.legal_form)),
        "region": lies_in(_link_places),
        "category": lies_in(lambda x: [*x.categories, *(term for s in x.services for term in s.categories)]),
        "project": named(lambda x: x.project),
        "text": says(lambda x: x.description, _sides(_names)),
    },
    "event": {
        "kind": one_of(lambda x: x.kind),
        "region": lies_in(lambda x: [*x.regions, *_each(x.location and x.location.region)]),
        "participant": named(lambda x: [part.organisation for part in x.participations]),
        "project": named(lambda x: x.project),
        "near": is_near(lambda x: [*x.regions, *_each(x.location and x.location.region)], lambda x: x.location),
        "text": says(lambda x: [x.title, x.description or {}]),
    },
    "need": {
        "statement": one_of(lambda x: x.statement),
        "region": lies_in(lambda x: x.region),
        "category": lies_in(lambda x: x.category),
        "target_group": lies_in(lambda x: x.target_group),
        "stated_by": named(lambda x: x.stated_by),
        "text": says(lambda x: [x.description or {}, x.region.name], lambda x: _term_texts(x.category)),
    },
    "figure": {
        "indicator": one_of(lambda x: x.indicator),
        "region": lies_in(lambda x: x.region),
        "organisation": named(lambda x: x.organisation),
        "service": named(lambda x: x.service),
        "project": named(lambda x: x.project),
        "text": says(lambda x: [x.name, x.unit, x.description or {}]),
    },
}

NAMES_OF = {
    "organisation": "organisation",
    "provider": "organisation",
    "participant": "organisation",
    "funder": "organisation",
    "stated_by": "organisation",
    "service": "service",
    "project": "project",
    "region": "region",
    "category": "taxonomy_term/service_category",
    "target_group": "taxonomy_term/target_group",
    "field": "taxonomy_term/activity_field",
    "situation": "taxonomy_term/life_situation",
}
"""What the fields that take ids, slugs or codes name."""


@cache
def pool(catalogue: Catalogue, noun: str, field: str) -> tuple[Sequence[Any], bool]:
    """Values worth asking a field of a filter for, and whether it takes a list of them."""
    hint = next(
        kind
        for kind in get_args(get_type_hints(FILTERS[noun], localns={"Catalogue": Catalogue})[field])
        if kind is not type(None)
    )
    if get_origin(hint) is not list:
        return SINGLE[hint], False
    [kind] = get_args(hint)
    if kind is strawberry.ID:
        return _names_of(catalogue, NAMES_OF.get(field, noun)), True
    return STRINGS if kind is str else list(kind), True


@cache
def filters(catalogue: Catalogue, noun: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any choice of the fields of a noun's filter, with values."""
    values = {}
    for field in MEANS[noun]:
        found, several = pool(catalogue, noun, field)
        values[field] = st.lists(st.sampled_from(found), max_size=3) if several else st.sampled_from(found)
    names = st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=3, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: values[name] for name in chosen}))


def _names_of(catalogue: Catalogue, noun: str) -> list[str]:
    """Ids, slugs and codes, and some that nothing has."""
    kind, _, taxonomy = noun.partition("/")
    records = [record for record in catalogue.of(kind) if not taxonomy or record.taxonomy.code == taxonomy]
    names = {name for r in records for name in (r.id, getattr(r, "slug", None), getattr(r, "code", None)) if name}
    return [*sorted(names), *JUNK]


@cache
def orders(noun: str) -> st.SearchStrategy[Order | None]:
    made = ORDERS[noun]
    chosen = st.builds(made, field=st.sampled_from(list(made.KEYS)), direction=st.sampled_from(list(Direction)))
    return st.none() | chosen


def fitting(catalogue: Catalogue, noun: str, given: dict[str, Any]) -> list[Any]:
    """What fits the given fields of a filter, found by looking at every object."""
    found = [x for x in catalogue.of(noun) if all(MEANS[noun][name](x, value) for name, value in given.items())]
    if noun == "organisation" and {"link_kind", "as_of"} <= given.keys():  # Both speak of the same link.
        found = [x for x in found if _worked_on(x, given["as_of"], given["link_kind"])]
    return found


def filter_of(noun: str, given: dict[str, Any]) -> Filter:
    made: Filter = FILTERS[noun](**given)
    return made
