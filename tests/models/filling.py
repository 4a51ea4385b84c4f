"""Two valid rows for every table, made from the declared models, so that what is new is in by itself."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tortoise import fields as orm
from tortoise.fields.relational import ForeignKeyFieldInstance, ManyToManyFieldInstance
from tortoise.models import Model

from service import models
from service.database import Transaction
from service.models import fields as declared
from service.models.ddl import TABLES
from service.models.fields import Dialect, noun_table
from service.models.rows import moment, to_column
from service.models.shape import shape

Values = dict[str, Any]

MODELS: dict[str, type[Model]] = {str(model._meta.db_table): model for model in TABLES}
DAY = "2010-03-26"
NOTHING = object()

FULL: dict[str, Values] = {
    "record": {"noun": "organisation", "state": "withdrawn", "merged_into": None},
    "slug": {"noun": "organisation", "slug": "slug-{i}"},
    "region": {"kind": "municipality", "former_kind": None},
    "region_succession": {"relation": "split"},
    "organisation_identifier": {"scheme": "registration_number", "value": "4000800000{i}"},
    "figure": {"organisation": None, "service": None, "project": None},
    "need": {"waiting": 12},
    "confirmation": {"state": "confirmed", "role": "representative"},
    "availability": {"state": "open", "weeks_to_wait": None},
    "revision": {"noun": "organisation", "state": "done"},
    "change": {"noun": "organisation", "transaction": 1},
    "account": {"email": "somebody-{i}@example.org", "closed_at": None},
    "one_time_link": {"purpose": "sign_in", "link": None, "side": None, "recipient": None},
    "letter": {"purpose": "sign_in", "link": None, "side": None, "recipient": None, "application": None},
    "campaign_recipient": {"email": "somebody-{i}@example.org"},
    "application": {"state": "granted"},
    "sheet": {"noun": "organisation"},
    "sheet_column": {"noun": "organisation"},
    "saved_view": {"noun": "organisation"},
    "report": {"state": "done"},
}
"""What the rules between columns ask for beyond the rule of each."""

BARE: dict[str, Values] = FULL | {
    "need": {},
    "region_succession": {"relation": "merged_into"},
    "confirmation": {"state": "unasked", "role": "system"},
    "figure": {"region": "region"},
    "revision": {"noun": "organisation", "batch": "00000000-0000-4000-8000-00000000000{i}"},
    "account": {},
    "one_time_link": {"purpose": "sign_in", "account": "account"},
    "application": {},
    "report": {},
}
"""The same for rows in which everything that may be null is null."""

NOUN_OF = {"link": "cooperation_link", "service": "service", "source": "source"}
"""The noun behind a reference to the table of records; an organisation where nothing is said."""


def ident(table: str, i: int) -> str:
    """The id of row `i` of a table; a noun's record has the id of its row."""
    return str(uuid5(NAMESPACE_URL, f"{table}/{i}"))


def fields(model: type[Model]) -> Iterator[tuple[str, Any]]:
    """Name and field of each column, references by their own name; nothing that others point back with."""
    for name, field in model._meta.fields_map.items():
        backward = type(field).__name__.startswith("Backward") or isinstance(field, ManyToManyFieldInstance)
        if not backward and not getattr(field, "reference", None):
            yield name, field


def column(name: str, field: Any) -> str:
    return f"{name}_id" if isinstance(field, ForeignKeyFieldInstance) else name


def row(table: str, i: int, dialect: Dialect, *, bare: bool = False) -> Values:
    """Row `i` of a table by column, as the driver takes it."""
    special = (BARE if bare else FULL).get(table, {})
    values: Values = {}
    targets: set[str] = set()
    for name, field in fields(MODELS[table]):
        given = special.get(name, NOTHING)
        if isinstance(field, ForeignKeyFieldInstance):
            empty = given is None or (bare and field.null and given is NOTHING)
            values[f"{name}_id"] = None if empty else _reference(table, name, field, i, targets)
        elif given is NOTHING:
            values[name] = None if bare and field.null else sample(name, field, table, i, dialect)
        else:
            values[name] = given.format(i=i) if isinstance(given, str) else given
    return values


def _reference(table: str, name: str, field: Any, i: int, targets: set[str]) -> str | None:
    target = noun_table(str(field.model_name).removeprefix("kopa."))
    if target == "record":
        return ident(NOUN_OF.get(name, "organisation"), i)
    if target == table:  # The second row points to the first, the first to none.
        return ident(table, 0) if i else None
    second = target in targets
    targets.add(target)
    return ident(target, 1 - i if second else i)


SAMPLES: dict[type, Any] = {
    declared.ChoiceSet: lambda field: [str(choice) for choice in field.choices][:2],
    declared.LineSet: lambda field: ["en", "lv"],
    declared.Choice: lambda field: str(next(iter(field.choices))),
    declared.Url: lambda field: "https://example.org/",
    declared.Email: lambda field: "info@example.org",
    declared.Phone: lambda field: "+37167000000",
    declared.Clock: lambda field: "11:00",
    declared.Currency: lambda field: "EUR",
    declared.PartialDate: lambda field: DAY,
    declared.Day: lambda field: DAY,
    declared.Whole: lambda field: max(field.least or 0, 1),
    declared.Number: lambda field: "12.5",
    declared.Degrees: lambda field: 24.5,
    declared.Flag: lambda field: False,
    orm.BooleanField: lambda field: True,
}


def sample(name: str, field: Any, table: str, i: int, dialect: Dialect) -> Any:
    """A valid value for a column; texts and numbers of the two rows differ."""
    if isinstance(field, orm.UUIDField):
        return ident(table, i)
    if isinstance(field, orm.DatetimeField):
        return moment(datetime(2010, 3, 26, 11, 30, tzinfo=UTC), dialect)
    if make := next((SAMPLES[cls] for cls in type(field).__mro__ if cls in SAMPLES), None):
        return to_column(field, make(field), dialect)
    if isinstance(field, declared.Text):
        return to_column(field, {"lv": f"{name} {i}", "en": f"{name} {i}"}, dialect)
    if isinstance(field, orm.DateField):
        return date.fromisoformat(DAY) if dialect == "postgres" else DAY
    if isinstance(field, orm.JSONField):
        return json.dumps({"i": i})
    return 1 + i if isinstance(field, orm.IntField) else f"{name}-{i}"


def filling(dialect: Dialect) -> Iterator[tuple[str, Values]]:
    """Table and values of every row, in an order in which records come before their nouns' rows."""
    for noun in models.NOUNS:
        for i in (0, 1):
            yield (
                "record",
                row("record", i, dialect) | {"id": ident(noun, i), "noun": noun, "state": "published"},
            )
    for table in MODELS:
        if table != "change_clock":
            yield from ((table, row(table, i, dialect)) for i in (0, 1))
    for noun in models.NOUNS:
        for relation in shape(noun).sets.values():
            for i in (0, 1):
                yield (
                    relation.table,
                    {"owner_id": ident(noun, i), relation.column: ident(relation.noun, 1 - i)},
                )


async def insert(transaction: Transaction, table: str, values: Values) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    await transaction.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', *values.values())


async def fill(transaction: Transaction, dialect: Dialect) -> None:
    """Put two rows into every table."""
    for table, values in filling(dialect):
        await insert(transaction, table, values)
