"""The search and the suggestions in GraphQL, on the starter directory."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.api.schema import schema
from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import changes_after
from service.catalogue.connection import cursor
from service.catalogue.filters import Filter
from service.catalogue.service import ServiceFilter
from service.database import Database
from service.editing.revisions import publish
from service.search.documents import SEARCHED
from service.search.index import Search
from tests.catalogue.loading import AUTHOR, filled, load
from tests.factories import basics, make_service, words
from tests.search.conftest import search

__all__ = ["search"]

FOUND = """
query ($text: String!, $filter: SearchFilter, $first: Int, $after: String, $language: Language! = LV) {
  search(text: $text, filter: $filter, first: $first, after: $after) {
    totalCount
    partial
    corrections { typed instead }
    nodes { __typename ... on Record { id } }
    edges {
      cursor
      score
      node { __typename ... on Organisation { name } ... on Service { provider { name } } ... on Record { id } }
      name(language: $language) { text parts { text marked } }
      snippet(language: $language) { text parts { text marked } }
    }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""

TEXTS = (
    "dienas aprūpe",
    "krizes centrs",
    "aprūpe un rehabilitācija",
    "Valmiera",
    "pakalpojums vai centrs",
    "vecāki",
    "centrs bērniem",
)


def asked(catalogue: Catalogue, query: str, **variables: Any) -> Any:
    result = schema.execute_sync(query, variables, root_value=catalogue)
    assert result.errors is None, result.errors
    return result.data


def found(search: Search, text: str, **variables: Any) -> Any:
    return asked(search.catalogue, FOUND, text=text, **variables)["search"]


def test_several_kinds_come_in_one_list_the_best_first(search: Search) -> None:
    answer = found(search, "krīzes centrs", first=100)
    assert len({node["__typename"] for node in answer["nodes"]}) > 2
    scores = [edge["score"] for edge in answer["edges"]]
    assert scores == sorted(scores, reverse=True)
    assert [edge["node"]["id"] for edge in answer["edges"]] == [node["id"] for node in answer["nodes"]]
    assert answer["totalCount"] == search.find("krīzes centrs").total
    assert not answer["partial"]


@pytest.mark.parametrize("language", ["LV", "EN"])
def test_what_was_looked_for_is_marked_in_pieces_of_the_text(search: Search, language: str) -> None:
    for edge in found(search, "dienas aprūpes centri", first=30, language=language)["edges"]:
        for shown in filter(None, (edge["name"], edge["snippet"])):
            assert "".join(part["text"] for part in shown["parts"]) == shown["text"]
            assert all(part["text"] for part in shown["parts"])
        assert any(part["marked"] for shown in (edge["name"], edge["snippet"]) if shown for part in shown["parts"])


def test_a_mistake_is_corrected_and_told(search: Search) -> None:
    answer = found(search, "rehabilitacjia")
    assert answer["corrections"] == [{"typed": "rehabilitacjia", "instead": "rehabilitācija"}]
    assert answer["totalCount"] > 0


def test_what_has_not_all_words_is_partial(search: Search) -> None:
    assert found(search, "patversme Valmiera kosmonauts")["partial"]


@pytest.mark.parametrize("size", [4, 37])
@pytest.mark.parametrize("text", TEXTS)
def test_pages_are_cut_from_one_ranking(search: Search, text: str, size: int) -> None:
    whole = search.find(text, first=1_000).hits
    seen: list[str] = []
    after = None
    for _ in range(20):
        answer = found(search, text, first=size, after=after)
        assert answer["pageInfo"]["hasPreviousPage"] is bool(seen)
        seen += [node["id"] for node in answer["nodes"]]
        after = answer["pageInfo"]["endCursor"]
        if not answer["pageInfo"]["hasNextPage"]:
            break
    assert seen == [hit.id for hit in whole][: 20 * size]


def test_a_cursor_outlives_the_record_it_was_given_for(search: Search) -> None:
    """It names a score and an id, so it stands between its neighbours even when nothing has it any more."""
    hits = search.find("aprūpe", first=100).hits
    gone = cursor((hits[40].score, hits[40].id[:-1] + "0"))
    following = found(search, "aprūpe", first=5, after=gone)["nodes"][0]["id"]
    assert following in (hits[40].id, hits[41].id)


@pytest.mark.parametrize("junk", ["", "x", "W10", "WzEsMl0", "bnVsbA", "WyJhIiwiYiJd", "\ud800"])
def test_a_cursor_that_is_none_finds_nothing(search: Search, junk: str) -> None:
    answer = found(search, "aprūpe", after=junk)
    assert answer["nodes"] == []
    assert answer["totalCount"] > 0


def test_a_filter_narrows_each_noun_as_its_own_filter_does(search: Search) -> None:
    catalogue = search.catalogue
    answer = found(search, "aprūpe", filter={"region": ["pr-vidzeme"], "noun": ["SERVICE", "ORGANISATION"]}, first=100)
    kinds = {node["__typename"] for node in answer["nodes"]}
    assert kinds == {"Service", "Organisation"}
    for noun in ("service", "organisation"):
        kind: Any = Filter.of(noun)
        passes = kind(region=["pr-vidzeme"]).selection(catalogue).passes
        ids = {node["id"] for node in answer["nodes"] if node["__typename"].lower() == noun}
        assert ids == {hit.id for hit in search.find("aprūpe", (noun,), first=999).hits if passes(hit.record)}


def test_nouns_that_know_nothing_of_what_is_asked_are_left_out(search: Search) -> None:
    only = found(search, "vardarbība", filter={"situation": ["violence-at-home"]}, first=100)
    assert {node["__typename"] for node in only["nodes"]} <= {"Service", "Organisation"}
    regions = found(search, "Valmiera", filter={"region": ["pr-vidzeme"], "noun": ["REGION"]})
    assert regions["totalCount"] > 0
    assert found(search, "Valmiera", filter={"noun": []})["totalCount"] == 0
    assert found(search, "Valmiera", filter={"noun": None})["totalCount"] == found(search, "Valmiera")["totalCount"]


SUGGEST = """
query ($text: String!, $first: Int) {
  suggest(text: $text, first: $first) {
    organisations { name } categories { code } situations { code } places { code }
  }
}
"""


def test_what_is_being_typed_is_suggested_by_kind(search: Search) -> None:
    catalogue = search.catalogue
    assert "valmieras-novads" in {r["code"] for r in asked(catalogue, SUGGEST, text="valm")["suggest"]["places"]}
    assert asked(catalogue, SUGGEST, text="krīz")["suggest"]["categories"]
    five = asked(catalogue, SUGGEST, text="b")["suggest"]["organisations"]
    assert len(five) == 5
    assert asked(catalogue, SUGGEST, text="b", first=2)["suggest"]["organisations"] == five[:2]
    assert not any(asked(catalogue, SUGGEST, text="").get("suggest").values())


def test_while_words_are_still_gathered_there_is_no_answer_and_no_error(search: Search) -> None:
    catalogue = search.catalogue
    catalogue.search = None
    try:
        assert found(search, "aprūpe") is None
        assert asked(catalogue, SUGGEST, text="apr") == {"suggest": None}
    finally:
        catalogue.search = search


@settings(max_examples=50)
@given(text=st.text(max_size=40), after=st.none() | st.text(max_size=8), first=st.none() | st.integers(-5, 200))
def test_no_text_is_wrong(search: Search, text: str, after: str | None, first: int | None) -> None:
    answer = found(search, text, after=after, first=first)
    assert len(answer["nodes"]) <= 100
    asked(search.catalogue, SUGGEST, text=text, first=first)


# Lists filtered by a text


def test_the_search_knows_just_the_nouns_whose_filters_say_so() -> None:
    kinds = {kind.NOUN for kind in Filter.__subclasses__() if kind.BY_WORDS}
    assert kinds == {*SEARCHED}


@pytest.mark.parametrize("noun", SEARCHED)
@pytest.mark.parametrize("text", ["aprūpes", "krīze", "Valmieru", "bērni", ""])
def test_a_list_finds_by_its_text_what_the_search_finds(search: Search, noun: str, text: str) -> None:
    kind: Any = Filter.of(noun)
    assert kind(text=text).selection(search.catalogue).mask == search.matching(noun, text)


def test_a_text_holds_together_with_everything_else_that_is_asked(search: Search) -> None:
    query = """{
      both: services(filter: {text: "aprupes bernu", region: ["riga"]}, first: 100) { nodes { id } }
      text: services(filter: {text: "aprupes bernu"}, first: 100) { nodes { id } }
      region: services(filter: {region: ["riga"]}, first: 100) { nodes { id } }
    }"""
    answer = {name: {node["id"] for node in its["nodes"]} for name, its in asked(search.catalogue, query).items()}
    assert answer["both"] == answer["text"] & answer["region"] != set()


async def test_what_was_asked_while_a_change_came_in_is_asked_anew(tmp_path: Path) -> None:
    """The search is a moment behind the catalogue; what a filter found meanwhile is not remembered."""
    asking = ServiceFilter(text="peldēšana")
    async with Database(f"sqlite:///{tmp_path / 'kopa.db'}") as database:
        await filled(database, [*basics(), make_service("a")])
        catalogue = await load(database)
        await Search.of(catalogue)
        await publish(database, [make_service("a", name=words("Peldēšanas nodarbības"))], author=AUTHOR)
        coming = asyncio.create_task(
            Applying(catalogue).apply(await changes_after(database, catalogue.last_change.seq))
        )
        while not coming.done():
            asking.selection(catalogue)
            state = catalogue.state
            await asyncio.sleep(0)
        await coming
        assert asking.selection(catalogue).mask.bit_count() == 1
        assert catalogue.state is not state
