"""Some of the directories in `planning`, loaded once."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from service.catalogue.catalogue import Catalogue
from service.database import Database
from tests.catalogue.loading import filled, load
from tests.catalogue.planning import dense

WORLDS = 8


@cache
def world(seed: int) -> Catalogue:
    return asyncio.run(_made(seed))


async def _made(seed: int) -> Catalogue:
    with TemporaryDirectory() as folder:
        async with Database(f"sqlite:///{Path(folder)}/kopa.db") as database:
            await filled(database, dense(seed))
            return await load(database)
