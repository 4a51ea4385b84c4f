"""Two records of one organisation made one: what moves, what leads where, and how it all moves back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from service.database import Database
from service.editing.acts import Word, assure, confirm
from service.editing.duplicates import merge_organisations, unmerge
from service.editing.history import latest
from service.editing.revisions import withdraw
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from tests.editing.observing import AUTHOR, changes, put, record, refusal, sizes, stored
from tests.factories import (
    evidence,
    ident,
    make_event,
    make_figure,
    make_link,
    make_need,
    make_organisation,
    make_project,
    make_service,
    words,
)

ON = date(2026, 1, 15)


def org(name: object) -> str:
    return ident("organisation", name)


GONE, KEPT, THIRD = org("gone"), org("kept"), org(1)
LINK = ident("cooperation_link", "moved")
MOVED: dict[str, str] = {
    "organisation": org("unit"),
    "service": ident("service", "moved"),
    "project": ident("project", "moved"),
    "cooperation_link": LINK,
    "event": ident("event", "moved"),
    "need": ident("need", "moved"),
    "figure": ident("figure", "moved"),
}


@pytest.fixture
async def doubled(directory: Database) -> Database:
    """An organisation that is there twice, each with its own, and its link confirmed by both sides."""
    await put(
        directory,
        make_organisation(
            "gone",
            name=words("Biedrība Kopa"),
            slug="kopa",
            phone="67000000",
            regions=[ident("region", 1)],
            identifiers=[{"scheme": "registration_number", "value": "40008000001"}],
            evidence=[evidence(2)],
        ),
        make_organisation(
            "kept", name=words("Kopā"), slug="kopaa", regions=[ident("region", 2)], email="info@example.org"
        ),
        make_organisation("unit", legal_form="unit", parent=GONE),
        make_service("moved", provider=GONE),
        make_project("moved", participations=[{"organisation": id, "role": "partner"} for id in (GONE, KEPT, THIRD)]),
        make_link("moved", side_a=GONE, side_b=THIRD),
        make_event("moved", participations=[{"organisation": GONE, "role": "host"}]),
        make_need("moved", stated_by=GONE),
        make_figure("moved", organisation=GONE),
    )
    for side, speaker in ((Side.SIDE_A, GONE), (Side.SIDE_B, THIRD)):
        word = Word(
            side, ConfirmationState.CONFIRMED, ConfirmationRole.REPRESENTATIVE, ON, organisation=speaker, tie_level=3
        )
        await confirm(directory, LINK, word, author=AUTHOR)
    await assure(directory, GONE, on=ON, role="editor", author=AUTHOR)
    return directory


async def contents(database: Database) -> dict[str, Any]:
    ids = {GONE: "organisation", KEPT: "organisation"} | {id: noun for noun, id in MOVED.items()}
    return {id: await stored(database, noun, id) for id, noun in ids.items()}


async def acts(database: Database) -> list[Any]:
    return [
        await database.fetch("SELECT * FROM confirmation ORDER BY id"),
        await database.fetch("SELECT * FROM availability ORDER BY id"),
        await database.fetch("SELECT id, assured_on, assured_by FROM record ORDER BY id"),
    ]


async def test_everything_moves_to_the_one_that_stays(doubled: Database) -> None:
    said = await acts(doubled)
    await merge_organisations(doubled, GONE, KEPT, author="editor")
    after = await contents(doubled)
    assert after.pop(GONE) is None
    assert (after[MOVED["organisation"]]["parent"], after[MOVED["service"]]["provider"]) == (KEPT, KEPT)
    assert (after[LINK]["side_a"], after[LINK]["side_b"]) == (KEPT, THIRD)
    assert [item["organisation"] for item in after[MOVED["project"]]["participations"]] == [KEPT, THIRD]
    assert [item["organisation"] for item in after[MOVED["event"]]["participations"]] == [KEPT]
    assert after[MOVED["need"]]["stated_by"] == KEPT
    assert after[MOVED["figure"]]["organisation"] == KEPT
    assert GONE not in str(after)
    assert await acts(doubled) == said


async def test_the_survivor_has_what_both_had(doubled: Database) -> None:
    before = await contents(doubled)
    await merge_organisations(doubled, GONE, KEPT, author="editor")
    kept = (await contents(doubled))[KEPT]
    assert (kept["name"], kept["slug"], kept["email"]) == (words("Kopā"), "kopaa", "info@example.org")
    assert kept["phone"] == "+37167000000"
    assert kept["regions"] == sorted([ident("region", 1), ident("region", 2)])
    assert kept["evidence"] == [*before[KEPT]["evidence"], *before[GONE]["evidence"]]
    assert kept["identifiers"] == before[GONE]["identifiers"]
    assert [item["name"] for item in kept["alternate_names"]] == ["Biedrība Kopa"]


async def test_the_old_id_and_slug_lead_to_the_survivor(doubled: Database) -> None:
    await merge_organisations(doubled, GONE.upper(), KEPT, author="editor")
    row = await record(doubled, GONE)
    assert (row["state"], str(row["merged_into_id"])) == ("merged", KEPT)
    assert (await changes(doubled, GONE))[-1] == ("merge", {"into": KEPT})
    [slug] = await doubled.fetch("SELECT record_id FROM slug WHERE slug = 'kopa'")
    assert str(slug["record_id"]) == GONE
    assert await refusal(put(doubled, make_organisation("other", slug="kopa"))) == [("taken", (0, "slug"))]


async def test_an_editor_can_say_what_the_survivor_is_to_hold(doubled: Database) -> None:
    wanted = make_organisation("kept", name=words("Abas"), parent=GONE).content
    await merge_organisations(doubled, GONE, KEPT, content=wanted, author="editor")
    kept = (await contents(doubled))[KEPT]
    assert kept["name"] == words("Abas")
    assert not kept.keys() & {"parent", "phone", "email", "identifiers"}


async def test_it_can_be_taken_back_with_all_that_it_moved(doubled: Database) -> None:
    between = make_link("between", side_a=GONE, side_b=KEPT)
    await put(doubled, between)
    before, said = await contents(doubled), await acts(doubled)
    await merge_organisations(doubled, GONE, KEPT, withdraw=[between.id], author="editor")
    assert (await record(doubled, between.id))["state"] == "withdrawn"
    await unmerge(doubled, GONE, author="editor")
    assert await contents(doubled) == before
    assert await acts(doubled) == said
    assert (await record(doubled, GONE))["state"] == "published"
    assert (await record(doubled, between.id))["state"] == "published"
    assert await refusal(unmerge(doubled, GONE, author="editor")) == [("not_merged", ("duplicate",))]
    await merge_organisations(doubled, KEPT, GONE, withdraw=[between.id], author="editor")


@pytest.mark.parametrize("edit", [make_organisation("kept"), make_event("moved", title=words("Cits"))])
async def test_it_cannot_be_taken_back_once_anything_of_it_was_edited(doubled: Database, edit: Any) -> None:
    await merge_organisations(doubled, GONE, KEPT, author="editor")
    await put(doubled, edit)
    before = await sizes(doubled)
    assert await refusal(unmerge(doubled, GONE, author="editor")) == [("edited_since", ("duplicate",))]
    assert await sizes(doubled) == before


async def test_nor_when_the_survivor_has_gone(doubled: Database) -> None:
    await merge_organisations(doubled, GONE, KEPT, author="editor")
    await withdraw(doubled, [KEPT], with_dependents=True, author="editor")
    assert await refusal(unmerge(doubled, GONE, author="editor")) == [("edited_since", ("duplicate",))]


async def test_a_link_of_the_two_has_to_go_first(doubled: Database) -> None:
    between = make_link("between", kind="grant", side_a=GONE, side_b=KEPT)
    await put(doubled, between)
    told = await refusal(merge_organisations(doubled, GONE, KEPT, author="editor"))
    assert ("links_the_two", ("moved", between.id)) in told
    await merge_organisations(doubled, GONE, KEPT, withdraw=[between.id], author="editor")


async def test_a_link_that_both_have_is_told_and_can_go_along(doubled: Database) -> None:
    await put(doubled, make_link("same", side_a=KEPT, side_b=THIRD))
    assert await refusal(merge_organisations(doubled, GONE, KEPT, author="editor")) == [
        ("overlapping_link", ("moved", LINK, "valid_from"))
    ]
    await merge_organisations(doubled, GONE, KEPT, withdraw=[LINK], author="editor")


async def test_only_two_different_organisations_are_merged(doubled: Database) -> None:
    before = await sizes(doubled)
    for one, other in ((GONE, GONE), (GONE, org("nobody")), (GONE, ident("service")), (ident("service"), KEPT)):
        told = await refusal(merge_organisations(doubled, one, other, author="editor"))
        assert ("not_an_organisation", ("survivor",)) in told
    assert ("no_such_record", ("duplicate",)) in await refusal(
        merge_organisations(doubled, org("nobody"), KEPT, author="editor")
    )
    assert await sizes(doubled) == before


async def test_a_word_stands_through_merges_and_falls_with_another_party(doubled: Database) -> None:
    """Also when the link was withdrawn while its side was merged."""
    await merge_organisations(doubled, GONE, KEPT, author="editor")
    await merge_organisations(doubled, KEPT, org(2), author="editor")
    link = (await latest(doubled, [LINK]))[LINK]
    assert link.content["side_a"] == org(2)
    await put(doubled, make_link("moved", side_a=org(2), side_b=THIRD, description=words("Cits")))
    assert len(await doubled.fetch("SELECT id FROM confirmation WHERE link_id = ?", LINK)) == 2
    await put(doubled, make_link("moved", side_a=org("unit"), side_b=THIRD))
    assert len(await doubled.fetch("SELECT id FROM confirmation WHERE link_id = ?", LINK)) == 4
