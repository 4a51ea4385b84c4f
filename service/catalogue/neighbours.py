"""Which municipalities lie beside each other: those whose boundaries touch. `docs/starter.md` says from where."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from service.catalogue.dimensions import lineage

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

TABLE = files(__package__) / "data" / "neighbours.csv"


@cache
def neighbours() -> dict[str, set[str]]:
    """The codes of the neighbours of each municipality and state city, by its code."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()):
        found[row["code"]].add(row["other"])
        found[row["other"]].add(row["code"])
    return dict(found)


def with_neighbours(catalogue: Catalogue, region: Any) -> Iterator[Any]:
    """A region, the municipality it lies in or became, and what lies beside that."""
    yield region
    for around in lineage(region).values():
        if around.code in neighbours():
            yield around
            found = (catalogue.codes.get(("region", code)) for code in sorted(neighbours()[around.code]))
            yield from filter(None, found)
