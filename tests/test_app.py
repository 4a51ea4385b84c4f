"""The application over HTTP: every route, while it loads and after, and whatever a client may send."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from service.api.schema import sdl
from service.app import create_app
from service.catalogue.catalogue import Catalogue
from service.catalogue.organisation import Organisation
from service.database import Database
from service.errors import DatabaseError
from tests.catalogue.loading import filled, settings
from tests.factories import a_source, ident, make_link, make_organisation

LONGEST = 20
"""Seconds to wait for what comes in a moment."""


@pytest.fixture
def app(sqlite_url: str) -> Starlette:
    """The application on a small directory."""
    asyncio.run(_fill(sqlite_url))
    return create_app(settings(database_url=sqlite_url))


async def _fill(url: str) -> None:
    async with Database(url) as database:
        await filled(database, [a_source(), make_organisation(1), make_organisation(2), make_link()])


@contextmanager
def _open(app: Starlette) -> Iterator[TestClient]:
    """A client of the application as it starts."""
    with TestClient(app, raise_server_exceptions=False, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    """A client of the application when it is ready."""
    with _open(app) as opened:
        _wait(lambda: opened.get("/readyz").status_code == 200)
        yield opened


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.005)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Loading waits until what is given back is called."""
    gate = threading.Event()
    load = Catalogue.load

    async def waiting(*given: Any) -> Catalogue:
        await _until(gate.is_set)
        return await load(*given)

    monkeypatch.setattr(Catalogue, "load", waiting)
    return gate.set


