"""One region as a question about coverage sees it: what reaches it, what its municipal side arranged, who says what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, reduce
from operator import or_
from typing import Any

from service.catalogue.coverage.question import Question
from service.catalogue.dimensions import upward
from service.catalogue.indexes import Index
from service.catalogue.need import need_period
from service.catalogue.postings import flags
from service.catalogue.reach import Reach, mask_of_all, objects_of, wider_than
from service.models.organisation import Sector


class Place:
    """A region, and what of each category is known in it."""

    def __init__(self, question: Question, region: Any) -> None:
        self.question = question
        self.region = region
        self.index: Index = question.reaching.index

    @cached_property
    def side(self) -> frozenset[str]:
        """The ids of its municipal side, which counts as one."""
        return frozenset(body.id for body in self.region.municipal_side)

    def services(self, category: Any, *reaches: Reach) -> int:
        """The services of a category that reach it in one of some ways, as bits."""
        return reduce(or_, (self._by_reach[reach] for reach in reaches)) & self.question.services(category)

    def links(self, category: Any) -> Iterator[Any]:
        """The links by which its municipal side sees to a category here."""
        about = self._links & self.question.links(category)
        links = objects_of(self.question.catalogue.indexes["cooperation_link"], about)
        return (link for link in links if self._arranges(link, category))

    def statements(self, category: Any) -> list[Any]:
        """What is said of a category here on the day asked for, the newest first."""
        index, day = self.question.catalogue.indexes["need"], self.question.day
        found = self._needs & self.question.needs(category)
        return sorted((need for need in objects_of(index, found) if need.holds_on(day)), key=need_period, reverse=True)

    def is_municipal(self, organisation: Any) -> bool:
        """Whether an organisation belongs to a municipality, this one or another."""
        return organisation.sector is Sector.MUNICIPAL or organisation.id in self.side

    @cached_property
    def municipal(self) -> bytes:
        """Of each organisation whether it belongs to one, by its ordinal."""
        index = self.question.organisations
        of_sector = index.having(("sector", Sector.MUNICIPAL))
        return flags(of_sector | mask_of_all(index, self.region.municipal_side), len(index.objects))

    def is_meant(self, service: Any, category: Any) -> bool:
        """Whether a service is of a category and for the target groups asked for."""
        return category.id in upward(*service.categories) and self.question.for_groups(service.target_groups)

    def _arranges(self, link: Any, category: Any) -> bool:
        if link.side_a.id not in self.side or link.side_b.id in self.side or not self._is_here(link):
            return False
        if any(self.is_meant(service, category) for service in link.services):
            return True
        return self.question.groups is None and category.id in upward(*link.categories)

    def _is_here(self, link: Any) -> bool:
        """A link that names no regions holds wherever its sides are."""
        named = link.regions
        return not named or self.region.id in upward(*named) or any(region.id in self._wider for region in named)

    @cached_property
    def _wider(self) -> frozenset[str]:
        return frozenset(region.id for region in wider_than(self.region))

    @cached_property
    def _by_reach(self) -> dict[Reach, int]:
        return self.question.reaching.by_reach(self.region)

    @cached_property
    def _links(self) -> int:
        """The links of its municipal side, as bits."""
        index = self.question.catalogue.indexes["cooperation_link"]
        return reduce(or_, (index.having(("organisation", body)) for body in self.side), 0)

    @cached_property
    def _needs(self) -> int:
        return self.question.catalogue.indexes["need"].having(("region", self.region.id))
