"""Forms that are open in several windows, and what is kept while somebody types: no word is ever lost."""

from __future__ import annotations

from typing import Any

import pytest

from service.editing import desk as work
from service.editing import workflow
from service.editing.workflow import Proposal
from tests.admin.panel import Panel, Paper, read
from tests.factories import ident

PATH = f"organisation/{ident('organisation', 1)}/edit"


async def kept(panel: Panel, path: str, pairs: Any) -> dict[str, str]:
    """The answer to a form that the script keeps."""
    answer = await panel.post(path, pairs)
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


async def draft_of(panel: Panel, path: str) -> Proposal:
    [found] = await workflow.proposals(panel.office.database, [path.split("/")[path.split("/").index("drafts") + 1]])
    return found


def gone_on(form: Paper, told: dict[str, str]) -> Paper:
    """The form as its script leads it on."""
    form.pairs = form.changed(edition=told["edition"], marks=told["marks"], base="")
    return form


async def test_what_is_typed_is_kept_as_ones_own_draft(either: Panel) -> None:
    form = await either.open("organisation/new")
    told = await kept(either, "organisation/new", form.changed(name__lv="Ja", act="autosave"))
    assert "Melnraksts saglabāts" in told["said"]
    path = f"{told['draft'].removeprefix('/admin/')}/edit"
    form = gone_on(form, told)
    again = await kept(either, path, form.changed(name__lv="Jaunā", phone="67000001", act="autosave"))
    assert (again["draft"], again["edition"]) == (told["draft"], "2")
    draft = await draft_of(either, path)
    assert (draft.content["name"], draft.content["phone"]) == ({"lv": "Jaunā"}, "+37167000001")
    await either.send(path, gone_on(form, again).changed(name__lv="Jaunā biedrība", act="save"))
    assert (await draft_of(either, path)).content["name"] == {"lv": "Jaunā biedrība"}


async def test_what_cannot_be_read_is_told_and_nothing_is_kept(panel: Panel) -> None:
    form = await panel.open("organisation/new")
    answer = await panel.post("organisation/new", form.changed(name__lv="X", email="nav adrese", act="autosave"))
    assert answer.status_code == 422
    assert "E-pasts" in answer.json()["said"]
    assert await work.open_sheets(panel.office.database, (await viewer(panel))) == []


async def viewer(panel: Panel) -> Any:
    from service.accounts.viewer import viewer_of

    async with panel.office.database.snapshot() as reader:
        return await viewer_of(reader, panel.office.accounts["editor"])


async def test_two_windows_of_one_record_become_one_draft(either: Panel) -> None:
    mine, theirs = await either.open(PATH), await either.open(PATH)
    first = await either.send(PATH, mine.changed(phone="67000002", act="save"))
    refused = await either.post(PATH, theirs.changed(website="https://example.org/", act="autosave"))
    assert refused.status_code == 409
    assert "citā logā" in refused.json()["said"]
    second = await either.send(PATH, theirs.changed(website="https://example.org/", act="save"))
    assert first == second
    content = (await draft_of(either, first)).content
    assert (content["phone"], content["website"]) == ("+37167000002", "https://example.org/")


async def test_the_same_new_record_sent_twice_is_one_draft(panel: Panel) -> None:
    form = await panel.open("organisation/new")
    first = await panel.send("organisation/new", form.changed(name__lv="Jaunā", act="save"))
    assert await panel.send("organisation/new", form.changed(name__lv="Jaunā", act="save")) == first


async def test_every_typed_word_is_on_the_page_where_one_chooses(panel: Panel) -> None:
    mine, theirs = await panel.open(PATH), await panel.open(PATH)
    mine = read(await panel.post(PATH, mine.changed(act="new:evidence.0.source")))
    await panel.send(PATH, theirs.changed(description__lv="Viņu vārdi.", email="info@example.org", act="save"))
    answer = await panel.post(PATH, mine.changed(
        description__lv="Mani vārdi.", email="nav adrese", evidence__0__source__new__title="Mans avots", act="save",
        regions__find="kaut kas", evidence__0__locator="9. lpp.",
    ))  # fmt: skip
    assert answer.status_code == 422
    page = read(await panel.post(PATH, dropped(read(answer).changed(act="save"), "regions.find")))
    typed = dict(page.pairs)
    assert (typed["description.lv"], typed["email"]) == ("Mani vārdi.", "nav adrese")
    assert (typed["evidence.0.source.new.title"], typed["evidence.0.locator"]) == ("Mans avots", "9. lpp.")
    assert "Viņu vārdi." in page.text
    assert "info@example.org" in page.text
    assert {"#description", "#email"} <= {*page.links}
    path = await panel.send(PATH, page.changed(take=["description"], email="birojs@example.org", act="save"))
    content = (await draft_of(panel, path)).content
    assert (content["description"]["lv"], content["email"]) == ("Viņu vārdi.", "birojs@example.org")


def dropped(pairs: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[0] != name]


@pytest.mark.parametrize("forgotten", [True, False])
async def test_what_was_begun_on_the_spot_goes_along_only_where_it_is_named(panel: Panel, forgotten: bool) -> None:
    form = await panel.open("organisation/new")
    begun = form.changed(name__lv="Ar avotu", act="new:evidence.0.source")
    form = read(await panel.post("organisation/new", begun))
    half = form.changed(evidence__0__source__new__title="Pa pusei", act="autosave")
    told = await kept(panel, "organisation/new", half)
    path, form = f"{told['draft'].removeprefix('/admin/')}/edit", gone_on(form, told)
    source = dict(form.pairs)["evidence.0.source.new"]
    if forgotten:
        form = read(await panel.post(path, form.changed(act="forget:evidence.0.source")))
    filled = {"evidence__0__basis": "stated", "evidence__0__says__lv": "Tā.", "evidence__0__source": ident("source")}
    if not forgotten:
        filled |= {"evidence__0__source__new": None}
    await panel.send(path, form.changed(**filled, incomplete="yes", act="publish"))
    drafts = await work.open_sheets(panel.office.database, await viewer(panel))
    assert [sheet.whole.record for sheet in drafts] == ([] if forgotten else [source])
