"""The schema, and the application that serves it from the database named by `PLAIN_DATABASE`."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import strawberry
from starlette.applications import Starlette
from strawberry.asgi import GraphQL
from tortoise import Tortoise

from benchmarks.peers.plain.loaders import Loaders
from benchmarks.peers.plain.models import OrganisationRow


@strawberry.type
class Region:
    name: str


@strawberry.type
class Category:
    name: str


@strawberry.type
class Service:
    id: int
    name: str
    description: str | None

    @strawberry.field
    async def categories(self, info: strawberry.Info) -> list[Category]:
        return await info.context["loaders"].categories.load(self.id)

    @strawberry.field
    async def regions(self, info: strawberry.Info) -> list[Region]:
        return await info.context["loaders"].regions.load(self.id)


@strawberry.type
class Organisation:
    id: int
    name: str
    slug: str
    legal_form: str | None
    description: str | None
    email: str | None
    phone: str | None
    website: str | None
    region_id: strawberry.Private[int | None]

    @strawberry.field
    async def region(self, info: strawberry.Info) -> Region | None:
        return None if self.region_id is None else await info.context["loaders"].region.load(self.region_id)

    @strawberry.field
    async def services(self, info: strawberry.Info, first: int = 20) -> list[Service]:
        return (await info.context["loaders"].services.load(self.id))[:first]

    @strawberry.field
    async def cooperation(self, info: strawberry.Info, first: int = 20) -> list[Cooperation]:
        return (await info.context["loaders"].cooperation.load(self.id))[:first]


@strawberry.type
class Cooperation:
    kind: str
    phase: str
    started: str | None
    ended: str | None
    partner_id: strawberry.Private[int]

    @strawberry.field
    async def partner(self, info: strawberry.Info) -> Organisation:
        return await info.context["loaders"].organisation.load(self.partner_id)


@strawberry.type
class Query:
    @strawberry.field
    async def organisations(self, region: int, category: int, first: int = 20) -> list[Organisation]:
        found = OrganisationRow.filter(
            places__region__inside__ancestor_id=region, services__categories__category__inside__ancestor_id=category
        )
        return await found.distinct().order_by("id").limit(first)

    @strawberry.field
    async def search(self, one: str, other: str, first: int = 20) -> list[Organisation]:
        found = OrganisationRow.filter(words__contains=one).filter(words__contains=other)
        return await found.order_by("id").limit(first)

    @strawberry.field
    async def organisation(self, id: int) -> Organisation | None:
        return await OrganisationRow.get_or_none(id=id)


class Endpoint(GraphQL[Any, Any]):
    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        return {"loaders": Loaders()}


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    models = {"models": ["benchmarks.peers.plain.models"]}
    await Tortoise.init(db_url=f"sqlite://{os.environ['PLAIN_DATABASE']}", modules=models, _enable_global_fallback=True)
    yield
    await Tortoise.close_connections()


app = Starlette(lifespan=lifespan)
app.add_route("/graphql", Endpoint(strawberry.Schema(Query)), methods=["POST"])
