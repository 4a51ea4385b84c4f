"""What is asked, from addresses and bodies: the same however it is written, and refused in one sentence."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.api.asked import Asked, from_address, from_body
from service.bounded import Bounded
from service.errors import RequestRefused

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
MAPS = st.dictionaries(st.sampled_from(["a", "b", "seq"]), VALUES)


@given(TEXTS, st.none() | TEXTS, st.none() | MAPS, st.none() | MAPS)
def test_an_address_and_a_body_ask_the_same(query: str, name: str | None, variables: Any, extensions: Any) -> None:
    said = {"query": query, "operationName": name, "variables": variables, "extensions": extensions}
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in said.items() if value}
    by_address, by_body = from_address(urlencode(texts).encode()), from_body(json.dumps(said).encode())
    assert by_address == by_body == Asked(query, None, name, variables or {}, extensions or {}, by_body.canonical)


@given(MAPS, MAPS, st.randoms())
def test_what_is_canonical_tells_variables_apart_and_not_their_order(one: Any, other: Any, random: Any) -> None:
    def asked(variables: dict[str, Any]) -> Asked:
        order = list(variables)
        random.shuffle(order)
        return from_body(json.dumps({"query": "x", "variables": {name: variables[name] for name in order}}).encode())

    # Compared as JSON, for to Python 1 is True.
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (asked(one).canonical == asked(other).canonical) == same


@pytest.mark.parametrize(
    ("extensions", "seq"),
    [
        ({}, None),
        ({"seq": 5}, 5),
        ({"seq": "5"}, None),
        ({"seq": True}, None),
        ({"seq": 1.5}, None),
        ({"seq": [1]}, None),
    ],
)
def test_the_change_that_was_seen(extensions: Any, seq: int | None) -> None:
    assert from_body(json.dumps({"query": "x", "extensions": extensions}).encode()).seq == seq


@pytest.mark.parametrize(
    ("said", "document"),
    [
        ({"documentId": "sha256:ab"}, "sha256:ab"),
        ({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "ab"}}}, "sha256:ab"),
        ({"documentId": "x", "extensions": {"persistedQuery": {"sha256Hash": "ab"}}}, "x"),
        ({"query": "q", "extensions": {"persistedQuery": {"sha256Hash": "ab"}}}, None),
    ],
)
def test_ids_of_documents(said: Any, document: str | None) -> None:
    assert from_body(json.dumps(said).encode()).document_id == document


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Send either `query` or `documentId`."),
        ({"query": "a", "documentId": "b"}, "Send either `query` or `documentId`."),
        ({"extensions": {"persistedQuery": 5}}, "Send either `query` or `documentId`."),
        ({"query": 5}, "`query` has to be a string."),
        ({"query": "a", "variables": []}, "`variables` has to be an object."),
        ([], "The body has to be a JSON object with `query` or `documentId`."),
    ],
)
def test_mistakes_are_one_sentence(said: Any, sentence: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        from_body(json.dumps(said).encode())
    assert refused.value.message == sentence


@pytest.mark.parametrize(
    "address", [b"query=a&query=b", b"query=%ff", b"query=a&variables=x", b"&".join([b"a=1"] * 30)]
)
def test_addresses_that_nobody_can_read(address: bytes) -> None:
    with pytest.raises(RequestRefused):
        from_address(address)


@given(st.integers(0, 100), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40))))
def test_what_is_kept_fits_and_is_what_was_used_last(most: int, puts: list[tuple[int, int]]) -> None:
    kept: Bounded[int, int] = Bounded(most)
    sizes: dict[int, int] = {}
    for number, (key, size) in enumerate(puts):
        kept.put(key, number, size)
        if size <= most:
            sizes.pop(key, None)
            sizes[key] = size
        while sum(sizes.values()) > most:
            del sizes[next(iter(sizes))]
        assert (kept.size, len(kept)) == (sum(sizes.values()), len(sizes))
        assert all(kept.get(each) is not None for each in list(sizes))
