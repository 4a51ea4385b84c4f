"""Migrating a filled database loses no row, index, trigger or reference."""

from typing import Any

import pytest
from tortoise.exceptions import IntegrityError
from tortoise.migrations.schema_editor import SqliteSchemaEditor
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.schema_generator.state_apps import StateApps

from service.database import Database
from service.migrations.operations import RemakeTable
from service.migrations.runner import migrate
from tests.models.filling import fill, filling, ident

LATER = "tests.migrations.versions"
CHANGED = ("record", "organisation", "region")
THINGS = {
    "sqlite": "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type <> 'table'",
    "postgres": (
        "SELECT 'index' AS type, indexname AS name, indexdef AS sql FROM pg_indexes WHERE schemaname = 'public'"
        " UNION SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        " UNION SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype <> 'n'"
    ),
}
TABLES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    "postgres": "SELECT relname AS name, '' AS sql FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
}


async def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    rows = {}
    for table in await database.fetch(TABLES[database.dialect]):
        if table["name"] != "tortoise_migrations":
            rows[table["name"]] = await database.fetch(f'SELECT * FROM "{table["name"]}" ORDER BY 1, 2')
    return rows


async def things(database: Database) -> set[tuple[Any, ...]]:
    """Every index, trigger and constraint."""
    return {tuple(row.values()) for row in await database.fetch(THINGS[database.dialect])}


async def test_nothing_is_lost(database_url: str) -> None:
    async with Database(database_url, models=()) as database:
        await migrate(database)
        async with database.transaction() as transaction:
            await fill(transaction, database.dialect)
        rows, made = await everything(database), await things(database)
        assert {table: len(found) for table, found in rows.items()} == expected_counts(database)

        assert await migrate(database, LATER) == ["0002_standing"]

        for table in CHANGED:
            rows[table] = [row | {"standing": "known"} for row in rows[table]]
        assert await everything(database) == rows
        added = await things(database) - made
        assert made <= await things(database)
        assert {row[1] for row in added} <= {"organisation_standing_idx", *(f"{t}_standing_choice" for t in CHANGED)}
        await rules_hold(database)


def expected_counts(database: Database) -> dict[str, int]:
    counts = {"change_clock": 1}
    for table, _ in filling(database.dialect):
        counts[table] = counts.get(table, 0) + 1
    return counts


async def rules_hold(database: Database) -> None:
    """Old and new rules of the tables that were made anew, and references from and to them."""
    organisation, region, nobody = ident("organisation", 0), ident("region", 0), ident("nobody", 0)
    for words, sql, *values in (
        ("standing_choice", "UPDATE organisation SET standing = 'x' WHERE id = ?", organisation),
        (
            "organisation_unit",
            "UPDATE organisation SET legal_form = 'unit', parent_id = NULL WHERE id = ?",
            organisation,
        ),
        ("kept_for_ever", "DELETE FROM record WHERE id = ?", organisation),
        ("record_of_noun", "UPDATE organisation SET id = ? WHERE id = ?", nobody, organisation),
        ("record_without_row", "UPDATE record SET state = 'withdrawn' WHERE id = ?", organisation),
        ("(?i)foreign key", "UPDATE service SET provider_id = ? WHERE id = ?", nobody, ident("service", 0)),
        ("(?i)foreign key", "UPDATE organisation SET seat_id = ? WHERE id = ?", nobody, organisation),
        ("(?i)foreign key", "DELETE FROM organisation WHERE id = ?", organisation),
        ("(?i)foreign key", "DELETE FROM region WHERE id = ?", region),
    ):
        with pytest.raises(IntegrityError, match=words):
            async with database.transaction() as transaction:
                assert await transaction.execute(sql, *values) == 1


async def test_remaking_refuses_while_foreign_keys_are_on(sqlite_url: str) -> None:
    remake = RemakeTable("region", body="id TEXT", postgres=[])
    state = State(models={}, apps=StateApps(default_connections={}))
    async with Database(sqlite_url, models=()) as database:
        await migrate(database)
        with pytest.raises(RuntimeError, match="With foreign keys on"):
            async with database.transaction() as transaction:
                await remake.database_forward("kopa", state, state, SqliteSchemaEditor(transaction.client))
