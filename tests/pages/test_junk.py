"""Whatever stands in an address of the search: it is answered, and written again as it was understood."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from starlette.testclient import TestClient

from service.app import create_app
from service.pages.results.asked import CHOICES, RECORDS, Asked
from tests.catalogue.loading import settings
from tests.pages.site import Page
from tests.serving import GENEROUS

NAMES = ["kind", "q", "region", "near", "age", "page", *RECORDS, *CHOICES]
SENSE = ["service", "organisation", "riga", "valmieras-novads", "1", "7", "shelter", "free", "self", "ngo", "bērni"]
QUERIES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(SENSE) | st.text(max_size=20)), max_size=8)


@pytest.fixture(scope="module")
def reader(starter_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(settings(database_url=starter_url)), base_url="http://127.0.0.1") as client:
        end = time.monotonic() + GENEROUS
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() < end
            time.sleep(0.01)
        yield client


@hypothesis(max_examples=60)
@given(query=QUERIES)
def test_whatever_is_asked_is_answered(reader: TestClient, query: list[tuple[str, str]]) -> None:
    encoded = urlencode(query, errors="replace")
    assert Page.of(reader.get(f"/meklet?{encoded}").text).html.count("<h1") == 1
    assert reader.get(f"/ieteikumi?{encoded}").status_code == 200


@hypothesis(max_examples=60)
@given(query=QUERIES)
def test_a_question_is_written_so_that_it_is_read_again(reader: TestClient, query: list[tuple[str, str]]) -> None:
    catalogue = reader.app.state.follower.current  # type: ignore[attr-defined]
    asked = Asked.of(catalogue, query)
    written = asked.query(page=asked.page)
    again = Asked.of(catalogue, written)
    assert again.query(page=again.page) == written


@hypothesis(max_examples=60)
@given(
    name=st.sampled_from(["riga", "lv", "pr-vidzeme"]) | st.text(max_size=20),
    chapter=st.sampled_from(["", "/drukai", "/social-care", "/_other"]) | st.text(max_size=20).map("/{}".format),
    query=st.lists(st.tuples(st.just("page"), st.sampled_from(["2", "0", "99"]) | st.text(max_size=8)), max_size=2),
)
def test_no_address_of_a_handbook_fails(
    reader: TestClient, name: str, chapter: str, query: list[tuple[str, str]]
) -> None:
    path = quote(f"/handbook/{name}{chapter}", errors="replace")
    assert reader.get(f"{path}?{urlencode(query, errors='replace')}").status_code in (200, 404)


CHOSEN = st.lists(
    st.tuples(
        st.sampled_from(["ids", "list", "compare"]),
        st.text(max_size=40) | st.lists(st.uuids(), max_size=30).map(lambda ids: ".".join(map(str, ids))),
    ),
    max_size=4,
)
SHOWN = ["/mans-saraksts", "/en/compare", "/meklet", "/vietas/riga", "/en/decide/riga/shelter"]


BEFORE = st.just("") | CHOSEN.map(lambda pairs: urlencode(pairs, errors="replace")) | st.text(max_size=40)


@hypothesis(max_examples=80)
@given(before=BEFORE, path=st.sampled_from(SHOWN), query=CHOSEN)
def test_whatever_was_chosen_is_answered(
    reader: TestClient, before: str, path: str, query: list[tuple[str, str]]
) -> None:
    chosen = f"/~{quote(before, safe='=&.%', errors='replace').replace('%2F', '')}" if before else ""
    answer = reader.get(f"{chosen}{path}?{urlencode(query, errors='replace')}")
    assert answer.status_code == 200
    assert Page.of(answer.text).html.count("<h1") == 1


@hypothesis(max_examples=40)
@given(place=st.text(max_size=20), kind=st.text(max_size=20))
def test_a_decision_about_nonsense_is_nowhere(reader: TestClient, place: str, kind: str) -> None:
    path = f"/decide/{quote(place, safe='', errors='replace')}/{quote(kind, safe='', errors='replace')}"
    assert reader.get(path).status_code == 404
