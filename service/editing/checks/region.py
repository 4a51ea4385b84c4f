"""Regions: what became of a region never leads back to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from service.editing.checks.published import Places, Published
from service.editing.messages import problem
from service.errors import Problem


async def successions_do_not_circle(published: Published, places: Places) -> AsyncIterator[Problem]:
    """A region that succeeds itself is unchanged, which is no circle."""
    mine = published.of("region")
    if not any(content.get("successions") for content in mine.values()):
        return
    after: dict[str, set[str]] = {}
    for row in await published.transaction.fetch("SELECT owner_id, successor_id FROM region_succession"):
        after.setdefault(str(row["owner_id"]), set()).add(str(row["successor_id"]))
    for id, content in mine.items():
        after[id] = {step["successor"] for step in content.get("successions", []) if "successor" in step}
    for id in mine:
        reached, ahead = set[str](), after[id] - {id}
        while ahead:
            reached |= ahead
            ahead = set().union(*(after.get(region, set()) - {region} for region in ahead)) - reached
        if id in reached:
            yield problem("cycle", (*places[id], "successions"))
