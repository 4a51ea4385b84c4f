"""A small directory of its own for each test, on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from service.database import Database
from service.migrations.runner import migrate
from tests.editing.observing import put
from tests.factories import a_source, basics, make_link, make_organisation, make_service
from tests.migrated import postgres_url, sqlite_url  # noqa: F401

ADDRESS = "biedriba@example.org"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, models=()) as opened:
        await migrate(opened)
        addressed = [make_organisation(name, sector="municipal", email=ADDRESS) for name in (1, 2)]
        others = [draft for draft in basics() if draft.id not in {each.id for each in addressed}]
        await put(opened, *others, *addressed, make_service("more"), make_link(), a_source("more"))
        yield opened
