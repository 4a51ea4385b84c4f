"""Who is known to give a kind of service: here, in the municipalities beside, and in the whole country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.coverage.capacity import CoverageCapacity
from service.catalogue.coverage.cell import CoverageCell
from service.catalogue.coverage.provider import Providers
from service.catalogue.neighbours import with_neighbours
from service.catalogue.words import sort_key
from service.pages.known import cell_of, known

FEW = 12
"""So many are told here."""

ANYWHERE = 6
"""So many of those for the whole country, who are the same for every municipality."""

SERVICES = 3
"""Of each here so many services, and one less elsewhere."""


@dataclass(frozen=True)
class Giver:
    """An organisation with its services that are meant, and how the municipal side sees to them."""

    record: Any
    services: list[Any]
    arrangements: list[Any]


@dataclass(frozen=True)
class Place:
    """A municipality: how many give it there, and the first of them."""

    region: Any
    count: int
    givers: list[Giver]


class Givers:
    """All that is known of who gives a category in a region and around it."""

    def __init__(self, catalogue: Catalogue, region: Any, category: Any) -> None:
        self._catalogue = catalogue
        self._category = category
        self.region = region
        self.cell: CoverageCell = cell_of(catalogue, region, category)
        here = [_giver(each, SERVICES) for each in self.cell.first_providers(FEW)]
        self.here = Place(region, self.cell.provider_count(), here)
        self.beside = [self._known(place) for place in self._beside()]
        anywhere = [_giver(each, SERVICES - 1) for each in self.cell.first_country_wide(ANYWHERE)]
        self.country_wide = Place(None, self.cell.providing.far.bit_count(), anywhere)

    @cached_property
    def capacities(self) -> list[CoverageCapacity]:
        """How many the services here can take, by unit."""
        found: list[CoverageCapacity] = list(self.cell.capacities().nodes)
        return found

    def _known(self, region: Any) -> Place:
        its = known(self._catalogue, region, self._category)
        cell = cell_of(self._catalogue, region, self._category)
        first = Providers(cell.providing, its.first)
        return Place(region, its.count, [_giver(each, SERVICES - 1) for each in first])

    def _beside(self) -> list[Any]:
        found = dict.fromkeys(place for place in with_neighbours(self._catalogue, self.region))
        others = [place for place in found if place is not self.region]
        return sorted(others, key=lambda place: sort_key(place.name["lv"]))

    @cached_property
    def beside_known(self) -> list[Place]:
        """The municipalities beside in which somebody is known."""
        return [place for place in self.beside if place.count]

    @cached_property
    def beside_unknown(self) -> list[Any]:
        """Those of which nothing is known."""
        return [place.region for place in self.beside if not place.count]

    @cached_property
    def services(self) -> list[Any]:
        """The services here that are told."""
        return list(dict.fromkeys(service for giver in self.here.givers for service in giver.services))


def _giver(provider: Any, services: int) -> Giver:
    return Giver(provider.organisation, provider.first_services(services), provider.arrangements())
