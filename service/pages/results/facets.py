"""What one can narrow a search by: each value with how many it would leave."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from service.catalogue.catalogue import Catalogue
from service.catalogue.facets import Among
from service.catalogue.filters import Filter
from service.catalogue.taxonomy import terms_of
from service.catalogue.words import sort_key
from service.pages.results.asked import CHOICES, RECORDS, Asked, Value
from service.pages.telling import Telling
from service.pages.view import View

SHOWN: dict[str, tuple[str, ...]] = {
    "service": ("category", "target_group", "access_route", "fee", "availability", "form"),
    "organisation": ("category", "field", "target_group", "sector"),
}
"""What is shown of each kind, in this order."""

FEW = 8
"""So many values are shown at once."""

MOST = 40


@dataclass(frozen=True)
class Option:
    """A value with what choosing it would leave, and the question that chooses it, or does not any more."""

    label: str
    count: int
    chosen: bool
    query: list[tuple[str, str]]


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
    tell = Telling(view.words)
    found = (Facet(name, _options(view, asked, name, counting, tell)) for name in SHOWN[asked.kind])
    return [facet for facet in found if len(facet.options) > 1 or any(option.chosen for option in facet.options)]


def _options(view: View, asked: Asked, name: str, counting: Among, tell: Telling) -> list[Option]:
    chosen = {value.code for value in asked.values if value.name == name}
    values = _values(view.catalogue, name, chosen)
    found = []
    for counted, count in counting.counts(name, values).items():
        value = values[counted]
        label = tell.choice(value.meaning) if name in CHOICES else tell.name(value.meaning)
        found.append(Option(label, count, value.code in chosen, asked.toggled(value)))
    return sorted(found, key=lambda option: (not option.chosen, -option.count, sort_key(option.label)))[:MOST]


def _values(catalogue: Catalogue, name: str, chosen: set[str]) -> dict[Hashable, Value]:
    """The values that are worth showing: of terms the broadest, and what is narrower than a chosen one."""
    if name in CHOICES:
        return {each: Value(name, each.value, each) for each in CHOICES[name]}
    terms = terms_of(catalogue, RECORDS[name])
    shown = (term for term in terms if term.parent is None or chosen & {term.code, term.parent.code})
    return {term.id: Value(name, term.code, term) for term in shown}
