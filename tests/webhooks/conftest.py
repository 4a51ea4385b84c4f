"""A migrated directory on both engines, a receiver, and what tells it of changes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_network

import pytest

from service.database import Database
from service.webhooks.delivering import Deliveries
from service.webhooks.sending import Sender
from tests.editing.observing import put
from tests.factories import basics
from tests.migrated import postgres_url, sqlite_url  # noqa: F401
from tests.webhooks.receiver import Receiver, receiving

HERE = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
async def directory(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, models=()) as database:
        await put(database, *basics())
        yield database


@pytest.fixture
def deliveries(directory: Database) -> Deliveries:
    return Deliveries(directory, Sender(HERE, seconds=2))