def test_it_answers_at_once_and_is_ready_when_it_has_loaded(app: Starlette, held: Callable[[], None]) -> None:
    with _open(app) as client:
        assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 503)
        assert client.get("/readyz").json() == {"status": "loading"}
        for answer in (client.post("/graphql", json={"query": "{__typename}"}), client.get("/graphql?query={a}")):
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "2"
            assert answer.json()["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}
        waiting = client.get("/")
        assert (waiting.status_code, "retry-after" in waiting.headers) == (503, True)
        assert client.get("/schema.graphql").text == sdl()
        held()
        _wait(lambda: client.get("/readyz").status_code == 200)
        assert client.get("/readyz").json() == {"status": "ready"}
        assert client.get("/healthz").json() == {"status": "alive"}
        assert client.post("/graphql", json={"query": "{__typename}"}).status_code == 200


def test_it_stops_while_it_loads(app: Starlette, held: Callable[[], None]) -> None:
    with _open(app) as client:
        assert client.get("/readyz").status_code == 503


def test_a_directory_that_cannot_be_read_stays_unready(
    app: Starlette, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(*_: Any) -> Catalogue:
        raise DatabaseError("It is gone.")

    monkeypatch.setattr(Catalogue, "load", failing)
    with _open(app) as client:
        _wait(lambda: "It is gone." in caplog.text)
        assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 503)
        assert client.get("/graphql?query={__typename}").status_code == 503


QUERY = "query ($id: ID!) { organisation(by: {id: $id}) { name cooperation { nodes { partner { name } } } } }"


def test_get_and_post_answer_the_same(client: TestClient) -> None:
    expected = {
        "data": {
            "organisation": {"name": "Biedrība 1", "cooperation": {"nodes": [{"partner": {"name": "Biedrība 2"}}]}}
        }
    }
    variables = {"id": ident("organisation")}
    posted = client.post("/graphql", json={"query": QUERY, "variables": variables})
    got = client.get("/graphql", params={"query": QUERY, "variables": f'{{"id": "{variables["id"]}"}}'})
    for answer in (posted, got):
        assert (answer.status_code, answer.json()["data"]) == (200, expected["data"])
        assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_one_of_several_operations(client: TestClient) -> None:
    body = {"query": "query A { __typename } query B { directory { licences } }", "operationName": "B"}
    assert client.post("/graphql", json=body).json()["data"] == {"directory": {"licences": []}}
    assert client.post("/graphql", json=body | {"operationName": "C"}).status_code == 400


DEEP = b"[" * 40_000 + b"]" * 40_000
BODIES = {
    "a number": b"5",
    "a string": b'"x"',
    "null": b"null",
    "true": b"true",
    "nothing": b"",
    "white space": b"  \n",
    "no UTF-8": b"\xff\xfe\xff",
    "UTF-8 cut off": b'{"query": "{__typename}\xc4',
    "deep lists": DEEP,
    "deep objects": b'{"a":' * 15_000 + b"1" + b"}" * 15_000,
    "deep variables": b'{"query":"{__typename}","variables":{"a":' + DEEP + b"}}",
    "a batch": b'[{"query": "{__typename}"}]',
    "an empty batch": b"[]",
    "an empty object": b"{}",
    "no query": b'{"variables": {}}',
    "query null": b'{"query": null}',
    "query empty": b'{"query": ""}',
    "query a number": b'{"query": 5}',
    "query a list": b'{"query": ["{__typename}"]}',
    "variables a number": b'{"query": "{__typename}", "variables": 5}',
    "variables a list": b'{"query": "{__typename}", "variables": [1]}',
    "variables a string": b'{"query": "{__typename}", "variables": "{}"}',
    "operation a number": b'{"query": "{__typename}", "operationName": 5}',
    "operation unknown": b'{"query": "{__typename}", "operationName": "x"}',
    "extensions a number": b'{"query": "{__typename}", "extensions": 5}',
    "a lone surrogate": b'{"query": "{__typename}", "variables": {"a": "\\ud800"}}',
    "not JSON": b"{query: 1}",
    "NaN": b'{"query": "{__typename}", "variables": {"a": NaN}}',
    "twice": b'{"query": "{__typename}"}{"query": "{__typename}"}',
    "no GraphQL": b'{"query": "SELECT 1"}',
    "half a document": b'{"query": "{ organisations { nodes {"}',
    "no such field": b'{"query": "{ nothing }"}',
    "nested too deeply": b'{"query": "' + b"{a" * 20_000 + b"}" * 20_000 + b'"}',
    "deep values": b'{"query": "{organisations(filter:{region:' + b"[" * 20_000 + b"]" * 20_000 + b'}){x}}"}',
    "a NUL": b'{"query": "{\\u0000}"}',
    "named mutation": b'{"query": "mutation M { organisationUpdate(input: {}) { query { __typename } } }"}',
    "subscription": b'{"query": "subscription { __typename }"}',
    "missing variable": b'{"query": "query ($id: ID!) { node(id: $id) { id } }"}',
    "no number": b'{"query": "{ organisations(first: 99999999999) { totalCount } }"}',
}


@pytest.mark.parametrize("name", BODIES)
def test_mistakes_of_clients_are_told_in_json(client: TestClient, name: str) -> None:
    answer = client.post("/graphql", content=BODIES[name], headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert list(answer.json()) == ["errors"]
    assert answer.json()["errors"][0]["message"]
    assert "Something went wrong" not in answer.text


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/graphql", "multipart/form-data; boundary=x", "", "x"]
)
def test_a_body_that_is_not_said_to_be_json_is_refused(client: TestClient, content_type: str) -> None:
    answer = client.post("/graphql", content=b'{"query":"{__typename}"}', headers={"content-type": content_type})
    assert 400 <= answer.status_code < 500


GETS = {
    "": 400,
    "query=": 400,
    "query={__typename}": 200,
    "query=mutation{x}": 405,
    "query=subscription{x}": 400,
    "query={__typename}&variables=5": 400,
    "query={__typename}&variables=x": 400,
    "query={__typename}&variables=[]": 400,
    "query={__typename}&extensions=[": 400,
    "query={__typename}&operationName=x": 400,
    "query=%ff": 400,
    "query={node(id:%22%ff%00%22){id}}": 400,
    "query={node(id:%22%00%22){id}}": 200,
    "variables={}": 400,
}


@pytest.mark.parametrize("query", GETS)
def test_questions_in_the_address(client: TestClient, query: str) -> None:
    for accept in ("*/*", "application/graphql-response+json"):
        assert client.get(f"/graphql?{query}", headers={"accept": accept}).status_code == GETS[query]


def test_other_methods_are_refused_with_those_that_are_not(client: TestClient) -> None:
    for method in ("PUT", "DELETE", "PATCH", "BREW"):
        answer = client.request(method, "/graphql")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_large_body_is_refused(client: TestClient) -> None:
    filler = b" " * 100_000
    for content in (b'{"query":"{__typename}"}' + filler, _in_pieces(filler)):
        answer = client.post("/graphql", content=content, headers={"content-type": "application/json"})
        assert answer.status_code == 413
    nearly = b'{"query":"{__typename}"}' + filler[:99_900]
    answer = client.post("/graphql", content=nearly, headers={"content-type": "application/json"})
    assert answer.json()["data"] == {"__typename": "Query"}


def _in_pieces(filler: bytes) -> Iterator[bytes]:
    yield b'{"query":"{__typename}"}'
    yield filler


def test_what_goes_wrong_inside_is_logged_and_not_told(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Organisation) -> list[Any]:
        raise ValueError("the secret cause")

    monkeypatch.setattr(Organisation, "shown_identifiers", property(broken))
    query = "{ mine: organisations { nodes { identifiers { totalCount } } } directory { licences } }"
    answer = client.post("/graphql", json={"query": query})
    assert answer.status_code == 200
    assert answer.json()["data"] == {"mine": None, "directory": {"licences": []}}
    [error, *_] = answer.json()["errors"]
    assert error["message"] == "Something went wrong on our side."
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR", "id": answer.headers["x-request-id"]}
    assert error["path"][:2] == ["mine", "nodes"]
    assert "secret" not in answer.text
    assert "the secret cause" in caplog.text
    assert query not in caplog.text
    assert {record.levelno for record in caplog.records if record.name == "kopa.api"} == {logging.ERROR}


def test_mistakes_of_clients_are_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    for query in ("{", "{ nothing }", "{ organisations(first: 99999999999) { totalCount } }"):
        assert client.post("/graphql", json={"query": query}).status_code == 400
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_the_schema_as_text(client: TestClient) -> None:
    answer = client.get("/schema.graphql")
    assert (answer.status_code, answer.text) == (200, sdl())
    assert answer.headers["content-type"].startswith("text/plain")


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.languages: list[str | None] = []
        self.links: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag == "html":
            self.languages.append(dict(attrs).get("lang"))
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.inside, []).append(data.strip())


def test_there_is_nothing_elsewhere(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/nav", "/.env")] == [404, 404]


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONGEST):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@asynccontextmanager
async def _served(app: Starlette) -> AsyncIterator[str]:
    """The application behind a real server; its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="on"))
    serving = asyncio.create_task(server.serve())
    await _until(lambda: server.started)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


async def test_over_a_real_connection(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kopa.db"
    await _fill(url)
    app = create_app(settings(database_url=url))
    async with _served(app) as address, httpx2.AsyncClient(base_url=address) as client:
        await _until(lambda: app.state.follower.catalogue is not None)
        assert (await client.get("/readyz")).status_code == 200
        asked = {"query": QUERY, "variables": {"id": ident("organisation")}}
        answers = await asyncio.gather(*(client.post("/graphql", json=asked) for _ in range(20)))
        assert {answer.json()["data"]["organisation"]["name"] for answer in answers} == {"Biedrība 1"}
        headers = {"content-type": "application/json"}
        assert (await client.post("/graphql", content=b"5", headers=headers)).status_code == 400
        large = b'{"query":"' + b"x" * 100_001 + b'"}'
        assert (await client.post("/graphql", content=large, headers=headers)).status_code == 413
        assert (await client.get("/healthz")).status_code == 200
