"""What sides, providers and editors say from the page of a record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.admin.panel import Panel, read
from tests.factories import ident, make_link, make_organisation, make_service

pytestmark = pytest.mark.asyncio(loop_scope="module")

ORGANISATION, OTHER = ident("organisation", 1), ident("organisation", 2)


@pytest.fixture
def panel(shared: Panel) -> Panel:
    return shared


async def linked(panel: Panel, name: str, **content: Any) -> str:
    """A link of the owner's organisation with another one."""
    other = make_organisation(f"with-{name}", email="info@example.org")
    link = make_link(name, kind="grant", side_a=ORGANISATION, side_b=other.id, **content)
    await panel.put(other, link)
    return link.id


async def refused(panel: Panel, path: str, pairs: Any, who: str = "editor") -> str:
    """What is told on the page of somebody whose act is refused."""
    answer = await panel.post(path, pairs, who)
    assert answer.status_code == 422
    return read(answer).text


async def test_one_click_says_that_a_record_is_still_true(panel: Panel) -> None:
    page = await panel.open(f"organisation/{ORGANISATION}", "owner")
    assert "Ziņas vēl neviens nav pārbaudījis" in page.text
    assert "act=assure" in page.buttons
    path = await panel.send(f"organisation/{ORGANISATION}/acts", [("act", "assure")], "owner")
    assert path == f"organisation/{ORGANISATION}?done=assured"
    told = (await panel.open(path, "owner")).text
    today = panel.office.app.state.follower.catalogue.today
    assert f"Ziņas pārbaudītas {today:%d.%m.%Y.}" in told
    assert "aktuālas ziņas" in told.lower()
    back = await panel.send(f"organisation/{ORGANISATION}/acts", [("act", "assure"), ("from", "home")])
    assert back == "?done=assured"


async def test_a_side_confirms_and_later_sees_it_differently(panel: Panel) -> None:
    link = await linked(panel, "spoken")
    path = f"cooperation_link/{link}"
    page = await panel.open(path, "owner")
    assert [each for each in page.buttons if "confirm" in each or "dispute" in each].count("act=dispute") == 1
    await panel.send(f"{path}/acts", [("act", "confirm"), ("side", "side_a"), ("tie_level", "3")], "owner")
    told = (await panel.open(path, "owner")).text
    assert "apstiprināja" in told
    assert "3 – saskaņojam darbu" in told
    pairs = [("act", "dispute"), ("side", "side_a"), ("note", "Beidzās pavasarī."), ("on", "2026-01-05")]
    await panel.send(f"{path}/acts", pairs, "owner")
    told = (await panel.open(path)).text
    assert "nepiekrīt, 05.01.2026." in told
    assert "Beidzās pavasarī." in told
    assert "Beidzās pavasarī." not in (await panel.open(path, "reviewer")).text


async def test_a_click_that_confirms_again_keeps_the_degree(panel: Panel) -> None:
    path = f"cooperation_link/{await linked(panel, 'kept')}/acts"
    await panel.send(path, [("act", "confirm"), ("side", "side_a"), ("tie_level", "4")], "owner")
    await panel.send(path, [("act", "confirm"), ("side", "side_a")], "owner")
    assert "4 – plānojam kopā" in (await panel.open(path.removesuffix("/acts"), "owner")).text


async def test_an_editor_writes_a_word_down_with_its_source(panel: Panel) -> None:
    link = await linked(panel, "written")
    path = f"cooperation_link/{link}"
    page = await panel.open(path)
    assert ident("source") in (await panel.get(path)).text
    assert "act=ask" in page.buttons
    without = [("act", "confirm"), ("side", "side_b")]
    assert "Par šo pusi var apstiprināt tikai tā pati" in await refused(panel, f"{path}/acts", without)
    await panel.send(f"{path}/acts", [*without, ("source", ident("source"))])
    assert "apstiprināja" in (await panel.open(path)).text
    await panel.send(f"{path}/acts", [("act", "ask"), ("side", "side_a")])
    assert "gaida atbildi" in (await panel.open(path)).text


