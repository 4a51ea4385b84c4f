"""Coverage and introductions as they are asked for: what they cost, that they are compiled and can be interrupted."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from graphql import parse

from service.api.limits.pricing import LARGEST_COST, Pricing
from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.errors import TimedOut
from tests.api.test_compiled import by_graphql_core, by_plan, compile_operation, operation_of
from tests.api.test_deadline import Countdown
from tests.catalogue.worlds import world

CELLS = "cells(first: 30) { nodes { category { code } state } }"
TABLE = f"coverage {{ regions(first: 50) {{ nodes {{ region {{ code }} {CELLS} }} }} }}"
PROVIDERS = TABLE.replace("state", "state providers { nodes { organisation { name } links { totalCount } } }")
REASONS = "{ totalCount nodes { organisation { name } reasons { nodes { text } } } }"
PARTNERS = f"suggestedPartners(organisation: %s) {REASONS}"
EVERYTHING = f"""
{{
  {TABLE}
  unconnected(region: "riga") {{ text organisations {{ totalCount nodes {{ name }} }} municipalSide {{ totalCount }} }}
  none: unconnected(region: "nav") {{ text }}
  nobody: {PARTNERS % '"nav"'}
}}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return world(0)


def price(text: str) -> int:
    operation = operation_of(text)
    return Pricing(schema._schema, parse(text), operation.node).cost({})


def test_the_table_of_all_municipalities_can_be_asked_for_at_once() -> None:
    assert 0 < price(f"{{ {TABLE} }}") <= LARGEST_COST


def test_a_table_with_all_providers_costs_too_much() -> None:
    assert price(f"{{ {PROVIDERS} }}") > LARGEST_COST


def test_it_is_compiled_and_answers_what_graphql_core_answers(catalogue: Catalogue) -> None:
    organisation = catalogue.of("organisation")[0]
    partners = PARTNERS % f'"{organisation.id}"'
    for text in (EVERYTHING, f"{{ {PROVIDERS} }}", f"{{ {partners} }}"):
        expected = by_graphql_core(text, catalogue, {})
        assert expected.errors is None
        assert by_plan((text, {}), catalogue) == orjson.dumps(expected.data)


def test_an_organisation_has_the_suggestions_that_the_root_gives(catalogue: Catalogue) -> None:
    for organisation in catalogue.of("organisation"):
        id = f'"{organisation.id}"'
        data: Any = by_graphql_core(
            f"{{ {PARTNERS % id} organisation(by: {{id: {id}}}) {{ suggestedPartners {REASONS} }} }}", catalogue, {}
        ).data
        assert data["suggestedPartners"] == data["organisation"]["suggestedPartners"]


def test_a_long_table_stops_when_the_deadline_passes(catalogue: Catalogue) -> None:
    text = f"{{ {TABLE} }}"
    operation = operation_of(text)
    plan = compile_operation(operation, operation.steer({}), None)
    patient = Countdown(10**6)
    plan.run(catalogue, {}, patient.check)
    looks = 10**6 - patient.looks
    assert looks >= len(world(0).of("region")) // 4
    with pytest.raises(TimedOut):
        plan.run(catalogue, {}, Countdown(looks // 2).check)
