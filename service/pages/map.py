"""A small map of the municipalities as SVG paths, made once from `boundaries.topojson`; `docs/starter.md` says whence.

TopoJSON: arcs are steps on a grid; a geometry names its arcs by number, `~n` for the n-th one backward.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import Any

import orjson

SOURCE = files("service.starter") / "data" / "boundaries.topojson"
WIDTH = 640
"""Units from west to east; a unit is some 700 m, which is finer than the source."""

XY = tuple[int, int]


@dataclass(frozen=True)
class Map:
    """The size of the picture, and the outline of each municipality by its code."""

    width: int
    height: int
    outlines: dict[str, str]


@cache
def municipalities() -> Map:
    """The map."""
    topology = orjson.loads(SOURCE.read_bytes())
    west, south, east, north = topology["bbox"]
    unit = WIDTH / (east - west)
    stretch = 1 / cos(radians((south + north) / 2))
    (step_x, step_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]

    def place(x: int, y: int) -> XY:
        return round((x * step_x + left - west) * unit), round((north - y * step_y - bottom) * unit * stretch)

    arcs = [[place(*point) for point in _walked(steps)] for steps in topology["arcs"]]
    shapes = topology["objects"]["data"]["geometries"]
    outlines = {shape["properties"]["code"]: "".join(map(_outline, _rings(shape, arcs))) for shape in shapes}
    return Map(WIDTH, round((north - south) * unit * stretch), outlines)


def _walked(steps: Sequence[Sequence[int]]) -> Iterator[XY]:
    x = y = 0
    for across, up in steps:
        x, y = x + across, y + up
        yield x, y


def _rings(shape: Any, arcs: list[list[XY]]) -> Iterator[list[XY]]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            yield [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]


def _outline(ring: list[XY]) -> str:
    """A ring as relative steps; points that lie on a straight line between their neighbours are left out."""
    points = [point for place, point in enumerate(ring) if point != ring[place - 1]]
    corners = [here for place, here in enumerate(points) if _turns(points[place - 1], here, points, place)]
    if len(corners) < 3:
        return ""
    path, (x, y) = "M{} {}l".format(*corners[0]), corners[0]
    for next_x, next_y in corners[1:]:
        path += f"{next_x - x:+d}{next_y - y:+d}"
        x, y = next_x, next_y
    return path.replace("l+", "l") + "z"


def _turns(before: XY, here: XY, points: list[XY], place: int) -> bool:
    after = points[(place + 1) % len(points)]
    return (here[0] - before[0]) * (after[1] - here[1]) != (here[1] - before[1]) * (after[0] - here[0])
