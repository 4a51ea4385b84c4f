"""The starter directory with its search, made once."""

import asyncio
from collections.abc import Iterator

import pytest

from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.migrations.runner import migrate
from service.search.index import Search
from service.starter import load_starter
from tests.catalogue.loading import load


@pytest.fixture(scope="session")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """The search of the starter directory. Nothing changes it."""
    path = tmp_path_factory.mktemp("starter") / "kopa.db"
    return asyncio.run(_search(f"sqlite:///{path}"))


async def _search(url: str) -> Search:
    async with Database(url, models=()) as database:
        await migrate(database)
        await load_starter(database, lambda label, done, all: None)
        return await Search.of(await load(database))


@pytest.fixture(scope="session")
def catalogue(search: Search) -> Iterator[Catalogue]:
    return search.catalogue
