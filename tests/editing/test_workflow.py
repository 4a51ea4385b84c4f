"""From a draft to what is published: every step from every state, what drafts show of themselves, who is asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.database import Database, Transaction
from service.editing import workflow
from service.editing.drafts import Draft, new_id
from service.editing.foresight import clashes
from service.editing.history import history, latest
from service.editing.merging import Clash
from service.editing.messages import problem
from service.editing.permits import Attempt, Step
from service.editing.revisions import (
    Saved,
    approve,
    discard,
    propose,
    publish,
    recall,
    save,
    send_back,
    submit,
    withdraw,
)
from service.editing.scheduling import schedule
from service.editing.workflow import Proposal
from service.errors import InputError
from service.models.revision import RevisionState
from tests.editing.observing import AUTHOR, Told, changes, put, record, refusal, sizes, stored
from tests.factories import ident, make_organisation, make_service, words

SOON = timedelta(hours=1)
ORG = ident("organisation", 1)


async def proposed(database: Database, *drafts: Draft, author: str = "author") -> Saved:
    return await propose(database, drafts, author=author)


async def current(database: Database, revision: str) -> Proposal:
    [found] = await workflow.proposals(database, [revision])
    return found


def told(saved: Saved) -> Told:
    return [(warning.code, warning.path) for warning in saved.warnings]


STEPS: dict[Step, Callable[[Database, list[str]], Awaitable[Any]]] = {
    Step.SAVE: lambda db, ids: _save_again(db, ids[0]),
    Step.SUBMIT: submit,
    Step.RECALL: recall,
    Step.SEND_BACK: lambda db, ids: send_back(db, ids, reason=" Trūkst avota. ", author="reviewer"),
    Step.SCHEDULE: lambda db, ids: schedule(db, ids, datetime.now(UTC) + SOON, author="reviewer"),
    Step.PUBLISH: lambda db, ids: approve(db, ids, author="reviewer"),
    Step.DISCARD: lambda db, ids: discard(db, ids, author="reviewer"),
}
NEXT: dict[RevisionState, dict[Step, str]] = {
    RevisionState.DRAFT: {
        Step.SAVE: "draft",
        Step.SUBMIT: "in_review",
        Step.SCHEDULE: "scheduled",
        Step.PUBLISH: "done",
        Step.DISCARD: "discarded",
    },
    RevisionState.IN_REVIEW: {
        Step.RECALL: "draft",
        Step.SEND_BACK: "sent_back",
        Step.SCHEDULE: "scheduled",
        Step.PUBLISH: "done",
        Step.DISCARD: "discarded",
    },
    RevisionState.SENT_BACK: {Step.SAVE: "sent_back", Step.SUBMIT: "in_review", Step.DISCARD: "discarded"},
    RevisionState.SCHEDULED: {
        Step.RECALL: "draft",
        Step.SEND_BACK: "sent_back",
        Step.SCHEDULE: "scheduled",
        Step.PUBLISH: "done",
        Step.DISCARD: "discarded",
    },
    RevisionState.DISCARDED: {},
    RevisionState.DONE: {},
}
"""The state machine as it should be, told a second time."""

WAYS: dict[RevisionState, list[Step]] = {
    RevisionState.DRAFT: [],
    RevisionState.IN_REVIEW: [Step.SUBMIT],
    RevisionState.SENT_BACK: [Step.SUBMIT, Step.SEND_BACK],
    RevisionState.SCHEDULED: [Step.SCHEDULE],
    RevisionState.DISCARDED: [Step.DISCARD],
    RevisionState.DONE: [Step.PUBLISH],
}
"""How a draft comes into each state."""


async def _save_again(database: Database, revision: str) -> Saved:
    draft = await current(database, revision)
    return await save(database, revision, {**draft.content, "phone": "+37167000000"}, edition=draft.edition)


@pytest.mark.parametrize("state", WAYS)
async def test_every_step_from_every_state(directory: Database, state: RevisionState) -> None:
    for step, take in STEPS.items():
        [revision] = (await proposed(directory, make_organisation(f"{state}/{step}"))).revisions
        for way in WAYS[state]:
            await STEPS[way](directory, [revision])
        before = await sizes(directory)
        if step in NEXT[state]:
            await take(directory, [revision])
            assert (await current(directory, revision)).state == NEXT[state][step], step
        else:
            assert await refusal(take(directory, [revision])) == [("not_in_this_state", (0,))], step
            assert (await current(directory, revision)).state == state
            assert await sizes(directory) == before


async def test_a_draft_changes_nothing_that_is_published(directory: Database) -> None:
    before, content = await sizes(directory), await stored(directory, "organisation", ORG)
    saved = await proposed(directory, make_organisation(1, name=words("Slepens")), make_organisation("new"))
    await submit(directory, saved.revisions)
    await send_back(directory, saved.revisions[:1], reason="x", author="reviewer")
    after = await sizes(directory)
    assert {name: n - before[name] for name, n in after.items() if n != before[name]} == {"revision": 2}
    assert await stored(directory, "organisation", ORG) == content
    assert await changes(directory, ident("organisation", "new")) == []


async def test_an_approved_draft_is_the_revision_that_was_proposed(directory: Database) -> None:
    saved = await proposed(directory, make_organisation(1, phone="67 000 000", sector="municipal"))
    await submit(directory, saved.revisions)
    seq = await approve(directory, saved.revisions, author="reviewer")
    [newest, _] = await history(directory, ORG)
    assert (newest.revision, newest.author, newest.decided_by) == (saved.revisions[0], "author", "reviewer")
    assert (newest.version, newest.transaction, newest.content["phone"]) == (2, seq, "+37167000000")
    assert (await stored(directory, "organisation", ORG) or {})["phone"] == "+37167000000"


async def test_new_records_that_refer_to_each_other_are_published_together(directory: Database) -> None:
    provider = make_organisation("new", sector="ngo")
    service = make_service("new", provider=provider.id)
    saved = await proposed(directory, provider, service)
    assert saved.warnings == []
    assert await refusal(approve(directory, saved.revisions[1:], author=AUTHOR)) == [("not_published", (0, "provider"))]
    await approve(directory, saved.revisions, author=AUTHOR)
    assert (await record(directory, service.id))["version"] == 1


async def test_a_set_grows(directory: Database) -> None:
    """What a draft lacks is proposed into its set."""
    saved = await proposed(directory, make_service("new", provider=ident("organisation", "new")))
    assert told(saved) == [("not_published", (0, "provider"))]
    more = await propose(directory, [make_organisation("new")], author="author", batch=saved.batch)
    assert more.warnings == []
    assert {draft.id for draft in await workflow.open_in(directory, saved.batch)} == {*saved.revisions, *more.revisions}
    again = await save(directory, saved.revisions[0], saved.proposals[0].content, edition=1)
    assert again.warnings == []


async def test_nobody_adds_to_a_set_of_others(directory: Database) -> None:
    saved = await proposed(directory, make_organisation("new"))
    for batch, author in ((saved.batch, "another"), (new_id(), "author"), ("x", "author")):
        more = propose(directory, [make_service("new")], author=author, batch=batch)
        assert await refusal(more) == [("no_such_draft", ("batch",))]


async def test_what_is_sent_back_says_why_and_can_be_submitted_again(directory: Database) -> None:
    saved = await proposed(directory, make_organisation("new"))
    assert await refusal(send_back(directory, saved.revisions, reason=" ", author="x")) == [("required", ("reason",))]
    await submit(directory, saved.revisions)
    await send_back(directory, saved.revisions, reason=" Trūkst avota. ", author="reviewer")
    sent = await current(directory, saved.revisions[0])
    assert (sent.state, sent.reason, sent.decided_by) == (RevisionState.SENT_BACK, "Trūkst avota.", "reviewer")
    await _save_again(directory, sent.id)
    await submit(directory, [sent.id])
    await approve(directory, [sent.id], author="reviewer")


async def test_what_is_unfinished_is_kept_and_told(directory: Database) -> None:
    draft = Draft("organisation", new_id(), {"phone": "67000000"})
    saved = await proposed(directory, draft)
    assert told(saved) == [("required", (0, "name")), ("evidence_required", (0, "evidence"))]
    assert saved.proposals[0].content["phone"] == "+37167000000"
    assert set(await refusal(approve(directory, saved.revisions, author=AUTHOR))) == {*told(saved)}
    unreadable = proposed(directory, Draft("organisation", new_id(), {"phone": "x", "nickname": "y"}))
    assert await refusal(unreadable) == [("unknown_field", (0, "nickname")), ("not_a_phone", (0, "phone"))]


async def test_what_is_taken_is_told_at_saving_and_refused_at_publishing(directory: Database) -> None:
    number = {"identifiers": [{"scheme": "registration_number", "value": "40008000001"}]}
    first = await proposed(directory, make_organisation("a", **number))
    second = await proposed(directory, make_organisation("b", **number))
    assert first.warnings == second.warnings == []
    await approve(directory, first.revisions, author=AUTHOR)
    place = (0, "identifiers", 0, "value")
    again = await save(directory, second.revisions[0], second.proposals[0].content, edition=1)
    assert told(again) == [("taken", place)]
    assert await refusal(approve(directory, second.revisions, author=AUTHOR)) == [("taken", place)]


async def test_edits_of_different_fields_are_both_published(directory: Database) -> None:
    one = await proposed(directory, make_organisation(1, sector="municipal", phone="67000000"))
    other = await proposed(directory, make_organisation(1, sector="municipal", website="https://example.org"))
    for saved in (one, other):
        await approve(directory, saved.revisions, author=AUTHOR)
    content = await stored(directory, "organisation", ORG) or {}
    assert (content["phone"], content["website"]) == ("+37167000000", "https://example.org")
    assert len(content["evidence"]) == 2  # Who sends a child without its id sends a new one.


async def test_of_two_edits_of_one_field_the_later_is_told_both_versions(directory: Database) -> None:
    base = (await latest(directory, [ORG]))[ORG]
    mine, other = ({**base.content, "phone": f"+3716700000{n}"} for n in (1, 2))
    one, two = [await proposed(directory, Draft("organisation", ORG, content)) for content in (mine, other)]
    await approve(directory, one.revisions, author=AUTHOR)
    with pytest.raises(InputError) as caught:
        await approve(directory, two.revisions, author=AUTHOR)
    [clash] = caught.value.problems
    assert (clash.code, clash.path) == ("edited_meanwhile", (0, "phone"))
    assert "+37167000001" in clash.message
    assert "+37167000002" in clash.message
    assert await clashes(directory, two.revisions[0]) == [Clash(("phone",), None, "+37167000002", "+37167000001")]

    now = (await latest(directory, [ORG]))[ORG]
    await save(directory, two.revisions[0], other, edition=1, base=now.revision)
    assert await clashes(directory, two.revisions[0]) == []
    await approve(directory, two.revisions, author=AUTHOR)
    assert (await latest(directory, [ORG]))[ORG].content["phone"] == "+37167000002"


async def test_whoever_publishes_at_once_names_the_revision_that_he_saw(directory: Database) -> None:
    base = (await latest(directory, [ORG]))[ORG]
    for name, value in (("phone", "+37167000001"), ("website", "https://example.org")):
        await put(directory, Draft("organisation", ORG, base.content | {name: value}, base.revision))
    content = await stored(directory, "organisation", ORG) or {}
    assert (content["phone"], content["website"]) == ("+37167000001", "https://example.org")
    late = Draft("organisation", ORG, base.content | {"phone": "+37167000002"}, base.revision)
    assert await refusal(put(directory, late)) == [("edited_meanwhile", (0, "phone"))]
    wrong = Draft("service", ident("service"), make_service(1).content, base.revision)
    assert await refusal(put(directory, wrong)) == [("not_its_base", (0, "base"))]
    assert await refusal(proposed(directory, wrong)) == [("not_its_base", (0, "base"))]
    none = Draft("service", ident("service"), make_service(1).content, "x")
    assert await refusal(put(directory, none)) == [("not_its_base", (0, "base"))]
    assert await refusal(proposed(directory, none)) == [("not_its_base", (0, "base"))]


async def test_a_draft_does_not_bring_back_what_was_withdrawn_meanwhile(directory: Database) -> None:
    await put(directory, make_organisation("x"))
    saved = await proposed(directory, make_organisation("x", phone="67000000"))
    await withdraw(directory, [ident("organisation", "x")], author=AUTHOR)
    assert await refusal(approve(directory, saved.revisions, author=AUTHOR)) == [("withdrawn_meanwhile", (0, "id"))]


async def test_two_who_begin_the_same_record_are_told(directory: Database) -> None:
    first = await proposed(directory, make_organisation("x"))
    second = await proposed(directory, make_organisation("x", name=words("Cita")))
    await approve(directory, first.revisions, author=AUTHOR)
    assert await refusal(approve(directory, second.revisions, author=AUTHOR)) == [
        ("edited_meanwhile", (0, "name", "lv"))
    ]


async def test_nobody_writes_over_or_approves_what_he_has_not_read(directory: Database) -> None:
    [revision] = (await proposed(directory, make_organisation("x"))).revisions
    content = make_organisation("x", phone="67000000").content
    await save(directory, revision, content, edition=1)
    assert await refusal(save(directory, revision, content, edition=1)) == [("saved_meanwhile", (0,))]
    await submit(directory, [revision])
    unread = {revision.upper(): 1}
    for step in (approve(directory, [revision], author="x", seen=unread),
                 send_back(directory, [revision], reason="x", author="x", seen=unread)):  # fmt: skip
        assert await refusal(step) == [("saved_meanwhile", (0,))]
    await approve(directory, [revision], author="x", seen={revision: 2})


async def test_what_is_no_draft_is_told(directory: Database) -> None:
    past = (await latest(directory, [ORG]))[ORG].revision
    [draft] = (await proposed(directory, make_organisation("x"))).revisions
    nothing = [past, "x", draft, draft.upper(), new_id()]
    expected = [("not_an_id", (1,)), ("twice", (3,)), ("no_such_draft", (0,)), ("no_such_draft", (4,))]
    assert await refusal(submit(directory, nothing)) == expected
    assert (await current(directory, draft)).state == RevisionState.DRAFT


async def test_ids_of_new_records_sort_by_their_time() -> None:
    first = new_id()
    assert first[14] == "7"
    assert len({new_id() for _ in range(100)}) == 100
    assert first[:13] <= new_id()[:13]


# Who is asked


class Asked:
    """A permit that notes what it is asked, and refuses."""

    def __init__(self) -> None:
        self.attempts: list[Attempt] = []

    async def __call__(self, transaction: Transaction, attempts: Sequence[Attempt]) -> None:
        self.attempts += attempts
        raise InputError([problem("no_such_record")])


async def test_a_refusal_is_the_same_whether_or_not_there_is_anything(directory: Database) -> None:
    saved = await proposed(directory, make_organisation("x"))
    await submit(directory, saved.revisions)
    before = await sizes(directory)
    base = (await latest(directory, [ORG]))[ORG].content
    for revision in (*saved.revisions, new_id(), "x"):
        asked = Asked()
        for step in (
            save(directory, revision, {}, edition=7, permit=asked),
            submit(directory, [revision], permit=asked),
            recall(directory, [revision], permit=asked),
            discard(directory, [revision], author="x", permit=asked),
            send_back(directory, [revision], reason="x", author="x", permit=asked),
            approve(directory, [revision], author="x", permit=asked),
            schedule(directory, [revision], datetime.now(UTC) + SOON, author="x", permit=asked),
        ):
            assert await refusal(step) == [("no_such_record", ())]
        expected = [Step.SAVE, Step.SUBMIT, Step.RECALL, Step.DISCARD, Step.SEND_BACK, Step.PUBLISH, Step.SCHEDULE]
        assert [attempt.step for attempt in asked.attempts] == expected
        known = revision in saved.revisions
        assert {attempt.proposed_by for attempt in asked.attempts} == {"author" if known else None}
    for id in (ORG, ident("organisation", "none")):
        asked = Asked()
        draft = Draft("organisation", id, base | {"phone": "+37167000001"})
        for step in (
            publish(directory, [draft], author="x", permit=asked),
            propose(directory, [draft], author="x", permit=asked),
            withdraw(directory, [id], author="x", permit=asked),
        ):
            assert await refusal(step) == [("no_such_record", ())]
        assert {attempt.before == base for attempt in asked.attempts} == {id == ORG}
        assert [(attempt.after or {}).get("phone") for attempt in asked.attempts] == ["+37167000001"] * 2 + [None]
    assert await sizes(directory) == before
