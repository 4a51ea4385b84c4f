"""Applies the migrations, each with the note that it was applied in one transaction.

Tortoise gives the migrations, their operations and its table `tortoise_migrations`. Its executor is not used:
it writes the note after the commit, so that a process killed in between leaves tables which the next start
makes again, and it takes a database that it cannot read for an empty one.
"""

from __future__ import annotations

from typing import Any

from tortoise.exceptions import OperationalError
from tortoise.migrations.loader import MigrationLoader
from tortoise.migrations.migration import Migration
from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, BaseSchemaEditor, SqliteSchemaEditor
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.transactions import in_transaction

from service.database import Database, Reader, Transaction
from service.errors import DatabaseError, ForeignDatabase, MigrationMissing

APP = "kopa"
VERSIONS = "service.migrations.versions"
NOTES = "tortoise_migrations"
LOCK = 0x6B6F7061
"""Who holds this advisory lock of PostgreSQL migrates; on SQLite it is who writes."""

EDITORS: dict[str, type[BaseSchemaEditor]] = {"sqlite": SqliteSchemaEditor, "postgres": AsyncpgSchemaEditor}
TABLES = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite|_%' ESCAPE '|'"
    ),
    "postgres": (
        "SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind IN ('r', 'p', 'v', 'm', 'f')"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')"
    ),
}
NUMBER = {"sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", "postgres": "SERIAL NOT NULL PRIMARY KEY"}
MOMENT = {"sqlite": "TIMESTAMP", "postgres": "TIMESTAMPTZ"}


async def migrate(database: Database, versions: str = VERSIONS) -> list[str]:
    """Apply what is pending and return the names; another process may do so at the same time.

    :raises ForeignDatabase: the database belongs to another program.
    :raises DatabaseError: it was made by a newer version, or a migration failed and left nothing behind.
    """
    done: list[str] = []
    if not await pending(database, versions):
        return done
    async with database.migrating():
        while name := await _apply_next(versions):
            done.append(name)
    return done


async def pending(database: Database, versions: str = VERSIONS) -> list[str]:
    """The names of the migrations that the database lacks; raises what `migrate` does."""
    async with database.snapshot() as reader:
        return [migration.name for migration in await _lacking(reader, versions)]


async def require_migrated(database: Database, versions: str = VERSIONS) -> None:
    """:raises MigrationMissing: the tables are older than this version; raises what `migrate` does."""
    if missing := await pending(database, versions):
        raise MigrationMissing(f"The database lacks {', '.join(missing)}; run `kopa migrate`.")


async def _apply_next(versions: str) -> str | None:
    try:
        async with in_transaction("default") as client:
            transaction = Transaction(client)
            if client.capabilities.dialect == "postgres":
                await transaction.fetch("SELECT pg_advisory_xact_lock(?)", LOCK)
            # Only now: whoever held the lock may have applied what was pending before.
            lacking = await _lacking(transaction, versions)
            if not lacking:
                return None
            await _apply(lacking[0], transaction, client.capabilities.dialect)
            return lacking[0].name
    except OperationalError as error:
        raise DatabaseError(f"The migration failed and left nothing behind: {error}.") from error


async def _apply(migration: Migration, transaction: Transaction, dialect: str) -> None:
    await transaction.execute(
        f"CREATE TABLE IF NOT EXISTS {NOTES} (id {NUMBER[dialect]}, app VARCHAR(255) NOT NULL,"
        f" name VARCHAR(255) NOT NULL, applied_at {MOMENT[dialect]} NOT NULL, UNIQUE (app, name))"
    )
    state = State(models={}, apps=StateApps(default_connections={APP: "default"}))
    await migration.apply(state, schema_editor=EDITORS[dialect](transaction.client))
    if dialect == "sqlite" and (broken := await transaction.fetch("PRAGMA foreign_key_check")):
        raise DatabaseError(
            f"The migration {migration.name} failed and left nothing behind: afterwards rows"
            f" of {', '.join(sorted({row['table'] for row in broken}))} would point to rows that do not exist."
        )
    await MigrationRecorder(transaction.client).record_applied(APP, migration.name)


async def _lacking(reader: Reader, versions: str) -> list[Migration]:
    known = _known(versions)
    applied = await _applied(reader)
    if newer := sorted(applied - set(known)):
        raise DatabaseError(f"The database was made by a newer version of Kopā: it has {', '.join(newer)}.")
    return [migration for name, migration in known.items() if name not in applied]


def _known(versions: str) -> dict[str, Migration]:
    """The migrations by name, in the order of their numbers."""
    loader = MigrationLoader({APP: {"migrations": versions}}, MigrationRecorder(None))
    loader.load_disk()
    return {key.name: loader.disk_migrations[key] for key in sorted(loader.disk_migrations)}


async def _applied(reader: Reader) -> set[str]:
    try:
        tables = {row["name"] for row in await reader.fetch(TABLES[reader.client.capabilities.dialect])}
        rows: list[dict[str, Any]] = []
        if NOTES in tables:
            rows = await reader.fetch(f"SELECT app, name FROM {NOTES}")
    except OperationalError as error:
        raise DatabaseError(f"The database cannot be read: {error}.") from error
    applied = {row["name"] for row in rows if row["app"] == APP}
    if tables - {NOTES} and not applied:
        raise ForeignDatabase("The database holds tables of another program; Kopā needs one of its own.")
    return applied
