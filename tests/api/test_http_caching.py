"""ETags: the same tag says the same bytes, and whoever has them gets nothing executed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from starlette.testclient import TestClient

from service.api.persisted import shipped
from service.caching import Versions, build
from service.catalogue.catalogue import Catalogue
from tests.api.over_http import GRAPHQL, JSON, NAME, NAMED, application, executed, figure, opened, shipped_id
from tests.catalogue.loading import settings

LISTED = "query Q($first: Int, $text: String, $after: String) { organisations(filter: {text: $text}, first: $first, after: $after) { totalCount nodes { name } } }"  # noqa: E501
WIDE = "{ " + " ".join(f"a{n}: organisations {{ nodes {{ id name }} }}" for n in range(12)) + " }"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with opened(tmp_path_factory.mktemp("caching"), rate_limit=0) as made:
        yield made


def get(client: TestClient, query: str = NAME, variables: Any = NAMED, **headers: str) -> Any:
    parameters = {"query": query, "variables": json.dumps(variables)}
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/graphql", params=parameters, headers={"accept": JSON, "accept-encoding": "identity", **sent})


def test_who_has_the_answer_gets_nothing_executed(client: TestClient) -> None:
    tag = get(client).headers["etag"]
    assert tag.startswith('"'), "a strong one"
    before, unchanged = executed(client), figure(client, "kopa_graphql_answers_total", outcome="unchanged")
    plans = figure(client, "kopa_graphql_plans")
    known = [tag, f'"x", {tag}', f"W/{tag}", f'W/"y" ,W/{tag}, "z"']
    for header in known:
        answer = get(client, if_none_match=header)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
        assert "max-age" in answer.headers["cache-control"]
        assert answer.headers["vary"] == "Accept, Accept-Encoding"
        assert answer.headers["access-control-allow-origin"] == "*"
    assert executed(client) == before
    assert figure(client, "kopa_graphql_answers_total", outcome="unchanged") == unchanged + len(known)
    assert figure(client, "kopa_graphql_plans") == plans


def test_a_new_document_is_not_even_looked_at(client: TestClient) -> None:
    """Whoever has the tag of a document that this process has never seen, from another one, needs no plan."""
    query = "query Elsewhere { directory { licences } }"
    tag = get(client, query, {}).headers["etag"]
    endpoint = application(client).endpoint.endpoint
    endpoint._questions._recent._kept.clear()  # type: ignore[attr-defined]
    endpoint._execution._documents.recent._kept.clear()  # type: ignore[attr-defined]
    assert get(client, query, {}, if_none_match=tag).status_code == 304
    assert len(endpoint._execution._documents.recent) == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "status", "kept"),
    [
        ("query Kept { directory { licences } }", 200, 1),
        ("query Wrong { directory { licence } }", 400, 0),
        ("query Dear { organisations(first: 100) { nodes { services(first: 100) { nodes { id } } } } }", 400, 0),
    ],
)
def test_only_documents_that_may_be_answered_are_remembered(
    client: TestClient, query: str, status: int, kept: int
) -> None:
    remembered = application(client).endpoint.endpoint._execution._documents.recent  # type: ignore[attr-defined]
    before = len(remembered)
    assert client.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL}).status_code == status
    assert len(remembered) - before == kept


def test_a_star_stands_for_whatever_answer_there_is(client: TestClient) -> None:
    """Of what was executed, for only then it is known that there is one; never of what has errors."""
    before = executed(client)
    assert get(client, if_none_match="*").status_code == 304
    assert executed(client) == before + 1
    refused = get(client, "{ nothing }", {}, if_none_match="*")
    assert refused.status_code != 304
    assert "etag" not in refused.headers


@pytest.mark.parametrize("header", ["", '"x"', "x", "*,", '"', "W/"])
def test_who_has_another_gets_the_answer(client: TestClient, header: str) -> None:
    assert get(client, if_none_match=header).status_code == 200


def test_head_tells_the_tag_and_takes_it(client: TestClient) -> None:
    parameters = {"documentId": shipped_id("organisations")}
    tag = client.head("/graphql", params=parameters).headers["etag"]
    assert tag == client.get("/graphql", params=parameters).headers["etag"]
    assert client.head("/graphql", params=parameters, headers={"if-none-match": tag}).status_code == 304


PACKED = {"identity": "", "gzip": "gzip", "zstd": "zstd", "gzip, zstd": "zstd"}
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "first": st.none() | st.integers(0, 3),
        "text": st.none() | st.sampled_from(["", "biedriba", "Biedrība 1", "x"]),
        "after": st.none() | st.text(max_size=3),
    },
)
WRITTEN = st.tuples(
    st.permutations(["first", "text", "after"]),
    st.sampled_from([None, 1]),
    st.booleans(),
    st.sampled_from(sorted(PACKED)),
    st.sampled_from([GRAPHQL, JSON, "*/*"]),
)


def _ask(client: TestClient, values: dict[str, Any], written: Any) -> Any:
    order, indent, ascii, encoding, accept = written
    variables = {name: values[name] for name in order if name in values}
    text = json.dumps(variables, indent=indent, ensure_ascii=ascii)
    headers = {"accept": accept, "accept-encoding": encoding}
    with client.stream("GET", "/graphql", params={"variables": text, "query": LISTED}, headers=headers) as answer:
        return answer.headers["etag"], b"".join(answer.iter_raw()), answer.headers["content-type"]


@examples(max_examples=150)
@given(one=VALUES, other=VALUES, written=WRITTEN, otherwise=WRITTEN)
def test_a_tag_says_the_question_and_nothing_of_how_it_is_written(
    client: TestClient, one: Any, other: Any, written: Any, otherwise: Any
) -> None:
    """Same variables in the same manner, same tag; same tag, same bytes and media type."""
    first, second = _ask(client, one, written), _ask(client, other, otherwise)
    same = one == other and first[2] == second[2] and PACKED[written[3]] == PACKED[otherwise[3]]
    assert (first[0] == second[0]) == same
    if same:
        assert first == second


def test_a_document_has_the_same_tag_by_its_text_and_by_its_id(client: TestClient) -> None:
    by_id = client.get("/graphql", params={"documentId": shipped_id("organisations")})
    by_text = client.get("/graphql", params={"query": shipped()["organisations"]})
    assert by_id.headers["etag"] == by_text.headers["etag"]
    assert by_id.content == by_text.content


@pytest.mark.parametrize("body", [{"query": NAME, "variables": NAMED}, {"documentId": shipped_id("organisations")}])
def test_what_is_posted_is_not_kept(client: TestClient, body: Any) -> None:
    answer = client.post("/graphql", json=body)
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_long_answers_are_packed_as_the_client_likes(client: TestClient) -> None:
    plain = get(client, WIDE, {})
    assert "content-encoding" not in plain.headers
    tags = {plain.headers["etag"]}
    unpack = {"gzip": gzip.decompress, "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body)}
    for accepted, packing in (("gzip", "gzip"), ("gzip, deflate, br, zstd", "zstd"), ("zstd;q=0.1, gzip", "gzip")):
        parameters = {"query": WIDE, "variables": "{}"}
        with client.stream("GET", "/graphql", params=parameters, headers={"accept-encoding": accepted}) as answer:
            body = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == packing
        assert int(answer.headers["content-length"]) == len(body) < len(plain.content) / 2
        assert unpack[packing](body) == plain.content
        tags.add(answer.headers["etag"])
    assert len(tags) == 3, "strong tags tell packings apart"
    assert "content-encoding" not in get(client, accept_encoding="gzip").headers, "too short to be worth it"


def test_the_version_follows_the_state_the_program_and_its_settings(client: TestClient) -> None:
    catalogue: Catalogue = application(client).state.follower.current
    plain = Versions(settings()).of(catalogue)
    assert Versions(settings()).of(catalogue) == plain
    same = settings(database_url="sqlite:///elsewhere.db", port=9, rate_limit=1, log_level="debug", trusted_proxies=())
    assert Versions(same).of(catalogue) == plain, "another process of the same directory"
    for other in (settings(attested_months=1), settings(languages=("lv",)), settings(graphql_profile="hardened")):
        assert Versions(other).of(catalogue) != plain
    assert len(build()) == 32
    for name, value in (("epoch", "x"), ("today", catalogue.today.replace(year=1999)), ("settled", False)):
        was = getattr(catalogue, name)
        setattr(catalogue, name, value)
        assert Versions(settings()).of(catalogue) != plain
        setattr(catalogue, name, was)