async def test_nobody_speaks_for_others(panel: Panel) -> None:
    link = await linked(panel, "guarded")
    path = f"cooperation_link/{link}"
    for pairs in (
        [("act", "confirm"), ("side", "side_b")],
        [("act", "dispute"), ("side", "side_b"), ("source", ident("source"))],
        [("act", "ask"), ("side", "side_b")],
    ):
        told = await refused(panel, f"{path}/acts", pairs, "owner")
        assert "Par šo pusi" in told or "nav tiesību" in told
        assert "nav tiesību" in await refused(panel, f"{path}/acts", pairs, "stranger")
        assert "nav tiesību" in await refused(panel, f"{path}/acts", pairs, "reviewer")
    for who in ("stranger", "reviewer"):
        buttons = (await panel.open(path, who)).buttons
        assert not {"act=confirm", "act=dispute", "act=ask", "act=assure"} & {*buttons}
        assert "nav tiesību" in await refused(panel, f"organisation/{ORGANISATION}/acts", [("act", "assure")], who)
    for headers in ({"sec-fetch-site": "cross-site"}, {}, {"origin": "null"}):
        answer = await panel.post(f"{path}/acts", [("act", "assure")], headers=headers)
        assert answer.status_code == 403
    assert "nav lūgts" in (await panel.open(path)).text


async def test_a_service_tells_its_free_places_with_their_day(panel: Panel) -> None:
    service = make_service("places", provider=ORGANISATION)
    await panel.put(service)
    path = f"service/{service.id}"
    assert "act=availability" in (await panel.open(path, "owner")).buttons
    assert "act=availability" not in (await panel.open(path, "reviewer")).buttons
    today = panel.office.app.state.follower.catalogue.today
    yesterday = today - timedelta(days=1)
    pairs = [("act", "availability"), ("state", "open"), ("free_places", "3"), ("as_of", yesterday.isoformat())]
    await panel.send(f"{path}/acts", pairs, "owner")
    assert f"3 vietas, {yesterday:%d.%m.%Y.}" in (await panel.open(path)).text
    await panel.send(f"{path}/acts", [("act", "availability"), ("state", "queue"), ("weeks_to_wait", "1")], "owner")
    assert "jāgaida 1 nedēļa" in (await panel.open(path)).text
    full = [("act", "availability"), ("state", "full"), ("free_places", "3"), ("weeks_to_wait", "2")]
    answer = await panel.post(f"{path}/acts", full, "owner")
    page = read(answer)
    assert answer.status_code == 422
    assert "Vietu skaitu norāda tikai tad, ja ir brīvas vietas." in page.text
    assert "Nedēļas norāda tikai tad, ja ir rinda." in page.text
    assert dict(page.pairs) | {"free_places": "3", "state": "full"} == dict(page.pairs)


async def test_whatever_is_said_is_answered(panel: Panel) -> None:
    link = await linked(panel, "junk")
    tomorrow = (date.today() + timedelta(days=3)).isoformat()  # noqa: DTZ011
    junk = ["", "\x00", "zzz", "9" * 40, "-1", "2.5", "9999-99-99", "x" * 3000, tomorrow]
    service = make_service("junk", provider=ORGANISATION)
    await panel.put(service)
    for act in ("assure", "confirm", "dispute", "ask", "availability"):
        for value in junk:
            for path in (f"cooperation_link/{link}/acts", f"service/{service.id}/acts"):
                given = ("side", "source", "tie_level", "on", "note", "state", "free_places", "weeks_to_wait", "as_of")
                answer = await panel.post(path, [("act", act), *((name, value) for name in given)])
                assert answer.status_code in (200, 303, 422), (act, value)
    levels = [("act", "confirm"), ("side", "side_a"), ("source", ident("source"))]
    for name, value in (("tie_level", "6"), ("tie_level", "daudz"), ("on", tomorrow), ("source", OTHER)):
        await refused(panel, f"cooperation_link/{link}/acts", [*dict([*levels, (name, value)]).items()])
    assert (await panel.post(f"organisation/{ORGANISATION}/acts", [("act", "nothing")])).status_code == 404
    assert (await panel.get(f"organisation/{ORGANISATION}/acts")).status_code == 303
    assert (await panel.post("organisation/nothing/acts", [("act", "assure")])).status_code == 404
