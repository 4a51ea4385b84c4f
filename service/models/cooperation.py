"""Cooperation: who works with whom, in which roles, on what basis, and what each side says of it."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.fields import (
    Check,
    Choice,
    Choices,
    Currency,
    Line,
    Minor,
    Number,
    PartialDate,
    Reference,
    References,
    Text,
    Url,
    Whole,
)
from service.models.record import Published, Record, in_order


class LinkKind(Choices):
    """Kinds of cooperation."""

    COOPERATION = "cooperation", "Cooperation whose form is not stated."
    DELEGATION = "delegation", "A task of a public body is delegated to another body."
    PARTICIPATION_CONTRACT = "participation_contract", "A participation contract (līdzdarbības līgums)."
    PURCHASE = "purchase", "A service is bought."
    GRANT = "grant", "Money is given for a purpose."
    JOINT_PROJECT = "joint_project", "A project carried out together."
    REFERRAL = "referral", "Clients are referred."
    INFORMATION_EXCHANGE = "information_exchange", "Information is exchanged."
    MEMBERSHIP = "membership", "One is a member of the other."
    REPRESENTATION = "representation", "One is represented in a board or working group of the other."
    INFRASTRUCTURE = "infrastructure", "Premises, staff or equipment are lent."


class LinkRole(Choices):
    """Roles of the two sides of a cooperation link."""

    PARTY = "party", "A party to cooperation whose form is not stated."
    DELEGATOR = "delegator", "Delegates a task."
    DELEGATE = "delegate", "Carries out a delegated task."
    AUTHORITY = "authority", "The public body of a participation contract."
    PARTICIPANT = "participant", "The other side of a participation contract."
    BUYER = "buyer", "Buys a service."
    PROVIDER = "provider", "Provides a bought service."
    FUNDER = "funder", "Gives money."
    RECIPIENT = "recipient", "Receives money."
    LEAD = "lead", "Leads a joint project."
    PARTNER = "partner", "Is a partner in a joint project."
    REFERRER = "referrer", "Refers clients."
    RECEIVER = "receiver", "Receives clients."
    PEER = "peer", "Exchanges information."
    MEMBER = "member", "Is a member."
    UMBRELLA = "umbrella", "Has members."
    REPRESENTED = "represented", "Is represented in the other's body."
    BODY = "body", "Has a board or working group in which the other is represented."
    OWNER = "owner", "Lends premises, staff or equipment."
    USER = "user", "Uses what is lent."


ROLES: dict[LinkKind, tuple[LinkRole, LinkRole]] = {
    LinkKind.COOPERATION: (LinkRole.PARTY, LinkRole.PARTY),
    LinkKind.DELEGATION: (LinkRole.DELEGATOR, LinkRole.DELEGATE),
    LinkKind.PARTICIPATION_CONTRACT: (LinkRole.AUTHORITY, LinkRole.PARTICIPANT),
    LinkKind.PURCHASE: (LinkRole.BUYER, LinkRole.PROVIDER),
    LinkKind.GRANT: (LinkRole.FUNDER, LinkRole.RECIPIENT),
    LinkKind.JOINT_PROJECT: (LinkRole.LEAD, LinkRole.PARTNER),
    LinkKind.REFERRAL: (LinkRole.REFERRER, LinkRole.RECEIVER),
    LinkKind.INFORMATION_EXCHANGE: (LinkRole.PEER, LinkRole.PEER),
    LinkKind.MEMBERSHIP: (LinkRole.MEMBER, LinkRole.UMBRELLA),
    LinkKind.REPRESENTATION: (LinkRole.REPRESENTED, LinkRole.BODY),
    LinkKind.INFRASTRUCTURE: (LinkRole.OWNER, LinkRole.USER),
}
"""The two roles of each kind: that of side A, that of side B."""


class Side(Choices):
    """The two sides of a cooperation link."""

    SIDE_A = "side_a", "The side in the first role."
    SIDE_B = "side_b", "The side in the second role."


class ConfirmationState(Choices):
    """What a side says of a link."""

    UNASKED = "unasked", "Nobody has asked this side."
    ASKED = "asked", "The side was asked and has not answered."
    CONFIRMED = "confirmed", "The side says it is so."
    DISPUTED = "disputed", "The side sees it differently."


class ConfirmationRole(Choices):
    """Who entered the word of a side."""

    REPRESENTATIVE = "representative", "A representative of the side itself."
    MAIL = "mail", "By mail: the side was asked so, or answered by the link in that letter."
    EDITOR = "editor", "An editor, on the word of the side, with evidence."
    SYSTEM = "system", "The directory itself, when a change of the link takes the word back."


class AgreementBasis(Choices):
    """What cooperation can rest on."""

    LAW = "law", "A law entrusts the task."
    REGULATION = "regulation", "A regulation does."
    DECISION = "decision", "A decision does."
    CONTRACT = "contract", "A contract does."


class CooperationLink(Published):
    """Two organisations that work together, each in a role that the kind of the link names."""

    kind = Choice(LinkKind, "What kind of cooperation it is.")
    side_a = Reference("Organisation", "links_as_a", "The organisation in the first role.")
    side_b = Reference("Organisation", "links_as_b", "The organisation in the second role.")
    description = Text("What they do together.", null=True)
    services = References("Service", "links", "cooperation_link_service", "The services it is about.")
    categories = References(
        "TaxonomyTerm", "links", "cooperation_link_category", "The categories it is about, where no service is named."
    )
    regions = References("Region", "links", "cooperation_link_region", "The regions it is about.")
    valid_from = PartialDate("When it started.", null=True)
    valid_to = PartialDate("When it ended or will end.", null=True)
    attested_on = PartialDate("The last date on which a source or a side says it held.", null=True)
    agreement = Reference("Agreement", "links", "What it rests on.", null=True)
    project = Reference("Project", "links", "The project it belongs to.", null=True)

    CHECKS: ClassVar = [
        Check("cooperation_link_sides", "side_a_id <> side_b_id"),
        in_order("valid_from", "valid_to"),
        in_order("valid_from", "attested_on"),
    ]

    class Meta:
        table = "cooperation_link"


class Confirmation(Model):
    """An act: what one side says of a link. The latest row of a side holds."""

    id = orm.UUIDField(primary_key=True)
    link: orm.ForeignKeyRelation[Record] = orm.ForeignKeyField(
        "kopa.Record", related_name="confirmations", on_delete=OnDelete.NO_ACTION, description="The link."
    )
    side = Choice(Side, "Which side speaks.")
    state = Choice(ConfirmationState, "What it says.")
    on = orm.DateField(description="The day it was said.")
    role = Choice(ConfirmationRole, "Who entered it.")
    organisation: orm.ForeignKeyNullableRelation[Record] = orm.ForeignKeyField(
        "kopa.Record",
        related_name="confirmations_given",
        null=True,
        on_delete=OnDelete.NO_ACTION,
        description="The organisation whose representative spoke.",
    )
    source: orm.ForeignKeyNullableRelation[Record] = orm.ForeignKeyField(
        "kopa.Record",
        related_name="confirmations_shown",
        null=True,
        on_delete=OnDelete.NO_ACTION,
        description="The source of the side's word, when an editor entered it.",
    )
    tie_level = Whole("How closely they work together as this side sees it, 0 to 5.", least=0, most=5, null=True)
    note = Line("Why it is disputed; for the two sides and editors only.", null=True)
    at = orm.DatetimeField(description="When it was recorded.")

    CHECKS: ClassVar = [
        Check("confirmation_representative", "role NOT IN ('representative', 'mail') OR organisation_id IS NOT NULL"),
        Check("confirmation_editor", "role <> 'editor' OR state = 'asked' OR source_id IS NOT NULL"),
        Check("confirmation_system", "(role = 'system') = (state = 'unasked')"),
    ]

    class Meta:
        table = "confirmation"


class Agreement(Published):
    """What cooperation rests on: a law, a regulation, a decision or a contract."""

    basis = Choice(AgreementBasis, "What kind of basis it is.")
    title = Text("What the document is called.", null=True)
    number = Line("Its number; only a contract has to have one.", null=True)
    description = Text("What it says in short.", null=True)
    url = Url("Where it can be read.", null=True)
    signed_on = PartialDate("When it was signed or adopted.", null=True)
    valid_from = PartialDate("Since when it holds.", null=True)
    valid_to = PartialDate("Until when it holds.", null=True)
    legal_basis = Line("The law or regulation it rests on.", null=True)
    procurement_id = Line("The number of the procurement.", null=True)
    value_minor = Minor("The value in minor units of the currency.")
    unit_price_minor = Minor("The price of one unit in minor units of the currency.")
    co_payment_minor = Minor("What the person pays of a unit, in minor units of the currency.")
    currency = Currency("ISO 4217 code of the currency.", null=True)
    unit = Text("What the unit price is for: client day, hour, session, month.", null=True)
    volume = Number("How many units were agreed.", least=0, null=True)
    extension = Text("How it may be or was extended.", null=True)

    CHECKS: ClassVar = [
        Check("agreement_contract_number", "basis <> 'contract' OR number IS NOT NULL"),
        Check("agreement_value", "value_minor >= 0"),
        Check("agreement_unit_price", "unit_price_minor >= 0"),
        Check("agreement_co_payment", "co_payment_minor >= 0"),
        Check(
            "agreement_currency",
            "(COALESCE(value_minor, unit_price_minor, co_payment_minor) IS NULL) = (currency IS NULL)",
        ),
        Check("agreement_unit", "unit_price_minor IS NULL OR unit IS NOT NULL"),
        in_order("valid_from", "valid_to"),
    ]

    class Meta:
        table = "agreement"
