"""Facets count what choosing each value would give."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.catalogue import types
from service.catalogue.catalogue import Catalogue
from service.catalogue.facets import Among
from service.catalogue.filters import Filter
from tests.catalogue.asking import EXAMPLES, FILTERS, filter_of, filters, fitting, pool

NOUNS = tuple(FILTERS)


def facet_names(noun: str) -> list[str]:
    module = __import__(FILTERS[noun].__module__, fromlist=["*"])
    return [each.value for each in getattr(module, f"{types.NOUNS[noun].__name__}Facet")]


def shown(value: Any) -> str:
    """As a facet names a value."""
    return str(getattr(value, "name", str(value).lower() if isinstance(value, bool) else value))


def choosable(catalogue: Catalogue, noun: str, name: str) -> tuple[dict[str, Any], bool]:
    """What one could choose, by its name in a facet; ids only, where slugs and codes would do too."""
    values, several = pool(catalogue, noun, name)
    return {
        shown(value): value
        for value in values
        if not isinstance(value, str) or value in catalogue.records or (not is_record(noun, name))
    }, several


def is_record(noun: str, name: str) -> bool:
    return name in FILTERS[noun].LOOKUPS


@pytest.mark.parametrize("noun", NOUNS)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_a_count_is_what_looking_at_every_object_counts(catalogue: Catalogue, noun: str, data: st.DataObject) -> None:
    given = data.draw(filters(catalogue, noun))
    name = data.draw(st.sampled_from([*({*given} & {*facet_names(noun)}), *facet_names(noun)]))
    some = data.draw(st.none() | st.lists(st.sampled_from(catalogue.of(noun)), unique_by=id))
    [facet] = Among(catalogue, noun, filter_of(noun, given), some).facets([name])
    counts = {value.value: value.count for value in facet.found}
    choices, several = choosable(catalogue, noun, name)
    value = data.draw(st.sampled_from([*choices, *counts]))
    choice = choices.get(value, value)
    asked = {**given, name: [choice] if several else choice}
    found = [item for item in fitting(catalogue, noun, asked) if some is None or item in some]
    assert counts.get(value, 0) == len(found)
    assert [*counts.values()] == sorted(counts.values(), reverse=True)
    assert all(counts.values())


@pytest.mark.parametrize("noun", NOUNS)
def test_what_one_filters_by_is_a_facet_by_itself(noun: str) -> None:
    kind = Filter.of(noun)
    assert kind is FILTERS[noun]
    many = {name for name, named in kind.LOOKUPS.items() if named.partition("/")[0] not in ("region", "taxonomy_term")}
    apart = {"text", "near", "age", "as_of", *many}
    assert {*kind.names()} - {*facet_names(noun)} == apart & {*kind.names()}
    assert "start" not in facet_names(noun)


def test_records_are_named_and_values_are_not(catalogue: Catalogue) -> None:
    region, sector = Among(catalogue, "organisation", None).facets(["region", "sector", "region"])
    assert (region.field, sector.field) == ("region", "sector")
    assert all(value.record is catalogue.records[value.value] for value in region.found)
    assert {value.name() for value in sector.found} == {None}
    assert {value.value for value in sector.found} <= {"NGO", "MUNICIPAL", "STATE", "PRIVATE", "INTERNATIONAL"}


def test_as_many_values_are_shown_as_are_asked_for(catalogue: Catalogue) -> None:
    [facet] = Among(catalogue, "organisation", None).facets(["region"])
    assert facet.total_count >= len(facet.found) > 10
    assert len(facet.values()) == min(20, facet.total_count)
    assert facet.values(first=3) == list(facet.found[:3])
    assert len(facet.values(first=10_000)) == min(100, facet.total_count)
