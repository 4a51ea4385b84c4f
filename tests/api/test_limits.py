"""What is refused before it runs, and that the price of a query is never less than what its answer holds."""

from __future__ import annotations

import gc
import re
from contextlib import suppress
from itertools import pairwise
from time import process_time
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLSyntaxError,
    Lexer,
    OperationDefinitionNode,
    Source,
    TokenKind,
    execute_sync,
    get_introspection_query,
    get_variable_values,
    parse,
    print_ast,
    validate,
)
from hypothesis import assume, given, settings, target
from hypothesis import strategies as st

from service.api.limits import (
    LARGEST_COST,
    Pricing,
    introspection_key,
    is_standard_introspection,
    measure,
    parsed,
)
from service.api.limits.glance import MOST_TOKENS, glance
from service.api.limits.pricing import Formula
from service.api.limits.structure import MOST, measured
from service.api.limits.weights import unsized, weight_of
from service.api.schema import schema, sdl
from service.catalogue.catalogue import Catalogue
from service.errors import LimitExceeded, TooCostly, TooLarge
from tests.api.documents import documents
from tests.api.hostile import Hostile, code_of, doubling, hostile, repeated

CORE = schema._schema
PATIENT = settings(max_examples=100)


def operation(text: str) -> OperationDefinitionNode:
    return next(d for d in parse(text).definitions if isinstance(d, OperationDefinitionNode))


def pricing(text: str) -> Pricing:
    document = parsed(text)
    measure(document)
    assert validate(CORE, document) == []
    return Pricing(CORE, document, next(d for d in document.definitions if isinstance(d, OperationDefinitionNode)))


def cost(text: str, **variables: Any) -> int:
    given = get_variable_values(CORE, operation(text).variable_definitions or (), variables)
    assert not isinstance(given, list), given
    return pricing(text).cost(given.coerced)


# Hostile documents


@pytest.mark.parametrize("document", list(hostile()), ids=lambda document: document.name)
def test_a_hostile_document_is_refused(document: Hostile) -> None:
    assert code_of(CORE, document.text) in document.codes


def test_the_corpus_is_told_apart_from_what_is_harmless() -> None:
    assert code_of(CORE, doubling(2)) is None
    assert code_of(CORE, "{ organisations { nodes { id services { nodes { name } } } } }") is None


@pytest.mark.parametrize("levels", [24, 60])
def test_no_refusal_tells_more_than_a_sentence(levels: int) -> None:
    with pytest.raises(LimitExceeded) as refused:
        measure(parsed(doubling(levels)))
    assert len(refused.value.message) < 200
    assert refused.value.extensions == {"code": "LIMIT_EXCEEDED", "limit": refused.value.limit}
    assert refused.value.status == 400


def test_what_is_no_graphql_is_told_by_the_parser() -> None:
    with pytest.raises(GraphQLSyntaxError):
        parsed("{ organisations")


@pytest.mark.parametrize("text", ["{ a b c { d } }" * 20, "{ a b c(" + "x: 1 " * 500])
def test_nothing_of_a_document_waits_for_the_garbage_collector(text: str) -> None:
    gc.collect()
    gc.disable()
    try:
        with suppress(GraphQLSyntaxError):
            parsed(text)
        assert not gc.collect()
    finally:
        gc.enable()


