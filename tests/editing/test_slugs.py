"""Slugs: made of names, each its record's for ever."""

from __future__ import annotations

from service.database import Database
from tests.editing.observing import put, refused
from tests.factories import ident, make_organisation, make_project, words


async def slugs(database: Database) -> dict[str, str]:
    rows = await database.fetch("SELECT slug, record_id FROM slug WHERE noun = 'organisation'")
    return {row["slug"]: str(row["record_id"]) for row in rows}


async def test_a_slug_is_made_of_the_name_and_made_unique(directory: Database) -> None:
    name = words("Biedrība “Ģimeņu ābeļdārzs”, 2. nodaļa")
    drafts = [make_organisation(n, name=name) for n in ("a", "b", "c")]
    wanted = make_organisation("d", slug="biedriba-gimenu-abeldarzs-2-nodala")
    await put(directory, *drafts, wanted)
    found = await slugs(directory)
    assert found["biedriba-gimenu-abeldarzs-2-nodala"] == wanted.id
    assert [found[f"biedriba-gimenu-abeldarzs-2-nodala-{n}"] for n in (2, 3, 4)] == [draft.id for draft in drafts]
    await put(directory, make_organisation("e", name=words("Дом")), make_organisation("f", name=words("a" * 300)))
    assert {"x", "a" * 80} <= (await slugs(directory)).keys()


async def test_an_old_slug_leads_to_its_record_for_ever(directory: Database) -> None:
    one, two = ident("organisation", 1), ident("organisation", 2)
    await put(directory, make_organisation(1, slug="old"))
    await put(directory, make_organisation(1, slug="new"))
    await put(directory, make_organisation(1, name=words("Cits nosaukums")))
    found = await slugs(directory)
    assert (found["old"], found["new"]) == (one, one)
    rows = await directory.fetch('SELECT slug FROM slug WHERE record_id = ? AND "current"', one)
    assert [row["slug"] for row in rows] == ["new"]

    for taken in ("old", "new"):
        assert await refused(directory, make_organisation(2, slug=taken)) == [("taken", (0, "slug"))]
    swap = [make_organisation(1, slug=f"biedriba-{2}"), make_organisation(2, slug="old")]
    assert set(await refused(directory, *swap)) == {("taken", (0, "slug")), ("taken", (1, "slug"))}
    await put(directory, make_project(1, slug="old"))

    await put(directory, make_organisation(1, slug="old"))
    rows = await directory.fetch('SELECT slug FROM slug WHERE record_id = ? AND "current"', one)
    assert [row["slug"] for row in rows] == ["old"]
    assert (await slugs(directory))["biedriba-2"] == two
