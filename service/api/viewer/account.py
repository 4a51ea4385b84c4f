"""The account of whoever asks."""

from __future__ import annotations

import strawberry

from service.api.context import Context
from service.api.paging import paged
from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE, at_most
from service.catalogue.faceted import connection_of, faceted
from service.catalogue.organisation import Organisation
from service.models.account import Role, Scope


@strawberry.type(description="The account that you ask with.")
class Account:
    context: strawberry.Private[Context]
    id: strawberry.ID = strawberry.field(description="The id, by which revisions name their author.")
    role: Role = strawberry.field(description="What you are to the directory.")
    scopes: list[Scope] | None = strawberry.field(
        description="What the token is good for that you ask with; null when you are signed in yourself.",
        directives=[at_most(len(Scope))],
    )

    @strawberry.field(description="How colleagues know you.")
    async def name(self) -> str | None:
        return (await self.context.names()).get(self.id)

    @strawberry.field(
        description="The published organisations that you speak for.",
        directives=[PAGE],
        graphql_type=connection_of("Organisation"),
    )
    def organisations(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Organisation]:
        viewer = self.context.viewer
        found = {self.context.catalogue.node(id) for id in viewer.organisations} if viewer else set()
        named = sorted((each for each in found if isinstance(each, Organisation)), key=lambda each: each.id)
        part = paged(named, Window(first, after, last, before))
        page: Connection[Organisation] = faceted(part, "Organisation", self.context.catalogue, objects=named)
        return page
