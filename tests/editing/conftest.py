"""A migrated database for each test, on both engines: `database` is empty, `directory` has what drafts refer to.

Both are copies of what is made once: of a file, or of tables that lie in a schema of their own.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from service.database import Database
from service.migrations.runner import migrate
from tests.editing.observing import published_tables, put
from tests.factories import basics
from tests.migrated import postgres_url, sqlite_url  # noqa: F401

EMPTY, FILLED = "empty", "filled"
TABLES = ["change_clock", *dict.fromkeys(published_tables())]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two SQLite files."""
    folder = tmp_path_factory.mktemp("editing")
    for name in (EMPTY, FILLED):
        _run(_made(f"sqlite:///{folder}/{name}.db", name))
        with closing(sqlite3.connect(folder / f"{name}.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # So that the file alone is the whole of it.
    return folder


@pytest.fixture(scope="session")
def shared(postgres_server: Any) -> str:
    """A PostgreSQL database with the rows of both templates in schemas of these names."""
    postgres_server.psql("CREATE DATABASE editing;")
    url: str = postgres_server.get_uri(database="editing")
    for name in (EMPTY, FILLED):
        _run(_made(url, name))
        copies = " ".join(f'CREATE TABLE {name}."{table}" AS TABLE "{table}";' for table in TABLES)
        postgres_server.psql(f"\\c editing\nCREATE SCHEMA {name}; {copies}")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(_url(request, tmp_path, EMPTY), models=()) as opened:
        await _reset(opened, EMPTY)
        yield opened


@pytest.fixture(params=["sqlite", "postgres"])
async def directory(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(_url(request, tmp_path, FILLED), models=()) as opened:
        await _reset(opened, FILLED)
        yield opened


def _url(request: pytest.FixtureRequest, folder: Path, template: str) -> str:
    if request.param == "postgres":
        url: str = request.getfixturevalue("shared")
        return url
    shutil.copy(request.getfixturevalue("templates") / f"{template}.db", folder / "kopa.db")
    return f"sqlite:///{folder}/kopa.db"


async def _reset(database: Database, template: str) -> None:
    """Far faster than a new PostgreSQL database; triggers and foreign keys look away meanwhile."""
    if database.dialect == "sqlite":
        return
    gone = " ".join(f'DELETE FROM "{table}";' for table in TABLES)
    back = " ".join(f'INSERT INTO "{table}" SELECT * FROM {template}."{table}";' for table in TABLES)
    async with database.transaction() as transaction:
        await transaction.execute(f"SET LOCAL session_replication_role = replica; {gone} {back}")


async def _made(url: str, template: str) -> None:
    async with Database(url, models=()) as database:
        await migrate(database)
        if template == FILLED:
            await put(database, *basics())


def _run(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: the tests' event loops stay as they are."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()
