"""The public changes feed: what was published, once and in order, and nothing else; and what a seq is for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime
from random import Random
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.api import feed
from service.api.feed import Place
from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import cursor
from service.catalogue.following import Follower
from service.catalogue.types import NOUN_OF
from service.database import Database
from service.editing.acts import Word, assure, confirm
from service.editing.revisions import Draft, publish, withdraw
from service.errors import NotReady
from service.migrations.runner import migrate
from service.models import Location
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from tests.catalogue.loading import AUTHOR, TODAY, filled, load, record_content
from tests.catalogue.world import World
from tests.factories import (
    a_source,
    ident,
    make_link,
    make_location,
    make_need,
    make_organisation,
    make_region,
    make_taxonomy,
    make_term,
    words,
)
from tests.serving import eventually, ready

Line = dict[str, Any]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as opened:
        await filled(opened, [a_source(), make_organisation(1), make_organisation(2), make_link()])
        yield opened


@pytest.fixture
async def directory(sqlite_url: str) -> AsyncIterator[Database]:
    """The same, for what does not depend on the engine."""
    async with Database(sqlite_url) as opened:
        await filled(opened, [a_source(), make_organisation(1), make_organisation(2), make_link()])
        yield opened


@asynccontextmanager
async def client_of(database: Database) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the application, when it holds all there is."""
    async with ready(database.url) as (_, client):
        yield client


async def lines(client: httpx2.AsyncClient, after: str | None = None) -> list[Line]:
    answer = await client.get("/changes", params={"after": after} if after else {})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/jsonl"
    assert not answer.content or answer.content.endswith(b"\n")
    return [json.loads(line) for line in answer.text.splitlines()]


FIELDS = "totalCount edges { cursor node { seq noun id act at payload } } pageInfo { hasNextPage hasPreviousPage }"
CHANGES = f"query ($first: Int, $after: String) {{ changes(first: $first, after: $after) {{ {FIELDS} }} }}"


async def page(client: httpx2.AsyncClient, first: int | None = None, after: str | None = None) -> Any:
    answer = await client.post("/graphql", json={"query": CHANGES, "variables": {"first": first, "after": after}})
    assert answer.status_code == 200, answer.text
    assert "errors" not in answer.json(), answer.text
    return answer.json()["data"]["changes"]


# Replaying


class Mirror:
    """What somebody has who knows nothing but the feed."""

    def __init__(self, told: Iterable[Line]) -> None:
        self.records: dict[str, Line] = {}
        self.slugs: dict[tuple[str, str], str] = {}
        self.merged: dict[str, str] = {}
        for line in told:
            getattr(self, f"_{line['act']}")(line["id"], line)

    def _publish(self, id: str, line: Line) -> None:
        before = self.records.get(id)
        # Of a record that comes back, the line says what still stands of it.
        standing = before["standing"] if before else {name: line.get(name) for name in ("assured_on", "assured_by")}
        said = {word["side"]: _word(word) for word in line.get("confirmations", [])}
        words = before["words"] if before else said
        places = before["places"] if before else line.get("availability")
        dates = (line["version"], line["first_published_at"], line["last_modified"])
        self.records[id] = {"noun": line["noun"], "content": line["content"], "dates": dates}
        self.records[id] |= {"standing": standing, "words": words, "places": places}
        if "slug" in line["content"]:
            self.slugs[line["noun"], line["content"]["slug"]] = id

    def _withdraw(self, id: str, line: Line) -> None:
        del self.records[id]

    def _merge(self, id: str, line: Line) -> None:
        del self.records[id]
        self.merged[id] = line["into"]

    def _assure(self, id: str, line: Line) -> None:
        self.records[id]["standing"] = {name: line[name] for name in ("assured_on", "assured_by")}

    def _confirm(self, id: str, line: Line) -> None:
        self.records[id]["words"][line["side"]] = _word(line)

    def _availability(self, id: str, line: Line) -> None:
        self.records[id]["places"] = line

    def leading(self, id: str) -> str:
        return self.leading(self.merged[id]) if id in self.merged else id

    def shown(self) -> dict[str, Any]:
        """What is published, as `shown_by` says it of a catalogue."""
        found: dict[str, Any] = {
            id: {
                "noun": record["noun"],
                "content": record["content"],
                "dates": record["dates"],
                "standing": tuple(record["standing"].values()),
                "words": sorted(record["words"].values()),
                "places": _places(record["places"]),
            }
            for id, record in self.records.items()
        }
        slugs = {name: self.leading(id) for name, id in self.slugs.items()}
        return found | {"slugs": {name: id for name, id in slugs.items() if id in self.records}}


