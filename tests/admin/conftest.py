"""The panel as it is served, with every noun in the directory and everybody signed in."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import pytest_asyncio

from service.database import Database
from tests.admin.panel import Panel, opened
from tests.editing.observing import put
from tests.factories import everything
from tests.migrated import postgres_url, sqlite_url  # noqa: F401


@pytest.fixture(scope="session")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every noun in it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("panel") / "kopa.db"))
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _fill(f"sqlite:///{path}")).result()
    return path


@pytest.fixture
async def panel(filled: Path, tmp_path: Path) -> AsyncIterator[Panel]:
    """On a copy of that file."""
    async with opened(f"sqlite:///{shutil.copy(filled, tmp_path / 'kopa.db')}") as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Panel]:
    """The same for all tests of a module, each of which writes records of its own."""
    path = shutil.copy(filled, tmp_path_factory.mktemp("shared") / "kopa.db")
    async with opened(f"sqlite:///{path}") as found:
        yield found


@pytest.fixture
async def either(database_url: str) -> AsyncIterator[Panel]:
    """Once on each engine."""
    await _fill(database_url)
    async with opened(database_url) as found:
        yield found


async def _fill(url: str) -> None:
    async with Database(url, models=()) as database:
        await put(database, *everything())
        await database.forget()
