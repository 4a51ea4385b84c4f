"""What the municipal side and NGOs say of a category of service in a region, and whether they differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.catalogue.coverage.place import Place
from service.models.need import NeedStatement
from service.models.organisation import Sector

LACKING = frozenset({NeedStatement.NEEDED, NeedStatement.NONE_HERE})
"""Who says so would differ with who says there is enough. What is bought elsewhere may be enough or not."""


class Statements:
    """The statements of one cell, of each side the newest first."""

    def __init__(self, place: Place, category: Any) -> None:
        said = place.statements(category)
        self.place = place
        self.category = category
        self.municipal = [need for need in said if need.stated_by.id in place.side]
        others = (need for need in said if need.stated_by.id not in place.side)
        self.of_ngos = [need for need in others if need.stated_by.sector is Sector.NGO]

    def none_here(self) -> Any | None:
        """The statement of the municipal side that there is none, if that is the newest it says of the whole cell."""
        of_all = (need for need in self.municipal if self._is_of_all(need))
        newest = next(of_all, None)
        return newest if newest and newest.statement is NeedStatement.NONE_HERE else None

    def differ(self) -> bool:
        """Whether one side says that something is lacking of which the other says there is enough."""
        own = _newest((need, None) for need in self.municipal)
        theirs = _newest((need, need.stated_by.id) for need in self.of_ngos)
        return any(_contradict(one, other) for one in own for other in theirs)

    def _is_of_all(self, need: Any) -> bool:
        """What is said of one part, of a narrower category or of fewer people does not tell of the rest."""
        if need.region is not self.place.region or need.category is not self.category:
            return False
        groups = self.place.question.groups
        return need.target_group is None or groups == frozenset([need.target_group.id])


def _newest(said: Iterable[tuple[Any, str | None]]) -> list[Any]:
    """What each speaker says last of the same; a municipal side speaks as one."""
    found: dict[Any, Any] = {}
    for need, speaker in said:
        found.setdefault((speaker, need.region.id, need.category.id, need.target_group), need)
    return list(found.values())


def _contradict(one: Any, other: Any) -> bool:
    if one.category is not other.category:
        return False
    if None not in (one.target_group, other.target_group) and one.target_group is not other.target_group:
        return False
    said = {one.statement, other.statement}
    return NeedStatement.ENOUGH in said and not said.isdisjoint(LACKING)
