"""The schema as the models declare it, in the words of one engine.

Tortoise's own generator drops constraints and knows no deferrable foreign keys, so the first migration is
frozen from this module's words, and a test holds the migrated schema against them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tortoise.fields.relational import ForeignKeyFieldInstance, ManyToManyFieldInstance
from tortoise.models import Model

from service import models
from service.models.checks import field_checks
from service.models.fields import Check, Dialect, PartialDate, noun_table
from service.models.shape import shape
from service.models.triggers import functions, triggers

TABLES: tuple[type[Model], ...] = (
    models.Record,
    models.Slug,
    *models.NOUNS.values(),
    models.LocationPrivate,
    *models.PARTS,
    models.Confirmation,
    models.Availability,
    models.Revision,
    models.ChangeClock,
    models.Change,
    models.Account,
    models.Membership,
    models.Campaign,
    models.CampaignRecipient,
    models.Application,
    models.Session,
    models.ApiToken,
    models.OneTimeLink,
    models.RecoveryCode,
    models.Letter,
    models.AuditEntry,
    models.Lease,
    models.Webhook,
    models.WebhookDelivery,
    models.Sheet,
    models.SheetRow,
    models.SheetColumn,
    models.SavedView,
    models.Report,
)


def schema(dialect: Dialect) -> list[str]:
    """Every statement that makes an empty database, in the order in which they can be run."""
    statements = [*functions(dialect)]
    for model in TABLES:
        statements += _table(model, dialect)
    for noun in models.NOUNS:
        for relation in shape(noun).sets.values():
            statements += _set_table(noun, relation.table, relation.noun, relation.column, dialect)
    return statements + list(triggers(dialect))


def _table(model: type[Model], dialect: Dialect) -> list[str]:
    table = str(model._meta.db_table)
    lines: list[str] = []
    indexed: list[str] = []
    for name in _columns(model):
        field = model._meta.fields_map[name]
        column = _column_name(model, name)
        lines.append(f"{quoted(column)} {_column(field, dialect)}")
        wanted = field.index or isinstance(field, ForeignKeyFieldInstance)
        if wanted and not field.pk and not field.unique:
            indexed.append(column)
    lines += _record_key(model)
    for together in model._meta.unique_together:
        names = (_column_name(model, name) for name in together)
        lines.append(f"CONSTRAINT {table}_{'_'.join(together)}_key UNIQUE ({', '.join(map(quoted, names))})")
    for check in _checks(model, dialect):
        lines.append(f"CONSTRAINT {check.name} CHECK ({check.for_dialect(dialect)})")
    body = ",\n    ".join(lines)
    statements = [f"CREATE TABLE {quoted(table)} (\n    {body}\n)"]
    statements += [f"CREATE INDEX {table}_{c}_idx ON {quoted(table)} ({quoted(c)})" for c in indexed]
    for name, columns, where in getattr(model, "UNIQUE", []):
        keys = ", ".join(map(quoted, columns))
        statements.append(f"CREATE UNIQUE INDEX {name} ON {quoted(table)} ({keys}) WHERE {where}")
    return statements


def _column_name(model: type[Model], name: str) -> str:
    return f"{name}_id" if isinstance(model._meta.fields_map[name], ForeignKeyFieldInstance) else name


def _columns(model: type[Model]) -> Iterator[str]:
    foreign = {f"{name}_id" for name, f in model._meta.fields_map.items() if isinstance(f, ForeignKeyFieldInstance)}
    for name, field in model._meta.fields_map.items():
        backward = type(field).__name__.startswith("Backward")
        if name not in foreign and not backward and not isinstance(field, ManyToManyFieldInstance):
            yield name


def _column(field: Any, dialect: Dialect) -> str:
    if isinstance(field, ForeignKeyFieldInstance):
        target = noun_table(str(field.model_name).removeprefix("kopa."))
        key = " PRIMARY KEY" if field.pk else " UNIQUE" if field.unique else ""
        kind = f"{_uuid(dialect)}{_null(field)}{key}"
        return f"{kind} REFERENCES {quoted(target)} (id) ON DELETE {field.on_delete.value} {DEFERRED}"
    kind = field.get_for_dialect(dialect, "SQL_TYPE")
    if isinstance(field, PartialDate) and dialect == "postgres":
        kind = 'TEXT COLLATE "C"'
    if field.pk:
        return f"{kind} NOT NULL PRIMARY KEY"
    unique = " UNIQUE" if field.unique else ""
    default = " DEFAULT '[]'" if field.default is list else ""
    return f"{kind}{_null(field)}{default}{unique}"


DEFERRED = "DEFERRABLE INITIALLY DEFERRED"


def _record_key(model: type[Model]) -> list[str]:
    if not issubclass(model, models.Published):
        return []
    return [f"FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION {DEFERRED}"]


def _null(field: Any) -> str:
    return "" if field.null else " NOT NULL"


def _uuid(dialect: Dialect) -> str:
    return "UUID" if dialect == "postgres" else "CHAR(36)"


def _set_table(noun: str, table: str, target: str, column: str, dialect: Dialect) -> list[str]:
    kind = f"{_uuid(dialect)} NOT NULL REFERENCES"
    lines = [
        f"owner_id {kind} {quoted(noun)} (id) ON DELETE CASCADE {DEFERRED}",
        f"{column} {kind} {quoted(target)} (id) ON DELETE NO ACTION {DEFERRED}",
        f"PRIMARY KEY (owner_id, {column})",
    ]
    body = ",\n    ".join(lines)
    return [
        f"CREATE TABLE {table} (\n    {body}\n)",
        f"CREATE INDEX {table}_{column}_idx ON {table} ({column})",
    ]


def _checks(model: type[Model], dialect: Dialect) -> Iterator[Check]:
    table = str(model._meta.db_table)
    for name in _columns(model):
        field = model._meta.fields_map[name]
        if field.pk and issubclass(model, models.Published):
            continue  # It is the id of a record.
        for suffix, sql in field_checks(name, field, dialect):
            yield Check(f"{table}_{name}_{suffix}", sql)
        if name == "noun":
            known = (*models.NOUNS, *getattr(model, "ALSO_ABOUT", ()))
            yield Check(f"{table}_noun_known", f"noun IN ({', '.join(map(repr, known))})")
    for check in getattr(model, "CHECKS", []):
        qualified = check.name if check.name.startswith(table) else f"{table}_{check.name}"
        yield Check(qualified, check.sql, check.postgres)


def quoted(name: str) -> str:
    """A name of ours as an SQL identifier; some of them are words of SQL."""
    return f'"{name}"'
