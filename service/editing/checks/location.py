"""Locations: a confidential place gives nothing away, neither by its region nor by a neighbour in its building."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator, Set
from itertools import chain
from typing import Any

from service.editing.checks.published import Places, Published
from service.editing.content import Content
from service.editing.messages import problem
from service.editing.tables import chunks
from service.errors import Problem

WHOLE_MUNICIPALITY = frozenset({"country", "planning_region", "municipality", "state_city"})
"""Kinds of region large enough not to betray a confidential place."""

Point = tuple[Any, ...]

STEP = 0.0001
"""Coordinates that are rounded to the same four digits lie no further apart than this from the rounded ones."""


async def confidential_places_name_a_municipality(published: Published, places: Places) -> AsyncIterator[Problem]:
    """Also a region that becomes a smaller unit must not have a confidential place in it."""
    hidden = {id: content for id, content in published.of("location").items() if content.get("confidential")}
    asked = {id: (*places[id], "region") for id in hidden}
    others = await published.others("location", "region", published.of("region"), "confidential", "region")
    hidden |= {id: content for id, content in others.items() if content["confidential"]}
    asked |= {id: (*places[hidden[id]["region"]], "kind") for id in hidden.keys() - asked.keys()}
    used = {content["region"] for content in hidden.values() if "region" in content}
    regions = await published.columns("region", used, "kind", "former_kind")
    for id, content in hidden.items():
        region = regions.get(content.get("region", ""), {})
        kind = region.get("former_kind") or region.get("kind")
        if kind and kind not in WHOLE_MUNICIPALITY:
            yield problem("confidential_region", asked[id])


async def buildings_are_confidential_as_a_whole(published: Published, places: Places) -> AsyncIterator[Problem]:
    mine = published.of("location")
    if not mine:
        return
    points = {id: set(_points(content)) for id, content in mine.items()}
    secret = {id for id, content in mine.items() if content.get("confidential")}
    hidden = await _hidden(published)
    hidden |= set().union(*(points[id] for id in secret))
    for id in mine.keys() - secret:
        if points[id] & hidden:
            yield problem("shares_confidential_building", (*places[id], "confidential"))
    neighbours = await _shown(published, set().union(*(points[id] for id in secret)))
    for id in secret:
        if names := {neighbours[point] for point in points[id] & neighbours.keys()}:
            yield problem("shared_by_public_place", (*places[id], "confidential"), names=", ".join(sorted(names)))


async def _hidden(published: Published) -> set[Point]:
    """The buildings of confidential places outside the set."""
    rows = await published.transaction.fetch(
        "SELECT l.id, l.region_id, p.content FROM location_private p JOIN location l ON l.id = p.location_id"
    )
    hidden = set[Point]()
    for row in rows:
        if str(row["id"]) not in published.replaced:
            private = json.loads(row["content"]) if isinstance(row["content"], str) else row["content"]
            hidden.update(_points({"region": str(row["region_id"]), **private}))
    return hidden


async def _shown(published: Published, points: Set[Point]) -> dict[Point, str]:
    """The buildings of places outside the set that are not confidential, and what the places are called.

    Of a large directory only those are read that may have one of the points.
    """
    names = ("confidential", "region", "town", "address", "postal_code", "lon", "lat")
    ids = set[str]()
    for some in chunks(points, 100):
        conditions, values = zip(*map(_near, some), strict=True)
        sql = f"SELECT id FROM location WHERE {' OR '.join(conditions)}"
        ids |= {str(row["id"]) for row in await published.transaction.fetch(sql, *chain.from_iterable(values))}
    others = await published.columns("location", ids - published.replaced, *names)
    return {
        point: place.get("address") or id
        for id, place in others.items()
        if not place["confidential"]
        for point in _points(place)
    }


def _near(point: Point) -> tuple[str, tuple[Any, ...]]:
    """A condition that holds of every row with this point: close by, or the same number of the house."""
    if not isinstance(point[0], str):
        lon, lat = point
        return "(lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?)", (lon - STEP, lon + STEP, lat - STEP, lat + STEP)
    house = re.match(r"\d+", point[0].rpartition(" ")[2])
    return ("address LIKE ?", (f"%{house[0]}%",)) if house else ("address IS NOT NULL", ())


def _points(content: Content) -> Iterator[Point]:
    """What tells a building: its coordinates to some ten metres, its address with town, postal code or region."""
    if content.get("lon") is not None and content.get("lat") is not None:
        yield round(content["lon"], 4), round(content["lat"], 4)
    if content.get("address"):
        building, town = building_of(content["address"]), (content.get("town") or {}).get("lv")
        where = [town and town.casefold(), content.get("postal_code")]
        yield from ((building, place) for place in where if place)
        if not any(where):
            yield building, content.get("region")


def building_of(address: str) -> str:
    """An address without flat and punctuation: `Rīgas iela 1-12` -> `rīgas iela 1`."""
    words = re.findall(r"\w+", address.casefold())
    named = next((place for place, word in enumerate(words) if not word[0].isdigit()), 0)
    house = next((place for place, word in enumerate(words) if place > named and word[0].isdigit()), len(words))
    return " ".join(words[: house + 1])
