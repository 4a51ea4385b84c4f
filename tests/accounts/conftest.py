"""A migrated database with a small directory and no accounts for each test, on both engines; passwords hash fast."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from service.accounts import passwords
from service.accounts.signing_in import Entrance, Limits
from service.database import Database
from service.migrations.runner import migrate
from service.models.ddl import TABLES
from tests.catalogue.loading import settings
from tests.editing.observing import put
from tests.factories import basics, make_link
from tests.migrated import postgres_url, sqlite_url  # noqa: F401

ACCOUNTS = [str(model._meta.db_table) for model in TABLES if model.__module__ == "service.models.account"]


@pytest.fixture(autouse=True)
def fast_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Argon2 as it is, with as little work as it takes."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("accounts") / "kopa.db"
    _run(_made(f"sqlite:///{file}"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture(scope="session")
def shared(postgres_server: Any) -> str:
    postgres_server.psql("CREATE DATABASE accounts;")
    url: str = postgres_server.get_uri(database="accounts")
    _run(_made(url))
    return url


@pytest.fixture
def sqlite_directory(template: Path, tmp_path: Path) -> str:
    """A SQLite file with a small directory."""
    shutil.copy(template, tmp_path / "kopa.db")
    return f"sqlite:///{tmp_path}/kopa.db"


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    url = request.getfixturevalue("sqlite_directory" if request.param == "sqlite" else "shared")
    async with Database(url, models=()) as opened:
        if opened.dialect == "postgres":
            # Far faster than a new database; triggers and foreign keys look away meanwhile.
            gone = " ".join(f'DELETE FROM "{table}";' for table in ACCOUNTS)
            async with opened.transaction() as transaction:
                await transaction.execute(f"SET LOCAL session_replication_role = replica; {gone}")
        yield opened


@pytest.fixture
def entrance(database: Database) -> Entrance:
    return Entrance(database, settings(), Limits())


async def _made(url: str) -> None:
    async with Database(url, models=()) as database:
        await migrate(database)
        await put(database, *basics(), make_link())


def _run(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: the tests' event loops stay as they are."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()
