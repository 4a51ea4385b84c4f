"""Many who publish at once, and what only one of them may have."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from service.database import Database
from service.editing.revisions import Draft, publish
from service.errors import InputError
from service.models.rows import from_moment
from tests.editing.observing import put, refused, sizes
from tests.editing.written import check_written
from tests.factories import (
    MAKERS,
    evidence,
    ident,
    make_link,
    make_organisation,
    make_project,
    make_region,
    make_service,
    make_taxonomy,
    make_term,
    words,
)


async def test_a_write_that_fails_half_way_leaves_nothing_behind(directory: Database) -> None:
    """Even a constraint that no check knows is told, and undoes everything."""
    before = await sizes(directory)
    figures = [MAKERS["figure"](name) for name in (1, 2)]
    async with directory.transaction() as transaction:
        await transaction.execute("CREATE UNIQUE INDEX only_one ON figure (indicator)")
    try:
        assert await refused(directory, make_organisation(1), *figures) == [("taken", ())]
    finally:
        async with directory.transaction() as transaction:
            await transaction.execute("DROP INDEX only_one")
    assert await sizes(directory) == before


async def test_many_publishers_leave_no_gap(directory: Database) -> None:
    """While they write, a reader never sees a number without all numbers before it."""
    start = (await sizes(directory))["seq"]
    writing = True

    async def watch() -> int:
        looks = 0
        while writing:
            [row] = await directory.fetch("SELECT count(*) AS n, max(seq) AS last FROM change")
            assert row["n"] == row["last"]
            looks += 1
            await asyncio.sleep(0)
        return looks

    watcher = asyncio.create_task(watch())
    sets = [[make_organisation(f"{n}.{i}", name=words("Viens vārds")) for i in range(3)] for n in range(20)]
    ends = await asyncio.gather(*(publish(directory, drafts, author=f"author {n}") for n, drafts in enumerate(sets)))
    writing = False
    assert await watcher > 0
    assert sorted(ends) == [start + 3 * (n + 1) for n in range(20)]

    sql = 'SELECT c.seq, c."transaction", c.at, r.author FROM change c JOIN revision r'
    sql += ' ON r.record_id = c.record_id AND r."transaction" = c."transaction" WHERE c.seq > ? ORDER BY c.seq'
    rows = await directory.fetch(sql, start)
    assert [row["seq"] for row in rows] == list(range(start + 1, start + 61))
    for first, *rest in (rows[n : n + 3] for n in range(0, 60, 3)):
        assert {(row["transaction"], row["author"]) for row in rest} == {(first["seq"], first["author"])}
    moments = [from_moment(row["at"]) for row in rows[::3]]
    assert moments == sorted(set(moments))
    slugs = await directory.fetch("SELECT slug FROM slug WHERE slug LIKE 'viens-vards%'")
    assert {row["slug"] for row in slugs} == {"viens-vards", *(f"viens-vards-{n}" for n in range(2, 61))}


async def test_time_stamps_follow_the_log_even_when_a_clock_went_back(directory: Database) -> None:
    """On SQLite they are text, and have to sort as such."""
    async with directory.transaction() as transaction:
        stamp = "2099-01-01T00:00:00+00:00" if directory.dialect == "sqlite" else from_moment("2099-01-01T00:00:00Z")
        await transaction.execute("UPDATE change SET at = ? WHERE seq = (SELECT seq FROM change_clock)", stamp)
    for _ in range(3):
        await put(directory, make_organisation(1))
    rows = await directory.fetch("SELECT seq FROM change ORDER BY at, seq")
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    [last] = await directory.fetch("SELECT max(at) AS at FROM change")
    assert from_moment(last["at"]).isoformat() == "2099-01-01T00:00:00.000003+00:00"


RACES: dict[str, tuple[list[Draft], tuple[Any, ...]]] = {
    "slug": ([make_organisation(n, slug="wanted") for n in (8, 9)], (0, "slug")),
    "registration number": (
        [make_organisation(n, identifiers=[{"scheme": "registration_number", "value": "40008000001"}]) for n in (8, 9)],
        (0, "identifiers", 0, "value"),
    ),
    "register number": ([make_service(n, register_number="1520") for n in (8, 9)], (0, "register_number")),
    "region": ([make_region(n, code="riga") for n in (8, 9)], (0, "code")),
    "term": ([make_term(n, code="same") for n in (8, 9)], (0, "code")),
    "evidence": ([make_organisation(n, evidence=[evidence(id=ident("x"))]) for n in (8, 9)], (0, "evidence", 0, "id")),
    "link": ([make_link(n) for n in (8, 9)], (0, "valid_from")),
}


@pytest.mark.parametrize("wanted", RACES)
async def test_of_two_who_want_the_same_one_is_told(directory: Database, wanted: str) -> None:
    """Also when they are two processes, each with a database of its own."""
    drafts, path = RACES[wanted]
    async with Database(directory.url, models=()) as other:
        results = await asyncio.gather(put(directory, drafts[0]), put(other, drafts[1]), return_exceptions=True)
    [error] = [result for result in results if not isinstance(result, int)]
    assert isinstance(error, InputError), error
    code = "overlapping_link" if wanted == "link" else "taken"
    assert [(problem.code, problem.path) for problem in error.problems] == [(code, path)]


async def test_what_only_one_may_have_is_told_before_the_tables_refuse(directory: Database) -> None:
    await put(directory, make_service(1, register_number="1520"))
    told = await refused(
        directory,
        make_service(2, register_number="1520"),
        make_term(3, code="term-1"),
        make_region(3, code="region-1"),
        make_taxonomy("other", code="target_group"),
        make_organisation(3, identifiers=[{"scheme": "a", "value": "1"}, {"scheme": "b", "value": "1"}]),
        make_organisation(4, identifiers=[{"scheme": "a", "value": "1"}]),
        make_project(3, participations=[{"organisation": ident("organisation"), "role": "lead"}] * 2),
    )
    assert set(told) == {
        ("taken", (0, "register_number")),
        ("taken", (1, "code")),
        ("taken", (2, "code")),
        ("taken", (3, "code")),
        ("taken", (5, "identifiers", 0, "value")),
        ("twice", (6, "participations", 1, "role")),
    }
    await put(directory, make_term(3, "target_group", code="term-9"), make_term(4, code="term-9"))


async def test_within_a_set_records_may_swap_what_only_one_may_have(directory: Database) -> None:
    await put(directory, make_service(1, register_number="1"), make_service(2, register_number="2"))
    swapped = [make_service(1, register_number="2"), make_service(2, register_number="1")]
    await put(directory, *swapped)
    for draft in swapped:
        await check_written(directory, draft, 3)


async def test_a_swap_leaves_what_refers_to_the_records(directory: Database) -> None:
    """The rows are written anew, and nobody else's row goes with them."""
    await put(directory, make_organisation(1, regions=[ident("region", 1)]), make_link())
    before = await sizes(directory)
    await put(directory, make_region(1, code="region-2"), make_region(2, code="region-1"))
    await put(directory, make_organisation(1, regions=[ident("region", 1)]))
    after = await sizes(directory)
    assert {name for name in before if before[name] != after[name]} == {"seq", "revision", "change"}
