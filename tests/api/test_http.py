"""GraphQL over HTTP: the draft's rules a row each, and that no bytes make the server fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from service.api import execution
from service.api.bodies import LARGEST
from service.catalogue.organisation import Organisation
from tests.api.hostile import Hostile, hostile
from tests.api.over_http import EXPECTED, GRAPHQL, JSON, NAME, NAMED, opened, shipped_id

METHODS = "GET, HEAD, POST, OPTIONS"
TYPED = {"content-type": JSON}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with opened(tmp_path_factory.mktemp("http"), rate_limit=0) as made:
        yield made


@dataclass(frozen=True)
class Row:
    """A request, and the status that the draft asks for it."""

    name: str
    status: int
    method: str = "POST"
    body: Any = None
    content: bytes | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str | bytes] = field(default_factory=dict)
    code: str | None = None

    def ask(self, client: TestClient) -> Any:
        headers = {"accept": GRAPHQL, **({} if self.method == "GET" else TYPED), **self.headers}
        content = self.content if self.content is not None else None if self.body is None else orjson.dumps(self.body)
        return client.request(self.method, "/graphql", content=content, params=self.parameters, headers=headers)


QUERY = {"query": NAME, "variables": NAMED}
GOOD = {"query": NAME, "variables": json.dumps(NAMED)}
TWO = "query A { __typename } query B { directory { licences } }"
MUTATION = "mutation M { __typename }"

ROWS = [
    Row("POST", 200, body=QUERY),
    Row("GET", 200, "GET", parameters=GOOD),
    Row("one of several operations", 200, body={"query": TWO, "operationName": "B"}),
    Row("members that are null", 200, body={**QUERY, "operationName": None, "extensions": None}),
    Row("members that nobody knows", 200, body={**QUERY, "more": 1}),
    Row("parameters that are empty", 200, "GET", parameters={**GOOD, "operationName": "", "extensions": ""}),
    Row("parameters that nobody knows", 200, "GET", parameters={**GOOD, "more": "1"}),
    Row("UTF-8 that is said to be so", 200, body=QUERY, headers={"content-type": "application/json; charset=UTF-8"}),
    Row("no media type", 415, content=b"{}", headers={"content-type": ""}, code="UNSUPPORTED_MEDIA_TYPE"),
    Row("text", 415, body=QUERY, headers={"content-type": "text/plain"}),
    Row("a form", 415, content=b"query={a}", headers={"content-type": "application/x-www-form-urlencoded"}),
    Row("several parts", 415, content=b"--x--", headers={"content-type": "multipart/form-data; boundary=x"}),
    Row("another encoding", 415, body=QUERY, headers={"content-type": "application/json; charset=latin-1"}),
    Row("a packed body", 415, body=QUERY, headers={"content-encoding": "gzip"}),
    Row("nothing we have is accepted", 406, body=QUERY, headers={"accept": "application/xml"}, code="NOT_ACCEPTABLE"),
    Row("ours is what is not accepted", 406, body=QUERY, headers={"accept": f"{GRAPHQL};q=0, {JSON};q=0"}),
    Row("nothing is accepted by GET", 406, "GET", parameters=GOOD, headers={"accept": "image/png"}),
    Row("PUT", 405, "PUT", body=QUERY, code="METHOD_NOT_ALLOWED"),
    Row("DELETE", 405, "DELETE"),
    Row("a mutation by GET", 405, "GET", parameters={"query": MUTATION}, code="METHOD_NOT_ALLOWED"),
    Row("a mutation among others by GET", 405, "GET", parameters={"query": TWO + MUTATION, "operationName": "M"}),
    Row("a large body", 413, content=b" " * (LARGEST + 1), code="PAYLOAD_TOO_LARGE"),
    Row("no body", 400, content=b"", code="BAD_REQUEST"),
    Row("no JSON", 400, content=b'{"query": '),
    Row("a number", 400, content=b"5"),
    Row("a string", 400, content=b'"x"'),
    Row("a list", 400, content=b'[{"query": "{__typename}"}]'),
    Row("no UTF-8", 400, content=b'{"query": "\xff"}'),
    Row("deep JSON", 400, content=b"[" * 45_000 + b"]" * 45_000),
    Row("deep variables", 400, content=b'{"query":"{a}","variables":{"a":' + b"[" * 300 + b"]" * 300 + b"}}"),
    Row("no query", 400, body={"qeury": "{__typename}"}),
    Row("a query and an id", 400, body={"query": NAME, "documentId": "x"}),
    *[Row(f"query {kind}", 400, body={"query": value}) for kind, value in {"0": 0, "list": ["a"], "map": {}}.items()],
    *[Row(f"variables {value!r}", 400, body={**QUERY, "variables": value}) for value in (0, "{}", [1], True)],
    *[Row(f"extensions {value!r}", 400, body={**QUERY, "extensions": value}) for value in (0, "{}", [1], True)],
    *[Row(f"operationName {value!r}", 400, body={**QUERY, "operationName": value}) for value in (0, {}, [1], True)],
    *[Row(f"documentId {value!r}", 400, body={"documentId": value}) for value in (0, {}, [1], True)],
    Row("nothing by GET", 400, "GET"),
    Row("variables by GET that are no JSON", 400, "GET", parameters={**GOOD, "variables": "x"}),
    Row("a document that does not parse", 400, body={"query": "{"}, code="GRAPHQL_PARSE_FAILED"),
    Row("a document that is not valid", 400, body={"query": "{ nothing }"}, code="GRAPHQL_VALIDATION_FAILED"),
    Row("no such operation", 400, body={"query": TWO, "operationName": "C"}, code="OPERATION_RESOLUTION_FAILURE"),
    Row("which operation", 400, body={"query": TWO}, code="OPERATION_RESOLUTION_FAILURE"),
    Row("no operation", 400, body={"query": "fragment F on Query { __typename }"}),
    Row("a variable that is missing", 400, body={"query": NAME}, code="BAD_USER_INPUT"),
    Row("a variable of another type", 400, body={"query": NAME, "variables": {"slug": 5}}, code="BAD_USER_INPUT"),
    Row("a subscription", 400, body={"query": "subscription { __typename }"}),
    Row("a mutation", 200, body={"query": MUTATION}),
    Row("a token that is none", 401, body=QUERY, headers={"authorization": "Bearer kopa_x"}, code="UNAUTHENTICATED"),
    Row("no token", 401, "GET", parameters=GOOD, headers={"authorization": "bearer"}, code="UNAUTHENTICATED"),
    Row("a token in letters of ours", 401, body=QUERY, headers={"authorization": "Bearer ā".encode()}),
    Row("authorization of another kind", 200, body=QUERY, headers={"authorization": "Basic eDp5"}),
    Row("a shipped document", 200, body={"documentId": shipped_id("organisation"), "variables": NAMED}),
    Row("a shipped document by GET", 200, "GET", parameters={"documentId": shipped_id("organisations")}),
    Row("an unknown id", 400, body={"documentId": f"sha256:{'0' * 64}"}, code="PERSISTED_QUERY_NOT_FOUND"),
    Row("an id of another kind", 400, "GET", parameters={"documentId": "x"}, code="PERSISTED_QUERY_NOT_FOUND"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_draft(client: TestClient, row: Row) -> None:
    answer = row.ask(client)
    assert answer.status_code == row.status
    assert answer.headers["content-type"] in (f"{GRAPHQL}; charset=utf-8", f"{JSON}; charset=utf-8")
    assert {"Accept", "Accept-Encoding"} <= set(answer.headers["vary"].split(", "))
    body = answer.json()
    if row.status == 200:
        assert "data" in body
        assert "errors" not in body
        return
    assert list(body) == ["errors"]
    assert all(error["message"] and error["extensions"]["code"] for error in body["errors"])
    assert row.code in (None, body["errors"][0]["extensions"]["code"])
    assert answer.headers["cache-control"] == "no-store"
    if row.status == 405:
        assert answer.headers["allow"] == ("POST" if row.method == "GET" else METHODS)
    if row.status == 401:
        assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    if row.status == 413:
        assert answer.headers["connection"] == "close"


LEGACY = {
    "a document that does not parse",
    "a document that is not valid",
    "no such operation",
    "which operation",
    "no operation",
    "a variable that is missing",
    "a variable of another type",
    "a subscription",
    "an unknown id",
    "an id of another kind",
}


@pytest.mark.parametrize("row", [row for row in ROWS if row.status != 406], ids=lambda row: row.name)
def test_clients_of_before_get_200_for_whatever_was_well_formed(client: TestClient, row: Row) -> None:
    """Only who names `application/json`: who takes anything gets the plain status with it."""
    status = 200 if row.name in LEGACY else row.status
    for accept, expected in ((JSON, status), ("*/*", row.status), ("", row.status)):
        answer = Row(**{**vars(row), "headers": {**row.headers, "accept": accept}}).ask(client)
        assert answer.status_code == expected
        assert answer.headers["content-type"] == f"{JSON}; charset=utf-8"


def test_an_answer_says_what_it_cost(client: TestClient) -> None:
    answer = client.post("/graphql", json=QUERY).json()
    assert answer["data"] == EXPECTED
    assert answer["extensions"] == {"cost": {"requested": 3, "limit": 10_000}}


def test_head_is_get_without_its_body(client: TestClient) -> None:
    got, headed = (client.request(method, "/graphql", params=GOOD) for method in ("GET", "HEAD"))
    for answer in (got, headed):
        del answer.headers["x-request-id"]
    assert (headed.status_code, headed.content) == (200, b"")
    assert dict(headed.headers) == dict(got.headers)
    assert client.head("/graphql").status_code == 400


def test_errors_of_fields_stand_beside_the_data(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """In GraphQL's own media type that has a status of its own; nobody may keep it."""
    monkeypatch.setattr(Organisation, "shown_identifiers", property(_broken))
    query = '{ organisation(by: {slug: "biedriba-1"}) { identifiers { totalCount } } directory { licences } }'
    for accept, status in ((GRAPHQL, 294), (JSON, 200), ("*/*", 200)):
        answer = client.get("/graphql", params={"query": query}, headers={"accept": accept})
        assert answer.status_code == status
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
        body = answer.json()
        assert body["data"] == {"organisation": None, "directory": {"licences": []}}
        [error] = body["errors"]
        assert error["path"] == ["organisation", "identifiers"]
        assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR", "id": answer.headers["x-request-id"]}
        assert "the cause" not in answer.text


