"""Life situations: which services help in one, by the kinds of service and target groups that the situation names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from service.catalogue.indexes import Index, Selection
from service.catalogue.postings import mask_of, places_of
from service.catalogue.taxonomy import terms_of

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

SITUATION = "taxonomy_term/life_situation"


def situations(catalogue: Catalogue) -> Iterator[str]:
    """The ids of all situations."""
    yield from (term.id for term in terms_of(catalogue, SITUATION))


def helping(catalogue: Catalogue, names: Sequence[str]) -> int:
    """The services that help in one of the situations, which are named by id or code, or in a narrower one.

    They are of a kind that the situation names; where both it and the service name target groups, one is common.
    """
    index = catalogue.indexes["service"]
    found = (catalogue.find(SITUATION, name) for name in names)
    terms = (each for term in found if term is not None for each in _with_narrower(catalogue, term))
    return reduce(or_, (_helping_in(index, situation) for situation in terms), 0)


def providing(catalogue: Catalogue, services: int) -> int:
    """The organisations that give one of the services."""
    index = catalogue.indexes["service"]
    found = bytearray(len(catalogue.indexes["organisation"].objects))
    for place in places_of(Selection(services).octets):
        service: Any = index.objects[place]
        found[service.provider.ordinal] = 1
    return mask_of(found)


def _helping_in(index: Index, situation: Any) -> int:
    kinds = _named(index, "category", situation)
    groups = _named(index, "target_group", situation)
    return kinds & (groups | ~index.having_any("target_group")) if groups else kinds


def _named(index: Index, name: str, situation: Any) -> int:
    return reduce(or_, (index.having((name, term.id)) for term in situation.related), 0)


def _with_narrower(catalogue: Catalogue, term: Any) -> Iterator[Any]:
    index = catalogue.indexes["taxonomy_term"]
    yield from (index.objects[place] for place in places_of(Selection(index.having(("within", term.id))).octets))
