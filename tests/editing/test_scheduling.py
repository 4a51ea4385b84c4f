"""What is done at its hour, what goes back to review instead, and what was recalled in time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from service.database import Database
from service.editing import workflow
from service.editing.revisions import approve, propose, recall, submit
from service.editing.scheduling import Outcome, expire, run_due, schedule
from service.models.revision import RevisionState
from tests.editing.observing import AUTHOR, put, record, refusal, sizes, stored
from tests.factories import ident, make_event, make_organisation, make_service, words

NOW = datetime.now(UTC)
HOUR = NOW + timedelta(hours=1)
LATER = HOUR + timedelta(minutes=1)


async def planned(database: Database, *drafts: object, due_at: datetime = HOUR) -> list[str]:
    saved = await propose(database, drafts, author="author")  # type: ignore[arg-type]
    await schedule(database, saved.revisions, due_at, author="editor")
    return saved.revisions


async def test_a_set_is_published_at_its_hour(directory: Database) -> None:
    provider, service = (
        make_organisation("new", sector="ngo"),
        make_service("new", provider=ident("organisation", "new")),
    )
    revisions = await planned(directory, provider, service)
    before = await sizes(directory)
    assert await run_due(directory) == []
    assert await run_due(directory, HOUR - timedelta(microseconds=1)) == []
    assert await sizes(directory) == before
    [outcome] = await run_due(directory, HOUR)
    assert outcome == Outcome(outcome.revisions, before["seq"] + 2, [])
    assert sorted(outcome.revisions) == sorted(revisions)
    assert (await record(directory, service.id))["state"] == "published"
    [row] = await directory.fetch("SELECT author, decided_by FROM revision WHERE record_id = ?", service.id)
    assert tuple(row.values()) == ("author", "editor")
    assert await run_due(directory, LATER) == []


async def test_a_record_leaves_at_its_hour(directory: Database) -> None:
    """Its end can be planned before it is there."""
    event = make_event("x")
    await planned(directory, event, due_at=HOUR)
    await expire(directory, [event.id], LATER, author="editor")
    assert [outcome.problems for outcome in await run_due(directory, HOUR)] == [[]]
    assert (await record(directory, event.id))["state"] == "published"
    assert [outcome.problems for outcome in await run_due(directory, LATER)] == [[]]
    assert (await record(directory, event.id))["state"] == "withdrawn"


async def test_hours_are_kept_in_their_order_in_whatever_time_zone(directory: Database) -> None:
    away = datetime.now().astimezone().tzinfo
    content = make_event("x", title=words("Otrais"))
    await planned(directory, content, due_at=LATER.astimezone(away))
    await expire(directory, [ident("event", "x")], LATER + timedelta(hours=3), author="editor")
    await planned(directory, make_event("x", title=words("Otrais")), due_at=HOUR)
    assert len(await run_due(directory, LATER + timedelta(hours=2))) == 2
    assert (await record(directory, ident("event", "x")))["version"] in (1, 2)


async def test_what_cannot_be_done_goes_back_to_review_with_the_reason(directory: Database) -> None:
    base = make_organisation(1, sector="municipal", phone="67000001")
    [revision] = await planned(directory, base)
    other = await planned(directory, make_event("x"))
    await put(directory, make_organisation(1, sector="municipal", phone="67000002"))
    before = await stored(directory, "organisation", ident("organisation"))
    done = {tuple(outcome.revisions): outcome for outcome in await run_due(directory, HOUR)}
    assert [problem.code for problem in done[revision,].problems] == ["edited_meanwhile"]
    assert done[tuple(other)].seq is not None
    [draft] = await workflow.proposals(directory, [revision])
    assert (draft.state, draft.due_at) == (RevisionState.IN_REVIEW, None)
    assert "+37167000002" in str(draft.reason)
    assert await stored(directory, "organisation", ident("organisation")) == before


async def test_a_departure_that_others_still_need_goes_back_to_review(directory: Database) -> None:
    [revision] = await expire(directory, [ident("organisation")], HOUR, author="editor")
    [outcome] = await run_due(directory, LATER)
    assert [problem.code for problem in outcome.problems] == ["has_dependents"]
    assert (await record(directory, ident("organisation")))["state"] == "published"
    [draft] = await workflow.proposals(directory, [revision])
    assert draft.state == RevisionState.IN_REVIEW
    assert "Pakalpojums" in str(draft.reason)
    assert await refusal(approve(directory, [revision], author=AUTHOR)) == [("has_dependents", (0,))]


async def test_what_was_recalled_is_not_done(directory: Database) -> None:
    revisions = await planned(directory, make_event("x"))
    await recall(directory, revisions)
    assert await run_due(directory, LATER) == []
    [draft] = await workflow.proposals(directory, revisions)
    assert (draft.state, draft.due_at) == (RevisionState.DRAFT, None)
    await submit(directory, revisions)
    await schedule(directory, revisions, LATER, author="editor")
    await schedule(directory, revisions, HOUR, author="editor")
    assert len(await run_due(directory, HOUR)) == 1


async def test_two_who_look_at_once_do_it_once(directory: Database) -> None:
    """Also when they are two processes, each with a database of its own."""
    revisions = await planned(directory, make_event("x"))
    async with Database(directory.url, models=()) as other:
        outcomes = await asyncio.gather(*(run_due(database, HOUR) for database in (directory, other)))
    found = [outcome for some in outcomes for outcome in some]
    assert {(*outcome.revisions,) for outcome in found} == {(*revisions,)}
    assert [outcome.problems for outcome in found] == [[]] * len(found)
    assert len([outcome for outcome in found if outcome.seq]) == 1
    assert (await record(directory, ident("event", "x")))["version"] == 1


async def test_an_hour_lies_ahead(directory: Database) -> None:
    saved = await propose(directory, [make_event("x")], author="author")
    passed = datetime.now(UTC)
    for step in (schedule(directory, saved.revisions, passed, author="x"), expire(directory, [], passed, author="x")):
        assert await refusal(step) == [("hour_has_passed", ("due_at",))]
    nobody = [ident("event", "nobody"), "x"]
    assert await refusal(expire(directory, nobody, HOUR, author="x")) == [
        ("not_an_id", (1, "id")),
        ("no_such_record", (0,)),
    ]


async def test_to_publish_and_to_withdraw_a_record_at_once_is_told(directory: Database) -> None:
    event = make_event("x")
    await put(directory, event)
    leaving = await expire(directory, [event.id], HOUR, author="editor")
    saved = await propose(directory, [event], author="author")
    await put(directory, event)
    for both in ([*leaving, *saved.revisions], [*saved.revisions, *leaving]):
        assert ("twice", (1, "id")) in await refusal(approve(directory, both, author="editor"))
