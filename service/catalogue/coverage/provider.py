"""Who gives a category of service to a region, and by which arrangement with its municipal side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import strawberry

from service.catalogue.connection import After, Before, Connection, First, Last, Window, listed
from service.catalogue.costs import PAGE, at_most
from service.catalogue.coverage.place import Place
from service.catalogue.coverage.question import ARRANGEMENTS, Arrangement
from service.catalogue.indexes import Selection
from service.catalogue.persons import PROVIDER, members
from service.catalogue.reach import Reach, each_of, objects_of
from service.catalogue.record import Freshness
from service.catalogue.refs import CooperationLinkRef, OrganisationRef, ServiceRef

REACHES = list(Reach)
NEAR = (Reach.LOCAL, Reach.REGIONAL)


class Providing:
    """Who gives one category in one place; a legal person with its units is one provider."""

    def __init__(self, place: Place, category: Any) -> None:
        self.place = place
        self.category = category

    @cached_property
    def links(self) -> list[Any]:
        """The links by which the municipal side sees to it."""
        return list(self.place.links(self.category))

    @cached_property
    def near(self) -> dict[Any, Reach]:
        """Those that give it here or for the planning region, and those with whom the municipal side arranged it."""
        found = {link.side_b.person(): Reach.LOCAL for link in self.links}
        for reach in NEAR:
            found = dict.fromkeys(self._giving(reach), reach) | found
        return found

    @cached_property
    def country_wide(self) -> dict[Any, Reach]:
        """Those that give it to the whole country, and not in any nearer way."""
        return dict.fromkeys(self._giving(Reach.COUNTRY_WIDE) - self.near.keys(), Reach.COUNTRY_WIDE)

    def how_many(self) -> int:
        """None, one or several are near, told without looking further than the second."""
        if "near" in vars(self):
            return min(len(self.near), 2)
        seen: set[Any] = set()
        for person in self._each():
            seen.add(person)
            if len(seen) > 1:
                break
        return len(seen)

    def services(self, person: Any, reaches: tuple[Reach, ...]) -> list[Any]:
        """The services of one of them that are meant."""
        meant = Selection(self.place.services(self.category, *reaches))
        own = [service for member in members(person) for service in member.services if meant.passes(service)]
        linked = (service for link in self.links_of(person) for service in link.services)
        named = (service for service in linked if self.place.is_meant(service, self.category))
        return list(dict.fromkeys([*own, *named]))

    def links_of(self, person: Any) -> list[Any]:
        """The links with one of them."""
        return [link for link in self.links if link.side_b.person() is person]

    def _each(self) -> Iterator[Any]:
        for service in each_of(self.place.index, self.place.services(self.category, *NEAR)):
            yield service.provider.person()
        yield from (link.side_b.person() for link in self.place.links(self.category))

    def _giving(self, reach: Reach) -> set[Any]:
        services = objects_of(self.place.index, self.place.services(self.category, reach))
        return {provider.person() for provider in set(map(PROVIDER, services))}


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

    @strawberry.field(description="Its services that are meant.", directives=[PAGE])
    def services(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[ServiceRef]:
        found: Connection[ServiceRef] = listed(self.known_services, None, None, Window(first, after, last, before))
        return found

    @strawberry.field(description="Its links with the municipal side that are meant.", directives=[PAGE])
    def links(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[CooperationLinkRef]:
        found: Connection[CooperationLinkRef] = listed(self.known_links, None, None, Window(first, after, last, before))
        return found

    @strawberry.field(description="How long ago somebody last said it of one of them; null when nobody ever did.")
    def freshness(self) -> Freshness | None:
        heard = [(day, item) for item in (*self.known_services, *self.known_links) if (day := item.last_heard())]
        newest = max(heard, key=lambda pair: pair[0], default=None)
        return newest and newest[1].freshness_of(newest[0])

    @cached_property
    def known_services(self) -> list[Any]:
        reaches = NEAR if self.reach in NEAR else (Reach.COUNTRY_WIDE,)
        return self.providing.services(self.organisation, reaches)

    @cached_property
    def known_links(self) -> list[Any]:
        return self.providing.links_of(self.organisation)


def in_order(found: dict[Any, Reach], providing: Providing) -> list[CoverageProvider]:
    """The nearest first, then in alphabetical order."""
    made = [CoverageProvider(organisation=one, reach=reach, providing=providing) for one, reach in found.items()]
    return sorted(made, key=provider_key)


def provider_key(provider: CoverageProvider) -> tuple[Any, ...]:
    return (REACHES.index(provider.reach), *name_key(provider.organisation))


def name_key(organisation: Any) -> tuple[Any, ...]:
    key: tuple[Any, ...] = organisation.DEFAULT_ORDER[0](organisation)
    return key
