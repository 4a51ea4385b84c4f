"""The two profiles of the endpoint against the twelve checks of graphql-cop, each as a probe of our own.

In `hardened` none of them finds anything; in `open` queries may be asked by GET, for that is what caches understand,
and the schema tells about itself, for that is how tools learn it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import get_introspection_query
from starlette.testclient import TestClient

from service.api.asked import SHA256
from tests.api.over_http import GRAPHQL, executed, figure, opened, shipped_id
from tests.test_metrics import parsed

MEANT = {"open": {"query by GET", "introspection"}, "hardened": set()}


@pytest.fixture(scope="module", params=["open", "hardened"])
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, profile: str) -> Iterator[TestClient]:
    with opened(tmp_path_factory.mktemp(profile), graphql_profile=profile, rate_limit=0) as made:
        yield made


def _posted(client: TestClient, query: str) -> Any:
    return client.post("/graphql", json={"query": query, "operationName": "cop"}).json()


def _aliases(client: TestClient) -> bool:
    aliases = " ".join(f"alias{n}: __typename" for n in range(101))
    return bool((_posted(client, f"query cop {{ {aliases} }}").get("data") or {}).get("alias100"))


def _batch(client: TestClient) -> bool:
    answer = client.post("/graphql", json=[{"query": "query cop { __typename }"}] * 10).json()
    return isinstance(answer, list) or len(answer) >= 10


def _directives(client: TestClient) -> bool:
    return len(_posted(client, f"query cop {{ __typename {'@aa' * 10} }}")["errors"]) == 10


def _circular(client: TestClient) -> bool:
    deep = "fields { type { " * 4 + "name" + " } }" * 4
    data = _posted(client, f"query cop {{ __schema {{ types {{ {deep} }} }} }}").get("data")
    return bool(data and len(data["__schema"]["types"]) > 25)


def _suggestions(client: TestClient) -> bool:
    queries = (
        "query cop { __schema { directive } }",
        "query cop { organisation { nam } }",
        "query cop { organisatons }",
    )
    return any("Did you mean" in str(_posted(client, query)) for query in queries)


def _introspection(client: TestClient) -> bool:
    return bool(_posted(client, "query cop { __schema { types { name fields { name } } } }").get("data"))


def _explorer(client: TestClient) -> bool:
    text = client.get("/graphql", headers={"accept": "text/html"}).text
    return any(word in text for word in ("graphiql.min.css", "GraphQL Playground", "GraphiQL", "graphql-playground"))


def _query_by_get(client: TestClient) -> bool:
    return "data" in client.get("/graphql", params={"query": "query cop {__typename}"}).json()


def _mutation_by_get(client: TestClient) -> bool:
    return "data" in client.get("/graphql", params={"query": "mutation cop {__typename}"}).json()


def _form(client: TestClient) -> bool:
    return "data" in client.post("/graphql", data={"query": "query cop { __typename }"}).json()


def _trace(client: TestClient) -> bool:
    return "tracing" in str(_posted(client, "query cop { __typename }"))


def _unhandled(client: TestClient) -> bool:
    told = str(_posted(client, "qwerty cop { abc }")).lower()
    return "exception" in told or "traceback" in told


CHECKS: dict[str, Callable[[TestClient], bool]] = {
    "many aliases": _aliases,
    "a batch": _batch,
    "many directives": _directives,
    "circular introspection": _circular,
    "field suggestions": _suggestions,
    "introspection": _introspection,
    "an explorer of others": _explorer,
    "query by GET": _query_by_get,
    "mutation by GET": _mutation_by_get,
    "a form": _form,
    "a trace": _trace,
    "an unhandled error": _unhandled,
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_only_what_is_meant(client: TestClient, profile: str, name: str) -> None:
    assert CHECKS[name](client) == (name in MEANT[profile])


def test_shipped_documents_are_asked_by_get_in_both(client: TestClient) -> None:
    answer = client.get("/graphql", params={"documentId": shipped_id("organisations")})
    assert answer.status_code == 200
    assert answer.json()["data"]["organisations"]["totalCount"] == 2


def test_queries_are_posted_in_both(client: TestClient) -> None:
    assert _posted(client, "query cop { organisations { totalCount } }")["data"] == {"organisations": {"totalCount": 2}}


def test_a_query_by_get_is_told_where_to_go(client: TestClient, profile: str) -> None:
    answer = client.get("/graphql", params={"query": "{ __typename }"}, headers={"accept": GRAPHQL})
    assert answer.status_code == (200 if profile == "open" else 405)
    assert answer.headers.get("allow") == (None if profile == "open" else "POST")


def test_the_schema_as_text_is_there_in_both(client: TestClient) -> None:
    assert "type Query" in client.get("/schema.graphql").text


def test_tools_learn_the_schema_once_for_all(client: TestClient, profile: str) -> None:
    """The standard query is answered from bytes, however it is laid out, and costs nothing."""
    if profile == "hardened":
        answer = client.post("/graphql", json={"query": get_introspection_query()}, headers={"accept": GRAPHQL})
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]) == (
            400,
            {"code": "GRAPHQL_VALIDATION_FAILED"},
        )
        return
    before = executed(client)
    first = client.post("/graphql", json={"query": get_introspection_query()})
    other = client.post("/graphql", json={"query": get_introspection_query().replace("\n", " ")})
    assert first.json()["extensions"]["cost"]["requested"] == 0
    assert len(first.json()["data"]["__schema"]["types"]) > 100
    assert first.content == other.content
    assert executed(client) == before
    assert figure(client, "kopa_graphql_answers_total", outcome="introspection") == 2


def test_an_id_of_apollo_is_looked_up_and_never_registered(client: TestClient) -> None:
    """Its clients understand the code, and send the text instead; what they send is not kept for others."""
    known = shipped_id("organisations").removeprefix(SHA256)
    text = "{ __typename }"
    unknown = "0" * 64
    for digest, code in ((known, None), (unknown, "PERSISTED_QUERY_NOT_FOUND")):
        body = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}
        answer = client.post("/graphql", json=body, headers={"accept": GRAPHQL})
        assert answer.status_code == (400 if code else 200)
        assert len(answer.json().get("errors", [])) == (1 if code else 0)
        assert code in (None, answer.json().get("errors", [{}])[0].get("extensions", {}).get("code"))
    body = {"query": text, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": unknown}}}
    assert client.post("/graphql", json=body).status_code == 200
    body = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": unknown}}}
    assert client.post("/graphql", json=body, headers={"accept": GRAPHQL}).status_code == 400


def test_the_plans_are_counted(client: TestClient) -> None:
    """Those of shipped documents are there from the start; what cannot be compiled is told by why."""
    figures = parsed(client.get("/metrics").text)
    assert figures["kopa_graphql_plans", frozenset()] >= 8
    assert figures["kopa_graphql_plan_bytes", frozenset()] > 10_000
    before = figure(client, "kopa_graphql_fallbacks_total", reason="async")
    for _ in range(3):
        assert client.post("/graphql", json={"query": "{ changes { totalCount } }"}).status_code == 200
    assert figure(client, "kopa_graphql_fallbacks_total", reason="async") >= before + 2
