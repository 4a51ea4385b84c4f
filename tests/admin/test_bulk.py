"""Acts on several records at once: all or none, and it is told which and why."""

from __future__ import annotations

from tests.admin.panel import Panel, read
from tests.factories import ident

ONE, TWO, FULL = (ident("organisation", name) for name in (1, 2, "full"))


async def test_several_are_assured_in_one_transaction(either: Panel) -> None:
    panel = either
    path = await panel.send(
        "organisation/bulk", [("step", "assure"), ("chosen", ONE), ("chosen", TWO), ("query", "?q=x")]
    )
    assert path == "organisation?q=x&done=all_assured"
    assert "Ziņas atzīmētas kā pareizas" in (await panel.open(path)).text
    sql = 'SELECT "transaction", record_id FROM revision WHERE act = ? ORDER BY 2'
    rows = await panel.office.database.fetch(sql, "assure")
    assert {str(row["record_id"]) for row in rows} == {ONE, TWO}
    assert len({row["transaction"] for row in rows}) == 1


async def test_who_may_not_do_it_to_one_does_it_to_none(panel: Panel) -> None:
    answer = await panel.post("organisation/bulk", [("step", "assure"), ("chosen", ONE), ("chosen", TWO)], "owner")
    assert answer.status_code == 422
    paper = read(answer)
    assert "Jums nav tiesību" in paper.text
    assert [value for name, value in paper.pairs if name == "chosen"] == [ONE]
    assert await panel.office.database.fetch("SELECT id FROM revision WHERE act = ?", "assure") == []
    await panel.send("organisation/bulk", paper.changed(step="assure"), "owner")
    assert "step=withdraw" not in (await panel.open("organisation", "owner")).buttons


async def test_before_records_leave_one_is_asked_and_told_what_rests_on_them(panel: Panel) -> None:
    asked = await panel.post("organisation/bulk", [("step", "withdraw"), ("chosen", TWO), ("chosen", FULL)])
    assert asked.status_code == 200
    refused = await panel.post("organisation/bulk", read(asked).changed(step="withdraw"))
    assert refused.status_code == 422
    assert "Uz šo ierakstu atsaucas" in read(refused).text
    assert f"/admin/organisation/{TWO}" in (await panel.open("organisation")).links
    events = await panel.open("event")
    ids = [link.rpartition("/")[2] for link in events.links if link.startswith("/admin/event/") and "-" in link]
    await panel.send("event/bulk", [("step", "withdraw"), ("sure", "yes"), *(("chosen", id) for id in ids)])
    assert not set(ids) & {link.rpartition("/")[2] for link in (await panel.open("event")).links}


async def test_nothing_chosen_or_asked_is_told(panel: Panel) -> None:
    assert (await panel.post("organisation/bulk", [("step", "assure")])).status_code == 422
    assert (await panel.post("organisation/bulk", [("step", "assure"), ("chosen", "\0")])).status_code == 422
    assert (await panel.post("organisation/bulk", [("step", "eat"), ("chosen", ONE)])).status_code == 404
    answer = await panel.post("organisation/bulk", [("step", "withdraw"), ("sure", "yes"), ("chosen", ONE)], "owner")
    assert answer.status_code == 422
