"""The open drafts that a visitor sees, of some records or of all."""

from __future__ import annotations

from collections.abc import Sequence

from admin.visit import Desk
from service.editing import desk as work
from service.editing.desk import Sheet
from service.editing.fields import identifiers
from service.editing.tables import chunks, marks
from service.editing.workflow import OPEN

MOST_ASKED = 300


async def of_records(desk: Desk, records: Sequence[str]) -> list[Sheet]:
    """The open drafts of some records."""
    wanted = [id for raw in records[:MOST_ASKED] for id in identifiers(raw)]
    found: list[str] = []
    for some in chunks(wanted):
        states = [state.value for state in OPEN]
        sql = (
            f"SELECT id FROM revision WHERE kind = 'content' AND record_id IN ({marks(some)})"
            f" AND state IN ({marks(states)}) ORDER BY at DESC, id"
        )
        found += [str(row["id"]) for row in await desk.database.fetch(sql, *some, *states)]
    return await work.sheets(desk.database, desk.viewer, found) if found else []


async def own_of(desk: Desk, record: str) -> Sheet | None:
    """The visitor's own open draft of a record, the latest."""
    return next((each for each in await of_records(desk, [record]) if each.whole.author == desk.viewer.account), None)
