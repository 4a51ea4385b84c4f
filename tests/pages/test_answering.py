"""How pages are answered: what a reader has is not sent again, what moved is followed, what is not there is told."""

from __future__ import annotations

import pytest

from service.editing.duplicates import merge_organisations
from service.editing.revisions import withdraw
from tests.editing.observing import AUTHOR, put
from tests.factories import ident, make_organisation, words
from tests.pages.site import Site
from tests.serving import eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_the_reader_has_is_not_sent_again(full: Site) -> None:
    first = await full.get("/organizacijas/organisation-full")
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert "max-age=60" in first.headers["cache-control"]
    assert "set-cookie" not in first.headers
    again = await full.get("/organizacijas/organisation-full", **{"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for other in ("/en/organisations/organisation-full", "/organizacijas/organisation-full?page=2", "/"):
        assert (await full.get(other, **{"if-none-match": tag})).status_code == 200, other
    packed = await full.get("/organizacijas/organisation-full", **{"accept-encoding": "gzip"})
    assert packed.headers["etag"] != tag


async def test_what_another_was_sent_is_kept_as_it_was_until_something_is_published(full: Site) -> None:
    kept = full.app.state.pages
    path = "/organizacijas/organisation-full?kept=1"
    before = len(kept)
    first = await full.get(path)
    assert len(kept) == before + 1
    again = await full.get(path)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    packed = await full.get(path, **{"accept-encoding": "gzip"})
    assert (packed.text, packed.headers["content-encoding"]) == (first.text, "gzip")
    assert len(kept) == before + 2
    await full.get("/organizacijas/nekad")
    assert len(kept) == before + 2, "what is not there is not kept"
    await put(full.database, make_organisation("afterwards"))
    await _caught_up(full)
    await full.get(path)
    assert len(kept) == 1, "it may be another page now, and so may all the others"


async def test_a_browser_is_told_of_the_stylesheet_before_it_reads_the_page(full: Site) -> None:
    for path in ("/", "/organizacijas/organisation-full", "/nekas"):
        page = await full.get(path)
        address, *how = page.headers["link"].split("; ")
        assert how == ["rel=preload", "as=style"]
        assert f'<link rel="stylesheet" href="{address[1:-1]}">' in page.text, path


async def test_the_tag_changes_when_anything_is_published(full: Site) -> None:
    tag = (await full.get("/")).headers["etag"]
    seq = await put(full.database, make_organisation("later", name=words("Vēlāka")))
    assert await full.app.state.follower.reached(seq)
    assert (await full.get("/", **{"if-none-match": tag})).status_code == 200


async def test_renamed_and_merged_records_are_found_at_their_new_address(full: Site) -> None:
    await put(full.database, make_organisation("old", slug="vecais"), make_organisation("kept", slug="paliek"))
    await put(full.database, make_organisation("old", slug="jaunais"))
    await _caught_up(full)
    moved = await full.get("/en/organisations/vecais?page=2")
    assert (moved.status_code, moved.headers["location"]) == (301, "/en/organisations/jaunais?page=2")
    old, kept = ident("organisation", "old"), ident("organisation", "kept")
    await merge_organisations(full.database, old, kept, author=AUTHOR)
    await _caught_up(full)
    for name in ("vecais", "jaunais", old, kept.upper()):
        moved = await full.get(f"/organizacijas/{name}")
        assert (moved.status_code, moved.headers["location"]) == (301, "/organizacijas/paliek"), name


async def test_what_was_withdrawn_is_gone_and_what_never_was_is_missing(full: Site) -> None:
    await put(full.database, make_organisation("gone", slug="noiets"))
    await withdraw(full.database, [ident("organisation", "gone")], author=AUTHOR)
    await _caught_up(full)
    for path in ("/organizacijas/noiets", f"/en/organisations/{ident('organisation', 'gone')}"):
        gone = await full.get(path)
        assert gone.status_code == 410
        assert 'name="q"' in gone.text
    for path in ("/organizacijas/nekad", "/en/services/noiets", "/nekas", "/en/nothing", "/avoti/%00", "/vietas/x"):
        missing = await full.get(path)
        assert missing.status_code == 404, path
        assert 'name="q"' in missing.text
        assert "etag" not in missing.headers
    assert (await full.client.get("/nekas", headers={"accept": "application/json"})).text == "Not Found"


async def test_pages_wait_for_the_catalogue(full: Site) -> None:
    follower = full.app.state.follower
    catalogue, follower.catalogue = follower.catalogue, None
    try:
        for path in ("/", "/en/search?q=x", "/organizacijas/organisation-full"):
            waiting = await full.get(path)
            assert (waiting.status_code, waiting.headers["retry-after"]) == (503, "5")
            assert waiting.headers["cache-control"] == "no-store"
    finally:
        follower.catalogue = catalogue


async def test_nothing_else_may_be_loaded_and_nobody_frames_it(full: Site) -> None:
    policy = (await full.get("/")).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


async def _caught_up(site: Site) -> None:
    [clock] = await site.database.fetch("SELECT seq FROM change_clock")
    await eventually(lambda: site.app.state.follower.seq >= clock["seq"])
