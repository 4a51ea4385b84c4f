"""The jobs of the product, done by the application as it runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from service.database import Database
from service.editing.revisions import propose
from service.editing.scheduling import schedule
from service.migrations.runner import migrate
from service.models.account import LinkPurpose
from service.periodic import runner, writers
from tests.catalogue.loading import settings
from tests.editing.observing import put
from tests.factories import a_source
from tests.serving import eventually


def test_somebody_writes_each_letter() -> None:
    assert set(writers(settings())) == set(LinkPurpose)


async def test_every_job_runs_once_and_an_idle_directory_writes_nothing_more(database_url: str) -> None:
    async with Database(database_url, models=()) as database:
        await migrate(database)
        jobs = runner(database, settings(database_url=database_url))
        assert await jobs.do_due() == ["questions", "reminders", "sweep"]
        leases = await database.fetch("SELECT * FROM lease ORDER BY job")
        assert await jobs.do_due() == []
        assert await database.fetch("SELECT * FROM lease ORDER BY job") == leases


async def test_what_was_scheduled_is_published_at_its_hour(database_url: str) -> None:
    async with Database(database_url, models=()) as database:
        await migrate(database)
        await put(database, a_source())
        saved = await propose(database, [a_source("later")], author="tests")
        await schedule(database, saved.revisions, datetime.now(UTC) + timedelta(seconds=1), author="tests")
        jobs = runner(database, settings(database_url=database_url))
        assert "schedule" not in await jobs.do_due()

        async def published() -> bool:
            await jobs.do_due()
            return len(await database.fetch("SELECT id FROM source")) == 2

        await eventually(published)
