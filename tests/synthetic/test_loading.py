"""Generating into a database: whole on both engines, apart from what is real, and finished after a crash."""

import json
from collections import Counter
from typing import Any

import pytest

from service.catalogue.catalogue import Catalogue
from service.catalogue.cooperation import Phase
from service.database import Database
from service.editing.revisions import Draft, publish
from service.errors import KopaError
from service.health import health
from service.migrations.runner import migrate
from service.settings import Settings
from service.synthetic import AUTHOR, generate, is_synthetic
from service.synthetic.dates import REFERENCE
from service.synthetic.parts import parts, records, source
from service.synthetic.scene import scenes
from tests.factories import a_source, make_organisation
from tests.synthetic.conftest import SIZE, Kopa, filled, silent

SECONDS = 120


async def contents(database: Database) -> dict[str, Any]:
    """What each record holds, and how often it was published."""
    rows = await database.fetch("SELECT record_id, noun, author, version, content FROM revision")
    return {
        str(row["record_id"]): (
            row["noun"],
            row["author"],
            row["version"],
            json.loads(row["content"]) if isinstance(row["content"], str) else row["content"],
        )
        for row in rows
    }


async def count(database: Database, table: str) -> int:
    [row] = await database.fetch(f"SELECT count(*) AS n FROM {table}")
    return int(row["n"])


async def test_the_whole_passes_every_check_at_once(on_sqlite: str, sqlite_url: str) -> None:
    """Published again as one set, in which every check sees everything, it is refused nowhere."""
    async with Database(on_sqlite) as database:
        everything = await contents(database)
        synthetic = {id: row for id, row in everything.items() if row[1] == AUTHOR}
    async with Database(sqlite_url) as database:
        await migrate(database)
        drafts = [Draft(noun, id, content) for id, (noun, _, _, content) in everything.items()]
        assert await publish(database, drafts, author="tests") == len(everything) > len(synthetic)


async def test_all_phases_occur(on_sqlite: str) -> None:
    async with Database(on_sqlite) as database:
        catalogue = await Catalogue.load(database, Settings.from_env({}), today=REFERENCE)
    assert len(catalogue.of("organisation")) == SIZE
    phases = Counter(link.phase_today() for link in catalogue.of("cooperation_link"))
    assert phases.keys() == set(Phase)
    assert phases[Phase.ACTIVE] > phases[Phase.LAST_KNOWN] > phases[Phase.PLANNED]


async def test_both_engines_hold_the_same(on_sqlite: str, on_postgres: str) -> None:
    found = []
    for url in (on_sqlite, on_postgres):
        async with Database(url) as database:
            await health(database)
            found.append(await contents(database))
    assert found[0] == found[1]


async def test_once_more_adds_nothing_and_a_larger_size_adds_the_rest(sqlite_url: str, on_sqlite: str) -> None:
    await filled(sqlite_url, 30)
    async with Database(sqlite_url) as database:
        before, changes = await contents(database), await count(database, "change")
        await generate(database, 30, seed=1, progress=silent)
        await generate(database, 10, seed=1, progress=silent)
        assert await count(database, "change") == changes
        await generate(database, 70, seed=1, progress=silent)
        after = await contents(database)
        assert await count(database, "organisation") == 70
    assert before.items() <= after.items()
    async with Database(on_sqlite) as database:
        assert after.items() <= (await contents(database)).items()


async def test_killed_with_9_it_goes_on_to_the_same_directory(sqlite_url: str, on_sqlite: str, kopa: Kopa) -> None:
    size = 150
    async with Database(sqlite_url) as database:
        await migrate(database)
    command = ("generate", "--organisations", str(size))
    with kopa(sqlite_url, *command) as process:
        # It says what it does once the first part is published.
        assert process.stderr is not None
        assert any("Synthetic organisations" in line for line in process.stderr)
        process.kill()
    async with Database(sqlite_url) as database:
        assert await is_synthetic(database)
        assert 0 < await count(database, "organisation") < size
    with kopa(sqlite_url, *command) as process:
        _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert "Synthetic organisations" in err
    async with Database(on_sqlite) as database:
        uninterrupted = await contents(database)
    async with Database(sqlite_url) as database:
        finished = await contents(database)
        assert finished.items() <= uninterrupted.items()
        assert await count(database, "revision") == len(finished)
    ids = {draft.id for scene in scenes(1, size) for draft in records(scene)}
    ids |= {source(part).id for part in parts(scenes(1, size))}
    assert ids == {id for id, (_, author, _, _) in finished.items() if author == AUTHOR}


@pytest.fixture
async def real(database_url: str) -> Any:
    """A database with one organisation that somebody entered."""
    async with Database(database_url) as database:
        await migrate(database)
        await publish(database, [a_source(), make_organisation()], author="editor")
        yield database


async def test_it_does_not_mix_into_a_real_directory(real: Database, kopa: Kopa) -> None:
    before = await count(real, "change")
    with pytest.raises(KopaError, match="not synthetic"):
        await generate(real, 5, seed=1, progress=silent)
    with kopa(real.url, "generate", "--organisations", "5") as process:
        _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert err == (
        "kopa: The database holds records that are not synthetic; use an empty database, or mix them in with --force.\n"
    )
    assert await count(real, "change") == before
    assert not await is_synthetic(real)


async def test_with_force_it_does(real: Database) -> None:
    await generate(real, 5, seed=1, force=True, progress=silent)
    assert await count(real, "organisation") == 6
    assert await is_synthetic(real)


async def test_another_seed_is_refused(on_sqlite: str) -> None:
    async with Database(on_sqlite) as database:
        before = await count(database, "change")
        with pytest.raises(KopaError, match="another seed"):
            await generate(database, 5, seed=2, force=True, progress=silent)
        assert await count(database, "change") == before
