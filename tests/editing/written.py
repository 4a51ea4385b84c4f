"""What a test expects of the database after a draft was published."""

from __future__ import annotations

from typing import Any

from service import models
from service.database import Database
from service.editing.content import public
from service.editing.revisions import Draft
from service.models.rows import from_moment
from tests.editing.observing import canonical, changes, record, revisions, stored

Content = dict[str, Any]


async def with_slug(database: Database, draft: Draft) -> Content:
    rows = await database.fetch('SELECT slug FROM slug WHERE record_id = ? AND "current"', draft.id)
    return canonical(draft) | ({"slug": rows[0]["slug"]} if rows else {})


async def check_written(database: Database, draft: Draft, version: int) -> None:
    """Rows, record, revision and change of a draft that was just published."""
    content = await with_slug(database, draft)
    assert ("slug" in content) == models.NOUNS[draft.noun].HAS_SLUG
    assert await stored(database, draft.noun, draft.id) == public(draft.noun, content)
    row = await record(database, draft.id)
    assert (row["noun"], row["state"], row["version"]) == (draft.noun, "published", version)
    assert (await revisions(database, draft.id))[-1] == ("publish", version, content)
    act, payload = (await changes(database, draft.id))[-1]
    assert (act, payload["content"], payload["version"]) == ("publish", public(draft.noun, content), version)
    for name in ("first_published_at", "last_modified"):
        assert from_moment(payload[name]) == from_moment(row[name])
