"""The made-up directory, published once on each engine and loaded."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio

from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.editing.acts import Places, Word, assure, confirm, set_availability
from service.editing.revisions import Draft
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.service import AvailabilityState
from tests.catalogue.directory import made
from tests.catalogue.loading import AUTHOR, filled, load
from tests.migrated import postgres_url, sqlite_url  # noqa: F401


@pytest.fixture(scope="session")
def drafts() -> list[Draft]:
    return made()


@pytest.fixture(scope="session")
def content(drafts: list[Draft]) -> dict[str, dict[str, Any]]:
    """What was published, by id."""
    return {draft.id: draft.content for draft in drafts}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def on_sqlite(drafts: list[Draft], tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Catalogue]:
    yield await _loaded(f"sqlite:///{tmp_path_factory.mktemp('directory')}/kopa.db", drafts)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def on_postgres(drafts: list[Draft], postgres_server: Any) -> AsyncIterator[Catalogue]:
    postgres_server.psql("CREATE DATABASE directory;")
    yield await _loaded(postgres_server.get_uri(database="directory"), drafts)


@pytest.fixture(scope="session")
def catalogue(on_sqlite: Catalogue) -> Catalogue:
    return on_sqlite


async def _loaded(url: str, drafts: list[Draft]) -> Catalogue:
    async with Database(url) as database:
        await filled(database, drafts)
        await _act(database, drafts)
        return await load(database)


DAYS = (date(2013, 6, 26), date(2024, 11, 14), date(2024, 11, 15), date(2025, 11, 15), date(2026, 11, 1))
STATES = (ConfirmationState.CONFIRMED, ConfirmationState.CONFIRMED, ConfirmationState.DISPUTED, ConfirmationState.ASKED)


async def _act(database: Database, drafts: list[Draft]) -> None:
    """Let some records be assured, some links be spoken about, some services say what is free."""
    for n, draft in enumerate(drafts):
        if n % 4 == 0:
            await assure(database, draft.id, on=DAYS[n // 4 % len(DAYS)], role="editor", author=AUTHOR)
        if draft.noun == "cooperation_link" and n % 3:
            for side, name in ((Side.SIDE_A, "side_a"), (Side.SIDE_B, "side_b"))[: n % 3]:
                state, on = STATES[n % 4], DAYS[n % len(DAYS)]
                role = ConfirmationRole.REPRESENTATIVE
                word = Word(side, state, role, on, organisation=draft.content[name], tie_level=3)
                await confirm(database, draft.id, word, author=AUTHOR)
        if draft.noun == "service" and n % 3 == 0:
            said = Places(AvailabilityState.OPEN, DAYS[n % len(DAYS)], "provider", free_places=n)
            await set_availability(database, draft.id, said, author=AUTHOR)
