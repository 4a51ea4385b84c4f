"""What tests look at: the problems of a refused set, the rows of a record, the size of every table."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Iterable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from service import models
from service.database import Database
from service.editing.content import Content, Reading
from service.editing.revisions import Draft, publish
from service.errors import InputError
from service.models.rows import from_column
from service.models.shape import Shape, shape

AUTHOR = "tests"
FEW = settings(
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Examples share the database of their test, which is why they never count on its being empty."""

Told = list[tuple[str, tuple[str | int, ...]]]


async def put(database: Database, *drafts: Draft) -> int:
    return await publish(database, drafts, author=AUTHOR)


async def refusal(work: Awaitable[Any]) -> Told:
    """Code and path of each problem that something is refused with."""
    with pytest.raises(InputError) as caught:
        await work
    assert str(caught.value).encode()
    return [(problem.code, problem.path) for problem in caught.value.problems]


async def refused(database: Database, *drafts: Draft) -> Told:
    return await refusal(put(database, *drafts))


def canonical(draft: Draft) -> Content:
    """The content of a draft as it is kept, without the slug that it is given."""
    reading = Reading()
    content = reading.record(draft.noun, draft.id, draft.content)
    assert not reading.problems
    return content


async def stored(database: Database, noun: str, id: str) -> Content | None:
    """The content of a record as its raw rows tell it; None when there is no row."""
    table = shape(noun)
    rows = await database.fetch(f'SELECT * FROM "{noun}" WHERE id = ?', id)
    if not rows:
        return None
    content = _row(table, rows[0])
    for name, relation in table.sets.items():
        sql = f'SELECT {relation.column} AS id FROM "{relation.table}" WHERE owner_id = ?'
        content[name] = sorted(str(row["id"]) for row in await database.fetch(sql, id))
    for name, part in table.parts.items():
        items = await database.fetch(f'SELECT * FROM "{part.table}" WHERE owner_id = ? ORDER BY position', id)
        assert [item["position"] for item in items] == list(range(len(items)))
        content[name] = [{"id": str(item["id"]), **_row(part, item)} for item in items]
    slugs = await database.fetch('SELECT slug FROM slug WHERE record_id = ? AND "current"', id)
    for row in slugs:
        content["slug"] = row["slug"]
    return {name: value for name, value in content.items() if value != []}


def _row(table: Shape, row: dict[str, Any]) -> Content:
    values = {name: from_column(field, row[name]) for name, field in table.scalars.items()}
    values |= {name: row[f"{name}_id"] and str(row[f"{name}_id"]) for name in table.references}
    return {name: value for name, value in values.items() if value is not None and value != []}


def plain(raw: Any) -> Any:
    """A JSON column as the driver of either engine gives it."""
    return json.loads(raw) if isinstance(raw, str) else raw


async def private(database: Database, id: str) -> Content | None:
    rows = await database.fetch("SELECT content FROM location_private WHERE location_id = ?", id)
    return plain(rows[0]["content"]) if rows else None


async def changes(database: Database, id: str) -> list[tuple[str, Content]]:
    """Act and payload of each change of a record."""
    rows = await database.fetch("SELECT act, payload FROM change WHERE record_id = ? ORDER BY seq", id)
    return [(row["act"], plain(row["payload"])) for row in rows]


async def revisions(database: Database, id: str) -> list[tuple[str, int, Content]]:
    """Act, version and content of each revision of a record."""
    sql = 'SELECT act, version, content FROM revision WHERE record_id = ? ORDER BY "transaction"'
    return [(row["act"], row["version"], plain(row["content"])) for row in await database.fetch(sql, id)]


async def record(database: Database, id: str) -> dict[str, Any]:
    [row] = await database.fetch("SELECT * FROM record WHERE id = ?", id)
    return row


def published_tables() -> Iterator[str]:
    """Every table that what is published, or was, is kept in."""
    yield from ("record", "slug", "location_private", "confirmation", "availability", "revision", "change")
    for noun in models.NOUNS:
        yield noun
        yield from (relation.table for relation in shape(noun).sets.values())
    yield from (str(part._meta.db_table) for part in models.PARTS)


async def sizes(database: Database) -> dict[str, int]:
    """How many rows each table has, and where the clock stands."""
    tables = list(published_tables())
    counts = ", ".join(f'(SELECT count(*) FROM "{table}") AS "{table}"' for table in tables)
    [row] = await database.fetch(f"SELECT seq, {counts} FROM change_clock")
    return dict(row)


def leaves(path: Iterable[Any]) -> tuple[Any, ...]:
    """A path without the place of the draft in its set."""
    return tuple(path)[1:]


NASTY: st.SearchStrategy[Any] = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "a\x00b",
        "\ud800",
        "\x85",
        "\u202e",
        "ā" * 30_000,
        "9" * 5_000,
        "1e999999999",
        "NaN",
        "-0",
        "0000",
        "2010-02-31",
        "٢٠١٠",
        "2٣٣٣٣٣٣٣",
        "HTTP://Ā.LV",
        "http://[::1",
        10**400,
        -(2**63),
        2**63,
        1e308,
        5e-324,
        -0.0,
        float("nan"),
        float("inf"),
        True,
        None,
        [],
        {},
        [[]],
        {"lv": None},
        {"lv": "\x00"},
        {"lv": {"lv": "x"}},
        {"LV": "x"},
        {"\ud800": "x"},
        {1: "x"},
    ]
)


JUNK = NASTY | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20) | NASTY,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)
"""Whatever a program may send, valid JSON or not."""
