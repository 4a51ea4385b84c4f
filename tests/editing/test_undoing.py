"""Taking a published set back: as it was before, all of it or nothing."""

from __future__ import annotations

from service.database import Database
from service.editing import revisions
from service.editing.undoing import standing, undo
from tests.editing.observing import AUTHOR, put, record, refusal, sizes, stored
from tests.factories import ident, make_organisation, make_service, words


def org(name: object) -> str:
    return ident("organisation", name)


async def a_batch(database: Database) -> str:
    """Two changed and one new, published as one set."""
    drafts = [
        make_organisation(1, phone="67000001"),
        make_organisation(2, name=words("Cits")),
        make_organisation("new"),
    ]
    saved = await revisions.propose(database, drafts, author=AUTHOR)
    await revisions.approve(database, saved.revisions, author=AUTHOR)
    return saved.batch


async def test_a_set_is_taken_back_as_a_whole(directory: Database) -> None:
    before = {id: await stored(directory, "organisation", id) for id in (org(1), org(2))}
    batch = await a_batch(directory)
    assert await standing(directory, batch) == 3
    await undo(directory, batch, author="editor")
    assert {id: await stored(directory, "organisation", id) for id in before} == before
    assert (await record(directory, org("new")))["state"] == "withdrawn"
    assert await standing(directory, batch) == 0
    assert await refusal(undo(directory, batch, author=AUTHOR)) == [("nothing_to_undo", ("batch",))]
    assert await refusal(undo(directory, "x", author=AUTHOR)) == [("nothing_to_undo", ("batch",))]


async def test_what_was_published_since_stays_where_it_is_elsewhere(directory: Database) -> None:
    batch = await a_batch(directory)
    saved = await revisions.revise(directory, "organisation", org(1), {"website": "https://example.org"}, author=AUTHOR)
    await revisions.approve(directory, saved.revisions, author=AUTHOR)
    await undo(directory, batch, author="editor")
    now = await stored(directory, "organisation", org(1))
    assert now["website"] == "https://example.org"
    assert now.get("phone") is None


async def test_nothing_happens_where_both_changed_the_same_or_others_rest_on_it(directory: Database) -> None:
    batch = await a_batch(directory)
    saved = await revisions.revise(directory, "organisation", org(1), {"phone": "67000002"}, author=AUTHOR)
    await revisions.approve(directory, saved.revisions, author=AUTHOR)
    saved = await revisions.revise(directory, "organisation", org("new"), {"founded": 2001}, author=AUTHOR)
    await revisions.approve(directory, saved.revisions, author=AUTHOR)
    assert sorted(await refusal(undo(directory, batch, author="editor"))) == [
        ("edited_after_the_set", (org("new"),)),
        ("edited_meanwhile", (org(1), "phone")),
    ]
    assert (await stored(directory, "organisation", org(2)))["name"] == words("Cits")


async def test_what_others_rest_on_does_not_leave(directory: Database) -> None:
    batch = await a_batch(directory)
    await put(directory, make_service("s", provider=org("new")))
    before = await sizes(directory)
    assert await refusal(undo(directory, batch, author="editor")) == [("has_dependents", (org("new"),))]
    assert await sizes(directory) == before
