"""The classes of fields a model is declared with.

A field says once what it holds, in `description`; the database column, the rule that reads and checks it
(`service.editing.fields`), and the description in the GraphQL schema all follow from the declaration.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from tortoise import fields as orm
from tortoise.fields.base import OnDelete

Dialect = Literal["sqlite", "postgres"]


class Choices(StrEnum):
    """An enumeration whose members carry the sentence that explains them."""

    description: str

    def __new__(cls, value: str, description: str) -> Choices:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member


@dataclass(frozen=True)
class Check:
    """A table constraint; `postgres` is given where the two engines need different words."""

    name: str
    sql: str
    postgres: str | None = None

    def for_dialect(self, dialect: Dialect) -> str:
        return self.postgres if dialect == "postgres" and self.postgres else self.sql


def _options(**options: Any) -> dict[str, Any]:
    """Arguments whose combinations Tortoise's own types do not foresee."""
    return options


class Text(orm.JSONField[dict[str, str]]):
    """Words people read, by language: `{"lv": "…", "en": "…"}`; Latvian is always there."""

    def __init__(self, description: str, *, null: bool = False) -> None:
        super().__init__(**_options(description=description, null=null))


class Line(orm.TextField):
    """One line that is the same in every language: a code, a number, a title in its own language."""

    def __init__(self, description: str, *, null: bool = False, unique: bool = False) -> None:
        super().__init__(**_options(description=description, null=null))
        self.unique = unique


class Paragraph(Line):
    """Several lines that are the same in every language."""


class Url(Line):
    """An http or https address."""


class Email(Line):
    """An e-mail address."""


class Phone(Line):
    """A telephone number in international form."""


class Currency(Line):
    """The ISO 4217 code of a currency."""


class PartialDate(Line):
    """A date as exact as it is known: `2010`, `2010-03` or `2010-03-26`; sorts and compares as text."""


class Choice(orm.CharField[str]):
    """One value of an enumeration."""

    def __init__(self, choices: type[Choices], description: str, *, null: bool = False, index: bool = False) -> None:
        super().__init__(**_options(max_length=60, description=description, null=null, db_index=index))
        self.choices = choices


class ChoiceSet(orm.JSONField[list[str]]):
    """A set of values of an enumeration, kept in the enumeration's order."""

    def __init__(self, choices: type[Choices], description: str) -> None:
        super().__init__(**_options(description=description, default=list))
        self.choices = choices


class LineSet(orm.JSONField[list[str]]):
    """A set of lines, kept sorted."""

    def __init__(self, description: str) -> None:
        super().__init__(**_options(description=description, default=list))


class Whole(orm.IntField[int]):
    """A whole number with its allowed range."""

    def __init__(self, description: str, *, least: int | None = 0, most: int | None = None, null: bool = False) -> None:
        super().__init__(**_options(description=description, null=null))
        self.least = least
        self.most = most


class Minor(orm.BigIntField):
    """An amount of money in minor units (cents) of the currency beside it."""

    def __init__(self, description: str, *, null: bool = True) -> None:
        super().__init__(**_options(description=description, null=null))


class Number(orm.DecimalField[Decimal]):
    """A decimal number with its allowed range."""

    def __init__(
        self,
        description: str,
        *,
        digits: int = 18,
        places: int = 4,
        least: int | None = None,
        most: int | None = None,
        null: bool = False,
    ) -> None:
        super().__init__(**_options(max_digits=digits, decimal_places=places, description=description, null=null))
        self.least = least
        self.most = most


class Degrees(orm.FloatField[float]):
    """A coordinate in degrees (WGS 84)."""

    def __init__(self, description: str, *, least: float, most: float) -> None:
        super().__init__(**_options(description=description, null=True))
        self.least = least
        self.most = most


class Flag(orm.BooleanField[bool]):
    """Yes or no; null means nobody has said."""

    def __init__(self, description: str, *, default: bool | None = None) -> None:
        super().__init__(**_options(description=description, null=default is None, default=default))


class Day(orm.DateField[date]):
    """An exact calendar day."""

    def __init__(self, description: str, *, null: bool = True) -> None:
        super().__init__(**_options(description=description, null=null))


class Clock(Line):
    """A time of day, `11:00`."""


def Reference(noun: str, related: str, description: str, *, null: bool = False) -> Any:
    """A reference to one record of another noun."""
    options = _options(null=null, description=description)
    return orm.ForeignKeyField(f"kopa.{noun}", related_name=related, on_delete=OnDelete.NO_ACTION, **options)


def References(noun: str, related: str, through: str, description: str) -> Any:
    """A set of references to records of another noun, kept in the table `through`."""
    return orm.ManyToManyField(
        f"kopa.{noun}",
        related_name=related,
        through=through,
        forward_key=f"{noun_table(noun)}_id",
        backward_key="owner_id",
        description=description,
        on_delete=OnDelete.NO_ACTION,
    )


def noun_table(model: str) -> str:
    """`TaxonomyTerm` -> `taxonomy_term`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in model).lstrip("_")


def PartOf(noun: str, related: str) -> Any:
    """Makes a model an owned child of a noun: it is published, changed and withdrawn with its owner."""
    return orm.ForeignKeyField(f"kopa.{noun}", related_name=related, on_delete=OnDelete.CASCADE)
