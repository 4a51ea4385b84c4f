"""One region as a question about coverage sees it: what reaches it, what its municipal side arranged, who says what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Any

from service.catalogue.coverage.question import Question
from service.catalogue.dimensions import upward
from service.catalogue.indexes import Index
from service.catalogue.need import need_period
from service.catalogue.persons import givers_mask, persons, persons_at
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

    def givers(self, category: Any, reach: Reach) -> int:
        """The legal persons that give a category to it in one way, as bits."""
        if reach is Reach.LOCAL and self._is_told_by_organisations(category):
            giving = self.question.organisations.having(("gives", (self.region.id, category.id)))
            return persons(self.question.organisations, giving)
        return givers_mask(self.question.catalogue, self.services(category, reach))

    def links(self, category: Any) -> Sequence[Any]:
        """The links by which its municipal side sees to a category here."""
        return self._links.get(category.id, ())

    def arranged(self, category: Any) -> int:
        """The legal persons with whom it sees to it by these links, as bits."""
        giving = self.question.catalogue.indexes["cooperation_link"].fed("side_b")
        return persons_at(self.question.catalogue, {giving[link.ordinal] for link in self.links(category)})

    def statements(self, category: Any) -> list[Any]:
        """What is said of a category here on the day asked for, the newest first."""
        index, day = self.question.catalogue.indexes["need"], self.question.day
        found = self._needs & self.question.needs(category)
        return sorted((need for need in objects_of(index, found) if need.holds_on(day)), key=need_period, reverse=True)

    def is_municipal(self, organisation: Any) -> bool:
        """Whether an organisation belongs to a municipality, this one or another."""
        return organisation.sector is Sector.MUNICIPAL or organisation.id in self.side

    @cached_property
    def municipal(self) -> int:
        """The organisations that belong to one, as bits."""
        index = self.question.organisations
        return index.having(("sector", Sector.MUNICIPAL)) | mask_of_all(index, self.region.municipal_side)

    def is_meant(self, service: Any, category: Any) -> bool:
        """Whether a service is of a category and for the target groups asked for."""
        return category.id in upward(*service.categories) and self.question.for_groups(service.target_groups)

    def _is_told_by_organisations(self, category: Any) -> bool:
        """Whether what organisations say they give is what is asked: for everybody, today, and nothing the register has
        at other times only."""
        return self.question.is_plain and not self._unregistered & self.index.having(("category", category.id))

    @cached_property
    def _unregistered(self) -> int:
        """The services here that the register has at other times only."""
        return self._by_reach[Reach.LOCAL] & self.question.unregistered

    @cached_property
    def _links(self) -> dict[str, list[Any]]:
        """The links by which its municipal side sees to something here, by the ids of the categories."""
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for link in filter(self._is_here, self._arranging()):
            for category in self._about(link):
                found[category].append(link)
        return found

    def _arranging(self) -> Iterator[Any]:
        """The links in which it sees to something that somebody else gives."""
        index = self.question.catalogue.indexes["cooperation_link"]
        side = {body.ordinal for body in self.region.municipal_side}
        seeing, giving = index.fed("side_a"), index.fed("side_b")
        for place in index.among(self.question.arranging, "organisation", self.side):
            if seeing[place] in side and giving[place] not in side:
                yield index.objects[place]

    def _about(self, link: Any) -> frozenset[str]:
        """The ids of the categories that a link arranges for the target groups asked for."""
        if self.question.groups is None:
            return upward(*link.terms())
        meant = [service for service in link.services if self.question.for_groups(service.target_groups)]
        return upward(*(term for service in meant for term in service.categories))

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
    def _needs(self) -> int:
        return self.question.catalogue.indexes["need"].having(("region", self.region.id))
