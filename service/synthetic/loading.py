"""Publishing a synthetic directory, a part at a time, through the one way to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from service.database import Database
from service.editing.revisions import Draft, publish
from service.editing.tables import marks
from service.errors import KopaError
from service.starter.loading import AUTHOR as STARTER
from service.starter.order import batches
from service.synthetic.base import base
from service.synthetic.ids import Ids
from service.synthetic.parts import parts, records, source
from service.synthetic.scene import Scene, scenes

AUTHOR = "synthetic"

REAL = "The database holds records that are not synthetic; use an empty database, or mix them in with --force."
ANOTHER_SEED = "The database already holds a synthetic directory of another seed; use that seed, or an empty database."

Progress = Callable[[str, int, int], None]


async def generate(
    database: Database, organisations: int, *, seed: int, force: bool = False, progress: Progress
) -> None:
    """Publish what a synthetic directory of this size does not have yet.

    What was ever published, also what was withdrawn since, is left as it is, so that one that was cut short goes on
    where it stopped. Raises KopaError when the directory is a real one and `force` is not given, or when it is a
    synthetic one of another seed.
    """
    if not force and await _is_real(database):
        raise KopaError(REAL)
    if await is_synthetic(database) and not await _present(database, [Ids(seed)("source", 0)]):
        raise KopaError(ANOTHER_SEED)
    await _load_base(database, progress)
    done = 0
    for part in parts(scenes(seed, organisations)):
        missing = await _missing(database, part)
        if missing:
            await publish(database, missing, author=AUTHOR)
        done += len(part)
        progress("Synthetic organisations", done, organisations)


async def is_synthetic(database: Database) -> bool:
    """Whether any synthetic record is published: each rests on a source that only `generate` publishes."""
    written = "SELECT 1 FROM revision WHERE record_id = source.id AND author = ?"
    return bool(await database.fetch(f"SELECT 1 AS one FROM source WHERE EXISTS ({written}) LIMIT 1", AUTHOR))


async def _is_real(database: Database) -> bool:
    written = "SELECT 1 FROM revision WHERE record_id = {noun}.id AND author = ?"
    for noun in ("organisation", "service", "cooperation_link"):
        sql = f"SELECT 1 AS one FROM {noun} WHERE NOT EXISTS ({written.format(noun=noun)}) LIMIT 1"
        if await database.fetch(sql, AUTHOR):
            return True
    return False


async def _load_base(database: Database, progress: Progress) -> None:
    """The regions and taxonomies that ship, by their own author: they are no part of what is made up."""
    drafts, done = base().drafts, 0
    for batch in batches(drafts):
        present = await _present(database, [draft.id for draft in batch])
        missing = [draft for draft in batch if draft.id not in present]
        if missing:
            await publish(database, missing, author=STARTER)
        done += len(batch)
        progress("Regions and taxonomies", done, len(drafts))


async def _missing(database: Database, part: Sequence[Scene]) -> list[Draft]:
    """An organisation came with all its records or not at all, so it alone is looked for."""
    first = source(part)
    present = await _present(database, [first.id, *(scene.id for scene in part)])
    missing = [draft for scene in part if scene.id not in present for draft in records(scene)]
    return [first, *missing] if first.id not in present else missing


async def _present(database: Database, ids: Sequence[str]) -> set[str]:
    rows = await database.fetch(f"SELECT id FROM record WHERE id IN ({marks(ids)})", *ids)
    return {str(row["id"]) for row in rows}
