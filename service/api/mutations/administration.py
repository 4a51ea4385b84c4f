"""What only administrators do: to remove a value from everything, and to tell programs elsewhere of changes."""

from __future__ import annotations

import strawberry

from service.api.mutations.answering import By, Done, Payload
from service.api.mutations.steps import step
from service.api.nouns import Noun
from service.api.paging import paged
from service.api.viewer.webhook import Webhook
from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE
from service.editing import redaction
from service.models.revision import Act
from service.webhooks import delivering, register
from service.webhooks.sending import Answer, Sender


@strawberry.input(description="Which value to remove from everything that was ever written, and why.")
class ValueRedactInput:
    value: str = strawberry.field(description="The value; it is found in every way in which it may be written.")
    reason: str = strawberry.field(description="Why, for the audit; without the value.")
    dry_run: bool = strawberry.field(default=False, description="Whether only to count where it stands.")


@strawberry.input(description="Which program to tell of changes.")
class WebhookCreateInput:
    url: str = strawberry.field(description="Where to send them.")
    nouns: list[Noun] = strawberry.field(default_factory=list, description="Only of these nouns; none means all.")
    acts: list[Act] = strawberry.field(default_factory=list, description="Only these acts; none means all.")


@strawberry.input(description="Which webhook to tell nothing any more.")
class WebhookDeleteInput:
    id: strawberry.ID = strawberry.field(description="The id of the webhook.")


@strawberry.input(description="Which webhook to send a message that tells nothing.")
class WebhookTestInput:
    id: strawberry.ID = strawberry.field(description="The id of the webhook.")


@strawberry.type(description="How many rows of a table held a value.")
class RedactedRows:
    table: str = strawberry.field(description="The name of the table.")
    rows: int = strawberry.field(description="How many rows.")


@strawberry.type(description="Where a value stood that was removed.")
class RedactionPayload(Payload):
    """Where a value stood that was removed."""

    @strawberry.field(description="Where it stood.", directives=[PAGE])
    def rows(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[RedactedRows]:
        rows = (self.done.more or {}).items()
        return paged([RedactedRows(table=name, rows=n) for name, n in rows], Window(first, after, last, before))

    @strawberry.field(description="The number of the last change that was made; null when none of it was public.")
    def seq(self) -> int | None:
        return self.done.seq


@strawberry.type(description="What became of a webhook.")
class WebhookPayload(Payload):
    """What became of a webhook."""

    @strawberry.field(description="The webhook.")
    def webhook(self) -> Webhook | None:
        found: register.Webhook | None = self.done.more
        return None if found is None else Webhook(context=self.context, webhook=found)


@strawberry.type(description="A webhook that was made.")
class NewWebhookPayload(WebhookPayload):
    """A webhook that was made."""

    @strawberry.field(description="What its messages are signed with; it is told this once.")
    def secret(self) -> str | None:
        return None if self.done.more is None else str(self.done.more.secret)


@strawberry.type(description="How a test call went.")
class TestedPayload(Payload):
    """How a test call went."""

    @strawberry.field(description="Whether the receiver took it.")
    def taken(self) -> bool | None:
        return None if self._answer is None else self._answer.is_taken

    @strawberry.field(description="The HTTP status of the answer; null when there was none.")
    def status(self) -> int | None:
        return None if self._answer is None else self._answer.status

    @strawberry.field(description="Why there was no answer.")
    def problem(self) -> str | None:
        return None if self._answer is None else self._answer.problem

    @strawberry.field(description="How long it took.")
    def milliseconds(self) -> int | None:
        return None if self._answer is None else self._answer.milliseconds

    @property
    def _answer(self) -> Answer | None:
        answer: Answer | None = self.done.more
        return answer


@step(RedactionPayload, "Remove a value from everything that was ever written. It cannot be undone.")
async def value_redact(by: By, input: ValueRedactInput) -> Done:
    if input.dry_run:
        return Done(more=await redaction.places(by.database, input.value, permit=by.permit))
    done = await redaction.redact(by.database, input.value, author=by.author, reason=input.reason, permit=by.permit)
    return Done(seq=done.seq, more=done.rows)


@step(NewWebhookPayload, "Tell a program elsewhere of every change from now on.")
async def webhook_create(by: By, input: WebhookCreateInput) -> Done:
    nouns, acts = [noun.value for noun in input.nouns], [act.value for act in input.acts]
    made = await register.add(by.database, input.url, nouns=nouns, acts=acts, account=by.author, permit=by.permit)
    return Done(more=made)


@step(Payload, "Tell a program nothing any more.")
async def webhook_delete(by: By, input: WebhookDeleteInput) -> Done:
    await register.remove(by.database, input.id, account=by.author, permit=by.permit)
    return Done()


@step(TestedPayload, "Send a message that tells nothing. Who takes it, and was given up, is told of changes again.")
async def webhook_test(by: By, input: WebhookTestInput) -> Done:
    sender = Sender(by.context.follower.settings.webhook_networks)
    return Done(more=await delivering.Deliveries(by.database, sender).test(input.id, permit=by.permit))
