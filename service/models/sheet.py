"""Tables that somebody hands in on their way to drafts, what their columns mean, and lists that somebody keeps.

None of this is published. A sheet and its rows go when they are done with; what came of it stays as drafts.
"""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.account import Account
from service.models.fields import Choice, Choices, Flag, Line, Whole

RECIPIENT = "recipient"
"""Stands for a noun where a sheet names whom a campaign is to invite."""


class SheetState(Choices):
    """Where a sheet stands on its way."""

    MATCHING = "matching", "It is being said what its columns mean."
    EXAMINING = "examining", "Its rows are being looked at."
    EXAMINED = "examined", "It is told what each row would change."
    KEPT = "kept", "What it changes is a set of drafts."


class Verdict(Choices):
    """What a row of a sheet would do."""

    NEW = "new", "Begin a record."
    CHANGED = "changed", "Change a record."
    SAME = "same", "Nothing: the record says so already."
    ERROR = "error", "It cannot be taken as it is."


class Sheet(Model):
    """A table that somebody handed in, for one noun."""

    id = orm.UUIDField(primary_key=True)
    account: orm.ForeignKeyRelation[Account] = orm.ForeignKeyField(
        "kopa.Account", related_name="sheets", on_delete=OnDelete.NO_ACTION
    )
    noun = Line("The noun of its records.")
    name = Line("The name of the file.")
    headers: orm.JSONField[list[str]] = orm.JSONField(description="What stands at the head of each column.")
    columns: orm.JSONField[list[str]] = orm.JSONField(description="What each column means; nothing where it is left.")
    clears = Flag("Whether empty cells empty their fields.", default=False)
    source = orm.UUIDField(null=True, description="The source on which what is new rests.")
    language = Line("The language in which its numbers and dates are written.")
    state = Choice(SheetState, "Where it stands on its way.")
    batch = orm.UUIDField(null=True, description="The set of drafts that it became.")
    created_at = orm.DatetimeField(description="When it was handed in.")

    ALSO_ABOUT: ClassVar = (RECIPIENT,)

    class Meta:
        table = "sheet"


class SheetRow(Model):
    """One row of a sheet, and what was found about it."""

    id = orm.UUIDField(primary_key=True)
    sheet: orm.ForeignKeyRelation[Sheet] = orm.ForeignKeyField(
        "kopa.Sheet", related_name="rows", on_delete=OnDelete.CASCADE
    )
    number = Whole("Its number in the file.", least=1)
    cells: orm.JSONField[list[str]] = orm.JSONField(description="Its cells.")
    verdict = Choice(Verdict, "What it would do; null until it was looked at.", null=True)
    finding: orm.JSONField[dict[str, Any]] = orm.JSONField(description="What was found, in detail.")

    class Meta:
        table = "sheet_row"
        unique_together = (("sheet", "number"),)


class SheetColumn(Model):
    """What a heading meant when it was last used in a sheet of a noun."""

    id = orm.UUIDField(primary_key=True)
    noun = Line("The noun.")
    header = Line("The heading, in small letters without marks.")
    column = Line("What it means; empty where the column is left out.")

    ALSO_ABOUT: ClassVar = (RECIPIENT,)

    class Meta:
        table = "sheet_column"
        unique_together = (("noun", "header"),)


class SavedView(Model):
    """A list as somebody wants to see it again."""

    id = orm.UUIDField(primary_key=True)
    account: orm.ForeignKeyRelation[Account] = orm.ForeignKeyField(
        "kopa.Account", related_name="views", on_delete=OnDelete.NO_ACTION
    )
    noun = Line("The noun of the list.")
    name = Line("What it is called.")
    pairs: orm.JSONField[list[list[str]]] = orm.JSONField(description="What narrows, sorts and shows it.")

    class Meta:
        table = "saved_view"
        unique_together = (("account", "noun", "name"),)
