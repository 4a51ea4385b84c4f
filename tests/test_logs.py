"""Logs: one JSON object a line, with the id of the request, and nothing of what somebody looked for."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import re
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from service import logs
from service.catalogue.organisation import Organisation
from service.database import Database
from service.logs import Lines, network_of, new_request_id, request_id
from tests.catalogue.loading import filled
from tests.factories import a_source, ident, make_organisation
from tests.serving import another_process, eventually, ready

Line = dict[str, Any]
SECRET = "ko-kads-mekle"
QUERY = f'query Meklets {{ organisation(by: {{slug: "{SECRET}"}}) {{ name }} }}'


@pytest.fixture
def told() -> Iterator[Callable[[], list[Line]]]:
    """What is logged from now on, configured as the server does; afterwards everything is as it was."""
    root, stream = logging.getLogger(), io.StringIO()
    names = ("uvicorn", "aiosqlite", "tortoise", "httpx2", "httpcore2")
    before = root.handlers[:], root.level, [logging.getLogger(name).level for name in names]
    try:
        logs.configure("info")
        for name in names[3:]:  # the client of these tests tells what it asks
            logging.getLogger(name).setLevel("WARNING")
        [handler] = root.handlers
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)

        def lines() -> list[Line]:
            handler.flush()
            return [json.loads(line) for line in stream.getvalue().splitlines()]

        yield lines
    finally:
        logging.captureWarnings(capture=False)
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        for name, level in zip(names, before[2], strict=True):
            logging.getLogger(name).setLevel(level)


@asynccontextmanager
async def served(url: str) -> AsyncIterator[tuple[Starlette, httpx2.AsyncClient]]:
    async with Database(url) as database:
        await filled(database, [a_source(), make_organisation()])
    async with ready(url) as (app, client):
        yield app, client


def record(message: object, *values: object, **extra: Any) -> logging.LogRecord:
    made = logging.LogRecord("kopa.test", logging.WARNING, "file.py", 1, message, values, None)
    vars(made).update(extra)
    return made


# Lines


def test_a_line_is_one_json_object() -> None:
    line = json.loads(Lines().format(record("Vārdi %s", "un\nrinda", seq=5, taskName="x")))
    assert {**line, "at": ""} == {
        "at": "",
        "level": "warning",
        "logger": "kopa.test",
        "pid": os.getpid(),
        "message": "Vārdi un\nrinda",
        "seq": 5,
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["at"])


@pytest.mark.parametrize(
    "odd", ["\ud800", 2**70, {1: 2}, {(1,): 2}, {"x"}, b"\xff", float("nan"), object(), Path("/"), "\u2028", "\0"]
)
def test_whatever_is_told_stays_one_line_of_json(odd: object) -> None:
    text = Lines().format(record("%s", odd, more=odd))
    assert len(text.splitlines()) == 1 or "\u2028" in text
    assert "\n" not in text
    assert {"at", "level", "logger", "message", "more"} <= json.loads(text).keys()


def test_a_traceback_is_a_field_of_its_line() -> None:
    try:
        raise ValueError("kāpēc \ud800")
    except ValueError as error:
        made = record("It failed.")
        made.exc_info = (ValueError, error, error.__traceback__)
    line = json.loads(Lines().format(made))
    assert line["message"] == "It failed."
    assert line["traceback"].startswith("Traceback (most recent call last)")
    assert "ValueError: kāpēc" in line["traceback"]


def test_the_id_of_the_request_is_told_while_it_is_answered() -> None:
    assert "request_id" not in json.loads(Lines().format(record("x")))
    token = request_id.set("abc-12345")
    try:
        assert json.loads(Lines().format(record("x")))["request_id"] == "abc-12345"
    finally:
        request_id.reset(token)


@pytest.mark.parametrize("given", ["abcdefgh", "A.b_c-12", "0" * 64, "4bf92f3577b34da6a3ce929d0e0e4736"])
def test_what_looks_like_an_id_is_kept(given: str) -> None:
    assert new_request_id(given.encode()) == given


@pytest.mark.parametrize(
    "given", [None, "", "short", "0" * 65, "has space", "new\nline12", "abcdefgh\n", '{"a":"bcd"}', "garumzīmes"]
)
def test_what_does_not_is_replaced(given: str | None) -> None:
    said = None if given is None else given.encode()
    made = new_request_id(said)
    assert re.fullmatch("[0-9a-f]{32}", made)
    assert new_request_id(said) != made


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("testclient", None),
        ("192.0.2.77:80", None),
        ("", None),
        (None, None),
    ],
)
def test_of_an_address_only_the_network_is_told(host: str | None, network: str | None) -> None:
    assert network_of(host) == network


def test_levels(told: Callable[[], list[Line]]) -> None:
    for level, expected in (("debug", 4), ("info", 4), ("warning", 3), ("error", 2)):
        names = ("kopa.x", "uvicorn.error", "aiosqlite", "tortoise.db_client")
        stream = logging.getLogger().handlers[0].stream  # type: ignore[attr-defined]
        logs.configure(level)
        logging.getLogger().handlers[0].setStream(stream)  # type: ignore[attr-defined]
        before = len(told())
        for name in names:
            for severity in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
                logging.getLogger(name).log(severity, "said")
        lines = told()[before:]
        by_name = {name: [line["level"] for line in lines if line["logger"] == name] for name in names}
        assert by_name["kopa.x"] == ["debug", "info", "warning", "error", "critical"][-expected - (level == "debug") :]
        # What would tell statements and addresses stays silent at every level.
        assert by_name["uvicorn.error"] == ["warning", "error", "critical"][-min(expected, 3) :]
        assert "debug" not in by_name["aiosqlite"] + by_name["tortoise.db_client"]
        assert len(by_name["aiosqlite"]) == expected


def test_warnings_are_lines_too(told: Callable[[], list[Line]]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("this is old", DeprecationWarning, stacklevel=1)
    [line] = told()
    assert (line["level"], line["logger"]) == ("warning", "py.warnings")
    assert "this is old" in line["message"]


# Requests


async def test_each_request_has_an_id_that_its_lines_carry(
    sqlite_url: str, told: Callable[[], list[Line]], monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Organisation.shown_identifiers.fget  # type: ignore[attr-defined]

    def telling(self: Organisation) -> Any:
        logging.getLogger("kopa.test").info("said while answering")
        return inner(self)

    monkeypatch.setattr(Organisation, "shown_identifiers", property(telling))
    async with served(sqlite_url) as (_, client):
        given = [f"request-{n:04}" for n in range(20)]
        # Each asks something else, for what an object has told is remembered.
        queries = [f"{{ organisations {{ nodes {{ a{n}: identifiers {{ totalCount }} }} }} }}" for n in range(20)]
        answers = await asyncio.gather(
            *(
                client.post("/graphql", json={"query": query}, headers={"x-request-id": id})
                for id, query in zip(given, queries, strict=True)
            )
        )
        assert [answer.headers.get_list("x-request-id") for answer in answers] == [[id] for id in given]
        for id in given:
            mine = [line for line in told() if line.get("request_id") == id]
            assert [line["message"] for line in mine] == ["said while answering", "answered"]
        fresh = {(await client.get(path)).headers["x-request-id"] for path in ("/", "/nothing", "/changes?after=x")}
        assert len(fresh) == 3
        refused = await client.get("/", headers={"x-request-id": "<script>alert(1)</script>"})
        assert re.fullmatch("[0-9a-f]{32}", refused.headers["x-request-id"])
    assert "<script>" not in json.dumps(told())
    assert [line for line in told() if "request_id" not in line and line["logger"] == "kopa.requests"] == []


async def test_a_line_tells_how_it_was_answered(sqlite_url: str, told: Callable[[], list[Line]]) -> None:
    async with served(sqlite_url) as (_, client):
        await client.get("/nothing/here")
        line = told()[-1]
    assert line.pop("ms") >= 0
    names = ("method", "route", "status", "network", "level", "message")
    assert [line[name] for name in names] == ["GET", "other", 404, "127.0.0.0/24", "info", "answered"]


async def test_health_checks_are_quiet_while_all_is_well(sqlite_url: str, told: Callable[[], list[Line]]) -> None:
    async with served(sqlite_url) as (app, client):
        before = len(told())
        for path in ("/healthz", "/readyz", "/metrics"):
            assert (await client.get(path)).status_code == 200
        assert told()[before:] == []
        app.state.follower.catalogue = None
        assert (await client.get("/readyz")).status_code == 503
        [line] = [line for line in told()[before:] if line["message"] == "answered"]
        assert (line["route"], line["status"]) == ("/readyz", 503)


async def test_nothing_of_what_was_asked_is_told(sqlite_url: str, told: Callable[[], list[Line]]) -> None:
    """Neither when it goes well, nor when the client is mistaken."""
    async with served(sqlite_url) as (_, client):
        logging.getLogger().setLevel("DEBUG")
        id = ident("organisation")
        variables = {"query": "query ($id: ID!) { node(id: $id) { id } }", "variables": {"id": SECRET}}
        requests = [
            client.post("/graphql", json={"query": QUERY}),
            client.post("/graphql", json={"query": f"{{ {SECRET} }}"}),
            client.post("/graphql", json={"query": f'{{ nodes(ids: ["{SECRET}"] }}'}),
            client.post("/graphql", json=variables),
            client.post("/graphql", json={"query": "{ __typename }", "variables": {SECRET: SECRET}}),
            client.post("/graphql", content=f"{SECRET}", headers={"content-type": "application/json"}),
            client.get("/graphql", params={"query": QUERY}),
            client.get("/graphql", params={SECRET: id}),
            client.get(f"/{SECRET}", params={"q": SECRET}),
            client.get("/changes", params={"after": SECRET}),
            client.request(SECRET.upper(), "/"),
            client.get("/", headers={"referer": SECRET, "user-agent": SECRET, "cookie": f"kopa_seq={SECRET}"}),
            client.get("/", headers={"x-forwarded-for": "198.51.100.77"}),
        ]
        await asyncio.gather(*requests)
        said = json.dumps(told()).lower()
    assert said.count('"answered"') >= len(requests)
    for forbidden in (SECRET, id, "meklets", "127.0.0.1", "198.51.100.77", "?"):
        assert forbidden not in said, forbidden


async def test_what_goes_wrong_is_one_line_with_its_traceback(
    sqlite_url: str, told: Callable[[], list[Line]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a field and elsewhere; the client gets an id to ask about, and no cause."""

    def broken(self: Any) -> Any:
        raise ValueError("the cause")

    async with served(sqlite_url) as (app, client):
        monkeypatch.setattr(Organisation, "shown_identifiers", property(broken))
        query = f'{{ organisations(filter: {{text: "{SECRET}"}}) {{ totalCount }} '
        query += f'organisation(by: {{id: "{ident("organisation")}"}}) {{ identifiers {{ totalCount }} }} }}'
        failed = await client.post("/graphql", json={"query": query}, headers={"x-request-id": "in-a-field"})
        assert failed.status_code == 200
        monkeypatch.setattr(type(app.state.follower), "current", property(broken))
        broke = await client.get("/changes", headers={"x-request-id": "elsewhere"})
    assert broke.status_code == 500
    assert broke.headers["x-request-id"] == "elsewhere"
    message = "Something went wrong on our side."
    assert broke.json() == {"errors": [{"message": message, "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}
    for id, level in (("in-a-field", 200), ("elsewhere", 500)):
        error, answered = [line for line in told() if line.get("request_id") == id]
        assert (error["level"], answered["level"], answered["status"]) == ("error", "info", level)
        assert error["traceback"].rstrip().endswith("ValueError: the cause")
    assert SECRET not in json.dumps(told())


async def test_a_client_that_goes_away_is_no_error(sqlite_url: str, told: Callable[[], list[Line]]) -> None:
    async with served(sqlite_url) as (app, _):
        messages = iter([{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])

        async def receive() -> Any:
            return next(messages)

        async def send(message: Any) -> None:
            raise AssertionError("nobody is there")

        scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "http_version": "1.1"}
        headers = [(b"content-type", b"application/json")]
        await app({**scope, "headers": headers, "client": None, "server": None, "scheme": "http"}, receive, send)
    [line] = [line for line in told() if line["message"] == "answered" and line["route"] == "/graphql"]
    assert (line["status"], line["network"]) == (499, None)
    assert [line for line in told() if line["level"] == "error"] == []


# A real process


async def test_every_line_of_a_real_process(sqlite_url: str, tmp_path: Path) -> None:
    """Also what the web server says itself, at the most talkative level."""
    async with Database(sqlite_url) as database:
        await filled(database, [a_source(), make_organisation()])
    async with another_process(sqlite_url, tmp_path, KOPA_LOG_LEVEL="debug") as served:
        host, port = served.client.base_url.host, served.client.base_url.port
        assert port is not None
        await served.client.post("/graphql", json={"query": QUERY})
        upgrade = {"upgrade": "websocket", "connection": "upgrade", "sec-websocket-version": "13"}
        upgrade |= {"sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ=="}
        await served.client.get("/graphql", params={"query": QUERY}, headers=upgrade)
        for nonsense in (f"{SECRET}\r\n\r\n", f"GET /{SECRET} HTTP/9\r\n\r\n", f"BREW /{SECRET} HTTP/1.1\r\n\r\n"):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(nonsense.encode())
            await writer.drain()
            writer.write_eof()
            await reader.read()
            writer.close()
        await _go_away_in_the_middle(host, port)
        await eventually(lambda: 499 in {line.get("status") for line in served.lines()})
        assert await served.stop() == 0
        lines = served.lines()
    assert {line["level"] for line in lines} <= {"debug", "info", "warning"}
    assert SECRET not in served.log.read_text()
    assert "127.0.0.1" not in json.dumps(lines)
    assert all({"at", "level", "logger", "message"} <= line.keys() for line in lines)


async def _go_away_in_the_middle(host: str, port: int) -> None:
    _, writer = await asyncio.open_connection(host, port)
    head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"
    writer.write(head.encode())
    await writer.drain()
    await asyncio.sleep(0.2)
    writer.close()
