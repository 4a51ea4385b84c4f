"""What is near: in a municipality and those beside it, or around a point.

Distances are measured to places that have a point. A confidential one has none in the catalogue, so nothing is ever
found through it but by its municipality.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

import strawberry

from service.catalogue.costs import Cost
from service.catalogue.neighbours import with_neighbours
from service.catalogue.ordered import Key
from service.catalogue.postings import bitset

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

EARTH = 6371.0088
"""The mean radius of the earth in kilometres (IUGG)."""

MEASURING = Cost(weight="2000")
"""Measuring the way to every place in reach: up to 25 ms where 5,000 places are."""


@strawberry.input(description="A region and what lies beside it.")
class NearRegionInput:
    id: strawberry.ID = strawberry.field(description="The region, by id or code.")
    neighbours: bool = strawberry.field(
        default=True, description="Whether the municipalities whose boundaries touch it count too."
    )

    def __hash__(self) -> int:
        return hash((self.id, self.neighbours))


@strawberry.input(description="A point and how far around it.")
class NearPointInput:
    latitude: float = strawberry.field(description="Latitude in degrees (WGS 84), from -90 to 90.")
    longitude: float = strawberry.field(description="Longitude in degrees (WGS 84), from -180 to 180.")
    radius_km: float = strawberry.field(description="The distance as the crow flies, in kilometres.")

    def __hash__(self) -> int:
        return hash((self.latitude, self.longitude, self.radius_km))


@strawberry.input(one_of=True, description="Near what: a region, or a point.")
class NearBy:
    region: strawberry.Maybe[NearRegionInput] = strawberry.field(description="A region and its neighbours.")
    point: strawberry.Maybe[NearPointInput] = strawberry.field(
        description="A point and a radius; places whose address is not published are never found by it.",
        directives=[MEASURING],
    )

    def __hash__(self) -> int:
        return hash((self.region, self.point))

    @property
    def around(self) -> NearPointInput | None:
        """The point, if one is given."""
        return None if self.point is None else self.point.value


Users = Callable[[Any], Iterable[Any]]
"""From a place to the records of a noun that are there."""

USERS: dict[str, Users] = {
    "location": lambda place: (place,),
    "service": lambda place: place.services,
    "event": lambda place: place.events,
    "organisation": lambda place: (*place.seat_of, *(service.provider for service in place.services)),
}
"""The nouns that are somewhere."""


def near(catalogue: Catalogue, noun: str, by: NearBy) -> int:
    """The records of a noun that are near, as bits."""
    index = catalogue.indexes[noun]
    if by.around is not None:
        return bitset([*distances(catalogue, noun, by.around)], len(index.objects))
    mask = 0
    for region in _regions(catalogue, by):
        mask |= index.having(("region", region.id))
    return mask


def _regions(catalogue: Catalogue, by: NearBy) -> Iterator[Any]:
    asked = by.region.value if by.region is not None else None
    region = None if asked is None else catalogue.find("region", asked.id)
    if asked is not None and region is not None:
        yield from with_neighbours(catalogue, region) if asked.neighbours else (region,)


def distances(catalogue: Catalogue, noun: str, around: NearPointInput) -> dict[int, float]:
    """How far the nearest place of each record of a noun within the radius is, in kilometres, by ordinal."""
    found: dict[int, float] = {}
    for place, far in _places(catalogue, around):
        for record in USERS[noun](place):
            found[record.ordinal] = min(far, found.get(record.ordinal, far))
    return found


def _places(catalogue: Catalogue, around: NearPointInput) -> Iterator[tuple[Any, float]]:
    """The places within the radius, and how far they are; looked for between the latitudes in reach."""
    if abs(around.latitude) > 90 or abs(around.longitude) > 180:
        return
    ordered = catalogue.indexes["location"].ordered(latitude)
    reach = around.radius_km / radians(1) / EARTH
    start = bisect_left(ordered.keys, (True, around.latitude - reach))
    end = bisect_right(ordered.keys, (True, around.latitude + reach, LAST))
    for place in ordered.objects[start:end]:
        far = kilometres(around.latitude, around.longitude, place.point.lat, place.point.lon)
        if far <= around.radius_km:
            yield place, far


LAST = "~"
"""After every id."""


def latitude(location: Any) -> Key:
    """From south to north; what has no point comes first."""
    point = location.point
    return (point is not None, 0.0 if point is None else point.lat, location.id)


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The way between two points as the crow flies, by the haversine formula."""
    south, north = radians(latitude), radians(other_latitude)
    east = radians(other_longitude - longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))
