"""A migrated and filled database for a whole file of tests, each of which leaves it as it was."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from service.database import Database
from service.migrations.runner import migrate
from tests.models.filling import fill


@pytest_asyncio.fixture(params=["sqlite", "postgres"], scope="module", loop_scope="module")
async def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    url = new_database(request, tmp_path_factory.mktemp("filled"))
    async with Database(url, models=()) as database:
        await migrate(database)
        async with database.transaction() as transaction:
            await fill(transaction, database.dialect)
        yield database


def new_database(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{folder}/kopa.db"
    server: Any = request.getfixturevalue("postgres_server")
    name = f"module_{request.module.__name__.rpartition('.')[2]}"
    server.psql(f"CREATE DATABASE {name};")
    url: str = server.get_uri(database=name)
    return url


@pytest.fixture(scope="module")
def postgres_url_of_module(postgres_server: Any) -> str:
    """Another database, empty, for a whole file of tests."""
    postgres_server.psql("CREATE DATABASE module_empty;")
    url: str = postgres_server.get_uri(database="module_empty")
    return url
