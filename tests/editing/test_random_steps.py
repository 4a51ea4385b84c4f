"""Random people do random things, allowed and forbidden: what has to hold holds, nothing unpublished is seen, nothing
acknowledged is lost.

`STEPS=10000 pytest tests/editing/test_random_steps.py -k sqlite --log-cli-level=info` does more than the tests do;
another `SEED` does other things.
"""

from __future__ import annotations

import logging
import os
from random import Random

from service.database import Database
from tests.editing.crowd import Crowd
from tests.editing.invariants import Public, check, check_thoroughly

log = logging.getLogger(__name__)
STEPS = int(os.environ.get("STEPS", "300"))
SEED = int(os.environ.get("SEED", "3"))
OFTEN, SELDOM = 10, 500


async def test_whatever_anybody_does(database_url: str) -> None:
    async with Database(database_url, models=()) as database:
        crowd, seen = Crowd(database, Random(SEED)), Public(database)
        await crowd.begin()
        for n in range(STEPS if database.dialect == "sqlite" else STEPS // 4):
            before = await version(database)
            step, done = await crowd.take()
            if not done:
                assert await version(database) == before, f"{crowd.who} was refused {step}, and something changed"
            if n % OFTEN == 0 or step == "redact":
                await check(database, crowd.known, seen)
            if n % SELDOM == 0:
                await check_thoroughly(database, crowd.known, seen)
        await check_thoroughly(database, crowd.known, seen)
        log.info("%s done, %s refused: %s", sum(crowd.done.values()), crowd.refused, crowd.done)
        assert crowd.refused
        assert len({step for _, step in crowd.done}) > 8


async def version(database: Database) -> object:
    """What changes with every commit that writes anything."""
    if database.dialect == "sqlite":
        return (await database.fetch("SELECT data_version FROM pragma_data_version"))[0]["data_version"]
    tables = ("revision", "change", "record", "slug", "confirmation", "availability", "audit_entry")
    counts = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in tables)
    return (await database.fetch(f"SELECT {counts}, (SELECT max(at) FROM revision) AS moved FROM change_clock"))[0]
