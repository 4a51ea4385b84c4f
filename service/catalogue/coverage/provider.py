"""Who gives a category of service to a region, and by which arrangement with its municipal side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import Any

import strawberry

from service.catalogue.costs import PAGE, at_most
from service.catalogue.coverage.place import Place
from service.catalogue.coverage.question import ARRANGEMENTS, Arrangement
from service.catalogue.faceted import connection_field
from service.catalogue.indexes import Selection
from service.catalogue.persons import members
from service.catalogue.postings import places_of
from service.catalogue.reach import Reach, each_of
from service.catalogue.record import Freshness
from service.catalogue.refs import OrganisationRef

REACHES = list(Reach)
NEAR = (Reach.LOCAL, Reach.REGIONAL)

Provider = tuple[Reach, int]
"""In which way somebody gives a category to a region, and the ordinal of this legal person."""


class Providing:
    """Who gives one category in one place; a legal person with its units is one provider."""

    def __init__(self, place: Place, category: Any) -> None:
        self.place = place
        self.category = category
        self._selections: dict[tuple[Reach, ...], Selection] = {}

    @property
    def links(self) -> Sequence[Any]:
        """The links by which the municipal side sees to it."""
        return self.place.links(self.category)

    @cached_property
    def near(self) -> int:
        """Those that give it here or for the planning region, and those with whom the municipal side arranged it, as
        bits."""
        return self.local | self.place.givers(self.category, Reach.REGIONAL)

    @cached_property
    def local(self) -> int:
        """Those of them that give it here, or by an arrangement."""
        return self.place.givers(self.category, Reach.LOCAL) | self.place.arranged(self.category)

    def providers(self) -> list[Provider]:
        """Those near, the nearest first, then in alphabetical order."""
        regional = self._named(Reach.REGIONAL, self.near & ~self.local)
        return [*self._named(Reach.LOCAL, self.local), *regional]

    def nearest(self, most: int) -> list[Provider]:
        """The first of them; the others are not put in order."""
        local = self._first(Reach.LOCAL, self.local, most)
        return local + self._first(Reach.REGIONAL, self.near & ~self.local, most - len(local))

    def country_wide(self, most: int | None = None) -> list[Provider]:
        """Those that give it to the whole country, and not in any nearer way, in alphabetical order; the first of them
        only if it is said how many."""
        if most is None:
            return self._named(Reach.COUNTRY_WIDE, self.far)
        return self._first(Reach.COUNTRY_WIDE, self.far, most)

    @cached_property
    def far(self) -> int:
        """The same, as bits."""
        return self.place.givers(self.category, Reach.COUNTRY_WIDE) & ~self.near

    def how_many(self) -> int:
        """None, one or several are near, told without looking further than the second."""
        if "near" in vars(self):
            return min(self.near.bit_count(), 2)
        each = self._each()
        first = next(each, None)
        return 0 if first is None else 2 if any(person is not first for person in each) else 1

    def services(self, person: Any, reaches: tuple[Reach, ...]) -> Iterator[Any]:
        """The services of one of them that are meant, each once: its own, then those that links name."""
        meant = self._meant(reaches)
        own = (service for member in members(person) for service in member.services if meant.passes(service))
        linked = (service for link in self.links_of(person) for service in link.services)
        named = (service for service in linked if self.place.is_meant(service, self.category))
        told: set[Any] = set()
        for service in chain(own, named):
            if service not in told:
                told.add(service)
                yield service

    def _meant(self, reaches: tuple[Reach, ...]) -> Selection:
        if reaches not in self._selections:
            self._selections[reaches] = Selection(self.place.services(self.category, *reaches))
        return self._selections[reaches]

    def links_of(self, person: Any) -> list[Any]:
        """The links with one of them."""
        return [link for link in self.links if link.side_b.person() is person]

    def _each(self) -> Iterator[Any]:
        for service in each_of(self.place.index, self.place.services(self.category, *NEAR)):
            yield service.provider.person()
        yield from (link.side_b.person() for link in self.links)

    def _named(self, reach: Reach, whom: int) -> list[Provider]:
        names = self.place.question.by_name.ranks()
        return [(reach, place) for place in sorted(_places(whom), key=names.__getitem__)]

    def _first(self, reach: Reach, whom: int, most: int) -> list[Provider]:
        places = self.place.question.by_name.first(whom, most) if whom and most else []
        return [(reach, place) for place in places]


def _places(whom: int) -> list[int]:
    return places_of(Selection(whom).octets) if whom else []


@strawberry.type(
    description="An organisation, its units included, that gives a category of service to a region, as far as is known."
)
class CoverageProvider:
    organisation: OrganisationRef = strawberry.field(description="The organisation.")
    reach: Reach = strawberry.field(description="How the nearest of it reaches the region.")
    providing: strawberry.Private[Providing]

    @strawberry.field(description="Whether it belongs to a municipality.")
    def municipal(self) -> bool:
        return self.providing.place.is_municipal(self.organisation)

    @strawberry.field(
        description="By which links the municipal side of the region sees to it; none when no such link is known.",
        directives=[at_most(len(Arrangement))],
    )
    def arrangements(self) -> list[Arrangement]:
        known = {ARRANGEMENTS[link.kind] for link in self.known_links}
        return [arrangement for arrangement in Arrangement if arrangement in known]

    services = connection_field(
        "services", "known_services", "Service", "Its services that are meant.", [PAGE], kept=False
    )

    links = connection_field(
        "links",
        "known_links",
        "CooperationLink",
        "Its links with the municipal side that are meant.",
        [PAGE],
        kept=False,
    )

    @strawberry.field(description="How long ago somebody last said it of one of them; null when nobody ever did.")
    def freshness(self) -> Freshness | None:
        heard = [(day, item) for item in (*self.known_services, *self.known_links) if (day := item.last_heard())]
        newest = max(heard, key=lambda pair: pair[0], default=None)
        return newest and newest[1].freshness_of(newest[0])

    @property
    def catalogue(self) -> Any:
        return self.providing.place.question.catalogue

    @cached_property
    def known_services(self) -> list[Any]:
        return [*self._services()]

    def first_services(self, most: int) -> list[Any]:
        """The first of its services that are meant; no other is looked at."""
        return [*islice(self._services(), most)]

    def _services(self) -> Iterator[Any]:
        reaches = NEAR if self.reach in NEAR else (Reach.COUNTRY_WIDE,)
        return self.providing.services(self.organisation, reaches)

    @cached_property
    def known_links(self) -> list[Any]:
        return self.providing.links_of(self.organisation)


class Providers(Sequence[Any]):
    """Providers in their order; each is made when it is looked at."""

    def __init__(self, providing: Providing, found: list[Provider]) -> None:
        self._providing = providing
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._made(*each) for each in self._found[place]]
        return self._made(*self._found[place])

    def _made(self, reach: Reach, ordinal: int) -> CoverageProvider:
        organisation: Any = self._providing.place.question.organisations.objects[ordinal]
        return CoverageProvider(organisation=organisation, reach=reach, providing=self._providing)


def provider_key(provider: CoverageProvider) -> tuple[Any, ...]:
    organisation: Any = provider.organisation
    return (REACHES.index(provider.reach), *organisation.DEFAULT_ORDER[0](organisation))
