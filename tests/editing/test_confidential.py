"""What is given somewhere decides whether the place is shown, by whatever channel and in whatever order it comes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest

from service.database import Database
from service.editing.cautions import cautions
from service.editing.drafts import Draft
from service.editing.history import latest
from service.editing.policy import permit
from service.editing.revisions import approve, propose, publish, save, submit, withdraw
from service.errors import Problem
from tests.editing.observing import AUTHOR, private, put, refusal, stored
from tests.editing.test_policy import OWNER, made
from tests.factories import (
    basics,
    evidence,
    ident,
    make_location,
    make_organisation,
    make_service,
    make_term,
    term,
    words,
)

ADDRESS = {"address": "Kluso Sapņu iela 7-3", "lon": 25.1, "lat": 57.1}
OPEN = make_location("shelter", **ADDRESS)
CATEGORY = make_term("shelter", confidential_by_default=True)
SERVICE = make_service("shelter", categories=[CATEGORY.id], locations=[OPEN.id])


async def is_hidden(database: Database, id: str = OPEN.id) -> bool:
    shown = await stored(database, "location", id) or {}
    hidden = bool(shown["confidential"])
    assert ("address" in shown) is not hidden
    assert (await private(database, id) is not None) is hidden
    [row] = await database.fetch("SELECT payload FROM change WHERE record_id = ? ORDER BY seq DESC LIMIT 1", id)
    assert ("Kluso" in str(row["payload"])) is not hidden
    return hidden


def codes(problems: Sequence[Problem]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(each.code, each.path) for each in problems]


@pytest.mark.parametrize("order", [*permutations(range(3)), None])
async def test_in_whatever_order_they_are_published(directory: Database, order: tuple[int, ...] | None) -> None:
    """The place at once with its service or before it, the category before them or marked so last."""
    plain = make_term("shelter")
    steps = [[OPEN], [make_location("other", address="Cita iela 1"), SERVICE], [CATEGORY]]
    if order is None:
        await put(directory, OPEN, SERVICE, CATEGORY)
    else:
        await put(directory, plain)
        for step in order:
            # Without its place, the service comes without it at first and is published once more at the end.
            there = OPEN.id in await latest(directory, [OPEN.id])
            early = step == 1 and not there
            await put(directory, *([make_service("shelter", categories=[plain.id])] if early else steps[step]))
        await put(directory, SERVICE)
    assert await is_hidden(directory)


async def test_no_at_confidential_decides_nothing(directory: Database) -> None:
    """As a form or an import says it of every place."""
    await put(directory, CATEGORY)
    await put(directory, make_location("shelter", confidential=False, **ADDRESS), SERVICE)
    assert await is_hidden(directory)
    await put(directory, make_location("shelter", confidential=False, **ADDRESS))
    assert await is_hidden(directory)


async def test_an_editor_decides_otherwise(directory: Database) -> None:
    shown = make_location("shelter", disclosed=True, **ADDRESS)
    await put(directory, CATEGORY, shown, SERVICE)
    assert not await is_hidden(directory)
    await put(directory, make_location("shelter", disclosed=True, confidential=True, **ADDRESS))
    assert await is_hidden(directory)


async def test_neither_a_reviewer_nor_the_provider_decides_otherwise(database_url: str) -> None:
    async with Database(database_url, models=()) as directory:
        await put(directory, *basics())
        await put(directory, CATEGORY, OPEN, SERVICE)
        owner, reviewer, editor = [await made(directory, who) for who in (OWNER, "reviewer", "editor")]
        wanted = Draft("location", OPEN.id, {**OPEN.content, "disclosed": True})
        publishing = publish(directory, [wanted], author=owner.account, permit=permit(owner))
        assert await refusal(publishing) == [("not_allowed", (0,))]
        saved = await propose(directory, [wanted], author=owner.account, permit=permit(owner))
        await submit(directory, saved.revisions, permit=permit(owner))
        approving = approve(directory, saved.revisions, author=reviewer.account, permit=permit(reviewer))
        assert await refusal(approving) == [("not_allowed", (0,))]
        assert await is_hidden(directory)
        await approve(directory, saved.revisions, author=editor.account, permit=permit(editor))
        assert not await is_hidden(directory)


async def test_a_narrower_category_is_kept_like_the_broader(directory: Database) -> None:
    narrow = make_term("narrow", parent=CATEGORY.id)
    await put(directory, CATEGORY, narrow, OPEN, make_service("shelter", categories=[narrow.id], locations=[OPEN.id]))
    assert await is_hidden(directory)


async def test_of_other_services_the_place_stays_open(directory: Database) -> None:
    await put(directory, CATEGORY, OPEN, make_service("s", categories=[term()], locations=[OPEN.id]))
    await put(directory, make_service("shelter", categories=[CATEGORY.id]))
    assert not await is_hidden(directory)


async def test_a_place_stays_confidential_when_its_service_goes(directory: Database) -> None:
    await put(directory, CATEGORY, OPEN, SERVICE)
    await withdraw(directory, [SERVICE.id], author=AUTHOR)
    assert await is_hidden(directory)


async def test_a_neighbour_in_the_building_is_told_of(directory: Database) -> None:
    await put(directory, CATEGORY, OPEN, make_location("neighbour", **ADDRESS))
    told = await refusal(put(directory, SERVICE))
    assert told == [("shared_by_public_place", (0, "locations", "confidential"))]
    assert not await is_hidden(directory)


async def test_drafts_are_confidential_as_soon_as_they_are_kept(directory: Database) -> None:
    await put(directory, CATEGORY)
    saved = await propose(directory, [OPEN, SERVICE], author="somebody")
    assert saved.proposals[0].content["confidential"] is True
    assert ("kept_confidential", (0, "confidential")) in codes(saved.warnings)
    again = await save(directory, saved.revisions[0], OPEN.content, edition=1)
    assert again.proposals[0].content["confidential"] is True
    assert ("kept_confidential", (0, "confidential")) in codes(again.warnings)
    await approve(directory, saved.revisions, author="editor")
    assert await is_hidden(directory)


async def test_it_is_said_beforehand_what_becomes_confidential(directory: Database) -> None:
    await put(directory, CATEGORY, OPEN)
    assert codes(await cautions(directory, [SERVICE])) == [("makes_confidential", (0, "locations"))]
    saved = await propose(directory, [SERVICE], author="somebody")
    assert ("makes_confidential", (0, "locations")) in codes(saved.warnings)
    assert not await is_hidden(directory)


TELLING = [
    "Nāciet uz Kluso Sapņu ielu 7!",
    "KLUSO SAPŅU IELĀ 7-3, 2. stāvs",
    "kluso sapnu iela 7",
    "Sapņu iela 7",
    "Kluso Sapņu 7",
    "Zvaniet 29 999 999 vai rakstiet.",
    "+371 2999-9999",
    "Tālr.: 29999999.",
]
QUIET = [
    "Kluso Sapņu iela 8",
    "Kluso Sapņu iela 77",
    "Sapņu 2026. gada 7. maijā",
    "Sapņi 7",
    "Skaļo sapņotāju iela 7",
    "129999999",
    "29999998",
    "Nr. 40008029999999",
]


@pytest.mark.parametrize("directory", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("text", "tells"), [*((text, True) for text in TELLING), *((text, False) for text in QUIET)])
async def test_words_that_give_it_away(directory: Database, text: str, tells: bool) -> None:
    where = words("Ieeja no pagalma, zvaniet +37129999999")
    await put(directory, make_location("hidden", confidential=True, accessibility=where, **ADDRESS))
    drafts = [
        make_service("s", description=words("Labi.", text)),
        make_organisation("o", evidence=[evidence(locator=text)]),
    ]
    found = await cautions(directory, drafts)
    assert [each.path for each in found] == ([(0, "description"), (1, "evidence", 0, "locator")] if tells else [])
    assert all(each.code.startswith("reveals_") for each in found)


async def test_also_of_a_place_in_the_same_set_and_of_a_house_with_a_name(directory: Database) -> None:
    hidden = make_location("hidden", confidential=True, address="“Klusie Ozoli”")
    told: Any = await cautions(directory, [hidden, make_service("s", name=words("Nams “Klusie ozoli” pie upes"))])
    assert codes(told) == [("reveals_address", (1, "name"))]
    assert codes(await cautions(directory, [hidden])) == []


async def test_it_only_warns(directory: Database) -> None:
    await put(directory, make_location("hidden", confidential=True, **ADDRESS))
    service = make_service("s", description=words("Kluso Sapņu ielā 7"))
    saved = await propose(directory, [service], author="somebody")
    assert ("reveals_address", (0, "description")) in codes(saved.warnings)
    await approve(directory, saved.revisions, author="editor")
    assert await stored(directory, "service", service.id)


async def test_ids_of_places_are_told_once(directory: Database) -> None:
    """Two services of one place, published together with it."""
    other = make_service("other", categories=[CATEGORY.id], locations=[OPEN.id])
    await put(directory, OPEN)
    await put(directory, CATEGORY, SERVICE, other)
    assert await is_hidden(directory)
    rows = await directory.fetch("SELECT version FROM record WHERE id = ?", OPEN.id)
    assert [row["version"] for row in rows] == [2]
    assert ident("location", "shelter") == OPEN.id
