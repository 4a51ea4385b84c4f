"""Whoever decides about a draft: approves it, sends it back, lets it wait for its hour, alone or with its set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.editing import scheduling, workflow
from service.editing.history import latest
from service.editing.revisions import propose
from service.models.revision import Act, RevisionState
from tests.admin.panel import Panel, read
from tests.factories import ident, make_organisation, make_service, words

pytestmark = pytest.mark.asyncio(loop_scope="module")

ORGANISATION = ident("organisation", 1)
LATER = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT10:00")


@pytest.fixture
def panel(shared: Panel) -> Panel:
    return shared


async def submitted(panel: Panel, text: str) -> str:
    """A representative's draft that waits; its address."""
    path = f"organisation/{ORGANISATION}/edit"
    form = await panel.open(path, "owner")
    return (await panel.send(path, form.changed(description__lv=text, act="submit"), "owner")).split("?")[0]


async def state(panel: Panel, draft: str) -> RevisionState:
    [found] = await workflow.proposals(panel.office.database, [draft.split("/")[1]])
    return found.state


async def test_a_publication_waits_for_its_hour(panel: Panel) -> None:
    draft = await submitted(panel, "Vēlāk.")
    seen = await panel.open(draft, "reviewer")
    assert "step=schedule" in seen.buttons
    for hour in ("", "rīt", "2020-01-01T10:00"):
        answer = await panel.post(draft, seen.changed(step="schedule", due_at=hour), "reviewer")
        assert answer.status_code == 422
        assert "Norādiet laiku nākotnē" in read(answer).text
    path = await panel.send(draft, seen.changed(step="schedule", due_at=LATER), "reviewer")
    page = await panel.open(path, "reviewer")
    assert "10:00" in page.text
    assert dict(page.pairs)["due_at"] == LATER
    assert "tiks publicēts" in (await panel.open("scheduled")).text
    [found] = await workflow.proposals(panel.office.database, [draft.split("/")[1]])
    zone = panel.office.app.state.follower.settings.timezone
    assert found.due_at == datetime.fromisoformat(LATER).replace(tzinfo=zone)
    assert (await panel.send(draft, page.changed(step="recall"), "reviewer")).endswith("called_off")
    assert await state(panel, draft) is RevisionState.DRAFT
    await panel.send(draft, [("step", "discard")], "owner")


async def test_what_could_not_be_done_at_its_hour_says_why(panel: Panel) -> None:
    service = make_service("early", provider=ident("organisation", "late"))
    database = panel.office.database
    saved = await propose(database, [make_organisation("late"), service], author=panel.office.accounts["editor"])
    draft = f"drafts/{saved.revisions[1]}"
    await scheduling.schedule(database, saved.revisions[1:], datetime.now(UTC) + timedelta(days=1), author="tests")
    await scheduling.run_due(database, datetime.now(UTC) + timedelta(days=2))
    assert "Paredzētajā laikā neizdevās" in (await panel.open(draft)).text


async def test_a_set_goes_on_together(panel: Panel) -> None:
    organisation = make_organisation("new")
    service = make_service("new", provider=organisation.id)
    author = panel.office.accounts["owner"]
    saved = await propose(panel.office.database, [service, organisation], author=author)
    first, second = saved.revisions
    page = await panel.open(f"drafts/{first}")
    assert "Šie melnraksti tapa reizē" in page.text
    assert dict(page.pairs)["with"] == f"{second}:1"
    alone = await panel.post(f"drafts/{first}", page.changed(step="publish", **{"with": None}))
    assert alone.status_code == 422
    stale = await panel.post(f"drafts/{first}", page.changed(step="publish", **{"with": f"{second}:7"}))
    assert stale.status_code == 422
    assert "Biedrība new" in read(stale).text
    await panel.send(f"drafts/{first}", page.changed(step="publish"))
    done = await latest(panel.office.database, [organisation.id, service.id])
    assert {past.act for past in done.values()} == {Act.PUBLISH}


async def test_only_drafts_of_the_set_go_along(panel: Panel) -> None:
    database, author = panel.office.database, panel.office.accounts["editor"]
    other = (await propose(database, [make_organisation("apart")], author=author)).revisions[0]
    draft = (await propose(database, [make_organisation("by-itself")], author=author)).revisions[0]
    pairs = [
        ("step", "publish"),
        ("edition", "1"),
        *(("with", value) for value in (f"{other}:1", "zzz", ":", "\x00:1")),
    ]
    await panel.send(f"drafts/{draft}", pairs)
    assert await state(panel, f"drafts/{other}") is RevisionState.DRAFT


async def test_a_note_is_needed_to_send_back_and_nothing_typed_is_lost(panel: Panel) -> None:
    draft = await submitted(panel, "Atdodams.")
    seen = await panel.open(draft, "reviewer")
    answer = await panel.post(draft, seen.changed(step="send_back", reason=" "), "reviewer")
    assert "Kas jālabo: Šis lauks ir jāaizpilda." in read(answer).text
    stale: Any = seen.changed(step="send_back", reason="Mana piezīme", edition="99")
    answer = await panel.post(draft, stale, "reviewer")
    assert dict(read(answer).pairs)["reason"] == "Mana piezīme"
    nothing = await panel.post(draft, seen.changed(reason="Vēl rakstu"), "reviewer")
    assert nothing.status_code == 200
    await panel.send(draft, seen.changed(step="send_back", reason="Īsāk."), "reviewer")
    assert await state(panel, draft) is RevisionState.SENT_BACK
    await panel.send(draft, [("step", "discard")], "owner")


async def test_who_may_not_decide_is_shown_no_way_and_told_so(panel: Panel) -> None:
    draft = await submitted(panel, "Mans paša.")
    own = await panel.open(draft, "owner")
    assert not {"step=publish", "step=schedule", "step=send_back"} & {*own.buttons}
    for step in ("publish", "schedule", "send_back"):
        pairs = own.changed(step=step, reason="Labi.", due_at=LATER)
        answer = await panel.post(draft, pairs, "owner")
        assert answer.status_code == 422
        told = read(answer).text
        assert "nav tiesību" in told, step
        assert (await panel.post(draft, pairs, "stranger")).status_code == 404
        assert (await panel.post(draft, pairs, headers={})).status_code == 403
    assert await state(panel, draft) is RevisionState.IN_REVIEW
    await panel.send(draft, [("step", "publish")], "reviewer")
    assert (await latest(panel.office.database, [ORGANISATION]))[ORGANISATION].content["description"] == words(
        "Mans paša."
    )
