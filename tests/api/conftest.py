"""The made-up directory of the catalogue's tests, and a way to ask it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.search.index import Search
from tests.api.office import Office, opened
from tests.catalogue.conftest import drafts, on_sqlite
from tests.editing.observing import put
from tests.factories import basics, make_event, make_figure, make_link, make_need
from tests.migrated import postgres_url, sqlite_url

__all__ = ["drafts", "on_sqlite", "postgres_url", "sqlite_url"]


@pytest.fixture(scope="session")
def catalogue(on_sqlite: Catalogue) -> Catalogue:
    """With its search, as the application has it."""
    asyncio.run(Search.of(on_sqlite))
    return on_sqlite


@pytest.fixture
def ask(catalogue: Catalogue) -> Callable[..., Any]:
    """Ask and get the data; nothing may go wrong."""

    def answered(query: str, **variables: Any) -> Any:
        result = schema.execute_sync(query, variables, root_value=catalogue)
        assert result.errors is None, result.errors
        return result.data

    return answered


@pytest.fixture
async def office(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    """The application on a small directory, with everybody who may write in it, and some who may not."""
    url: str = request.getfixturevalue("sqlite_url")
    async with Database(url, models=()) as database:
        await put(database, *basics(), make_link(), make_event(), make_need(), make_figure())
    async with opened(url) as office:
        yield office
