"""Which services meet which stated needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from service.catalogue.dimensions import lineage
from service.catalogue.indexes import Index
from service.catalogue.reach import Reaching, mask_of_all, wider_than
from service.models.need import NeedStatement
from service.models.region import RegionKind
from service.models.service import ServiceStatus

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

LACKING = (NeedStatement.NEEDED, NeedStatement.NONE_HERE)


class Meeting:
    """The services that meet needs: of the category, for the people, reaching the region or in its planning region."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.today = catalogue.today
        self._index: Index = catalogue.indexes["service"]
        self._reaching = catalogue.once(Reaching, "service")
        self._near: dict[str, int] = {}

    def open(self, needs: Iterator[Any] | Sequence[Any]) -> Iterator[Any]:
        """Those that say today that something is lacking."""
        return (need for need in needs if need.statement in LACKING and need.holds_on(self.today))

    def services(self, need: Any) -> int:
        """The services that meet a need, as bits."""
        found = self._given & self._index.having(("category", need.category.id)) & self._around(need.region)
        if need.target_group is not None:
            found &= self._index.having(("target_group", need.target_group.id))
        return found

    def met_by(self, services: Sequence[Any]) -> Iterator[tuple[Any, int]]:
        """The open needs that some services meet, each once, with those services as bits."""
        own = mask_of_all(self._index, services)
        terms = lineage(*{category for service in services for category in service.categories})
        for need in self.open(need for term in terms.values() for need in term.needs):
            if met := own & self.services(need):
                yield need, met

    def _around(self, region: Any) -> int:
        if region.id not in self._near:
            within = [place for place in wider_than(region) if place.kind is not RegionKind.COUNTRY]
            reaching = self._reaching.by_reach(region).values()
            self._near[region.id] = reduce(or_, (self._index.having(("region", w.id)) for w in within), 0)
            self._near[region.id] |= reduce(or_, reaching)
        return self._near[region.id]

    @cached_property
    def _given(self) -> int:
        """The services of which nobody says that they are closed."""
        closed = (status for status in ServiceStatus if status is not ServiceStatus.ACTIVE)
        return self._index.everything & ~reduce(or_, (self._index.having(("status", status)) for status in closed))
