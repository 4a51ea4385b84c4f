"""A new organisation that the sample of the register knows is filled in from there."""

from __future__ import annotations

import pytest

from service.starter.ids import identify
from service.starter.register import SOURCE
from tests.admin.panel import Panel, read
from tests.editing.observing import put
from tests.factories import a_source, make_region

NAME = 'Rīgas sociālās aprūpes centrs "Mežciems"'


@pytest.fixture
async def with_riga(panel: Panel) -> Panel:
    """The directory has what the register refers to: its source, and the municipality."""
    riga, source = make_region("riga"), a_source("register")
    await panel.office.app.state.follower.reached(await put(
        panel.office.database,
        type(riga)("region", identify("region", "riga"), riga.content | {"name": {"lv": "Rīga"}}),
        type(source)("source", identify("source", SOURCE), source.content | {"title": "Reģistrs"}),
    ))  # fmt: skip
    return panel


async def test_what_the_register_knows_is_offered_and_filled_in(with_riga: Panel) -> None:
    panel = with_riga
    assert "act=register" in read(await panel.get(f"organisation/similar?name.lv={NAME}")).buttons
    form = await panel.open("organisation/new")
    page = read(await panel.post("organisation/new", form.changed(name__lv=NAME, phone="67000001", act="register")))
    typed = dict(page.pairs)
    assert (typed["name.lv"], typed["phone"], typed["legal_form"]) == (NAME, "67000001", "municipal_institution")
    assert typed["seat.new.region"] == identify("region", "riga")
    assert typed["evidence.0.source"] == identify("source", SOURCE)
    assert typed["evidence.1.says.lv"].startswith("Pašvaldība, kurā reģistrēts")
    path = await panel.send("organisation/new", page.changed(act="publish", incomplete="yes"))
    shown = (await panel.open(path)).text
    assert "https://www.mezciems.lv" in shown
    assert "Rīga" in shown


async def test_what_is_typed_already_stands(with_riga: Panel) -> None:
    form = await with_riga.open("organisation/new")
    typed = {"website": "https://example.org/", "evidence__0__says__lv": "Mani vārdi.", "legal_form": "company"}
    pairs = form.changed(name__lv=NAME, act="register", **typed)
    page = dict(read(await with_riga.post("organisation/new", pairs)).pairs)
    assert {name: page[name.replace("__", ".")] for name in typed} == typed
    assert "evidence.1.says.lv" not in page


@pytest.mark.parametrize("name", ["", "Tādas nav", "x" * 5000])
async def test_what_the_register_does_not_know_is_not_offered(panel: Panel, name: str) -> None:
    assert "act=register" not in (await panel.get(f"organisation/similar?name.lv={name}")).text
    form = await panel.open("organisation/new")
    page = read(await panel.post("organisation/new", form.changed(name__lv=name, act="register")))
    assert sorted(page.pairs) == sorted(form.changed(name__lv=name))
