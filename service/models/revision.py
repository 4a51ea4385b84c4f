"""Revisions: every snapshot of every record, with who made it and when."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields as orm
from tortoise.models import Model

from service.models.fields import Check, Choice, Choices, Line, Whole


class RevisionKind(Choices):
    """Kinds of revision."""

    CONTENT = "content", "A snapshot of a record's content."
    ACT = "act", "An act of a side, a provider or an editor about a record."


class Act(Choices):
    """What can be done to a record."""

    PUBLISH = "publish", "The content was published."
    WITHDRAW = "withdraw", "The record was taken off the public side."
    MERGE = "merge", "The record was made one with another, which answers in its place."
    ASSURE = "assure", "Somebody said the record is still true."
    CONFIRM = "confirm", "A side spoke about a link."
    AVAILABILITY = "availability", "A provider said how many places are free."


class Revision(Model):
    """A full snapshot of a record, or one act about it. Drafts will be rows of the same table."""

    id = orm.UUIDField(primary_key=True)
    record_id = orm.UUIDField(db_index=True, description="The record; it may not be published yet.")
    noun = Line("The record's noun.")
    kind = Choice(RevisionKind, "Whether it is content or an act.")
    act = Choice(Act, "What was done.")
    content: orm.JSONField[dict[str, Any]] = orm.JSONField(description="The snapshot, or the act's own data.")
    format = Whole("The number of the snapshot's format.", least=1)
    version = Whole("The record's version after it.", least=1)
    author = Line("Who did it: a label such as `starter`.")
    at = orm.DatetimeField(description="When it was done.")
    transaction = orm.BigIntField(db_index=True, description="The `seq` of the first change of its transaction.")

    CHECKS: ClassVar = [
        Check("revision_kind", "(kind = 'content') = (act IN ('publish', 'withdraw', 'merge'))"),
    ]

    class Meta:
        table = "revision"
