"""What municipalities have agreed on about a kind of service: who delegates, buys or grants, prices and documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.cooperation import Phase
from service.catalogue.coverage.question import ARRANGEMENTS
from service.catalogue.indexes import Index, Selection
from service.catalogue.introductions.unconnected import side_of
from service.catalogue.postings import bitset
from service.models.organisation import Sector
from service.pages.results.finding import first_of

FEW = 12
"""So many of each are told."""

LOOKED_AT = 24
"""Of so many of the newest those with an agreement come first."""


@dataclass(frozen=True)
class Agreements:
    """The links of the own municipal side and those of others; what holds today comes first."""

    own: list[Any]
    others: list[Any]

    @property
    def priced(self) -> list[Any]:
        """Those of others with a price for one unit."""
        return [link for link in self.others if link.agreement is not None and link.agreement.unit_price is not None]


def agreements(catalogue: Catalogue, region: Any, category: Any) -> Agreements:
    index = catalogue.indexes["cooperation_link"]
    kinds = reduce(or_, (index.having(("kind", kind)) for kind in ARRANGEMENTS))
    about = index.having(("category", category.id)) & kinds
    own = _of_side(index, about, region)
    others = about & index.having(("sector_a", Sector.MUNICIPAL)) & ~own
    return Agreements([*islice(_first(catalogue, own), FEW)], [*islice(_first(catalogue, others), FEW)])


def _of_side(index: Index, about: int, region: Any) -> int:
    """Those in which the municipal side of a region sees to it."""
    side = {body.ordinal: body.id for body in side_of([region])}
    seeing = index.fed("side_a")
    its = index.among(Selection(about), "organisation", side.values())
    return bitset([place for place in its if seeing[place] in side], len(index.objects))


def _first(catalogue: Catalogue, fitting: int) -> Iterator[Any]:
    """The newest of what holds today, then the newest of the rest; each time those with an agreement first."""
    active = catalogue.indexes["cooperation_link"].having(("phase", Phase.ACTIVE))
    for mask in (fitting & active, fitting & ~active):
        found = first_of(catalogue, "cooperation_link", Selection(mask), size=LOOKED_AT)
        yield from sorted(found, key=lambda link: link.agreement is None)
