"""Legal persons and their units: what a unit does, the organisation that it is a unit of does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from service.catalogue.indexes import Index, Selection
from service.catalogue.postings import bitset, places_of
from service.catalogue.reach import objects_of
from service.models.organisation import LegalForm

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


def members(person: Any) -> Iterator[Any]:
    """A legal person and its units."""
    ahead = [person]
    while ahead:
        here = ahead.pop()
        yield here
        ahead.extend(unit for unit in here.units if unit.legal_form is LegalForm.UNIT)


def persons(organisations: Index, mask: int) -> int:
    """Organisations, with the legal persons in place of their units."""
    units = mask & organisations.having(("legal_form", LegalForm.UNIT))
    if not units:
        return mask
    catalogue = next(organisations.present()).catalogue
    return mask & ~units | persons_at(catalogue, places_of(Selection(units).octets))


def givers_mask(catalogue: Catalogue, services: int) -> int:
    """The legal persons that give some services, as bits."""
    if not services:
        return 0
    provider = catalogue.indexes["service"].fed("provider")
    return persons_at(catalogue, set(map(provider.__getitem__, places_of(Selection(services).octets))))


def persons_at(catalogue: Catalogue, organisations: Iterable[int]) -> int:
    """The legal persons that organisations, by ordinal, are or are units of, as bits."""
    found = set(map(catalogue.once(_by_organisation).__getitem__, organisations))
    return bitset(found, len(catalogue.indexes["organisation"].objects))


def _by_organisation(catalogue: Catalogue) -> list[int]:
    """By the ordinal of each organisation that of the legal person."""
    index = catalogue.indexes["organisation"]
    whole = list(range(len(index.objects)))
    for unit in objects_of(index, index.having(("legal_form", LegalForm.UNIT))):
        whole[unit.ordinal] = unit.person().ordinal
    return whole
