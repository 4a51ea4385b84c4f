"""Whatever a record refers to is published, or is published with it; nothing stands above itself."""

from __future__ import annotations

from collections.abc import AsyncIterator

from service import models
from service.editing.checks.published import Places, Published
from service.editing.content import Path
from service.editing.messages import problem
from service.editing.references import record_references
from service.errors import Problem
from service.models.shape import shape
from service.turns import in_turns


async def references_are_published(published: Published, places: Places) -> AsyncIterator[Problem]:
    wanted: dict[str, list[tuple[str, Path]]] = {}
    async for id, (noun, content) in in_turns(published.contents.items()):
        for target, referred, path in record_references(noun, content):
            wanted.setdefault(target, []).append((referred, (*places[id], *path)))
    for noun, uses in wanted.items():
        known = await published.known(noun, {id for id, _ in uses})
        for id, path in uses:
            if id not in known:
                yield problem("not_published", path, id=id)


async def quality_evidence_is_its_own(published: Published, places: Places) -> AsyncIterator[Problem]:
    for id, content in published.of("service").items():
        own = {item["id"] for item in content.get("evidence", [])}
        for position, item in enumerate(content.get("quality", [])):
            if "evidence" in item and item["evidence"] not in own:
                yield problem("not_published", (*places[id], "quality", position, "evidence"), id=item["evidence"])


async def nothing_stands_above_itself(published: Published, places: Places) -> AsyncIterator[Problem]:
    for noun in models.NOUNS:
        if shape(noun).references.get("parent") == noun:
            above = await _parents(published, noun)
            for id in published.of(noun):
                if _circles(id, above):
                    yield problem("cycle", (*places[id], "parent"))


async def _parents(published: Published, noun: str) -> dict[str, str | None]:
    """The parent of each record of the set and of all that stands above them."""
    above: dict[str, str | None] = {}
    ahead = set(published.of(noun))
    while ahead:
        found = await published.columns(noun, ahead, "parent")
        above |= {id: found.get(id, {}).get("parent") for id in ahead}
        ahead = {parent for parent in above.values() if parent} - above.keys()
    return above


def _circles(id: str, above: dict[str, str | None]) -> bool:
    seen, parent = {id}, above.get(id)
    while parent and parent not in seen:
        seen.add(parent)
        parent = above.get(parent)
    return parent is not None
