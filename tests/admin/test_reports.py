"""What readers report, as editors see it: on the first page, in the list, at the record; closed with one click."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.editing import redaction
from service.reporting import reports
from service.reporting.reports import Said
from tests.admin.panel import Panel
from tests.factories import ident

pytestmark = pytest.mark.asyncio(loop_scope="module")

ORGANISATION = ident("organisation", 1)
DONE, NOT_SO = [("state", "done")], [("state", "not_so")]


@pytest.fixture
def panel(shared: Panel) -> Panel:
    return shared


async def reported(panel: Panel, words: str, kind: str = "wrong", ago: int = 0) -> str:
    """Somebody reports; the id of the report."""
    at = datetime.now(UTC) - timedelta(days=ago)
    await reports.keep(panel.office.database, ORGANISATION, Said(kind, "hours", words, "lv"), at)
    return next(each.id for each in await reports.waiting(panel.office.database, 100) if each.words == words)


async def test_a_report_is_shown_and_closed_where_it_is_seen(panel: Panel) -> None:
    places = {"home": "", "record": f"organisation/{ORGANISATION}", "": "work/reports"}
    for place, path in places.items():
        words = f"Slēgts pirmdienās <b>{place}</b>"
        id = await reported(panel, words)
        page = await panel.open(path)
        assert words in page.text
        assert "darba laiks" in page.text
        back = await panel.send(f"reports/{id}", [*DONE, ("from", place)])
        assert back == f"{path}?done=report_closed"
        page = await panel.open(back)
        assert words not in page.text
        assert "Ziņojums aizvērts." in page.text


async def test_what_may_endanger_somebody_comes_first(panel: Panel) -> None:
    ids = [await reported(panel, "vecākais", ago=3), await reported(panel, "bīstamais", "unsafe")]
    text = (await panel.open("work/reports")).text
    assert text.index("bīstamais") < text.index("vecākais")
    for id in ids:
        await panel.send(f"reports/{id}", NOT_SO)
    [row] = await panel.office.database.fetch("SELECT state, account_id FROM report WHERE id = ?", ids[0])
    assert row["state"] == "not_so"
    assert row["account_id"]


@pytest.mark.parametrize("who", ["owner", "reviewer", "analyst"])
async def test_others_do_not_read_them(panel: Panel, who: str) -> None:
    id = await reported(panel, f"noslēpums {who}")
    for path in ("", f"organisation/{ORGANISATION}"):
        assert "noslēpums" not in (await panel.get(path, who)).text
    assert (await panel.get("work/reports", who)).status_code == 403
    assert (await panel.post(f"reports/{id}", DONE, who)).status_code == 403
    assert id in [each.id for each in await reports.waiting(panel.office.database, 100)]
    await panel.send(f"reports/{id}", DONE)


async def test_whoever_comes_second_changes_nothing(panel: Panel) -> None:
    id = await reported(panel, "divreiz")
    await panel.send(f"reports/{id}", DONE)
    assert (await panel.post(f"reports/{id}", NOT_SO)).status_code == 404
    for path, pairs in ((f"reports/{id}", [("state", "open")]), ("reports/x", DONE), (f"reports/{ORGANISATION}", DONE)):
        assert (await panel.post(path, pairs)).status_code == 404
    [row] = await panel.office.database.fetch("SELECT state FROM report WHERE id = ?", id)
    assert row["state"] == "done"


async def test_without_words_it_is_shown_still(panel: Panel) -> None:
    id = await reported(panel, "aizmirstamais", ago=91)
    async with panel.office.database.transaction() as transaction:
        await reports.sweep(transaction, datetime.now(UTC))
    page = await panel.open("work/reports")
    assert "aizmirstamais" not in page.text
    assert f"reports/{id}" in page.actions
    await panel.send(f"reports/{id}", DONE)
    async with panel.office.database.transaction() as transaction:
        await reports.sweep(transaction, datetime.now(UTC))
    assert await panel.office.database.fetch("SELECT id FROM report WHERE id = ?", id) == []


async def test_redaction_covers_them(panel: Panel) -> None:
    id = await reported(panel, "te dzīvo Paraugs Paraudziņš")
    assert (await redaction.places(panel.office.database, "paraugs  paraudziņš"))["report"] == 1
    await redaction.redact(panel.office.database, "paraugs  paraudziņš", author="tests", reason="Lūgts.")
    [row] = await panel.office.database.fetch("SELECT words FROM report WHERE id = ?", id)
    assert "Paraudziņš" not in row["words"]
