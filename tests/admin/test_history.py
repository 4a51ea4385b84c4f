"""History, the trash, what is scheduled, and two organisations made one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from service.editing import duplicates, scheduling
from service.editing.history import history, latest
from service.models.revision import Act
from tests.admin.panel import Panel, read
from tests.factories import evidence, ident, make_link, make_organisation, make_service, words

pytestmark = pytest.mark.asyncio(loop_scope="module")

ORGANISATION, OTHER = ident("organisation", 1), ident("organisation", 2)
LATER = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT10:00")


@pytest.fixture
def panel(shared: Panel) -> Panel:
    return shared


async def renamed(panel: Panel, which: str, *names: str) -> str:
    """An organisation under one name after another; its id."""
    for name in names:
        await panel.put(make_organisation(which, name=words(name)))
    return ident("organisation", which)


async def of_record(panel: Panel, record: str) -> Act:
    return (await latest(panel.office.database, [record]))[record].act


async def test_every_step_is_told_word_by_word(panel: Panel) -> None:
    record = await renamed(panel, "told", "Biedrība", "Biedrība Saule", "Biedrība Mēness")
    page = await panel.open(f"organisation/{record}")
    assert f"/admin/organisation/{record}/history" in page.links
    answer = await panel.get(f"organisation/{record}/history")
    assert "<del> Saule</del><ins> Mēness</ins>" in answer.text
    assert answer.text.index("3.\u00a0versija") < answer.text.index("1.\u00a0versija")
    assert answer.text.count('value="revert"') == 2
    full = (await panel.open(f"service/{ident('service', 'full')}/history")).text
    assert "bez izmitināšanas" in full or "ar izmitināšanu" in full
    assert "residential" not in full


async def test_the_history_says_who_wrote_and_who_decided(panel: Panel) -> None:
    path = f"organisation/{ORGANISATION}/edit"
    form = await panel.open(path, "owner")
    draft = (await panel.send(path, form.changed(description__lv="Palīdzam.", act="submit"), "owner")).split("?")[0]
    await panel.send(draft, (await panel.open(draft, "editor")).changed(step="publish"))
    told = (await panel.open(f"organisation/{ORGANISATION}/history", "reviewer")).text
    assert "Owner" in told
    assert "apstiprināja Editor" in told
    own = (await panel.open(f"organisation/{ORGANISATION}/history", "owner")).text
    assert "Editor" not in own
    assert "jūs" in own
    assert (await panel.get(f"organisation/{ORGANISATION}/history", "stranger")).status_code == 404


async def test_an_old_version_comes_back_by_a_draft(panel: Panel) -> None:
    record = await renamed(panel, "back", "Biedrība Saule", "Biedrība Mēness")
    path = f"organisation/{record}/history"
    old = (await history(panel.office.database, record))[1].revision
    draft = await panel.send(path, [("act", "revert"), ("revision", old)])
    page = await panel.open(draft)
    assert "Melnrakstā ir vecā versija" in page.text
    await panel.send(draft.split("?")[0], page.changed(step="publish"))
    assert (await latest(panel.office.database, [record]))[record].content["name"] == words("Biedrība Saule")


async def test_what_an_old_version_has_lost_is_told(panel: Panel) -> None:
    await panel.put(make_organisation("unit", legal_form="unit", parent=OTHER))
    await panel.put(make_organisation("unit", legal_form="unit", parent=ORGANISATION))
    await panel.put(make_organisation("lost", name=words("Zudusī")))
    await panel.put(make_organisation("unit", legal_form="unit", parent=ident("organisation", "lost")))
    await panel.put(make_organisation("unit", legal_form="unit", parent=OTHER))
    lost, unit = ident("organisation", "lost"), ident("organisation", "unit")
    await panel.send(f"organisation/{lost}/withdraw", [("when", "now")])
    old = (await history(panel.office.database, unit))[1].revision
    answer = await panel.post(f"organisation/{unit}/history", [("act", "revert"), ("revision", old)])
    assert answer.status_code == 200
    assert "“Zudusī” vairs nav publicēts" in read(answer).text


async def test_whatever_is_reverted_is_answered(panel: Panel) -> None:
    path = f"organisation/{ORGANISATION}/history"
    for revision in ("", "zzz", ident("organisation"), "\x00"):
        answer = await panel.post(path, [("act", "revert"), ("revision", revision)])
        assert answer.status_code == 422
        assert "Tādas versijas nav" in read(answer).text
    revision = (await history(panel.office.database, ORGANISATION))[0].revision
    refused = await panel.post(path, [("act", "revert"), ("revision", revision)], "reviewer")
    assert refused.status_code == 422
    assert "nav tiesību" in read(refused).text
    assert "act=revert" not in (await panel.open(path, "reviewer")).buttons
    assert (await panel.post(path, [("act", "nothing")])).status_code == 404
    assert (await panel.get(f"{path}?page=99999")).status_code == 200
    for headers in ({"sec-fetch-site": "cross-site"}, {}):
        assert (await panel.post(path, [("act", "revert"), ("revision", revision)], headers=headers)).status_code == 403


async def test_a_record_leaves_and_comes_back(panel: Panel) -> None:
    record = ident("organisation", "full")
    path = f"organisation/{record}/withdraw"
    page = await panel.open(path)
    assert "Uz to atsaucas" in page.text
    refused = await panel.post(path, [("when", "now")])
    assert refused.status_code == 422
    assert await of_record(panel, record) is Act.PUBLISH
    gone = await panel.send(path, [("when", "now"), ("along", "yes")])
    assert "Noņemts no publiskās daļas" in (await panel.open(gone)).text
    assert (await panel.get(f"organisation/{record}")).headers["location"].endswith("/history")
    trash = await panel.open("trash")
    assert f"/admin/organisation/{record}/history" in trash.links
    assert f"record={record}" in trash.buttons
    await panel.send("trash", [("record", record)])
    assert await of_record(panel, record) is Act.PUBLISH
    assert "/history" not in (await panel.open(f"organisation/{record}")).text.split("Izmaiņu")[0]


async def test_what_a_record_needs_comes_back_with_it(panel: Panel) -> None:
    await panel.put(make_organisation("home"), make_service("there", provider=ident("organisation", "home")))
    home, there = ident("organisation", "home"), ident("service", "there")
    await panel.send(f"organisation/{home}/withdraw", [("when", "now"), ("along", "yes")])
    answer = await panel.post("trash", [("record", there)])
    page = read(answer)
    assert answer.status_code == 422
    assert "Biedrība home" in page.text
    await panel.send("trash", [("record", there), ("along", "yes")])
    assert [await of_record(panel, id) for id in (home, there)] == [Act.PUBLISH, Act.PUBLISH]


async def test_only_who_may_takes_away_and_brings_back(panel: Panel) -> None:
    lone = make_organisation("lone")
    await panel.put(lone)
    path = f"organisation/{lone.id}/withdraw"
    for who in ("reviewer", "owner"):
        assert (await panel.get(path, who)).status_code == 403
        assert (await panel.post(path, [("when", "now")], who)).status_code == 403
        assert path not in str((await panel.open(f"organisation/{lone.id}", who)).links)
    assert (await panel.post(path, [("when", "now")], headers={})).status_code == 403
    await panel.send(path, [("when", "now")])
    for who in ("reviewer", "owner"):
        assert f"record={lone.id}" not in (await panel.open("trash", who)).buttons
        answer = await panel.post("trash", [("record", lone.id)], who)
        assert answer.status_code == 422
        assert "nav tiesību" in read(answer).text
    for record in ("", "zzz", ORGANISATION, "\x00"):
        assert (await panel.post("trash", [("record", record)])).status_code == 422


async def test_a_departure_is_planned_put_off_and_called_off(panel: Panel) -> None:
    path = f"service/{ident('service', 'full')}/withdraw"
    for hour in ("", "rīt", "2020-01-01T10:00", "9999-99-99"):
        assert (await panel.post(path, [("when", "later"), ("due_at", hour)])).status_code == 422
    assert await panel.send(path, [("when", "later"), ("due_at", LATER)]) == "scheduled?done=scheduled_for_later"
    page = await panel.open("scheduled")
    assert "10:00" in page.text
    assert "tiks noņemts" in page.text
    [draft] = {link.removeprefix("/admin/") for link in page.links if re.search("drafts/.+", link)}
    seen = await panel.open(draft)
    assert "Ieraksts tiks noņemts" in seen.text
    assert {"step=publish", "step=discard", "step=schedule"} <= {*seen.buttons}
    await panel.send(draft, page.changed(step="schedule", due_at=LATER.replace("10:00", "12:30")))
    page = await panel.open("scheduled")
    assert "12:30" in page.text
    stale = await panel.post(draft, [("step", "schedule"), ("due_at", LATER), ("edition", "77")])
    assert "Melnraksts pa to laiku ir mainīts" in read(stale).text
    assert await panel.send(draft, page.changed(step="discard")) == "drafts?done=called_off"
    assert "Nekas nav ieplānots" in (await panel.open("scheduled")).text


async def test_a_departure_happens_at_its_hour(panel: Panel) -> None:
    service = make_service("leaving")
    await panel.put(service)
    await panel.send(f"service/{service.id}/withdraw", [("when", "later"), ("due_at", LATER)])
    done = await scheduling.run_due(panel.office.database, datetime.now(UTC) + timedelta(days=9))
    assert [each.problems for each in done] == [[]]
    assert f"/admin/service/{service.id}/history" in (await panel.open("trash")).links


async def doubled(panel: Panel, n: str) -> tuple[str, str]:
    """Two records of one organisation, with a link between the two and one that both have."""
    await panel.put(
        make_organisation(
            f"kept-{n}",
            name=words("Centrs Dardedze", "Dardedze"),
            phone="67000001",
            regions=[ident("region", 1)],
        ),
        make_organisation(
            f"gone-{n}", name=words("Dardedzes centrs"), phone="67000002", website="https://example.org/",
            regions=[ident("region", 2)], evidence=[evidence(2)],
        ),
        make_service(f"moved-{n}", provider=ident("organisation", f"gone-{n}")),
        make_link(f"between-{n}", side_a=ident("organisation", f"kept-{n}"), side_b=ident("organisation", f"gone-{n}")),
        make_link(f"mine-{n}", kind="grant", side_a=ident("organisation", f"kept-{n}"), side_b=ORGANISATION),
        make_link(f"theirs-{n}", kind="grant", side_a=ident("organisation", f"gone-{n}"), side_b=ORGANISATION),
    )  # fmt: skip
    return ident("organisation", f"kept-{n}"), ident("organisation", f"gone-{n}")


async def test_two_are_made_one_field_by_field_and_parted_again(panel: Panel) -> None:
    kept, gone = await doubled(panel, "1")
    path = f"organisation/{kept}/merge"
    assert f"/admin/{path}?with={gone}" in (await panel.open(path)).links
    page = await panel.open(f"{path}?with={gone}")
    given = dict(page.pairs)
    assert (given["take.name"], given["take.website"], given["take.regions"]) == ("kept", "gone", "both")
    assert "take.slug" not in given
    assert ident("cooperation_link", "between-1") in given["withdraw"]
    chosen = page.changed(take__name="gone", take__phone="kept", take__regions="gone")
    answer = await panel.post(f"{path}?with={gone}", chosen)
    assert answer.status_code == 422
    page = read(answer)
    assert dict(page.pairs)["take.name"] == "gone"
    both = [ident("cooperation_link", "between-1"), ident("cooperation_link", "theirs-1")]
    assert await panel.send(f"{path}?with={gone}", page.changed(withdraw=both)) == f"organisation/{kept}?done=merged"
    content = (await latest(panel.office.database, [kept]))[kept].content
    assert content["name"] == words("Dardedzes centrs")
    assert (content["phone"], content["website"]) == ("+37167000001", "https://example.org/")
    assert content["regions"] == [ident("region", 2)]
    assert [each["name"] for each in content["alternate_names"]] == ["Centrs Dardedze"]
    assert {each["source"] for each in content["evidence"]} == {ident("source", 1), ident("source", 2)}
    past = await panel.open(f"organisation/{gone}/history")
    assert f"/admin/organisation/{kept}" in past.links
    assert f"/admin/organisation/{gone}/history" in (await panel.open("trash")).links
    await panel.send(f"organisation/{gone}/history", past.changed(act="unmerge"))
    assert await of_record(panel, gone) is Act.PUBLISH
    assert await of_record(panel, both[0]) is Act.PUBLISH


async def test_what_was_edited_since_is_not_parted(panel: Panel) -> None:
    kept, gone = await doubled(panel, "2")
    along = [ident("cooperation_link", f"{name}-2") for name in ("between", "theirs")]
    await duplicates.merge_organisations(panel.office.database, gone, kept, withdraw=along, author="tests")
    await panel.put(make_organisation("kept-2", name=words("Cits")))
    answer = await panel.post(f"organisation/{gone}/history", [("act", "unmerge")])
    assert answer.status_code == 422
    assert "to vairs nevar atsaukt" in read(answer).text


async def test_a_merge_of_what_was_not_seen_is_asked_again(panel: Panel) -> None:
    kept, gone = await doubled(panel, "3")
    path = f"organisation/{kept}/merge?with={gone}"
    page = await panel.open(path)
    await panel.put(make_organisation("gone-3", name=words("Dardedzes centrs"), phone="67000003"))
    answer = await panel.post(path, page.pairs)
    assert answer.status_code == 422
    assert "Kāds cits tikmēr mainīja" in read(answer).text
    assert await of_record(panel, gone) is Act.PUBLISH


async def test_only_who_may_makes_two_one(panel: Panel) -> None:
    path = f"organisation/{ORGANISATION}/merge"
    for who in ("reviewer", "owner"):
        assert (await panel.get(path, who)).status_code == 403
        assert (await panel.post(f"{path}?with={OTHER}", [("seen", "")], who)).status_code == 403
        assert "merge" not in str((await panel.open(f"organisation/{ORGANISATION}", who)).links)
    assert (await panel.get(f"service/{ident('service', 'full')}/merge")).status_code == 404
    for other in ("", "zzz", ORGANISATION, ident("service", "full"), "%00"):
        assert (await panel.get(f"{path}?with={other}&q=qqqq")).status_code == 200
    withdraw = [("withdraw", value) for value in ("zzz", "\x00", ident("service", "full"))]
    seen = [pair for pair in (await panel.open(f"{path}?with={OTHER}")).pairs if pair[0] == "seen"]
    answer = await panel.post(f"{path}?with={OTHER}", [*seen, *withdraw, ("take.name", "zzz")])
    assert answer.status_code == 422


async def test_lists_are_there_for_everybody_who_works_here(panel: Panel) -> None:
    for path in ("scheduled", "trash", "work/stale", "work/disputed", "work/ending", "work/one_sided?page=9"):
        for who in ("editor", "reviewer", "owner"):
            await panel.open(path, who)
        assert (await panel.get(path, "analyst")).status_code == 403
    assert (await panel.get("work/nothing")).status_code == 404
