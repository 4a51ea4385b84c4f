"""Data loaders: what many objects of one level ask for is read in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from strawberry.dataloader import DataLoader
from tortoise.models import Model

from benchmarks.peers.plain.models import (
    CooperationRow,
    OrganisationRow,
    RegionRow,
    ServiceCategory,
    ServiceRegion,
    ServiceRow,
)

Load = Callable[[list[int]], Awaitable[list[Any]]]


def by_id(model: type[Model]) -> Load:
    async def load(ids: list[int]) -> list[Any]:
        found = await model.in_bulk(ids, "id")
        return [found.get(id) for id in ids]

    return load


def owned(model: type[Model], owner: str) -> Load:
    """The rows that name an owner, in the order of their primary keys."""

    async def load(ids: list[int]) -> list[Any]:
        found = defaultdict(list)
        for row in await model.filter(**{f"{owner}__in": ids}).order_by("id"):
            found[getattr(row, owner)].append(row)
        return [found[id] for id in ids]

    return load


def joined(model: type[Model], other: str) -> Load:
    """What a service is joined with by the rows of a table between."""

    async def load(ids: list[int]) -> list[Any]:
        found = defaultdict(list)
        for row in await model.filter(service_id__in=ids).prefetch_related(other):
            found[row.service_id].append(getattr(row, other))
        return [found[id] for id in ids]

    return load


class Loaders:
    """The loaders of one request."""

    def __init__(self) -> None:
        self.region = DataLoader(by_id(RegionRow))
        self.organisation = DataLoader(by_id(OrganisationRow))
        self.services = DataLoader(owned(ServiceRow, "organisation_id"))
        self.cooperation = DataLoader(owned(CooperationRow, "organisation_id"))
        self.categories = DataLoader(joined(ServiceCategory, "category"))
        self.regions = DataLoader(joined(ServiceRegion, "region"))
