"""Databases that are migrated already: a copy takes far less time than making all the tables again.

A folder of tests that imports these two fixtures in its `conftest.py` gets such copies as `database_url`.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_numbers = count(1)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file with tables and nothing in them."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'kopa.db')}"


@pytest.fixture
def postgres_url(postgres_server: Any, postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database with tables and nothing in them."""
    name = f"kopa_copy_{next(_numbers)}"
    postgres_server.psql(f"CREATE DATABASE {name} TEMPLATE {postgres_template};")
    yield postgres_server.get_uri(database=name)
    postgres_server.psql(f"DROP DATABASE {name} WITH (FORCE);")
