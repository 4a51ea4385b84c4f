"""Some of the directories in `planning`, loaded once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

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


def drawn(data: st.DataObject, records: Sequence[Any]) -> Any:
    """One of some records, drawn by its place: of what is drawn a failure shows all, and records are linked without
    an end."""
    return records[data.draw(st.integers(0, len(records) - 1))]