def _word(said: Line) -> tuple[str, ...]:
    return said["side"], said["state"], said["on"], said["role"]


def _places(said: Line | None) -> Any:
    return said and (said["state"], said.get("free_places"), said.get("weeks_to_wait"), said["as_of"])


def shown_by(catalogue: Catalogue) -> dict[str, Any]:
    """What a catalogue shows of every record, as plain data."""
    found: dict[str, Any] = {record.id: _record(record) for record in catalogue.records.values()}
    return found | {"slugs": {name: record.id for name, record in catalogue.slugs.items()}}


def _record(record: Any) -> dict[str, Any]:
    noun = NOUN_OF[type(record)]
    on = record.assured_on.isoformat() if record.assured_on else None
    said = getattr(record, "last_availability", None)
    said_on = said and said.as_of.isoformat()
    return {
        "noun": noun,
        "content": record_content(record, noun),
        "dates": (record.version, record.first_published_at.isoformat(), record.last_modified.isoformat()),
        "standing": (on, record.assured_by),
        "words": sorted(
            (w.side.value, w.state.value, w.on.isoformat(), w.role.value)
            for w in (record.confirmations if noun == "cooperation_link" else [])
        ),
        "places": said and (said.state.value, said.free_places, said.weeks_to_wait, said_on),
    }


async def random_history(world: World, seed: int, steps: int) -> None:
    rng = Random(seed)
    for _ in range(steps):
        step = rng.choice((world.publish, world.publish, world.publish, world.withdraw, world.act, world.merge))
        await step(rng)


