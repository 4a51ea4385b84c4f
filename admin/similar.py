"""Drafts of records that nobody has published yet and that may be the same as one that somebody is about to begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from admin.colleagues import colleagues
from admin.naming import draft_title
from admin.visit import Desk
from service.catalogue.words import fold
from service.editing import desk as work
from service.editing.content import Content
from service.editing.desk import Sheet
from service.editing.tables import marks
from service.editing.workflow import OPEN
from service.models.rows import from_json
from service.turns import in_turns

MOST_READ = 2_000
"""So many drafts are looked through, the latest first."""

MOST_SIMILAR = 3
SHORTEST = 2

NEW = (
    "SELECT id, content FROM revision r WHERE kind = 'content' AND noun = ? AND state IN ({states})"
    " AND NOT EXISTS (SELECT id FROM record WHERE id = r.record_id) ORDER BY at DESC, id LIMIT ?"
)


async def drafts_like(desk: Desk, noun: str, name: str, numbers: Sequence[str], own: str) -> list[tuple[str, str, str]]:
    """The ids, names and authors of those that the visitor sees; who may not see a draft is not told of it."""
    rows = await desk.database.fetch(NEW.format(states=marks(OPEN)), noun, *(state.value for state in OPEN), MOST_READ)
    fitting = [str(row["id"]) async for row in in_turns(rows) if _fits(from_json(row["content"]), name, numbers)]
    seen = await work.sheets(desk.database, desk.viewer, fitting) if fitting else []
    others = [each for each in seen if each.whole.record != own and _fits(each.seen.content, name, numbers)]
    called = await colleagues(desk)
    return [(each.whole.id, _title(desk, each), called(each.whole.author)) for each in others[:MOST_SIMILAR]]


def _title(desk: Desk, sheet: Sheet) -> str:
    return draft_title(sheet.whole.noun, sheet.seen.content, desk.words, desk.catalogue)


def _fits(content: Content, name: str, numbers: Sequence[str]) -> bool:
    """Whether a draft has one of the numbers, or a name with all the words that are typed so far."""
    if any(str(item.get("value", "")).strip() in numbers for item in content.get("identifiers", ()) if numbers):
        return True
    words = fold(name).split()
    return len(name) > SHORTEST and any(_begins_all(fold(text).split(), words) for text in _names(content))


def _names(content: Content) -> list[str]:
    said: Any = content.get("name") or content.get("title") or ""
    return [text for text in said.values() if text] if isinstance(said, dict) else [str(said)]


def _begins_all(there: Sequence[str], wanted: Sequence[str]) -> bool:
    return bool(wanted) and all(any(word.startswith(part) for word in there) for part in wanted)