def test_tokens_are_counted_to_the_last() -> None:
    fitting = "{ c a(b: [" + "[] " * ((MOST_TOKENS - 10) // 2) + "]) }"
    assert parsed(fitting)
    with pytest.raises(TooLarge, match="5,000 tokens"):
        parsed(fitting + "{")


EDGES = [
    ("selections", "{ " + repeated(lambda n: f"a{n}", MOST["selections"]) + " }"),
    ("values", "{ a(b: [" + "1 " * (MOST["values"] - 1) + "]) }"),
    ("aliases", "{ " + repeated(lambda n: f"a{n}: b", MOST["aliases"]) + " }"),
    ("levels of fields", "{ a " * MOST["levels of fields"] + "}" * MOST["levels of fields"]),
    ("operations", repeated(lambda n: f"query Q{n} {{ a }}", MOST["operations"])),
    ("comparisons of fields", "{ " + "a " * 70 + "... { " + repeated(lambda n: f"b{n}", 100) + " } }"),
]


@pytest.mark.parametrize(("name", "text"), EDGES, ids=[name for name, _ in EDGES])
def test_as_much_as_there_may_be_is_accepted_and_one_more_is_not(name: str, text: str) -> None:
    measure(parsed(text))
    more = {
        "selections": text.replace("{", "{ b ", 1),
        "values": text.replace("[", "[ 1 ", 1),
        "aliases": text.replace("{", "{ x: y ", 1),
        "levels of fields": text.replace("{ a", "{ a { a", 1) + "}",
        "operations": text + " query More { a }",
        "comparisons of fields": text.replace("{", "{ a ", 1),
    }[name]
    with pytest.raises(LimitExceeded, match=name):
        measure(parsed(more))


ODD = r'''
query Q($a: [Int!]! = [1, 2] @deprecated(reason: "x"), $b: String = """a "quoted" \""" { text } @here""")
@a(b: {c: "\"d: e\""}) {
  # a comment: with { braces } and @signs "and quotes
  x: y(z: {u: [$a, -1.5e3, ENUM, {v: null}], w: "...on T { a: b }"}) @include(if: $a) { ...F ... on T { s } ... { t } }
}
fragment F on T @x { p: q r }
'''


def test_at_first_sight_nothing_is_counted_that_is_not_there() -> None:
    seen, size = glance(ODD), measured(parse(ODD))
    assert (seen.comments, seen.aliases, seen.directives, seen.levels) == (1, 2, 4, 3)
    assert seen.aliases == size.counts["aliases"]
    assert seen.fragments == 1
    assert glance("query fragment { ...fragment } fragment fragment on Query { fragment }").fragments == 1
    assert 4 <= seen.selections <= sum(own.count for own in [*size.operations, *size.fragments.values()])
    assert 10 <= seen.values <= size.counts["values"] + len(["$a", "$b"])
    lexer = Lexer(Source(ODD))
    tokens = 0
    while lexer.advance().kind is not TokenKind.EOF:
        tokens += 1
    assert seen.tokens == tokens


@PATIENT
@given(data=st.data())
def test_at_first_sight_no_more_is_counted_than_there_is(catalogue: Catalogue, data: st.DataObject) -> None:
    """Of any valid document; otherwise it would refuse what may be asked."""
    text, _ = data.draw(documents(CORE, _names(catalogue)))
    seen = glance(text)
    try:
        size = measured(parse(text))
    except LimitExceeded:
        return
    definitions = [*size.operations, *size.fragments.values()]
    assert seen.selections <= sum(own.count for own in definitions)
    assert seen.aliases <= size.counts["aliases"]
    assert seen.directives <= size.counts["directives"]
    assert seen.values <= size.counts["values"] + size.counts["variables"]
    assert seen.fragments <= len(size.fragments)
    assert seen.levels <= max(own.levels for own in definitions)


@pytest.mark.parametrize(
    "text", ['{a(b:"' + '\\"' * 49_000, '"' * 99_000, '"""' + '\\"""' * 24_000, "." * 99_000, "(" * 99_000]
)
def test_a_first_sight_takes_no_longer_than_the_text(text: str) -> None:
    began = process_time()
    glance(text)
    assert process_time() - began < 1


@given(levels=st.integers(1, 49))
def test_a_fragment_is_walked_once_however_often_it_is_spread(levels: int) -> None:
    """Counted in nodes, not in seconds: what is looked at grows with the text, not with what it stands for."""
    document = parsed(doubling(levels))
    try:
        visited = measured(document).visited
    except LimitExceeded:
        return
    assert visited <= 20 * MOST["selections"]


def test_a_price_is_found_by_walking_once_for_each_type() -> None:
    looked = []
    for depth in (1, 2, 3, 4):
        text = (
            "{ node(id: 1) { "
            + "... on Record { evidence { nodes { record { " * depth
            + "id"
            + " } } } }" * depth
            + " } }"
        )
        document = parsed(text)
        [node] = document.definitions
        assert isinstance(node, OperationDefinitionNode)
        looked.append(Formula(CORE, {}, node, {}).visited)
    steps = {after - before for before, after in pairwise(looked)}
    assert len(steps) == 1  # Each level adds the same: thirteen types once, not thirteen times those above.


# The price


def objects(value: Any) -> int:
    """How many objects an answer holds, itself included."""
    if isinstance(value, dict):
        return 1 + sum(map(objects, value.values()))
    return sum(map(objects, value)) if isinstance(value, list) else 0


def _names(catalogue: Catalogue) -> list[str]:
    records = list(catalogue.records.values())[::7]
    return [record.id for record in records] + [record.slug for record in records if hasattr(record, "slug")]


@PATIENT
@given(data=st.data())
def test_an_answer_never_holds_more_objects_than_its_price(catalogue: Catalogue, data: st.DataObject) -> None:
    text, variables = data.draw(documents(CORE, _names(catalogue)))
    document = parse(text)
    [node] = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    coerced = get_variable_values(CORE, node.variable_definitions or (), variables)
    assume(not isinstance(coerced, list))
    price = Pricing(CORE, document, node).cost(coerced.coerced)  # type: ignore[union-attr]
    result = execute_sync(CORE, document, catalogue, variable_values=variables)
    assume(result.data is not None)
    held = objects(result.data)
    target(float(held) / max(price, 1))
    assert held <= price


@PATIENT
@given(data=st.data())
def test_variables_cost_what_the_same_values_cost_in_the_text(catalogue: Catalogue, data: st.DataObject) -> None:
    first, words, sector = (
        data.draw(st.none() | st.integers(-5, 120)),
        data.draw(st.none() | st.just("a")),
        data.draw(st.booleans()),
    )
    filters = {"text": words} | ({"sector": ["NGO"]} if sector else {})
    body = "{ totalCount nodes { id services(first: %s) { nodes { name } } } }"
    varied = "query ($n: Int, $f: OrganisationFilter) { organisations(first: $n, filter: $f) " + body % "$n" + " }"
    number = "null" if first is None else str(first)
    written_filter = f"{{text: {orjson.dumps(words).decode()}{', sector: [NGO]' if sector else ''}}}"
    written = f"{{ organisations(first: {number}, filter: {written_filter}) {body % number} }}"
    assert cost(varied, n=first, f=filters) == cost(written)


def test_pages_are_priced_by_what_they_hold() -> None:
    page = "{ organisations%s { nodes { id } } }"
    # The query, the connection, and a page of organisations with one value each.
    assert cost(page % "") == int(2 + 20 * 1.05)
    assert cost(page % "(first: 5)") == int(2 + 5 * 1.05)
    assert cost(page % "(last: 7)") == int(2 + 7 * 1.05)
    assert cost(page % "(first: 100000)") == cost(page % "(first: 100)") == int(2 + 100 * 1.05)
    assert cost(page % "(first: -3)") == cost(page % "(first: 0)") == 2
    assert cost(page % "(first: null)") == cost(page % "")
    assert cost("query ($n: Int = 3) { organisations(first: $n) { nodes { id } } }") == cost(page % "(first: 3)")
    assert cost("query ($n: Int = 3) { organisations(first: $n) { nodes { id } } }", n=None) == cost(page % "")


def test_lists_in_lists_are_multiplied_and_both_faces_of_a_page_are_paid() -> None:
    assert cost("{ organisations(first: 10) { nodes { services(first: 10) { nodes { __typename } } } } }") == int(
        2 + 10 * (1 + 1 + 10 * 1.05)
    )
    both = cost("{ organisations(first: 10) { nodes { id } edges { node { id } } } }")
    assert both == int(2 + 10 * 1.05 + 10 * (1 + 1.05))


def test_what_merges_is_paid_once() -> None:
    once = "{ organisations(first: 9) { nodes { id slug } } }"
    again = "fragment F on Query { organisations(first: 9) { nodes { slug id } } }"
    assert cost(once) == cost("{ organisations(first: 9) { nodes { id } } ...F } " + again)


def test_where_several_types_are_possible_the_dearest_counts() -> None:
    one = "{ node(id: 1) { ... on Organisation { services { nodes { id } } } } }"
    other = "{ node(id: 1) { ... on Organisation { services { nodes { id } } } ... on Service { slug } } }"
    assert cost(one) == cost(other) > cost("{ node(id: 1) { ... on Service { slug } } }")


def test_ids_are_paid_by_their_number() -> None:
    ids = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert cost(ids, ids=[]) == 1
    assert (
        cost(ids, ids=["a"] * 40)
        == cost(f"{{ nodes(ids: {['a'] * 40}) {{ id }} }}".replace("'", '"'))
        == int(1 + 40 * 1.05)
    )
    assert cost(ids, ids=["a"] * 500) == int(1 + 100 * 1.05)
    assert cost('{ nodes(ids: "a") { id } }') == int(1 + 1.05)


def test_what_is_left_out_is_not_paid() -> None:
    text = (
        "query ($a: Boolean!) { organisations @include(if: $a) { nodes { id } } services @skip(if: $a) { totalCount } }"
    )
    assert cost(text, a=True) == cost("{ organisations { nodes { id } } }")
    assert cost(text, a=False) == cost("{ services { totalCount } }")
    assert cost("{ organisations @skip(if: true) { nodes { id } } }") == 1


def test_with_many_switches_everything_is_paid() -> None:
    fields = repeated(lambda n: f"a{n}: organisations @include(if: $s{n}) {{ nodes {{ id }} }}", 4)
    declared = repeated(lambda n: f"$s{n}: Boolean!", 4)
    text = f"query ({declared}) {{ {fields} }}"
    assert cost(text, s0=False, s1=False, s2=False, s3=False) == cost(text, s0=True, s1=True, s2=True, s3=True)


def test_the_same_search_is_paid_once_and_another_again() -> None:
    searches = (
        '{{ a: services(filter: {{text: "a"}}) {{ totalCount }} b: services(filter: {{text: "{}"}}) {{ totalCount }} }}'
    )
    assert cost(searches.format("b")) - cost(searches.format("a")) == 800


def test_what_is_too_dear_is_refused_with_its_price() -> None:
    text = "query ($n: Int) { organisations(first: $n) { nodes { services(first: $n) { nodes { name } } } } }"
    priced = pricing(text)
    assert priced.affordable({"n": 20}) < LARGEST_COST
    with pytest.raises(TooCostly) as refused:
        priced.affordable({"n": 100})
    assert refused.value.extensions == {"code": "COST_EXCEEDED", "cost": priced.cost({"n": 100}), "limit": LARGEST_COST}
    assert f"{priced.cost({'n': 100}):,}" in refused.value.message


NETWORK = """
query ($slug: String!, $day: Date) { organisation(by: {slug: $slug}) { ...Profile
  cooperation(first: 10, filter: {asOf: $day}) { totalCount edges { node { role kind phase partner { ...Profile
    cooperation(first: 10, filter: {asOf: $day}) { totalCount edges { node { role kind phase partner { ...Profile
      cooperation(first: 10, filter: {asOf: $day}) { totalCount edges { node { role kind phase partner { ...Profile
  } } } } } } } } } } } } } }
fragment Profile on Organisation { id slug name description website email phone legalForm sector roles seat { town } }
"""


def test_a_partner_network_of_depth_three_is_affordable() -> None:
    assert LARGEST_COST * 0.4 < cost(NETWORK, slug="a", day="2020-01-01") < LARGEST_COST


# What the schema says


def test_every_list_of_the_schema_has_a_size() -> None:
    assert unsized(CORE) == []


def test_no_field_of_an_interface_has_a_weight() -> None:
    """The cost specification forbids it, for what is behind it may weigh more."""
    kinds = [kind for kind in CORE.type_map.values() if isinstance(kind, GraphQLInterfaceType)]
    assert {kind.name for kind in kinds} >= {"Node", "Record"}
    assert [f"{kind}.{name}" for kind in kinds for name, field in kind.fields.items() if weight_of(field)] == []


def test_clients_can_read_the_prices() -> None:
    assert re.search(r"services\([^)]*\): ServiceConnection! @listSize\(assumedSize: 20, slicingArguments:", sdl())
    [directive] = [each for each in CORE.directives if each.name == "listSize"]
    assert all(argument.description for argument in directive.args.values())


# Introspection

OPTIONS = (
    *("descriptions", "specified_by_url", "directive_is_repeatable", "schema_description", "one_of"),
    *("input_value_deprecation", "experimental_directive_deprecation"),
)


def _older(text: str) -> str:
    """The same as tools of an older graphql-js write it."""
    head, tail = text.split("fragment TypeRef")
    return (
        head.replace("{ name kind }", "{ name }") + "fragment TypeRef" + re.sub(r"name(\s+)kind", r"kind\1name", tail)
    )


@given(
    chosen=st.fixed_dictionaries(dict.fromkeys(OPTIONS, st.booleans())), depth=st.integers(1, 12), older=st.booleans()
)
def test_standard_introspection_is_known_in_all_its_forms(chosen: dict[str, bool], depth: int, older: bool) -> None:
    text = get_introspection_query(**chosen, type_depth=depth)
    document = parsed(_older(text) if older else text)
    measure(document)
    assert is_standard_introspection(document)
    assert introspection_key(parsed(print_ast(document))) == introspection_key(document)


OTHER = {
    "an alias": ("isDeprecated", "x: isDeprecated"),
    "a second list of types": ("__schema {", "__schema { a: types { name }"),
    "a directive": ("...FullType", "...FullType @include(if: true)"),
    "another root field": ("__schema {", "organisations { totalCount } __schema {"),
    "an argument": ("types {", "types(a: 1) {"),
    "a list within a list": ("possibleTypes {", "possibleTypes { fields { name }"),
}


@pytest.mark.parametrize("name", OTHER)
def test_what_only_looks_like_it_is_priced(name: str) -> None:
    document = parsed(get_introspection_query().replace(*OTHER[name], 1))
    assert not is_standard_introspection(document)


def test_other_introspection_is_priced() -> None:
    assert not is_standard_introspection(parsed("{ __schema { types { name } } }"))
    kinds = len(CORE.type_map)
    assert cost("{ __schema { types { name } } }") == int(2 + kinds * 1.05)
    assert cost('{ __type(name: "Organisation") { fields { name type { name ofType { name } } } } }') < 200
    assert cost(get_introspection_query()) > LARGEST_COST
    anything = "query ($n: String!) { __type(name: $n) { fields { name } } }"
    most = max(len(getattr(kind, "fields", ())) for kind in CORE.type_map.values())
    assert cost(anything, n="Source") == int(2 + 1.05 * most)


ON_TYPES = " fragment A on __Type { enumValues(includeDeprecated: true) { name } inputFields { name } }"


@pytest.mark.parametrize(
    "text",
    [
        "{ __schema { types { name fields { name } } } }",
        "{ __schema { types { fields { args { name } } } } }",
        "{ __schema { types { ...A kind } directives { locations args { type { ofType { name } } } } } }" + ON_TYPES,
        '{ a: __schema { queryType { possibleTypes { name } } } b: __type(name: "Node") { possibleTypes { name } } }',
        '{ __type(name: "Nowhere") { name } }',
    ],
)
def test_what_asks_about_the_schema_costs_what_its_answer_holds(text: str) -> None:
    """Exactly: one for each object, the query included, and something for each value."""
    data = execute_sync(CORE, parse(text)).data
    assert cost(text) == int(objects(data) + 0.05 * _values(data) + 1e-6)


def _values(data: Any) -> int:
    """How many values an answer holds; null is one where it stands for a value, none where for an object."""
    if isinstance(data, dict):
        return sum(map(_values, data.values()))
    if isinstance(data, list):
        return sum(map(_values, data))
    return data is not None


def test_more_about_the_schema_than_may_be_asked_is_not_counted_to_the_end() -> None:
    wide = repeated(lambda n: f"a{n}: fields {{ name type {{ name }} }}", 90)
    began = process_time()
    assert cost(f"{{ __schema {{ types {{ {wide} }} }} }}") > LARGEST_COST
    assert process_time() - began < 2
