"""The public pages over HTTP, on the directory that ships and on one in which every field is filled."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import pytest_asyncio

from service.database import Database
from tests.editing.observing import put
from tests.factories import everything
from tests.pages.deciding import decide
from tests.pages.site import Site, opened


def _filled(folder: Path, template: Path) -> str:
    url = f"sqlite:///{shutil.copy(template, folder / 'kopa.db')}"
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _fill(url)).result()
    return url


async def _fill(url: str) -> None:
    async with Database(url, models=()) as database:
        await put(database, *everything())
        await database.forget()


@pytest.fixture(scope="session")
def full_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Made before any application is open: two loops do not share a connection."""
    return _filled(tmp_path_factory.mktemp("full"), sqlite_template)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(starter_url: str, full_url: str) -> AsyncIterator[Site]:
    """The directory that ships; nobody writes into it."""
    async with opened(starter_url) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def full(starter_url: str, full_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """One in which every field is filled, for each module of tests its own."""
    copy = shutil.copy(full_url.removeprefix("sqlite:///"), tmp_path_factory.mktemp("own") / "kopa.db")
    async with opened(f"sqlite:///{copy}") as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["starter_url", "full_url"])
async def either(request: pytest.FixtureRequest, starter_url: str, full_url: str) -> AsyncIterator[Site]:
    """One after the other."""
    async with opened({"starter_url": starter_url, "full_url": full_url}[request.param]) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def deciding(starter_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """The directory that ships, with a municipality beside it that has to decide about a shelter."""
    starter = Path(starter_url.removeprefix("sqlite:///"))
    url = f"sqlite:///{shutil.copy(starter, tmp_path_factory.mktemp('deciding') / 'kopa.db')}"
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _decide(url)).result()
    async with opened(url) as found:
        yield found


async def _decide(url: str) -> None:
    async with Database(url, models=()) as database:
        await decide(database)
        await database.forget()
