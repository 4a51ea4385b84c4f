"""Saved views: a list under a name, with its filters, order and columns; everybody's own, and addresses for all."""

from __future__ import annotations

from tests.admin.panel import Panel, read


async def test_a_view_is_kept_shown_shared_and_forgotten(either: Panel) -> None:
    panel = either
    path = "organisation?sector=municipal&sort=-name&column=phone"
    shown = await panel.open(path)
    query = dict(shown.pairs)["query"]
    assert (await panel.send("organisation/views", [("query", query), ("name", "  Pašvaldību  puse ")])) == path
    listed = await panel.open("organisation")
    assert "Pašvaldību puse" in listed.text
    assert "/admin/" + path in listed.links
    assert "Pašvaldību puse" not in (await panel.open("organisation", "administrator")).text
    assert "Pašvaldību puse" not in (await panel.open("service")).text
    assert "2 ieraksti" in (await panel.open(path, "administrator")).text
    await panel.send("organisation/views", [("query", "?sector=ngo"), ("name", "Pašvaldību puse")])
    listed = await panel.open("organisation")
    assert "/admin/organisation?sector=ngo" in listed.links
    [button] = [button for button in listed.buttons if button.startswith("forget=")]
    id = button.removeprefix("forget=")
    await panel.send("organisation/views", [("forget", id)], "administrator")
    assert "Pašvaldību puse" in (await panel.open("organisation")).text
    await panel.send("organisation/views", [("forget", id)])
    assert "Pašvaldību puse" not in (await panel.open("organisation")).text


async def test_whatever_is_sent_is_answered_and_leads_nowhere_else(panel: Panel) -> None:
    for query in ("?a=%00", "//example.org", "?" + "a=b&" * 2000, "%FF", "?q=\r\nx: y", "?lang=en&page=3"):
        for name in ("", "\0", "x" * 500, "<b>"):
            answer = await panel.post("organisation/views", [("query", query), ("name", name)])
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/admin/organisation?")
    shown = read(await panel.get("organisation")).text
    assert "<b>" in shown
    assert (await panel.post("nothing/views", [("name", "x")])).status_code == 404


async def test_there_is_an_end_to_views(panel: Panel) -> None:
    for number in range(35):
        await panel.send("organisation/views", [("query", "?sector=ngo"), ("name", f"Skats {number}")])
    assert len([each for each in (await panel.open("organisation")).buttons if each.startswith("forget=")]) == 30
