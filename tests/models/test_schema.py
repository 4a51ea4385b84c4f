"""The migrated schema is what the models declare: as the generator puts it, and read off the models without it."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from tortoise.fields.relational import ForeignKeyFieldInstance, ManyToManyFieldInstance
from tortoise.models import Model

from service import models
from service.database import Database
from service.migrations.freeze import ENGINES, FIRST, frozen
from service.models import fields as declared
from service.models.ddl import schema
from service.models.fields import noun_table
from service.models.shape import shape
from tests.models.filling import column, fields
from tests.models.real import Real

pytestmark = pytest.mark.asyncio(loop_scope="module")

OURS = "NOT IN ('tortoise_migrations', 'sqlite_sequence')"
CATALOGUE = {
    "columns": "SELECT table_name, column_name, udt_name, is_nullable, column_default, collation_name,"
    " character_maximum_length, numeric_precision, numeric_scale, ordinal_position"
    " FROM information_schema.columns WHERE table_schema = current_schema()",
    "constraints": "SELECT conrelid::regclass::text, conname, condeferrable, condeferred, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = current_schema()::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, pg_get_functiondef(oid)"
    " FROM pg_proc WHERE pronamespace = current_schema()::regnamespace",
}  # fmt: skip
"""What PostgreSQL knows of a schema; each row begins with a name."""


async def test_frozen_statements_are_those_of_the_models() -> None:
    for engine, dialect in ENGINES.items():
        file = FIRST.with_suffix(f".{engine}.sql")
        assert file.read_text("utf-8") == frozen(dialect), (
            "the models have changed: run `python -m service.migrations.freeze` as long as nothing is released,"
            " write a migration afterwards"
        )


async def test_schema_is_the_declared_one(filled: Database, request: pytest.FixtureRequest) -> None:
    if filled.dialect == "sqlite":
        made = sqlite3.connect(":memory:")
        for statement in schema("sqlite"):
            made.execute(statement)
        everything = f"SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name {OURS} ORDER BY type, name"
        expected = made.execute(everything).fetchall()
        made.close()
        assert [tuple(row.values()) for row in await filled.fetch(everything)] == expected
        return
    async with Database(request.getfixturevalue("postgres_url_of_module"), models=()) as declared_one:
        async with declared_one.transaction() as transaction:
            for statement in schema("postgres"):
                await transaction.execute(statement)
        for what, query in CATALOGUE.items():
            assert await catalogue(filled, query) == await catalogue(declared_one, query), what


async def catalogue(database: Database, query: str) -> list[tuple[Any, ...]]:
    rows = [tuple(row.values()) for row in await database.fetch(query)]
    return sorted((row for row in rows if not row[0].startswith("tortoise_migrations")), key=repr)


def declared_models() -> dict[str, type[Model]]:
    """Every model of the package by its table, found without the help of the generator's list."""
    found = (thing for thing in vars(models).values() if isinstance(thing, type) and issubclass(thing, Model))
    return {str(model._meta.db_table): model for model in found if not model._meta.abstract}


@pytest.fixture(params=[*declared_models()])
def table(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


async def test_columns_are_there(filled: Database, table: str) -> None:
    expected = {column(name, field): field.null for name, field in fields(declared_models()[table])}
    assert await Real(filled, table).columns() == expected


async def test_references_are_deferred_and_indexed(filled: Database, table: str) -> None:
    real = Real(filled, table)
    model = declared_models()[table]
    expected = {
        f"{name}_id": (noun_table(str(field.model_name).removeprefix("kopa.")), field.on_delete.value)
        for name, field in fields(model)
        if isinstance(field, ForeignKeyFieldInstance)
    }
    record = {"id": ("record", "NO ACTION")} if issubclass(model, models.Published) else {}
    assert await real.foreign_keys() == expected | record
    assert set(expected) <= {columns[0] for columns in await real.indexes()}


async def test_what_is_unique_is_so(filled: Database, table: str) -> None:
    model = declared_models()[table]
    known = dict(fields(model))
    expected: set[tuple[str, ...]] = {
        (column(name, field),) for name, field in known.items() if field.unique or field.pk
    }
    expected |= {tuple(column(name, known[name]) for name in names) for names in model._meta.unique_together}
    expected |= {tuple(columns) for _, columns, _ in getattr(model, "UNIQUE", [])}
    real = await Real(filled, table).indexes(unique=True)
    # SQLite has no index for a key that is the number of the row.
    assert expected - real <= {("id",), ("seq",)}
    assert real <= expected


async def test_choices_are_checked(filled: Database, table: str) -> None:
    checks = await Real(filled, table).checks()
    for name, field in fields(declared_models()[table]):
        if isinstance(field, declared.Choice | declared.ChoiceSet):
            own = [check for check in checks if re.search(rf'\b"?{name}"?\b', check)]
            assert any(all(str(choice) in check for choice in field.choices) for check in own), name


async def test_other_fields_are_checked(filled: Database, table: str) -> None:
    checks = " ".join(await Real(filled, table).checks())
    for name, field in fields(declared_models()[table]):
        if isinstance(field, declared.Text | declared.Line):
            assert re.search(rf'\b"?{name}"?\b', checks), name
        if isinstance(field, declared.Whole | declared.Number | declared.Degrees):
            for bound in (field.least, field.most):
                assert bound is None or str(bound) in checks, name


def sets() -> Iterator[tuple[str, str, Any]]:
    for noun, model in models.NOUNS.items():
        for name, field in model._meta.fields_map.items():
            if isinstance(field, ManyToManyFieldInstance) and not field._generated:
                yield noun, name, field


@pytest.mark.parametrize(("noun", "name", "field"), [*sets()])
async def test_sets_of_references(filled: Database, noun: str, name: str, field: Any) -> None:
    real = Real(filled, field.through)
    target = noun_table(str(field.model_name).removeprefix("kopa."))
    assert shape(noun).sets[name].table == field.through
    assert await real.columns() == {"owner_id": False, f"{target}_id": False}
    assert await real.foreign_keys() == {"owner_id": (noun, "CASCADE"), f"{target}_id": (target, "NO ACTION")}
    assert await real.indexes(unique=True) == {("owner_id", f"{target}_id")}
    assert (f"{target}_id",) in await real.indexes()


async def test_nothing_else_is_there(filled: Database) -> None:
    if filled.dialect == "sqlite":
        query = f"SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name {OURS}"
    else:
        query = f"SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND relname {OURS}"
        query += " AND relnamespace = current_schema()::regnamespace"
    real = {row["name"] for row in await filled.fetch(query)}
    assert real == {*declared_models(), *(field.through for _, _, field in sets())}


async def test_every_name_is_one_and_fits_postgres() -> None:
    for dialect in ENGINES.values():
        made = r'CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER|FUNCTION) "?(\w+)|CONSTRAINT (\w+)'
        names = ["".join(found) for found in re.findall(made, "\n".join(schema(dialect)))]
        assert max(map(len, names)) <= 63
        # A function of PostgreSQL may have the name of a trigger.
        assert len(set(names)) >= len(names) - 1
