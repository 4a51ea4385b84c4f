"""What one can narrow a search by: each value with how many it would leave."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from service.catalogue.catalogue import Catalogue
from service.catalogue.facets import Among
from service.catalogue.filters import Filter
from service.catalogue.taxonomy import broadest, terms_of
from service.catalogue.words import sort_key
from service.i18n import words
from service.pages.results.asked import CHOICES, RECORDS, Asked, Value
from service.pages.telling import Telling
from service.pages.view import View, joined

SHOWN: dict[str, tuple[str, ...]] = {
    "service": ("category", "target_group", "access_route", "fee", "availability", "form"),
    "organisation": ("category", "field", "target_group", "sector"),
}
"""What is shown of each kind, in this order."""

FEW = 8
"""So many values are shown at once."""

MOST = 40


@dataclass(frozen=True)
class Offer:
    """A value that can be chosen, as it is told, and its place in the alphabet."""

    value: Value
    label: str
    place: tuple[str, str]


@dataclass(frozen=True)
class Option:
    """A value with what choosing it would leave, and where it is chosen, or not any more."""

    label: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Facet:
    """What one can choose of one part of the question."""

    name: str
    options: Sequence[Option]

    @property
    def first(self) -> Sequence[Option]:
        return self.options[:FEW]

    @property
    def others(self) -> Sequence[Option]:
        return self.options[FEW:]


def facets(view: View, asked: Asked, among: Filter | None) -> list[Facet]:
    """All that tell results apart; none where the words fit in part only."""
    if among is None:
        return []
    counting = Among(view.catalogue, asked.kind, among)
    plain = view.link("results", query=asked.query())
    found = (Facet(name, list(_options(view, asked, name, counting, plain))) for name in SHOWN[asked.kind])
    return [facet for facet in found if len(facet.options) > 1 or any(option.chosen for option in facet.options)]


def _options(view: View, asked: Asked, name: str, counting: Among, plain: str) -> Iterator[Option]:
    """Those that are chosen, then those that leave most. `plain` is where the question as it is leads."""
    chosen = {value.code for value in asked.values if value.name == name}
    offers = _offers(view, name, chosen)
    counted = [(offers[value], count) for value, count in counting.counts(name, offers).items()]
    counted.sort(key=lambda pair: (pair[0].value.code not in chosen, -pair[1], pair[0].place))
    for offer, count in counted[:MOST]:
        if offer.value.code in chosen:
            yield Option(offer.label, count, True, view.link("results", query=asked.without(offer.value)))
        else:
            yield Option(offer.label, count, False, joined(plain, urlencode({name: offer.value.code})))


def _offers(view: View, name: str, chosen: set[str]) -> dict[Hashable, Offer]:
    """The values that are worth showing: of terms the broadest, and what is narrower than a chosen one."""
    found = view.catalogue.once(_broadest, name, view.language)
    if not chosen or name in CHOICES:
        return found
    narrower = (term for term in terms_of(view.catalogue, RECORDS[name]) if _is_near(term, chosen))
    return found | _terms(name, narrower, view.tell)


def _is_near(term: Any, chosen: set[str]) -> bool:
    """Whether it is one of those that are chosen, or the next narrower one."""
    return bool(chosen & {term.code, term.parent.code if term.parent else ""})


def _broadest(catalogue: Catalogue, name: str, language: str) -> dict[Hashable, Offer]:
    tell = Telling(words(language))
    if name not in CHOICES:
        return _terms(name, broadest(catalogue, RECORDS[name]), tell)
    return {each: _offer(Value(name, each.value, each), tell) for each in CHOICES[name]}


def _terms(name: str, terms: Iterable[Any], tell: Telling) -> dict[Hashable, Offer]:
    return {term.id: _offer(Value(name, term.code, term), tell) for term in terms}


def _offer(value: Value, tell: Telling) -> Offer:
    label = tell.value(value.meaning)
    return Offer(value, label, sort_key(label))
