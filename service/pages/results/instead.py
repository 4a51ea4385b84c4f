"""What is near when little fits: neighbours, what the state pays for or is for the whole country, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.reach import governed, mask_of_all
from service.models.region import RegionKind
from service.models.service import FundingSource
from service.pages.results.asked import Asked
from service.pages.results.finding import beside, find

FEW = 5
"""From so many on nobody is shown anything else."""


@dataclass(frozen=True)
class Group:
    """Something else that may help: why it is shown, the first of it, and where all of it is."""

    name: str
    items: Sequence[Any]
    total: int
    query: list[tuple[str, str]] | None = None


def instead(catalogue: Catalogue, asked: Asked, seen: Sequence[Any]) -> list[Group]:
    """Groups that have something to show beside what was seen already."""
    found = (_without(group, seen) for group in _groups(catalogue, asked))
    return [group for group in found if group.items]


def _without(group: Group, seen: Sequence[Any]) -> Group:
    ids = {item.id for item in seen}
    return Group(group.name, [item for item in group.items if item.id not in ids][:FEW], group.total, group.query)


def _groups(catalogue: Catalogue, asked: Asked) -> Iterator[Group]:
    if asked.region is not None:
        if not asked.near:
            around = beside(asked, near=True)
            leaf = find(catalogue, around)
            yield Group("neighbours", leaf.items, leaf.total, around.query())
        if asked.kind == "service":
            yield _for_everybody(catalogue, asked)
        anywhere = beside(asked, region=None, near=False)
        leaf = find(catalogue, anywhere)
        yield Group("anywhere", leaf.items, leaf.total, anywhere.query())
    if asked.words and asked.values:
        fewer = beside(asked, values=())
        leaf = find(catalogue, fewer)
        yield Group("fewer", leaf.items, leaf.total, fewer.query())


def _for_everybody(catalogue: Catalogue, asked: Asked) -> Group:
    """What the state pays for, and what is for the whole country."""
    index = catalogue.indexes["service"]
    country = next((region for region in catalogue.of("region") if region.kind is RegionKind.COUNTRY), None)
    named = mask_of_all(index, country.services) if country is not None else 0
    free = index.having(("funding_source", FundingSource.STATE)) | named
    wanted = beside(asked, region=None, near=False)
    leaf = find(catalogue, wanted, free)
    return Group("country", leaf.items, leaf.total)


def municipal_side(catalogue: Catalogue, asked: Asked) -> list[Any]:
    """Whom to ask in the region: bodies of the municipal side that can be reached."""
    if asked.region is None:
        return []
    places = governed(catalogue, asked.region) or [asked.region]
    bodies = {body.id: body for place in places[:FEW] for body in place.municipal_side}
    return [body for body in bodies.values() if body.phone or body.email or body.website or body.seat][:FEW]