@settings(max_examples=8, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_replaying_the_feed_from_nothing_gives_what_is_published(tmp_path_factory: Any, seed: int) -> None:
    asyncio.run(_replayed(f"sqlite:///{tmp_path_factory.mktemp('replay')}/kopa.db", seed, 30))


async def test_replaying_on_postgres(postgres_url: str) -> None:
    await _replayed(postgres_url, 7, 60)


async def _replayed(url: str, seed: int, steps: int) -> None:
    async with Database(url) as database:
        await migrate(database)
        await random_history(World(database), seed, steps)
        catalogue = await load(database)
        told = [json.loads(line) async for some in feed._lines(catalogue, 0) for line in some.splitlines()]
        _compare(Mirror(told).shown(), shown_by(catalogue))


def _compare(mirrored: dict[str, Any], published: dict[str, Any]) -> None:
    assert mirrored.keys() == published.keys()
    for id, record in published.items():
        assert mirrored[id] == record, id


async def test_a_mirror_that_goes_on_from_its_last_cursor(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """In bits of any size, while more is published: each change once, and both surfaces say the same."""
    monkeypatch.setattr(feed, "BATCH", 3)
    world = World(database)
    told: list[Line] = []
    async with ready(database.url) as (app, client):
        for seed in range(4):
            await random_history(world, seed, 8)
            newest = (await database.fetch("SELECT seq FROM change_clock"))[0]["seq"]
            assert await app.state.follower.reached(newest, 60)
            told += await lines(client, told[-1]["cursor"] if told else None)
        assert [key_of(line["cursor"]) for line in told] == list(range(1, len(told) + 1))
        assert len(told) == app.state.follower.seq
        assert [_lasting(line) for line in told] == [_lasting(line) for line in await lines(client)]
        told = await lines(client)
        assert await lines(client, told[-1]["cursor"]) == []
        assert await lines(client, told[4]["cursor"]) == told[5:]
        _compare(Mirror(told).shown(), shown_by(app.state.follower.current))
        await _same_by_pages(client, told)


def _lasting(line: Line) -> Line:
    """A line without what a place takes back when it is withdrawn or becomes confidential."""
    if line["noun"] != "location" or line["act"] != "publish":
        return line
    return {**line, "content": {k: v for k, v in line["content"].items() if k not in Location.CONFIDENTIAL}}


def key_of(text: str) -> int:
    place = Place.of(text)
    assert place is not None
    return place.seq


async def _same_by_pages(client: httpx2.AsyncClient, told: list[Line]) -> None:
    after, edges = None, []
    while True:
        got = await page(client, 17, after)
        assert got["totalCount"] == len(told)
        assert got["pageInfo"]["hasPreviousPage"] == (after is not None)
        edges += got["edges"]
        assert got["pageInfo"]["hasNextPage"] == (len(edges) < len(told))
        if not got["pageInfo"]["hasNextPage"]:
            break
        after = got["edges"][-1]["cursor"]
    assert [edge["cursor"] for edge in edges] == [line["cursor"] for line in told]
    for edge, line in zip(edges, told, strict=True):
        node = edge["node"]
        assert (node["noun"], node["id"], node["act"].lower()) == (line["noun"], line["id"], line["act"])
        assert datetime.fromisoformat(node["at"]) == datetime.fromisoformat(line["at"])
        assert node["payload"].items() <= line.items()
        assert (node["payload"] == {}) == (line["act"] == "withdraw")
    assert (await page(client, 0))["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": False}


# Cursors


async def test_a_cursor_of_another_history_begins_anew_and_says_so(directory: Database) -> None:
    async with client_of(directory) as client:
        everything = await lines(client)
        other = str(Place("another", 2))
        answer = await client.get("/changes", params={"after": other})
        assert answer.headers["kopa-anew"] == "true"
        assert [json.loads(line) for line in answer.text.splitlines()] == everything
        for params in ({}, {"after": everything[0]["cursor"]}):
            assert (await client.get("/changes", params=params)).headers["kopa-anew"] == "false"
        got = await page(client, 2, other)
        assert [edge["cursor"] for edge in got["edges"]] == [line["cursor"] for line in everything[:2]]
        assert got["pageInfo"]["hasPreviousPage"] is False


async def test_what_is_no_cursor(database: Database) -> None:
    async with client_of(database) as client:
        epoch = (await database.fetch("SELECT epoch FROM change_clock"))[0]["epoch"]
        keys = ((epoch,), (epoch, "2"), (2, epoch), (epoch, 1.5), (epoch, -1), (epoch, 1, 2), ())
        for text in ("x", "ā", "%%%", "bnVsbA", "W10", "{}", "\ud7ff", "A" * 10_000, *map(cursor, keys)):
            answer = await client.get("/changes", params={"after": text})
            assert answer.status_code == 400, text
            assert answer.json()["errors"][0]["message"] == "`after` is no cursor of this feed."
            got = await page(client, 5, text)
            assert (got["edges"], got["pageInfo"]["hasNextPage"]) == ([], False)
        for seq in (4, 5, 2**31, 2**63, 2**64 - 1):
            beyond = cursor((epoch, seq))
            assert await lines(client, beyond) == []
            assert (await page(client, 5, beyond))["edges"] == []


async def test_methods(directory: Database) -> None:
    async with client_of(directory) as client:
        got, head = await client.get("/changes"), await client.head("/changes")
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "kopa-anew", "cache-control"):
            assert head.headers[name] == got.headers[name]
        assert (await client.head("/changes", params={"after": "x"})).status_code == 400
        for method in ("OPTIONS", "POST", "PUT", "DELETE"):
            answer = await client.request(method, "/changes")
            assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


async def test_a_restore_in_the_middle_of_the_feed(directory: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes from the new history never gets a cursor of the old one: the feed breaks off."""
    monkeypatch.setattr(feed, "BATCH", 2)
    catalogue = await load(directory)
    told = feed._lines(catalogue, 0)
    assert len((await anext(told)).splitlines()) == 2
    async with directory.transaction() as transaction:
        await transaction.execute("UPDATE change_clock SET epoch = 'another' WHERE id = 1")
    with pytest.raises(NotReady):
        await anext(told)


# Nothing confidential

SECRETS = ("Slepenā iela 7", "Slepenā māja", "LV-9999", "57.123", "24.321", "Sūdzība par pusi", "Slepenais ciems")


def place(**content: Any) -> Draft:
    said = {"address": "Slepenā iela 7", "name": words("Slepenā māja"), "postal_code": "LV-9999"}
    return make_location(1, **said, lat=57.123, lon=24.321, town=words("Slepenais ciems"), **content)


async def test_nothing_confidential_is_told(directory: Database) -> None:
    basics = [make_region(), make_region(2), make_taxonomy(), make_term()]
    needs = [make_need(n, waiting=n) for n in range(7)]
    await publish(directory, [*basics, place(confidential=True), *needs], author="Anna Paraugs")
    said = {"on": date(2026, 1, 1), "tie_level": 4, "note": "Sūdzība par pusi", "source": ident("source")}
    word = Word(Side.SIDE_A, ConfirmationState.DISPUTED, ConfirmationRole.EDITOR, **said)  # type: ignore[arg-type]
    await confirm(directory, ident("cooperation_link"), word, author="Anna Paraugs")
    await assure(directory, ident("organisation"), on=TODAY, role="editor", author="Anna Paraugs")
    async with client_of(directory) as client:
        told, pages = (await client.get("/changes")).text, json.dumps(await page(client, 100), ensure_ascii=False)
        assert "disputed" in told
        for text in (told, pages):
            assert "Anna Paraugs" not in text
            assert "tie_level" not in text
            assert "note" not in text
            assert [secret for secret in SECRETS if secret in text] == []
        numbers = [line["content"].get("waiting") for line in await lines(client) if line["noun"] == "need"]
        assert numbers == [0, None, None, None, None, 5, 6]


@pytest.mark.parametrize("afterwards", ["confidential", "withdrawn"])
async def test_a_place_that_becomes_confidential_takes_its_former_address_back(
    directory: Database, afterwards: str
) -> None:
    """It was public and stands in the log; from now on the feed does not tell it, whoever begins where."""
    public = make_location("public", address="Atklātā iela 1")
    await publish(directory, [make_region(), place(), public], author=AUTHOR)
    if afterwards == "confidential":
        await publish(directory, [place(confidential=True)], author=AUTHOR)
    else:
        await withdraw(directory, [ident("location")], author=AUTHOR)
    async with client_of(directory) as client:
        for text in ((await client.get("/changes")).text, json.dumps(await page(client, 100), ensure_ascii=False)):
            assert "Atklātā iela 1" in text
            assert [secret for secret in SECRETS if secret in text] == []
        told = await lines(client)
        assert next(line["act"] for line in told if line["id"] == ident("location")) == "publish"
        assert len(told) == 4 + 3 + 1


# A client that knows what it has seen

NAME = "query ($id: ID!) { organisation(by: {id: $id}) { name } }"


def question(**more: Any) -> dict[str, Any]:
    return {"query": NAME, "variables": {"id": ident("organisation")}, **more}


async def test_a_request_that_has_seen_a_change_waits_for_it(
    directory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the body, by the address or by the cookie; when it does not come in time, it is told to come back."""
    async with client_of(directory) as client:
        go_on = _hold_following(monkeypatch)
        seq = await publish(directory, [make_organisation(1, name=words("Jaunais vārds"))], author=AUTHOR)
        address = {"query": NAME, "variables": json.dumps(question()["variables"])}
        requests = [
            lambda: client.post("/graphql", json=question(extensions={"seq": seq})),
            lambda: client.post("/graphql", json=question(), headers={"cookie": f"kopa_seq={seq}"}),
            lambda: client.get("/graphql", params={**address, "extensions": json.dumps({"seq": seq})}),
        ]
        for answer in await asyncio.gather(*(request() for request in requests)):
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            assert answer.json()["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}
        assert "Biedrība 1" in (await client.post("/graphql", json=question())).text, "whoever has seen nothing"
        waiting = [asyncio.ensure_future(request()) for request in requests]
        await asyncio.sleep(0.05)
        go_on()
        for answer in await asyncio.gather(*waiting):
            if answer.status_code != 503:  # only a very slow machine lets two seconds pass here
                assert answer.json()["data"]["organisation"]["name"] == "Jaunais vārds"


def _hold_following(monkeypatch: pytest.MonkeyPatch) -> Any:
    gate, follow = asyncio.Event(), Follower._follow

    async def waiting(self: Follower, catalogue: Catalogue) -> bool:
        await gate.wait()
        return await follow(self, catalogue)

    monkeypatch.setattr(Follower, "_follow", waiting)
    return gate.set


async def test_garbage_is_ignored(database: Database) -> None:
    """Whatever is no number, and any number that no change has."""
    async with client_of(database) as client:
        expected = {"organisation": {"name": "Biedrība 1"}}
        seq: Any
        for seq in (None, True, "4", "x", [], {}, [4], 1.5, -1, 0, 4, 5, 2**40, 2**63, 1e300):
            answer = await client.post("/graphql", json=question(extensions={"seq": seq}))
            assert (answer.status_code, answer.json()["data"]) == (200, expected), seq
        for text in ("", "x", "-1", "1.5", "0x4", "9" * 500, "99", "%00", "٣", '"4"', "4 4"):
            headers = {b"cookie": f"kopa_seq={text}".encode()}
            answer = await client.post("/graphql", json=question(), headers=headers)
            assert (answer.status_code, answer.json()["data"]) == (200, expected), text


async def test_the_newer_of_two_counts(directory: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Garbage in one place does not hide what the other says."""
    seen: list[int] = []

    async def reached(self: Follower, seq: int) -> bool:
        seen.append(seq)
        return True

    monkeypatch.setattr(Follower, "reached", reached)
    async with client_of(directory) as client:
        for said, left in (("x", "3"), (2, "3"), (3, "2"), (3, "x"), (3, ""), (None, "3"), (True, "3")):
            headers = {"cookie": f"kopa_seq={left}"}
            await client.post("/graphql", json=question(extensions={"seq": said}), headers=headers)
    assert seen == [3] * 7


async def test_a_publish_is_there_for_whoever_says_its_seq(database: Database) -> None:
    async with client_of(database) as client:
        for n in range(20):
            seq = await publish(database, [make_organisation(1, name=words(f"Vārds {n}"))], author=AUTHOR)
            answer = await client.post("/graphql", json=question(extensions={"seq": seq}))
            assert answer.json()["data"]["organisation"]["name"] == f"Vārds {n}"


async def test_the_feed_waits_for_nothing(directory: Database) -> None:
    """It tells what the process holds, and whoever asks again gets the rest."""
    async with ready(directory.url) as (app, client):
        told = await lines(client)
        await publish(directory, [make_organisation("new")], author=AUTHOR)
        await eventually(lambda: app.state.follower.seq == 5)
        assert [line["id"] for line in await lines(client, told[-1]["cursor"])] == [ident("organisation", "new")]
