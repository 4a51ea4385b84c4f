"""How far what stands in the catalogue reaches: to one region alone, to all of its planning region, to the country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from service.catalogue.dimensions import lineage
from service.catalogue.indexes import Index, Selection
from service.catalogue.postings import bitset, each_place, places_of
from service.catalogue.published import graphql_enum
from service.models.fields import Choices
from service.models.region import RegionKind

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

GOVERNMENTS = (RegionKind.MUNICIPALITY, RegionKind.STATE_CITY)
"""The kinds of region that have a local government today."""


class Reach(Choices):
    """How a region is served."""

    LOCAL = "local", "In the region, in a part of it, or for it; what stands for a former region counts here."
    REGIONAL = "regional", "For a region in which it lies, such as its planning region."
    COUNTRY_WIDE = "country_wide", "For the whole country."


graphql_enum(Reach)


class Reaching:
    """Which services, or organisations, reach a region, and how; the wider regions are looked up once."""

    def __init__(self, catalogue: Catalogue, noun: str) -> None:
        self.index: Index = catalogue.indexes[noun]
        self._list = f"{noun}s"
        self._wider: dict[str, int] = {}

    def by_reach(self, region: Any) -> dict[Reach, int]:
        """Those that reach a region, each in the nearest way."""
        found = {Reach.LOCAL: self.index.having(("region", region.id)), Reach.REGIONAL: 0, Reach.COUNTRY_WIDE: 0}
        for wider in wider_than(region):
            reach = Reach.COUNTRY_WIDE if wider.kind is RegionKind.COUNTRY else Reach.REGIONAL
            found[reach] |= self._named(wider)
        found[Reach.REGIONAL] &= ~found[Reach.LOCAL]
        found[Reach.COUNTRY_WIDE] &= ~(found[Reach.LOCAL] | found[Reach.REGIONAL])
        return found

    def _named(self, region: Any) -> int:
        """Those that name exactly this region as the one they are for."""
        if region.id not in self._wider:
            places = [item.ordinal for item in getattr(region, self._list)]
            self._wider[region.id] = bitset(places, len(self.index.objects))
        return self._wider[region.id]


def wider_than(region: Any) -> list[Any]:
    """The regions in which a region lies."""
    return [wider for wider in lineage(region).values() if wider is not region]


def governed(catalogue: Catalogue, region: Any) -> list[Any]:
    """The municipalities of today in a region; of a part of one, or of a former one, those that it lies in."""
    index = catalogue.indexes["region"]
    kinds = reduce(or_, (index.having(("kind", kind)) for kind in GOVERNMENTS))
    inside = index.having(("within", region.id)) & kinds
    return list(objects_of(index, inside)) or governments_above(region)


def governments_above(region: Any) -> list[Any]:
    """The municipalities of today in which a region lies, itself among them if it is one."""
    return [place for place in lineage(region).values() if place.kind in GOVERNMENTS]


def objects_of(index: Index, mask: int) -> Iterator[Any]:
    """The objects whose bits are set."""
    return map(index.objects.__getitem__, places_of(Selection(mask).octets))


def each_of(index: Index, mask: int) -> Iterator[Any]:
    """The same, found one after the other, for who wants few of many."""
    return (index.objects[place] for place in each_place(Selection(mask).octets))


def mask_of_all(index: Index, objects: Iterable[Any]) -> int:
    """The bits of objects of an index."""
    return bitset(list({item.ordinal for item in objects}), len(index.objects))
