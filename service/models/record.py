"""Record: the parent row of everything published, whatever its noun."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.fields import Check, Choice, Choices, Line, Whole


class RecordState(Choices):
    """Where a record stands."""

    PUBLISHED = "published", "To be seen by everyone."
    WITHDRAWN = "withdrawn", "Taken off the public side; may be restored."
    MERGED = "merged", "Made one with another record, which answers in its place."


class Record(Model):
    """What every published thing has in common; its id is never used again."""

    id = orm.UUIDField(primary_key=True)
    noun = Line("What the record is: the name of its noun's table.")
    state = Choice(RecordState, "Whether the record is published, withdrawn or merged.")
    merged_into: orm.ForeignKeyNullableRelation[Record] = orm.ForeignKeyField(
        "kopa.Record",
        related_name="absorbed",
        null=True,
        on_delete=OnDelete.NO_ACTION,
        description="The record that answers in place of a merged one.",
    )
    version = Whole("How many times the record was published.", least=1)
    first_published_at = orm.DatetimeField(description="When the record was first published.")
    last_modified = orm.DatetimeField(description="When its content last changed; assuring does not move it.")
    assured_on = orm.DateField(null=True, description="The day somebody last said it is still true.")
    assured_by = Line("Who said so, by role.", null=True)

    CHECKS: ClassVar = [
        Check("record_merged_into", "(state = 'merged') = (merged_into_id IS NOT NULL)"),
        Check("record_not_into_itself", "merged_into_id <> id"),
        Check("record_assured", "(assured_on IS NULL) = (assured_by IS NULL)"),
    ]

    class Meta:
        table = "record"


class Slug(Model):
    """The readable names a record has or had in addresses; old ones lead to it for ever."""

    id = orm.UUIDField(primary_key=True)
    noun = Line("The noun within which the slug is unique.")
    slug = Line("The readable name.")
    record: orm.ForeignKeyRelation[Record] = orm.ForeignKeyField(
        "kopa.Record", related_name="slugs", on_delete=OnDelete.NO_ACTION
    )
    current = orm.BooleanField(description="Whether it is the slug of today.")

    UNIQUE: ClassVar = [("slug_current", ("record_id",), '"current"')]
    CHECKS: ClassVar = [
        Check(
            "slug_form",
            "slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'",
            postgres="slug ~ '^[a-z0-9-]+$'",
        ),
    ]

    class Meta:
        table = "slug"
        unique_together = (("noun", "slug"),)


class Published(Model):
    """A noun's own table: one row for each published record, with the record's id."""

    id = orm.UUIDField(primary_key=True)

    HAS_SLUG: ClassVar[bool] = False
    NEEDS_EVIDENCE: ClassVar[bool] = True
    CHECKS: ClassVar[list[Check]] = []
    UNIQUE: ClassVar[list[tuple[str, tuple[str, ...], str]]] = []

    class Meta:
        abstract = True


class Part(Model):
    """An owned child: a row with an id of its own that lives and dies with its owner."""

    id = orm.UUIDField(primary_key=True)
    position = Whole("Its place among its siblings.")

    CHECKS: ClassVar[list[Check]] = []
    UNIQUE: ClassVar[list[tuple[str, tuple[str, ...], str]]] = []

    class Meta:
        abstract = True


def in_order(first: str, last: str) -> Check:
    """The rule that a period does not end before it starts, at the precision each date has."""
    return Check(f"{first}_not_after_{last}", f"{first} <= {last} || '~'")
