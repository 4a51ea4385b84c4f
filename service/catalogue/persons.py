"""Legal persons and their units: what a unit does, the organisation that it is a unit of does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from service.catalogue.indexes import Index
from service.catalogue.reach import mask_of_all, objects_of
from service.models.organisation import LegalForm

PROVIDER = attrgetter("provider")


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
    whole = (unit.person() for unit in objects_of(organisations, units))
    return mask & ~units | mask_of_all(organisations, whole)


def providers(organisations: Index, services: Iterable[Any]) -> int:
    """Those that give some services."""
    return mask_of_all(organisations, dict.fromkeys(map(PROVIDER, services)))
