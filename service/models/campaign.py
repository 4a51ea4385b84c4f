"""Campaigns, by which organisations are invited to keep their own profile, and what others apply for by themselves.

None of this is published. Addresses go ninety days after a campaign is closed, applications ninety days after they
were decided.
"""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.account import account_key
from service.models.fields import Check, Choice, Choices, Day, Email, Line, Paragraph, Text


class ApplicationKind(Choices):
    """What somebody without an account applies for."""

    JOIN = "join", "That an organisation enters the directory."
    CLAIM = "claim", "To speak for an organisation of the directory."


class ApplicationState(Choices):
    """What became of an application."""

    OPEN = "open", "Nobody has decided yet."
    GRANTED = "granted", "Whoever sent it was invited as a representative."
    SETTLED = "settled", "It is done with, and nobody was invited."
    DECLINED = "declined", "It was declined, and whoever sent it was told why."


class Campaign(Model):
    """Letters to organisations that ask them to fill in their profile until a day."""

    id = orm.UUIDField(primary_key=True)
    account: Any = account_key("campaigns")
    name = Line("What colleagues call it.")
    subject = Text("The subject of the letter.")
    letter = Text("The words of the letter, with marks for the organisation, the link and the last day.")
    last_day = Day("The last day on which the links work.", null=False)
    created_at = orm.DatetimeField(description="When it was begun.")
    closed_at = orm.DatetimeField(null=True, description="When it was closed; its links stopped then.")

    class Meta:
        table = "campaign"


class CampaignRecipient(Model):
    """An organisation that was invited. What came of it is told by its revisions, not here."""

    id = orm.UUIDField(primary_key=True)
    campaign: orm.ForeignKeyRelation[Campaign] = orm.ForeignKeyField(
        "kopa.Campaign", related_name="recipients", on_delete=OnDelete.CASCADE
    )
    organisation = orm.UUIDField(db_index=True, description="The organisation; it may not be published yet.")
    name = Line("What the sheet called it.")
    number = Line("Its registration number, as the sheet had it.", null=True)
    email = Email("Where its letters go; gone some time after the campaign was closed.", null=True)
    language = Line("The language of its letters.")
    account: Any = account_key("invitations", null=True, description="Who took the invitation up.")
    invited_at = orm.DatetimeField(description="When it was invited.")
    reminded_at = orm.DatetimeField(null=True, description="When it was last reminded.")
    due_at = orm.DatetimeField(null=True, db_index=True, description="When its next letter is to be queued.")
    undelivered_at = orm.DatetimeField(null=True, description="When its letter was given up.")

    class Meta:
        table = "campaign_recipient"
        unique_together = (("campaign", "email"),)


class Application(Model):
    """Somebody without an account asks for something; an editor decides."""

    id = orm.UUIDField(primary_key=True)
    kind = Choice(ApplicationKind, "What it is for.")
    state = Choice(ApplicationState, "What became of it.", index=True)
    organisation = orm.UUIDField(db_index=True, description="The organisation; it may not be published yet.")
    email = Email("Who sent it; where the answer goes.", null=True)
    language = Line("The language of the answer.")
    capacity = Line("What the sender is in the organisation, in words.", null=True)
    note = Paragraph("What else the sender wrote.", null=True)
    network = Line("The network it was sent from.", null=True)
    sent_at = orm.DatetimeField(description="When it was sent.")
    decided_at = orm.DatetimeField(null=True, description="When somebody decided.")
    account: Any = account_key("applications", null=True, description="Who decided.")
    answer = Paragraph("Why it was declined; the sender reads it.", null=True)

    CHECKS: ClassVar = [
        Check("application_decided", "(state = 'open') = (decided_at IS NULL)"),
        Check("application_declined_has_answer", "state <> 'declined' OR answer IS NOT NULL"),
    ]

    class Meta:
        table = "application"
