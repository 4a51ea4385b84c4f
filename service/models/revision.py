"""Revisions: drafts on their way, and every snapshot of every record, with who made it and when."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.fields import Check, Choice, Choices, Line, Paragraph, Whole


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


class RevisionState(Choices):
    """Where a revision stands on its way."""

    DRAFT = "draft", "Being written; nobody else has to look at it yet."
    IN_REVIEW = "in_review", "Waits for somebody to look at it."
    SENT_BACK = "sent_back", "Was returned to its author with a reason."
    SCHEDULED = "scheduled", "Was accepted and waits for its hour."
    DISCARDED = "discarded", "Was given up before it was done."
    DONE = "done", "Was done, and is history."


class Revision(Model):
    """A full snapshot of a record on its way or in its history, or one act about it."""

    id = orm.UUIDField(primary_key=True)
    record_id = orm.UUIDField(db_index=True, description="The record; it may not be published yet.")
    noun = Line("The record's noun.")
    kind = Choice(RevisionKind, "Whether it is content or an act.")
    act = Choice(Act, "What was done, or is to be done.")
    state = Choice(RevisionState, "Where it stands on its way.", index=True)
    content: orm.JSONField[dict[str, Any]] = orm.JSONField(description="The snapshot, or the act's own data.")
    format = Whole("The number of the snapshot's format.", least=1)
    base: orm.ForeignKeyNullableRelation[Revision] = orm.ForeignKeyField(
        "kopa.Revision",
        related_name="drafts",
        null=True,
        on_delete=OnDelete.NO_ACTION,
        description="What the record was when the draft was begun; null of a record that did not exist.",
    )
    batch = orm.UUIDField(null=True, db_index=True, description="Of a draft: the set that it was proposed in.")
    edition = Whole("How many times the draft was saved.", least=1)
    version = Whole("The record's version after it; null until it is done.", least=1, null=True)
    author = Line("Who wrote it: an account or a label such as `starter`.")
    decided_by = Line("Who accepted it or sent it back.", null=True)
    reason = Paragraph("Why it was sent back, or could not be done at its hour.", null=True)
    due_at = orm.DatetimeField(null=True, description="The hour at which it is to be done.")
    at = orm.DatetimeField(description="When it was done; until then when it last moved.")
    transaction = orm.BigIntField(
        null=True, db_index=True, description="The `seq` of the first change of its transaction; null until then."
    )

    CHECKS: ClassVar = [
        Check("revision_kind", "(kind = 'content') = (act IN ('publish', 'withdraw', 'merge'))"),
        Check("revision_act_is_done", "kind = 'content' OR state = 'done'"),
        Check("revision_done_has_version", "(state = 'done') = (version IS NOT NULL)"),
        Check("revision_done_is_logged", "(state = 'done') = (\"transaction\" IS NOT NULL)"),
        Check("revision_draft_in_batch", "state = 'done' OR batch IS NOT NULL"),
        Check("revision_scheduled_has_hour", "state <> 'scheduled' OR due_at IS NOT NULL"),
        Check(
            "revision_sent_back_has_reason", "state <> 'sent_back' OR (reason IS NOT NULL AND decided_by IS NOT NULL)"
        ),
        Check("revision_not_its_own_base", "base_id <> id"),
    ]

    class Meta:
        table = "revision"
