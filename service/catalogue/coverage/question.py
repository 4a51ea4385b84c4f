"""What is asked of coverage: of what, for whom, on which day; and which services, links and statements then count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from service.catalogue.cooperation import Phase
from service.catalogue.dimensions import upward
from service.catalogue.indexes import Index, Selection
from service.catalogue.ordered import Ordered
from service.catalogue.postings import bitset
from service.catalogue.published import graphql_enum
from service.catalogue.reach import Reaching, objects_of
from service.catalogue.service import CLOSED
from service.catalogue.spans import held_on
from service.models.cooperation import LinkKind
from service.models.fields import Choices
from service.models.organisation import Sector

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


class Arrangement(Choices):
    """By which kind of link the municipal side sees to a service."""

    DELEGATED = "delegated", "It delegated the task, or made a participation contract."
    BOUGHT = "bought", "It buys the service."
    FUNDED = "funded", "It grants money for it."


graphql_enum(Arrangement)


ARRANGEMENTS = {
    LinkKind.DELEGATION: Arrangement.DELEGATED,
    LinkKind.PARTICIPATION_CONTRACT: Arrangement.DELEGATED,
    LinkKind.PURCHASE: Arrangement.BOUGHT,
    LinkKind.GRANT: Arrangement.FUNDED,
}
"""In all of these the side that sees to the service is side A, and the one that gives it side B."""


class Question:
    """One question about coverage; what counts for all of its cells is found once."""

    def __init__(
        self, catalogue: Catalogue, categories: Sequence[Any], groups: Sequence[Any] | None, as_of: date | None
    ) -> None:
        """`groups` are target groups; None for everybody."""
        self.catalogue = catalogue
        self.categories = categories
        self.groups = None if groups is None else frozenset(group.id for group in groups)
        self.as_of = as_of
        self.day: date = as_of or catalogue.today
        self.organisations = catalogue.indexes["organisation"]
        self.reaching = catalogue.once(Reaching, "service")
        self._of_category: dict[tuple[str, str], int] = {}

    def services(self, category: Any) -> int:
        """The services of a category that count, wherever they are."""
        return self._having("service", category, lambda: self._open_services)

    def needs(self, category: Any) -> int:
        """The statements about a category."""
        return self._having("need", category, lambda: self._statements)

    def for_groups(self, terms: Sequence[Any]) -> bool:
        """Whether one of the target groups asked for is among some, or wider than one of them."""
        return self.groups is None or not self.groups.isdisjoint(upward(*terms))

    def _having(self, noun: str, category: Any, counting: Callable[[], int]) -> int:
        key = noun, category.id
        if key not in self._of_category:
            found = self.catalogue.indexes[noun].having(("category", category.id))
            self._of_category[key] = found & counting()
        return self._of_category[key]

    @cached_property
    def ngos(self) -> int:
        """The organisations that are NGOs, as bits."""
        return self.organisations.having(("sector", Sector.NGO))

    @property
    def is_plain(self) -> bool:
        """Whether it asks for everybody, and today."""
        return self.groups is None and self.as_of is None

    @cached_property
    def by_name(self) -> Ordered:
        """The organisations in alphabetical order."""
        key, _ = self.catalogue.types["organisation"].DEFAULT_ORDER
        return self.organisations.ordered(key)

    @cached_property
    def _open_services(self) -> int:
        index = self.catalogue.indexes["service"]
        closed = reduce(or_, (index.having(("status", status)) for status in CLOSED))
        return index.everything & ~closed & ~self.unregistered & self._of_groups("service")

    @cached_property
    def unregistered(self) -> int:
        """The services that the register has at other times only; what it has no dates of is taken as it is now."""
        index = self.catalogue.indexes["service"]
        if self.as_of is None:
            return index.having(("registered", False))
        return index.selection(("unregistered", self.day), lambda: _outside(index, self.day)).mask

    @cached_property
    def arranging(self) -> Selection:
        """The links by which something of what is asked can be arranged, and which hold."""
        index = self.catalogue.indexes["cooperation_link"]
        kinds = reduce(or_, (index.having(("kind", kind)) for kind in ARRANGEMENTS))
        about = reduce(or_, (index.having(("category", category.id)) for category in self.categories), 0)
        holding = index.having(("phase", Phase.ACTIVE)) if self.as_of is None else held_on(index, self.day)
        return Selection(kinds & about & holding)

    @cached_property
    def _statements(self) -> int:
        index = self.catalogue.indexes["need"]
        if self.groups is None:
            return index.everything
        return self._of_groups("need") | index.where(lambda need: need.target_group is None)

    def _of_groups(self, noun: str) -> int:
        index = self.catalogue.indexes[noun]
        if self.groups is None:
            return index.everything
        return reduce(or_, (index.having(("target_group", group)) for group in self.groups), 0)


def _outside(index: Index, day: date) -> int:
    dated = objects_of(index, index.having(("registered", True)) | index.having(("registered", False)))
    return bitset([each.ordinal for each in dated if not each.is_registered(day)], len(index.objects))
