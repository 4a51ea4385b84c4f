"""What readers report about published records. Nothing tells who did; the words go ninety days after they came."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.account import Account
from service.models.fields import Check, Choice, Choices, Line, Paragraph
from service.models.record import Record


class ReportKind(Choices):
    """What is the matter with a record."""

    WRONG = "wrong", "Something in it is not so."
    GONE = "gone", "What it tells of is no more."
    MISSING = "missing", "Something lacks."
    UNSAFE = "unsafe", "It tells what may endanger somebody, or must not be public."
    OTHER = "other", "Something else."


class ReportedField(Choices):
    """What a report is about, in the words of readers."""

    NAME = "name", "The name or the description."
    CONTACTS = "contacts", "Telephone, e-mail or website."
    PLACE = "place", "Address or place."
    HOURS = "hours", "Opening hours."
    ACCESS = "access", "Who may come, how one gets in, what it costs."
    COOPERATION = "cooperation", "Cooperation with others."


class ReportState(Choices):
    """What became of a report."""

    OPEN = "open", "Nobody has looked yet."
    DONE = "done", "The record was put right."
    NOT_SO = "not_so", "An editor looked, and the record is right."


class Report(Model):
    """A reader says that something is the matter with a record."""

    id = orm.UUIDField(primary_key=True)
    record: orm.ForeignKeyRelation[Record] = orm.ForeignKeyField(
        "kopa.Record", related_name="reports", on_delete=OnDelete.NO_ACTION, description="The record."
    )
    kind = Choice(ReportKind, "What is the matter.")
    field = Choice(ReportedField, "What in the record it is about.", null=True)
    words = Paragraph("What the reader wrote, without personal data; gone some time after it came.", null=True)
    language = Line("The language of the page that it was written on.")
    state = Choice(ReportState, "What became of it.", index=True)
    at = orm.DatetimeField(db_index=True, description="When it came.")
    closed_at = orm.DatetimeField(null=True, description="When somebody closed it.")
    account: orm.ForeignKeyNullableRelation[Account] = orm.ForeignKeyField(
        "kopa.Account", related_name="reports", null=True, on_delete=OnDelete.NO_ACTION, description="Who closed it."
    )

    CHECKS: ClassVar = [Check("report_closed", "(state = 'open') = (closed_at IS NULL)")]

    class Meta:
        table = "report"