def _broken(*_: Any) -> Any:
    raise ValueError("the cause")


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_any_site_may_ask(client: TestClient, method: str) -> None:
    origin = {"origin": "https://partner.example"}
    asked = {"access-control-request-method": method, "access-control-request-headers": "content-type"}
    preflight = client.options("/graphql", headers={**origin, **asked})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert method in preflight.headers["access-control-allow-methods"].split(", ")
    assert "content-type" in preflight.headers["access-control-allow-headers"].lower()
    assert int(preflight.headers["access-control-max-age"]) > 0
    for headers in (origin, {**origin, "accept": "image/png"}):
        answer = client.request(method, "/graphql", params=GOOD if method == "GET" else None, headers=headers)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in {**answer.headers, **preflight.headers}
        assert "ETag" in answer.headers["access-control-expose-headers"]


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KNOWN = st.sampled_from(["query", "variables", "operationName", "extensions", "documentId"])
WRITTEN = (JSONS | st.dictionaries(KNOWN, JSONS)).map(lambda each: json.dumps(each).encode())
BODIES = st.binary() | WRITTEN


@settings(max_examples=200)
@given(body=BODIES, content_type=st.sampled_from([JSON, "application/json;charset=utf-8", "text/plain"]))
def test_no_body_makes_the_server_fail(client: TestClient, body: bytes, content_type: str) -> None:
    answer = client.post("/graphql", content=body, headers={"content-type": content_type})
    assert 200 <= answer.status_code < 500
    assert "errors" in answer.json() or "data" in answer.json()


