"""Withdrawing: what leaves, what stays, who refers to it, how it comes back."""

from __future__ import annotations

from datetime import date

import pytest

from service.database import Database
from service.editing.acts import assure
from service.editing.revisions import withdraw
from service.errors import InputError
from tests.editing.observing import AUTHOR, changes, put, record, refusal, refused, revisions, sizes, stored
from tests.editing.written import check_written, with_slug
from tests.factories import (
    MAKERS,
    everything,
    evidence,
    ident,
    make_event,
    make_link,
    make_location,
    make_organisation,
    make_project,
    make_service,
    words,
)


async def test_a_withdrawn_record_leaves_the_tables_and_keeps_its_past(database: Database) -> None:
    await put(database, *everything())
    before = await sizes(database)
    ids = [draft.id for draft in everything()]
    contents_before = {draft.id: await with_slug(database, draft) for draft in everything()}
    last = await withdraw(database, ids, author=AUTHOR)
    after = await sizes(database)
    assert last == after["seq"] == before["seq"] + len(ids)
    kept = {"record": len(ids), "slug": before["slug"], "revision": 2 * len(ids), "change": 2 * len(ids)}
    assert {name: n for name, n in after.items() if n and name != "seq"} == kept
    for draft in everything():
        assert (await record(database, draft.id))["state"] == "withdrawn"
        assert (await changes(database, draft.id))[-1] == ("withdraw", {})
        assert (await revisions(database, draft.id))[-1] == ("withdraw", 1, contents_before[draft.id])

    await put(database, *everything())
    for draft in everything():
        await check_written(database, draft, 2)


async def test_nothing_is_withdrawn_to_which_published_records_refer(directory: Database) -> None:
    await put(
        directory, make_organisation(3, name=words("Galva")), make_organisation(4, parent=ident("organisation", 3))
    )
    await put(directory, make_service(3, provider=ident("organisation", 3), name=words("Patvērums")))
    await put(directory, make_link(3, side_a=ident("organisation", 3)))
    before = await sizes(directory)
    with pytest.raises(InputError) as caught:
        await withdraw(directory, [ident("service"), ident("organisation", 3)], author=AUTHOR)
    [problem] = caught.value.problems
    assert (problem.code, problem.path) == ("has_dependents", (1,))
    for name in (
        "organisation “Biedrība 4”",
        "service “Patvērums”",
        f"cooperation_link “{ident('cooperation_link', 3)}”",
    ):
        assert name in problem.message
    assert await sizes(directory) == before

    others = [ident("organisation", 4), ident("service", 3), ident("cooperation_link", 3)]
    await withdraw(directory, [ident("organisation", 3), *others], author=AUTHOR)
    assert await stored(directory, "organisation", ident("organisation", 3)) is None
    assert await refused(directory, make_link(3, side_a=ident("organisation", 3))) == [("not_published", (0, "side_a"))]


REFERRERS = {
    "organisation": [
        make_organisation(3, parent=ident("organisation", "x")),
        make_link(3, side_b=ident("organisation", "x")),
        make_project(3, participations=[{"organisation": ident("organisation", "x"), "role": "lead"}]),
    ],
    "region": [
        make_organisation(3, regions=[ident("region", "x")]),
        make_organisation(3, authority_for=[{"region": ident("region", "x")}]),
        make_location(3, region=ident("region", "x")),
    ],
    "source": [make_organisation(3, evidence=[evidence("x")])],
}


async def test_every_way_to_refer_to_a_record_keeps_it(directory: Database) -> None:
    for noun, referrers in REFERRERS.items():
        for referrer in referrers:
            await put(directory, MAKERS[noun]("x"), referrer)
            alone = withdraw(directory, [ident(noun, "x")], author=AUTHOR)
            assert await refusal(alone) == [("has_dependents", (0,))]
            await withdraw(directory, [referrer.id, ident(noun, "x")], author=AUTHOR)


async def test_many_dependents_are_counted(directory: Database) -> None:
    with pytest.raises(InputError) as caught:
        await withdraw(directory, [ident("source")], author=AUTHOR)
    assert " + " in caught.value.problems[0].message


async def test_only_what_is_published_is_withdrawn(directory: Database) -> None:
    event = make_event()
    await put(directory, event)
    nobody = [ident("event", "nobody"), "not an id", event.id, event.id.upper()]
    assert await refusal(withdraw(directory, nobody, author=AUTHOR)) == [
        ("not_an_id", (1, "id")),
        ("twice", (3, "id")),
        ("no_such_record", (0,)),
    ]
    await withdraw(directory, [event.id.upper()], author=AUTHOR)
    assert await refusal(withdraw(directory, [event.id], author=AUTHOR)) == [("no_such_record", (0,))]


async def test_a_withdrawn_record_comes_back_with_its_past(directory: Database) -> None:
    first = make_event(slug="first", title=words("Seminārs"))
    await put(directory, first)
    await assure(directory, first.id, on=date(2026, 1, 15), role="editor", author=AUTHOR)
    before = await record(directory, first.id)
    await withdraw(directory, [first.id], author=AUTHOR)
    assert await refused(directory, make_event(2, slug="first")) == [("taken", (0, "slug"))]
    again = make_event(title=words("Cits"))
    await put(directory, again)
    await check_written(directory, again, 2)
    after = await record(directory, first.id)
    for name in ("first_published_at", "assured_on", "assured_by"):
        assert after[name] == before[name]
    assert (await stored(directory, "event", first.id) or {})["slug"] == "first"
    told = await changes(directory, first.id)
    assert [act for act, _ in told] == ["publish", "assure", "withdraw", "publish"]
    standing = {"former_slugs": ["first"], "assured_on": "2026-01-15", "assured_by": "editor"}
    assert standing.items() <= told[-1][1].items()


async def test_a_merged_record_is_not_published_again(directory: Database) -> None:
    await put(directory, make_event(1), make_event(2))
    await withdraw(directory, [ident("event", 1)], author=AUTHOR)
    async with directory.transaction() as transaction:
        sql = "UPDATE record SET state = 'merged', merged_into_id = ? WHERE id = ?"
        await transaction.execute(sql, ident("event", 2), ident("event", 1))
    assert await refused(directory, make_event(2), make_event(1)) == [("merged_record", (1, "id"))]
