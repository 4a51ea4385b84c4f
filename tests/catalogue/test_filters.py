"""Filters find what looking at every object finds.

`EXAMPLES=100000 pytest tests/catalogue/test_filters.py -k any_filter` looks longer than the tests do.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
import strawberry
from hypothesis import given, settings
from hypothesis import strategies as st

from service.catalogue import indexes
from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import Window
from service.catalogue.listing import listing
from service.catalogue.region import RegionFilter
from service.catalogue.taxonomy import TaxonomyTermFilter
from tests.catalogue.asking import EXAMPLES, FILTERS, MEANS, TEXTS, filter_of, filters, fitting, pool
from tests.catalogue.directory import ident
from tests.catalogue.values import WORDS

NOUNS = tuple(FILTERS)


@pytest.mark.parametrize("noun", NOUNS)
def test_the_meaning_of_every_field_is_told(noun: str) -> None:
    assert MEANS[noun].keys() == {field.name for field in fields(FILTERS[noun])}


@pytest.mark.parametrize("noun", NOUNS)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_any_filter_finds_what_fits(catalogue: Catalogue, noun: str, data: st.DataObject) -> None:
    given = data.draw(filters(catalogue, noun))
    chosen = filter_of(noun, given)
    expected = fitting(catalogue, noun, given)
    selection = chosen.selection(catalogue)
    assert [item for item in catalogue.of(noun) if selection.passes(item)] == expected
    assert listing(catalogue, noun, chosen, None, Window(first=0)).total_count == len(expected)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_field_tells_objects_apart(catalogue: Catalogue, noun: str) -> None:
    """Each field can be filled so that some objects fit and some do not; otherwise nothing would be tested here."""
    size = len(catalogue.of(noun))
    for field in MEANS[noun]:
        values, several = pool(catalogue, noun, field)
        given = ({field: [value] if several else value} for value in values)
        assert any(0 < len(fitting(catalogue, noun, each)) < size for each in given), field


@pytest.mark.parametrize("noun", NOUNS)
def test_any_word_is_found_where_it_stands(catalogue: Catalogue, noun: str) -> None:
    for text in (*TEXTS, *WORDS):
        passes = filter_of(noun, {"text": text}).selection(catalogue).passes
        assert [item for item in catalogue.of(noun) if passes(item)] == fitting(catalogue, noun, {"text": text})


@pytest.mark.parametrize("noun", NOUNS)
def test_an_empty_filter_gives_everything(catalogue: Catalogue, noun: str) -> None:
    size = len(catalogue.of(noun))
    assert listing(catalogue, noun, filter_of(noun, {}), None, Window()).total_count == size > 0


def test_nothing_fits_an_empty_choice(catalogue: Catalogue) -> None:
    assert RegionFilter(kind=[]).selection(catalogue).mask == 0


def _regions_in(*within: str) -> RegionFilter:
    return RegionFilter(within=[strawberry.ID(name) for name in within])


def _found(catalogue: Catalogue, *within: str) -> set[str]:
    passes = _regions_in(*within).selection(catalogue).passes
    return {region.code for region in catalogue.of("region") if passes(region)}


def test_a_region_holds_its_subregions_and_predecessors(catalogue: Catalogue) -> None:
    valmiera = {"valmieras-novads", "valmiera", "rujiena", "burtnieku-pagasts", "burtnieku-novads-2009"}
    assert _found(catalogue, "valmieras-novads") == {*valmiera, "vidzemes-apgabals"}
    assert _found(catalogue, ident("region", "valmieras-novads")) == {*valmiera, "vidzemes-apgabals"}
    vidzeme = {"pr-vidzeme", "cesu-novads", "raunas-novads-2009", *valmiera, "vidzemes-apgabals"}
    assert _found(catalogue, "pr-vidzeme") == vidzeme
    assert _found(catalogue, "lv") == {region.code for region in catalogue.of("region")}


def test_a_split_unit_is_under_each_successor_and_counted_once(catalogue: Catalogue) -> None:
    for successor in ("cesu-novads", "adazu-novads"):
        assert "raunas-novads-2009" in _found(catalogue, successor)
    both = _regions_in("cesu-novads", "adazu-novads")
    alone = [_regions_in(code) for code in ("cesu-novads", "adazu-novads")]
    counts = [listing(catalogue, "region", chosen, None, Window()).total_count for chosen in (both, *alone)]
    assert counts == [4, 3, 3]  # the two of today, the one that was split, and the one that it came from


def test_a_code_of_several_taxonomies_means_all_of_them(catalogue: Catalogue) -> None:
    passes = TaxonomyTermFilter(within=[strawberry.ID("dementia")]).selection(catalogue).passes
    found = [term for term in catalogue.of("taxonomy_term") if passes(term)]
    assert sorted(term.taxonomy.code for term in found) == ["activity_field", "service_category", "target_group"]


def test_a_selection_is_made_once_for_the_same_filter(catalogue: Catalogue) -> None:
    day = date(2026, 3, 1)
    once, twice = (filter_of("organisation", {"as_of": day, "sector": []}) for _ in range(2))
    assert once is not twice
    assert once.selection(catalogue) is twice.selection(catalogue)
    assert once.selection(catalogue) is not filter_of("organisation", {"as_of": day}).selection(catalogue)


def test_not_every_selection_is_remembered(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "ROOM", 20 * indexes.SMALL)
    catalogue.indexes["event"].forget()  # What other tests asked for.
    first = filter_of("event", {"text": "pirmais"})
    kept = first.selection(catalogue)
    for n in range(20):
        filter_of("event", {"text": f"meklē {n}"}).selection(catalogue)
    assert first.selection(catalogue) is not kept
    assert first.selection(catalogue) == kept
