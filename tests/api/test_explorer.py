"""The explorer page: who gets it, in which language, and that what it offers works."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from graphql import parse, validate
from starlette.requests import Request
from starlette.types import Scope

from service.api.explorer import wants_page
from service.api.explorer.examples import EXAMPLES, WORDS, audiences
from service.api.explorer.page import language_of, shown
from service.api.schema import schema
from service.app import create_app
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.search.index import Search
from service.settings import Settings
from tests.catalogue.loading import settings
from tests.serving import this_process

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest_asyncio.fixture
async def client(sqlite_url: str) -> AsyncIterator[httpx2.AsyncClient]:
    async with this_process(sqlite_url) as (_, client):
        yield client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def catalogue(starter_url: str) -> Catalogue:
    async with Database(starter_url) as database:
        return (await Search.of(await Catalogue.load(database, Settings.from_env({})))).catalogue


def request(accept: str, method: str = "GET", query: str = "", language: str = "") -> Scope:
    headers = [(b"accept", accept.encode()), (b"accept-language", language.encode())]
    return {"type": "http", "method": method, "query_string": query.encode(), "headers": headers, "path": "/graphql"}


@pytest.mark.parametrize(
    "scope",
    [request(FIREFOX), request(FIREFOX, "HEAD"), request("text/html"), request(FIREFOX, query="query=%7Ba%7D&lang=en")],
)
def test_a_browser_gets_the_page(scope: Scope) -> None:
    assert wants_page(scope)


@pytest.mark.parametrize(
    "scope",
    [
        request("*/*"),
        request(""),
        request("application/json"),
        request("application/json, text/html"),
        request("text/html;q=0.5, application/graphql-response+json"),
        request("text/html;q=0"),
        request(FIREFOX, "POST"),
        request(FIREFOX, query="documentId=sha256:00"),
        {**request(FIREFOX), "type": "websocket"},
    ],
)
def test_a_program_gets_an_answer(scope: Scope) -> None:
    assert not wants_page(scope)


@pytest.mark.parametrize(
    ("liked", "query", "language"),
    [
        ("lv-LV,lv;q=0.9,en;q=0.8", "", "lv"),
        ("en-GB,en;q=0.9,lv;q=0.1", "", "en"),
        ("ru,de;q=0.7", "", "lv"),
        ("", "", "lv"),
        ("lv", "lang=en", "en"),
        ("en", "lang=xx", "en"),
    ],
)
def test_the_page_speaks_the_language_asked_for(liked: str, query: str, language: str) -> None:
    assert language_of(Request(request(FIREFOX, query=query, language=liked))) == language


async def test_the_page_allows_itself_nothing_from_elsewhere(client: httpx2.AsyncClient) -> None:
    found = await client.get("/graphql", headers={"Accept": FIREFOX, "Accept-Language": "en"})
    assert (found.status_code, found.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert found.headers["Content-Language"] == "en"
    assert set(found.headers["Vary"].split(", ")) >= {"Accept", "Accept-Language"}
    assert found.headers["Content-Security-Policy"] == (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Referrer-Policy"] == "no-referrer"
    assert re.findall(r"(?:href|src)=\"(?:https?:)?//", found.text) == []
    assert re.findall(r"<style|style=|\son[a-z]+=", found.text) == []


async def test_what_the_page_loads_is_kept_for_good(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/graphql", headers={"Accept": FIREFOX})).text
    addresses = re.findall(r"/graphql/explorer/[^\"]+", page)
    assert [address.rpartition(".")[2] for address in addresses] == ["svg", "css", "js"]
    for address in addresses:
        packed = await client.get(address, headers={"Accept-Encoding": "gzip"})
        plain = await client.get(address, headers={"Accept-Encoding": "identity"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert packed.content == plain.content
        assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert packed.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["explorer.0000000000000000.js", "page.html", "..%2Fpage.html"])
async def test_nothing_else_is_served_beside_it(client: httpx2.AsyncClient, name: str) -> None:
    assert (await client.get(f"/graphql/explorer/{name}")).status_code == 404


async def test_the_hardened_profile_has_no_explorer(sqlite_url: str) -> None:
    app = create_app(settings(database_url=sqlite_url, graphql_profile="hardened"))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1") as client:
        found = await client.get("/graphql", headers={"Accept": FIREFOX})
    assert not found.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("language", WORDS)
def test_the_script_can_read_what_it_is_given(language: str) -> None:
    given = re.findall(r'<script type="application/json" id="page">(.*?)</script>', shown(language))
    assert json.loads(given[0])["audiences"] == audiences(language)


def test_every_language_has_every_word() -> None:
    assert all(words.keys() == WORDS["lv"].keys() for words in WORDS.values())
    assert all(words["audiences"].keys() == WORDS["lv"]["audiences"].keys() for words in WORDS.values())
    assert all(example[text].keys() == WORDS.keys() for example in EXAMPLES for text in ("title", "note"))
    assert {example["for"] for example in EXAMPLES} == WORDS["lv"]["audiences"].keys()


def offered() -> Iterator[Any]:
    for language in WORDS:
        for audience in audiences(language):
            for example in audience["examples"]:
                yield pytest.param(example, id=f"{language}: {example['title']}")


@pytest.mark.parametrize("example", list(offered()))
async def test_every_example_has_an_answer(catalogue: Catalogue, example: dict[str, str]) -> None:
    assert validate(schema._schema, parse(example["query"])) == []
    result = await schema.execute(example["query"], json.loads(example["variables"]), root_value=catalogue)
    assert result.errors is None
    assert result.data is not None
    assert all(holds_something(value) for value in result.data.values())


def holds_something(value: Any) -> bool:
    """Whether an answer tells more than that there is nothing."""
    return value is not None and value != {"totalCount": 0, "nodes": []}