@settings(max_examples=200)
@given(query=st.binary().map(lambda each: each.hex("%")) | st.text(st.characters(max_codepoint=126, min_codepoint=33)))
def test_no_address_makes_the_server_fail(client: TestClient, query: str) -> None:
    for address in (f"/graphql?query=%{query}", f"/graphql?{query}".replace("#", "")):
        assert 200 <= client.get(address).status_code < 500


@settings(max_examples=200)
@given(name=st.sampled_from(["accept", "accept-encoding", "content-type", "if-none-match", "cookie", "content-length",
                             "x-forwarded-for", "forwarded"]), value=st.binary(max_size=60))  # fmt: skip
def test_no_header_makes_the_server_fail(client: TestClient, name: str, value: bytes) -> None:
    value = value.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")
    for ask in (
        lambda: client.get("/graphql", params=GOOD, headers={name.encode(): value}),
        lambda: client.post("/graphql", json=QUERY, headers={name.encode(): value}),
    ):
        assert 200 <= ask().status_code < 500


@pytest.mark.parametrize("document", list(hostile()), ids=lambda document: document.name)
def test_a_hostile_document_gets_one_clear_answer(client: TestClient, document: Hostile) -> None:
    answer = client.post("/graphql", json={"query": document.text}, headers={"accept": GRAPHQL})
    assert answer.status_code in (400, 413)
    assert len(answer.content) < 100_000
    assert len(answer.json()["errors"]) <= 6
    assert answer.json()["errors"][0]["extensions"]["code"] in (*document.codes, "PAYLOAD_TOO_LARGE", "BAD_REQUEST")


def test_what_takes_too_long_is_cut_off(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a plan and in graphql-core alike."""
    monkeypatch.setattr(execution, "PATIENCE", -1.0)
    for query in (
        "{ organisations { nodes { name } } }",
        '{ __type(name: "Query") { name } organisations { totalCount } }',
    ):
        for _ in range(3):
            answer = client.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL})
            assert answer.status_code == 503
            assert answer.json()["errors"][0]["extensions"]["code"] == "TIMEOUT"


def test_mistakes_are_capped(client: TestClient) -> None:
    many = " ".join(f"nothing{n}" for n in range(300))
    long = "nothing" * 2_000
    for query in (f"{{ {many} }}", f"{{ {long} }}", f'{{ node(id: "{long}", {long}: 1) {{ id }} }}'):
        answer = client.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL})
        assert answer.status_code == 400
        assert len(answer.json()["errors"]) <= 6
        assert len(answer.content) < 5_000
    assert "Did you mean" not in client.post("/graphql", json={"query": "{ organisation { nam } organisatons }"}).text
