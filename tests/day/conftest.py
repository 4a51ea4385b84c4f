"""A directory that is served by a process of its own, on both engines, with a mail server beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from service.database import Database
from tests.day.people import MAIL, SECOND, Town
from tests.editing.observing import put
from tests.factories import basics, make_link, make_organisation
from tests.migrated import postgres_url, sqlite_url
from tests.serving import another_process
from tests.test_mail import Inbox, server

__all__ = ["postgres_url", "sqlite_url"]


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    with server() as found:
        yield found


@pytest.fixture
async def town(database_url: str, inbox: tuple[Inbox, int], tmp_path: Path) -> AsyncIterator[Town]:
    """Two organisations with a link, a double of the first, and a database to look into behind the scenes."""
    mail, port = inbox
    first = make_organisation(1, sector="ngo", email=MAIL)
    others = [draft for draft in basics() if draft.id not in {first.id, SECOND.id}]
    options = {"KOPA_SMTP_URL": f"smtp://127.0.0.1:{port}", "KOPA_MAIL_FROM": "kopa@example.org"}
    async with Database(database_url, models=()) as database:
        await put(database, *others, first, SECOND, make_organisation("double"), make_link())
        roles = "administrator,editor,representative"
        async with another_process(database_url, tmp_path, **options, KOPA_SECOND_FACTOR_ROLES=roles) as served:
            yield Town(served, database, mail)
