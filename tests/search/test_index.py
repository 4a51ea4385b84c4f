"""What is found, in which order, with what marked; on the starter directory."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.catalogue.catalogue import Catalogue
from service.catalogue.filters import Filter
from service.catalogue.organisation import OrganisationFilter
from service.catalogue.words import fold
from service.search.documents import SEARCHED
from service.search.highlights import Highlight, highlight, matches
from service.search.index import Search
from service.search.queries import asked
from service.search.titles import title

ODD = [
    '"',
    '""',
    '"a',
    "AND OR NOT",
    "a:b",
    "name:*",
    "((",
    "*",
    "\0",
    "\ud800",
    "a" * 10_000,
    "\ufdfa",
    "½ ß ŉ",
    "~2^9",
]


@given(text=st.text(max_size=40) | st.sampled_from(ODD) | st.text("\"' *():~^\\-+ab", max_size=20))
def test_no_text_is_wrong(search: Search, text: str) -> None:
    found = search.find(text, completing=True)
    assert found.total >= len(found.hits)
    search.suggest(text)
    assert all(search.matching(noun, text) >= 0 for noun in SEARCHED)


@pytest.mark.parametrize("noun", SEARCHED)
def test_everything_is_found_by_its_name(search: Search, catalogue: Catalogue, noun: str) -> None:
    for record in catalogue.of(noun):
        name, _ = title(record, "lv")
        assert search.matching(noun, name) >> record.ordinal & 1, name
        assert search.matching(noun, fold(name).upper()) >> record.ordinal & 1, name


def test_exact_comes_before_folded_before_stem(search: Search) -> None:
    scores = [search.find(text, ("taxonomy_term",)).hits[0].score for text in ("patversme", "Patversmes")]
    assert scores[0] > scores[1]
    exact, folded = (
        search.find(text, ("organisation",), first=1).hits[0].score for text in ("bāriņtiesa", "barintiesa")
    )
    assert exact > folded


def test_a_name_comes_before_a_topic(search: Search) -> None:
    hits = search.find("krīzes centrs", first=50).hits
    named = ["krizes centr" in fold(hit.name.text) for hit in hits]
    assert named == sorted(named, reverse=True)
    assert not all(named)


def test_quoted_words_stand_together(search: Search) -> None:
    together = search.find('"aprūpes centrs"')
    assert 0 < together.total < search.find("aprūpes centrs").total


def test_what_has_all_words_is_enough_else_most_of_them(search: Search) -> None:
    assert not search.find("krīzes centrs").partial
    some = search.find("krīzes centrs qqqq")
    assert some.partial
    assert some.total == search.find("krīzes centrs").total


def test_the_last_word_is_completed_while_it_is_typed(search: Search) -> None:
    assert search.find("naktspat", completing=True).hits[0].name.text == "Naktspatversme"
    assert search.find("naktspat ", completing=True).corrected  # A space after it: it is whole, and unknown.


def test_pages_follow_each_other(search: Search) -> None:
    whole = [hit.id for hit in search.find("sociālais", first=60).hits]
    pages = [hit.id for after in range(0, 60, 7) for hit in search.find("sociālais", first=7, after=after).hits]
    assert pages[:60] == whole
    assert len(set(whole)) == 60


def test_a_selection_narrows(search: Search, catalogue: Catalogue) -> None:
    filter: Filter = OrganisationFilter(region=["valmieras-novads"])
    selection = {"organisation": filter.selection(catalogue)}
    found = search.find("centrs", ("organisation",), selection, first=100)
    everywhere = search.find("centrs", ("organisation",), first=1000)
    assert [hit.id for hit in found.hits] == [
        hit.id for hit in everywhere.hits if selection["organisation"].passes(hit.record)
    ]
    assert 0 < found.total == len(found.hits) < everywhere.total


def test_matching_agrees_with_find(search: Search, catalogue: Catalogue) -> None:
    bits = search.matching("service", "aprūpe mājās")
    found = search.find("aprūpe mājās", ("service",), first=1000)
    assert {hit.record.ordinal for hit in found.hits} == {n for n in range(bits.bit_length()) if bits >> n & 1}


def test_former_names_lead_to_todays_region(search: Search) -> None:
    names = [hit.name.text for hit in search.find("Burtnieku novads", ("region",)).hits]
    assert names[0] == "Burtnieku novads"
    assert "Valmieras novads" in names


def test_suggestions_come_by_kind(search: Search) -> None:
    suggested = search.suggest("va")
    assert {term.taxonomy.code for term in suggested.situations} == {"life_situation"}
    assert "Valmiera" in {region.name["lv"] for region in suggested.places}
    assert search.suggest("") == search.suggest("  ") or not search.suggest("").places


def test_ranges_mark_the_words_and_change_nothing(search: Search) -> None:
    text = 'Bērnu <b onclick="x">rehabilitācijas</b> & bērniem'
    marked = [text[start:end] for start, end in matches(text, asked("bernu rehabilitacija"))]
    assert marked == ["Bērnu", "rehabilitācijas", "bērniem"]
    assert highlight(text, asked("bernu")) == Highlight(text, ((0, 5), (43, 50)))
    assert escape(text) != text


@given(st.text(max_size=400), st.text(max_size=20))
def test_ranges_lie_in_the_text_one_after_another(text: str, query: str) -> None:
    found = highlight(f"{text} {query}", asked(query))
    if found is not None:
        assert found.text in f"{text} {query}"
        places = [place for pair in found.ranges for place in pair]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(found.text) for start, end in found.ranges)
