"""Publishing and withdrawing, on both engines: what is written, what is refused, what is left after a refusal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from service import models
from service.database import Database
from service.editing.revisions import Draft, publish, withdraw
from service.models.rows import from_moment
from service.models.shape import shape
from tests.editing.observing import AUTHOR, FEW, canonical, plain, put, record, refused, revisions, sizes, stored
from tests.editing.written import check_written
from tests.factories import (
    MAKERS,
    a_source,
    basics,
    contents,
    everything,
    evidence,
    ident,
    make_agreement,
    make_event,
    make_location,
    make_organisation,
    make_project,
    make_region,
    make_service,
    make_taxonomy,
    make_term,
)


def test_the_full_set_leaves_no_field_out() -> None:
    filled: dict[str, set[str]] = {}
    for draft in everything():
        table = shape(draft.noun)
        filled.setdefault(table.table, set()).update(draft.content)
        for name, part in table.parts.items():
            for item in draft.content.get(name, []):
                filled.setdefault(part.table, set()).update(item)
    for noun in models.NOUNS:
        table = shape(noun)
        assert {*table.scalars, *table.references, *table.sets, *table.parts} <= filled[noun], noun
        for part in table.parts.values():
            assert {*part.scalars, *part.references} <= filled[part.table], part.table


async def test_a_set_with_everything_is_written_as_it_was_sent(database: Database) -> None:
    drafts = everything()
    last = await put(database, *drafts)
    assert last == len(drafts)
    for draft in drafts:
        await check_written(database, draft, 1)
    rows = await database.fetch('SELECT seq, "transaction" FROM change ORDER BY seq')
    assert [(row["seq"], row["transaction"]) for row in rows] == [(n, 1) for n in range(1, last + 1)]
    rows = await database.fetch('SELECT DISTINCT author, "transaction", format, kind FROM revision')
    assert [tuple(row.values()) for row in rows] == [(AUTHOR, 1, 1, "content")]


async def test_publishing_again_replaces_and_counts(database: Database) -> None:
    await put(database, *everything())
    before = {draft.id: await record(database, draft.id) for draft in everything()}
    size = await sizes(database)
    await put(database, *everything())
    for draft in everything():
        await check_written(database, draft, 2)
        row = await record(database, draft.id)
        assert row["first_published_at"] == before[draft.id]["first_published_at"]
        assert from_moment(row["last_modified"]) > from_moment(before[draft.id]["last_modified"])
    grown = {"seq", "revision", "change"}
    assert {name: n for name, n in (await sizes(database)).items() if n != size[name]}.keys() == grown


async def test_the_smallest_drafts_take_the_place_of_full_ones(database: Database) -> None:
    await put(database, *everything())
    smallest = [Draft(noun, ident(noun, "full"), make("small").content) for noun, make in MAKERS.items()]
    await put(database, *smallest)
    for draft in smallest:
        await check_written(database, draft, 2)


@settings(FEW, max_examples=5)
@given(drawn=st.fixed_dictionaries({noun: contents(noun) for noun in models.NOUNS}))
async def test_rows_tell_what_was_published(database: Database, drawn: dict[str, Any]) -> None:
    await put(database, *basics())
    drafts = [Draft(noun, ident(noun, "any"), content) for noun, content in drawn.items()]
    await put(database, *drafts)
    for draft in drafts:
        await check_written(database, draft, (await record(database, draft.id))["version"])
        again = Draft(draft.noun, draft.id, (await revisions(database, draft.id))[-1][2])
        assert canonical(again) == again.content


async def test_the_order_within_a_set_does_not_matter(database: Database) -> None:
    await put(database, *reversed(everything()))
    for draft in everything():
        await check_written(database, draft, 1)


async def test_records_of_a_set_may_refer_to_each_other_in_a_circle(database: Database) -> None:
    home = make_location("seat", evidence=[evidence("ring")], region=ident("region", "ring"))
    region = make_region("ring", evidence=[evidence("ring")])
    ring = [
        make_organisation("a", seat=home.id, evidence=[evidence("ring")], regions=[region.id]),
        make_event("b", location=home.id, project=ident("project", "c"), evidence=[evidence("ring")]),
        make_project(
            "c",
            evidence=[evidence("ring")],
            participations=[{"organisation": ident("organisation", "a"), "role": "lead"}],
        ),
        make_term("x", "life_situation", related=[ident("taxonomy_term", "life_situation/y")]),
        make_term("y", "life_situation", related=[ident("taxonomy_term", "life_situation/x")]),
        make_taxonomy("life_situation"),
    ]
    await put(database, *ring, home, region, a_source("ring"), a_source())
    for draft in ring:
        await check_written(database, draft, 1)


async def test_what_is_referred_to_has_to_be_published(directory: Database) -> None:
    gone = ident("organisation", "nobody")
    told = await refused(
        directory,
        make_service(2),
        make_service(3, provider=gone),
        make_service(4, locations=[gone]),
        make_project(3, participations=[{"organisation": gone, "role": "lead"}]),
        make_organisation(3, evidence=[evidence("nobody")]),
        make_organisation(4, parent=ident("region")),
    )
    assert set(told) == {
        ("not_published", (1, "provider")),
        ("not_published", (2, "locations")),
        ("not_published", (3, "participations", 0, "organisation")),
        ("not_published", (4, "evidence", 0, "source")),
        ("not_published", (5, "parent")),
    }


async def test_what_cannot_be_read_is_told_with_its_place(directory: Database) -> None:
    good = make_organisation(3)
    told = await refused(
        directory,
        good,
        Draft("person", ident("person"), {}),
        Draft("organisation", "not an id", good.content),
        Draft("organisation", good.id, good.content),
        Draft("region", ident("organisation", 1), make_region(3).content),
        make_organisation(4, nickname="x", name=None, phone="x", evidence=[]),
        make_organisation(5, alternate_names=[{"name": "a"}, {"name": "a"}], identifiers="x", slug="Ā b"),
        Draft("organisation", ident("organisation", 6), "words"),  # type: ignore[arg-type]
        make_organisation(7, evidence=[evidence(id=ident("part")), evidence(id=ident("part")), evidence(id="x")]),
        make_organisation(8, evidence=[5]),
    )
    assert set(told) == {
        ("unknown_noun", (1,)),
        ("not_an_id", (2, "id")),
        ("twice", (3, "id")),
        ("record_of_another_noun", (4, "id")),
        ("unknown_field", (5, "nickname")),
        ("required", (5, "name")),
        ("not_a_phone", (5, "phone")),
        ("evidence_required", (5, "evidence")),
        ("twice", (6, "alternate_names", 1, "name")),
        ("wrong_kind", (6, "identifiers")),
        ("not_a_slug", (6, "slug")),
        ("wrong_kind", (7,)),
        ("twice", (8, "evidence", 1, "id")),
        ("not_an_id", (8, "evidence", 2, "id")),
        ("wrong_kind", (9, "evidence")),
    }


async def test_one_place_is_told_one_problem(directory: Database) -> None:
    told = await refused(directory, make_agreement(3, number="\x00", value_minor="x", currency="EUR"))
    assert sorted(path for _, path in told) == sorted({path for _, path in told})
    assert ("bad_characters", (0, "number")) in told


async def test_ids_are_kept_in_one_form(directory: Database) -> None:
    draft = make_organisation(1, parent=ident("organisation", 2).upper(), evidence=[evidence(id=ident("x").upper())])
    await put(directory, Draft(draft.noun, draft.id.upper(), draft.content))
    await check_written(directory, draft, 2)


async def test_a_refused_set_leaves_nothing_behind(database: Database) -> None:
    await put(database, *everything())
    before = await sizes(database)
    for place in range(len(models.NOUNS)):
        drafts = [draft for draft in everything() if draft.id == ident(draft.noun, "full")]
        drafts[place].content["evidence" if place else "title"] = None
        assert {path[0] for _, path in await refused(database, *drafts)} == {place}
        assert await sizes(database) == before
        for draft in everything():
            assert (await record(database, draft.id))["version"] == 1


async def test_the_ids_of_owned_children_are_kept_or_made(directory: Database) -> None:
    names = [{"name": name} for name in ("a", "b", "c")]
    draft = make_organisation(1, alternate_names=names)
    await put(directory, draft)
    first = (await stored(directory, "organisation", draft.id) or {})["alternate_names"]
    assert len({item["id"] for item in first}) == 3

    await put(directory, make_organisation(1, alternate_names=[first[2], {"name": "d"}, first[1]]))
    second = (await stored(directory, "organisation", draft.id) or {})["alternate_names"]
    assert [item["name"] for item in second] == ["c", "d", "b"]
    assert [second[0]["id"], second[2]["id"]] == [first[2]["id"], first[1]["id"]]
    assert len({item["id"] for item in second}) == 3
    await put(directory, make_organisation(1, alternate_names=[{"name": "e"}, first[0]]))
    third = (await stored(directory, "organisation", draft.id) or {})["alternate_names"]
    assert third[1]["id"] == first[0]["id"] != third[0]["id"]


async def test_an_owned_child_stays_with_its_owner(directory: Database) -> None:
    await put(directory, make_organisation(1, evidence=[evidence(id=ident("part"))]))
    copy = {"evidence": [evidence(id=ident("part"))]}
    assert await refused(directory, make_organisation(2, **copy)) == [("taken", (0, "evidence", 0, "id"))]
    told = await refused(directory, make_organisation(1, **copy), make_service(3, **copy))
    assert told == [("taken", (1, "evidence", 0, "id"))]
    moved = [make_organisation(1), make_service(1, **copy)]
    await put(directory, *moved)
    await put(directory, *reversed([make_service(1), make_organisation(1, **copy)]))
    await check_written(directory, make_organisation(1, **copy), 4)


async def test_an_empty_set_changes_nothing(directory: Database) -> None:
    before = await sizes(directory)
    assert await publish(directory, [], author=AUTHOR) == before["seq"]
    assert await withdraw(directory, [], author=AUTHOR) == before["seq"]
    assert await sizes(directory) == before


def test_identical_drafts_make_identical_content() -> None:
    one, two = make_organisation(1), make_organisation(1)
    assert canonical(one) == canonical(two)
    assert UUID(canonical(one)["evidence"][0]["id"]).version == 5
    assert plain('{"a": 1}') == {"a": 1}
