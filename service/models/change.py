"""The change log: what was published, in the order it was committed."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.fields import Check, Choice, Line
from service.models.record import Record
from service.models.revision import Act


class Change(Model):
    """One step of one transaction, with everything a reader needs to follow it."""

    seq = orm.BigIntField(primary_key=True, generated=False, description="Its place in the log, without gaps.")
    transaction = orm.BigIntField(db_index=True, description="The `seq` of the first change of its transaction.")
    noun = Line("The record's noun.")
    record: orm.ForeignKeyRelation[Record] = orm.ForeignKeyField(
        "kopa.Record", related_name="changes", on_delete=OnDelete.NO_ACTION
    )
    act = Choice(Act, "What was done.")
    payload: orm.JSONField[dict[str, Any]] = orm.JSONField(description="The public content after it.")
    at = orm.DatetimeField(description="When it was done.")

    CHECKS: ClassVar = [Check("change_transaction", '"transaction" <= seq')]

    class Meta:
        table = "change"


class ChangeClock(Model):
    """One row: the last `seq` given, and the epoch that a restore renews."""

    id = orm.IntField(primary_key=True, generated=False)
    seq = orm.BigIntField(description="The last seq given.")
    epoch = Line("Random; a new one after each restore.")

    CHECKS: ClassVar = [Check("change_clock_one_row", "id = 1"), Check("change_clock_seq", "seq >= 0")]

    class Meta:
        table = "change_clock"
