"""The starter directory with its search, made once."""

import asyncio
from collections.abc import Iterator

import pytest

from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.search.index import Search
from tests.catalogue.loading import load


@pytest.fixture(scope="session")
def search(starter_url: str) -> Search:
    """The search of the starter directory. Nothing changes it."""
    return asyncio.run(_search(starter_url))


async def _search(url: str) -> Search:
    async with Database(url, models=()) as database:
        return await Search.of(await load(database))


@pytest.fixture(scope="session")
def catalogue(search: Search) -> Iterator[Catalogue]:
    return search.catalogue
