"""The first page: what waits, what is unfinished, what should be looked at, and what helps with one click."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from service.editing.acts import Word, assure, confirm
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from tests.admin.panel import Panel
from tests.factories import evidence, ident, make_agreement, make_link, make_location, make_organisation, make_term

pytestmark = pytest.mark.asyncio(loop_scope="module")

ORGANISATION, OTHER = ident("organisation", 1), ident("organisation", 2)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def panel(shared: Panel) -> Panel:
    return shared


async def reached(panel: Panel, seq: int) -> None:
    await panel.office.app.state.follower.reached(seq)


async def speak(panel: Panel, link: str, side: Side, state: ConfirmationState) -> None:
    word = Word(side, state, ConfirmationRole.EDITOR, LONG_AGO, source=ident("source"))
    await reached(panel, await confirm(panel.office.database, link, word, author="tests"))


async def test_the_queue_holds_what_one_may_decide_about(panel: Panel) -> None:
    path = f"organisation/{ORGANISATION}/edit"
    form = await panel.open(path, "owner")
    draft = (await panel.send(path, form.changed(description__lv="Palīdzam.", act="submit"), "owner")).split("?")[0]
    for who, waits in (("reviewer", True), ("editor", True), ("owner", False), ("stranger", False)):
        page = await panel.open("", who)
        assert (f"/admin/{draft}" in page.links) is (waits or who == "owner"), who
        assert ("Gaida izskatīšanu" in page.text.split("Jūsu melnraksti")[0]) is waits, who
    await panel.send(draft, (await panel.open(draft)).changed(step="send_back", reason="Īsāk, lūdzu."))
    mine = await panel.open("", "owner")
    assert "Īsāk, lūdzu." in mine.text
    assert f"/admin/{draft}/edit" in mine.links
    assert f"/admin/{draft}" not in (await panel.open("", "reviewer")).links


async def test_what_is_out_of_date_is_one_click_from_being_checked(panel: Panel) -> None:
    stale = make_organisation("stale")
    await panel.put(stale)
    seq = await assure(panel.office.database, stale.id, on=LONG_AGO, role="editor", author="tests")
    await reached(panel, seq)
    page = await panel.open("")
    assert "Novecojušas ziņas" in page.text
    assert "pēdējās ziņas 01.01.2020." in page.text
    assert "act=assure" in page.buttons
    assert await panel.send(f"organisation/{stale.id}/acts", [("act", "assure"), ("from", "home")]) == "?done=assured"
    page = await panel.open("?done=assured")
    assert "Paldies!" in page.text
    assert f"/admin/organisation/{stale.id}" not in page.links


async def test_every_kind_of_work_is_told_with_what_helps(panel: Panel) -> None:
    today = panel.office.app.state.follower.catalogue.today
    partner = make_organisation("partner", email="info@example.org")
    links = [make_link(name, kind=kind, side_b=partner.id) for name, kind in (("lone", "grant"), ("torn", "purchase"))]
    soon = make_agreement("soon", valid_to=(today + timedelta(days=40)).isoformat())
    late = make_agreement("late", valid_to=(today + timedelta(days=400)).isoformat())
    inferred = [evidence(basis="inferred")]
    guessed = make_organisation("guessed", evidence=inferred)
    await panel.put(make_location("guessed", evidence=inferred), make_term("guessed", evidence=inferred))
    await panel.put(partner, *links, soon, late, guessed)
    await speak(panel, links[0].id, Side.SIDE_A, ConfirmationState.CONFIRMED)
    await speak(panel, links[1].id, Side.SIDE_A, ConfirmationState.DISPUTED)
    page = await panel.open("")
    assert f"/admin/cooperation_link/{links[1].id}#said" in page.links
    assert f"/admin/agreement/{soon.id}/edit#valid_to" in page.links
    assert f"/admin/agreement/{late.id}/edit#valid_to" not in page.links
    assert f"/admin/organisation/{guessed.id}/edit#evidence" in (await panel.open("work/without_evidence")).links
    without = await panel.open("work/without_evidence")
    assert not [link for link in without.links if re.match("/admin/(location|taxonomy_term)/", link)]
    assert "act=ask" in page.buttons
    asked = [("act", "ask"), ("side", "side_b"), ("from", "home")]
    assert await panel.send(f"cooperation_link/{links[0].id}/acts", asked) == "?done=asked_now"
    assert "act=ask" not in (await panel.open("work/one_sided")).buttons
    assert not (await panel.open("", "reviewer")).links.count(f"/admin/agreement/{soon.id}")


async def test_a_representative_finds_her_own(panel: Panel) -> None:
    link = make_link("asked", kind="referral", description={"lv": "Kopā palīdzam ģimenēm."})
    await panel.put(link)
    page = await panel.open("", "owner")
    assert f"/admin/organisation/{ORGANISATION}" in page.links
    assert f"/admin/organisation/{OTHER}" not in page.links
    assert "Kopā palīdzam ģimenēm." in page.text.split("Jūsu melnraksti")[0]
    assert "act=confirm" in page.buttons
    own = [("act", "confirm"), ("side", "side_a"), ("from", "home")]
    assert await panel.send(f"cooperation_link/{link.id}/acts", own, "owner") == "?done=confirmed_now"
    page = await panel.open("?done=confirmed_now", "owner")
    assert "Apstiprināts." in page.text
    assert "Kopā palīdzam ģimenēm." not in page.text
    assert "Kopā palīdzam ģimenēm." in (await panel.open("", "stranger")).text
    await panel.send(f"organisation/{ORGANISATION}/acts", [("act", "assure"), ("from", "home")], "owner")
    assert "ziņas pārbaudītas šodien" in (await panel.open("", "owner")).text


async def test_the_work_list_is_that_of_the_endpoint(panel: Panel) -> None:
    """The page and GraphQL tell of the same records in the same order."""
    query = "{ viewer { workList { nodes { kind records(first: 25) { nodes { id } } } } } }"
    for who in ("editor", "owner", "reviewer"):
        told = (await panel.office.ask(query, who))["viewer"]["workList"]["nodes"]
        for each in told:
            links = (await panel.open(f"work/{each['kind'].lower()}", who)).links
            shown = [link.rpartition("/")[2] for link in links if link.count("/") == 3 and len(link) > 40]
            assert [id for id in shown if "#" not in id] == [node["id"] for node in each["records"]["nodes"]]
