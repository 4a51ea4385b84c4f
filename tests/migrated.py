"""Databases that are migrated already: a copy of one takes far less time than making all the tables again.

A folder of tests that imports these two fixtures in its `conftest.py` gets such copies as `database_url`.
"""

import asyncio
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from service.database import Database
from service.migrations.runner import migrate

TEMPLATE = "kopa_template"

_numbers = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    path = tmp_path_factory.mktemp("template") / "kopa.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file with tables and nothing in them."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'kopa.db')}"


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Any) -> str:
    """The name of a migrated PostgreSQL database."""
    postgres_server.psql(f"CREATE DATABASE {TEMPLATE};")
    asyncio.run(_migrate(postgres_server.get_uri(database=TEMPLATE)))
    return TEMPLATE


@pytest.fixture
def postgres_url(postgres_server: Any, postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database with tables and nothing in them."""
    name = f"kopa_copy_{next(_numbers)}"
    postgres_server.psql(f"CREATE DATABASE {name} TEMPLATE {postgres_template};")
    yield postgres_server.get_uri(database=name)
    postgres_server.psql(f"DROP DATABASE {name} WITH (FORCE);")


async def _migrate(url: str) -> None:
    async with Database(url, models=()) as database:
        await migrate(database)
