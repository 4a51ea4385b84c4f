"""Webhooks: programs elsewhere that are told what was published, and how each telling went."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.fields import Check, Choice, Choices, ChoiceSet, Line, LineSet, Url, Whole
from service.models.revision import Act


class WebhookState(Choices):
    """Whether a webhook is told what happens."""

    ACTIVE = "active", "It is told every change that it asks for."
    PAUSED = "paused", "Nothing is sent until a test call succeeds: the database was restored."
    GIVEN_UP = "given_up", "It did not answer for days; nothing is sent until a test call succeeds."


class DeliveryOutcome(Choices):
    """How a delivery ended."""

    DELIVERED = "delivered", "The receiver took it."
    FAILED = "failed", "The receiver did not take it; it is tried again."
    GIVEN_UP = "given_up", "The receiver did not take it for the last time."


class Webhook(Model):
    """Somebody who is told each change, in the order of the log.

    The secret is kept as it is and not as a hash, since every message is signed with it. It signs what is public
    anyway and lets nobody in: whoever steals it can only pretend to a receiver to be this directory.
    """

    id = orm.UUIDField(primary_key=True)
    url = Url("Where changes are sent to.")
    secret = Line("What messages are signed with, as its receiver was told it.")
    nouns = LineSet("The nouns that it asks for; none means all.")
    acts = ChoiceSet(Act, "The acts that it asks for; none means all.")
    state = Choice(WebhookState, "Whether it is told what happens.")
    seq = orm.BigIntField(description="The last change that it was told or did not ask for.")
    tries = Whole("How often the next change could not be delivered.")
    due_at = orm.DatetimeField(description="When to try, or to try again.")
    created_at = orm.DatetimeField(description="When it was made.")

    CHECKS: ClassVar = [Check("webhook_seq", "seq >= 0")]

    class Meta:
        table = "webhook"


class WebhookDelivery(Model):
    """One try to deliver one change; what was sent stands in the change log and is not kept again."""

    id = orm.UUIDField(primary_key=True)
    webhook: orm.ForeignKeyRelation[Webhook] = orm.ForeignKeyField(
        "kopa.Webhook", related_name="deliveries", on_delete=OnDelete.CASCADE
    )
    seq = orm.BigIntField(null=True, description="The change; null of a test call.")
    at = orm.DatetimeField(db_index=True, description="When it was tried.")
    outcome = Choice(DeliveryOutcome, "How it ended.")
    status = Whole("The HTTP status of the answer; null when there was none.", least=100, null=True)
    problem = Line("Why there was no answer.", null=True)
    milliseconds = Whole("How long it took.")

    class Meta:
        table = "webhook_delivery"
