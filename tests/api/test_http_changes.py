"""ETags while what is published changes."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import httpx2
import pytest

from service.catalogue.applying import Applying
from service.database import Database
from service.editing.revisions import publish
from tests.api.over_http import NAME, NAMED
from tests.catalogue.loading import AUTHOR, filled
from tests.factories import a_source, make_organisation, words
from tests.serving import eventually, ready


async def test_a_change_changes_the_tag(sqlite_url: str) -> None:
    async with Database(sqlite_url) as database:
        await filled(database, [a_source(), make_organisation(1, slug="biedriba-1")])
        async with ready(sqlite_url) as (app, client):
            address = "/graphql?" + urlencode({"query": NAME, "variables": json.dumps(NAMED)})
            before = await client.get(address)
            seq = await publish(database, [make_organisation(1, slug="biedriba-1", name=words("Cita"))], author=AUTHOR)
            await eventually(lambda: app.state.follower.seq >= seq)
            after = await client.get(address, headers={"if-none-match": before.headers["etag"]})
            assert after.status_code == 200
            assert after.json()["data"]["organisation"]["name"] == "Cita"
            assert after.headers["etag"] != before.headers["etag"]


async def test_in_the_middle_of_a_transaction_there_is_no_tag(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read then is neither the state of before nor that of after."""

    seen: list[httpx2.Response] = []
    async with Database(sqlite_url) as database:
        await filled(database, [a_source(), make_organisation(1, slug="biedriba-1")])
        async with ready(sqlite_url) as (app, client):
            address = "/graphql?" + urlencode({"query": NAME, "variables": json.dumps(NAMED)})
            tag = (await client.get(address)).headers["etag"]

            async def asking(_: Applying) -> None:
                seen.append(await client.get(address, headers={"if-none-match": tag}))

            monkeypatch.setattr(Applying, "_breathe", asking)
            seq = await publish(
                database, [make_organisation(1, slug="biedriba-1"), make_organisation(2)], author=AUTHOR
            )
            await eventually(lambda: app.state.follower.seq >= seq)
    assert seen
    for answer in seen:
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert "etag" not in answer.headers


async def test_what_is_read_from_the_database_has_a_tag_too(sqlite_url: str) -> None:
    async with Database(sqlite_url) as database:
        await filled(database, [a_source()])
    async with ready(sqlite_url) as (_, client):
        question = {"query": "{ changes { totalCount nodes { seq } } }"}
        answer = await client.get("/graphql", params=question)
        assert (answer.status_code, answer.json()["data"]["changes"]["totalCount"]) == (200, 1)
        headers = {"if-none-match": answer.headers["etag"]}
        again = await client.get(
            "/graphql", params={"query": "{ changes { totalCount nodes { seq } } }"}, headers=headers
        )
        assert again.status_code == 304
