"""Metrics: what Prometheus reads, and that nobody can make it grow."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from service import metrics
from service.catalogue import types
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.editing.revisions import publish, withdraw
from service.metrics import Metrics
from tests.catalogue.loading import AUTHOR, filled
from tests.factories import everything, ident, make_organisation, words
from tests.serving import eventually, ready, this_process

Labels = frozenset[tuple[str, str]]
Figures = dict[tuple[str, Labels], float]


def parsed(text: str) -> Figures:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def figures_of(client: httpx2.AsyncClient) -> Figures:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return parsed(answer.text)


def value(figures: Figures, name: str, **labels: str) -> float:
    return figures[name, frozenset(labels.items())]


def requests(figures: Figures) -> dict[tuple[str, str, str], float]:
    found = {}
    for (name, labels), count in figures.items():
        if name == "kopa_requests_total":
            said = dict(labels)
            found[said["route"], said["method"], said["status"]] = count
    return found


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    async with Database(sqlite_url) as opened:
        await filled(opened, everything())
        yield opened


@pytest.fixture
async def served(database: Database) -> AsyncIterator[tuple[Starlette, httpx2.AsyncClient]]:
    async with ready(database.url) as both:
        yield both


async def test_requests_are_counted_by_route_method_and_status(served: tuple[Starlette, httpx2.AsyncClient]) -> None:
    _, client = served
    before = requests(await figures_of(client))
    for _ in range(3):
        await client.post("/graphql", json={"query": "{ __typename }"})
    await client.post("/graphql", json={"query": "{"})
    await client.get("/graphql", params={"query": "{ __typename }"})
    await client.delete("/graphql")
    await client.head("/changes")
    await client.get("/changes", params={"after": "x"})
    await client.get("/")
    figures = await figures_of(client)
    after = requests(figures)
    assert {key: n - before.get(key, 0) for key, n in after.items() if n != before.get(key)} == {
        ("/graphql", "POST", "200"): 3,
        ("/graphql", "POST", "400"): 1,
        ("/graphql", "GET", "200"): 1,
        ("/graphql", "DELETE", "405"): 1,
        ("/changes", "HEAD", "200"): 1,
        ("/changes", "GET", "400"): 1,
        ("/", "GET", "200"): 1,
        ("/metrics", "GET", "200"): 1,
    }
    assert value(figures, "kopa_request_seconds_count", route="/graphql") == 6
    assert value(figures, "kopa_request_seconds_bucket", route="/graphql", le="+Inf") == 6
    assert 0 < value(figures, "kopa_request_seconds_sum", route="/graphql") < 600


async def test_nobody_can_make_the_figures_grow(served: tuple[Starlette, httpx2.AsyncClient]) -> None:
    _, client = served
    await client.get("/nothing")
    await client.request("BREW", "/nothing")
    await figures_of(client)
    before = (await figures_of(client)).keys()
    for n in range(50):
        await client.get(f"/nothing/{n}", params={"n": str(n)}, headers={"x-request-id": f"id-{n:08}"})
        await client.request(f"BREW{n}", f"/nothing/{n}")
    figures = await figures_of(client)
    assert figures.keys() == before
    assert requests(figures)["other", "GET", "404"] == 51
    assert requests(figures)["other", "other", "404"] == 51


async def test_the_catalogue_in_figures(database: Database, served: tuple[Starlette, httpx2.AsyncClient]) -> None:
    app, client = served
    catalogue: Catalogue = app.state.follower.current

    async def agree(seq: int) -> None:
        await eventually(lambda: app.state.follower.seq >= seq)
        figures = await figures_of(client)
        for noun in types.NOUNS:
            rows = await database.fetch("SELECT count(*) AS n FROM record WHERE noun = ? AND state = 'published'", noun)
            assert value(figures, "kopa_catalogue_records", noun=noun) == len(catalogue.of(noun)) == rows[0]["n"]
        assert value(figures, "kopa_applied_seq") == seq
        assert value(figures, "kopa_ready") == 1

    [clock] = await database.fetch("SELECT seq FROM change_clock")
    await agree(clock["seq"])
    await agree(await publish(database, [make_organisation("new")], author=AUTHOR))
    assert 0 <= value(await figures_of(client), "kopa_apply_lag_seconds") < 60
    await agree(await publish(database, [make_organisation("new", name=words("Citādi"))], author=AUTHOR))
    await agree(await withdraw(database, [ident("organisation", "new")], author=AUTHOR))


async def test_while_there_is_no_catalogue(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, load = asyncio.Event(), Catalogue.load

    async def waiting(*given: Any) -> Catalogue:
        await gate.wait()
        return await load(*given)

    monkeypatch.setattr(Catalogue, "load", waiting)
    async with this_process(database.url) as (app, client):
        figures = await figures_of(client)
        assert value(figures, "kopa_ready") == 0
        assert not [labels for name, labels in figures if name == "kopa_catalogue_records"]
        gate.set()
        await eventually(lambda: app.state.follower.catalogue is not None)
        assert value(await figures_of(client), "kopa_ready") == 1
        gate.clear()
        app.state.follower.catalogue = None
        figures = await figures_of(client)
        assert value(figures, "kopa_ready") == 0
        assert not [labels for name, labels in figures if name == "kopa_catalogue_records"], "those of before are gone"


async def test_the_lag_is_that_of_the_newest_change(
    database: Database, served: tuple[Starlette, httpx2.AsyncClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, client = served
    follower, gate = app.state.follower, asyncio.Event()
    follow = type(follower)._follow

    async def waiting(self: Any, catalogue: Catalogue) -> bool:
        await gate.wait()
        return bool(await follow(self, catalogue))

    monkeypatch.setattr(type(follower), "_follow", waiting)
    await asyncio.sleep(0.3)  # it may just be looking
    seq = await publish(database, [make_organisation("new")], author=AUTHOR)
    await asyncio.sleep(0.5)
    assert value(await figures_of(client), "kopa_database_silence_seconds") >= 0.5
    gate.set()
    await eventually(lambda: follower.seq >= seq)
    assert 0.5 <= value(await figures_of(client), "kopa_apply_lag_seconds") < 60


async def test_how_late_the_loop_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "LOOKS_EVERY", 0.01)
    figures = Metrics()
    watching = asyncio.create_task(figures.watch_loop())
    await asyncio.sleep(0.05)
    time.sleep(0.3)  # noqa: ASYNC251
    await asyncio.sleep(0.05)
    watching.cancel()
    shown = parsed(figures.shown({}, None, 0.0, 0.0).decode())
    assert 0.25 < value(shown, "kopa_loop_delay_seconds") < 30
    shown = parsed(figures.shown({}, None, 0.0, 0.0).decode())
    assert value(shown, "kopa_loop_delay_seconds") == 0, "the worst since the last reading"
