"""Webhooks as administrators see them; the secret is told once, when one is made."""

from __future__ import annotations

from datetime import datetime

import strawberry

from service import models
from service.api.context import Context
from service.api.nouns import Noun
from service.api.paging import paged
from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE, at_most
from service.editing.policy import permit
from service.models.revision import Act
from service.models.webhook import DeliveryOutcome, WebhookState
from service.webhooks import register

KNOWN = 100
"""How many tries are told of."""


@strawberry.type(description="One try to deliver a change.")
class WebhookDelivery:
    at: datetime = strawberry.field(description="When it was tried.")
    seq: int | None = strawberry.field(description="The number of the change; null of a test call.")
    outcome: DeliveryOutcome = strawberry.field(description="How it ended.")
    status: int | None = strawberry.field(description="The HTTP status of the answer; null when there was none.")
    problem: str | None = strawberry.field(description="Why there was no answer.")
    milliseconds: int = strawberry.field(description="How long it took.")


@strawberry.type(description="A program elsewhere that is told what was published.")
class Webhook:
    context: strawberry.Private[Context]
    webhook: strawberry.Private[register.Webhook]

    @strawberry.field(description="The id, by which steps name it.")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.webhook.id)

    @strawberry.field(description="Where changes are sent to.")
    def url(self) -> str:
        return self.webhook.url

    @strawberry.field(
        description="The nouns that it asks for; none means all.", directives=[at_most(len(models.NOUNS))]
    )
    def nouns(self) -> list[Noun]:
        return [Noun(noun) for noun in self.webhook.nouns]

    @strawberry.field(description="The acts that it asks for; none means all.", directives=[at_most(len(Act))])
    def acts(self) -> list[Act]:
        return [Act(act) for act in self.webhook.acts]  # type: ignore[call-arg]

    @strawberry.field(description="Whether it is told what happens.")
    def state(self) -> WebhookState:
        return self.webhook.state

    @strawberry.field(description="The last change that it was told or did not ask for.")
    def seq(self) -> int:
        return self.webhook.seq

    @strawberry.field(description="How often the next change could not be delivered.")
    def tries(self) -> int:
        return self.webhook.tries

    @strawberry.field(description="When it was made.")
    def created_at(self) -> datetime:
        return self.webhook.created_at

    @strawberry.field(description="How the last tries went, the latest first.", directives=[PAGE])
    async def deliveries(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[WebhookDelivery]:
        assert self.context.viewer is not None
        allowed = permit(self.context.viewer)
        found = await register.deliveries(self.context.database, self.webhook.id, KNOWN, permit=allowed)
        return paged([WebhookDelivery(**vars(each)) for each in found], Window(first, after, last, before))
