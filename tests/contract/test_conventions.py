"""The schema follows its conventions, and each of them would notice."""

from pathlib import Path

import pytest
from graphql import build_schema

from tests.contract.conventions import RULES, problems

SCHEMA = (Path(__file__).parent.parent.parent / "schema.graphql").read_text("utf-8")

GOOD = '''
interface Node { id: ID! }
type Query {
  node(id: ID!): Node
  thing(by: ThingBy!): Thing
  things(
    first: Int, after: String, last: Int, before: String, filter: ThingFilter, orderBy: ThingOrder
  ): ThingConnection
}
type Thing implements Node {
  id: ID!
  name: String!
  kind: Kind!
  old: Int @deprecated(reason: "Use `name`. Until 2027-11-30.")
}
type ThingConnection { nodes: [Thing!]!, totalCount: Int!, edges: [ThingEdge!]!, pageInfo: PageInfo! }
type ThingEdge { cursor: String!, node: Thing! }
type PageInfo { hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String }
enum Kind { GOOD_ONE }
input ThingBy @oneOf { id: ID, slug: String }
input ThingFilter { text: String }
input ThingOrder { field: ThingOrderField!, direction: Direction! = ASC }
enum ThingOrderField { NAME }
enum Direction { ASC, DESC }
type Mutation { thingUpdate(input: ThingUpdateInput!): ThingUpdatePayload }
input ThingUpdateInput { id: ID! }
type ThingUpdatePayload { thing: Thing, userErrors: [UserError!]!, query: Query! }
type UserError { message: String! }
'''  # fmt: skip

SPOILT = {
    "types_are_pascal_case": [("enum Kind", "enum kind"), ("kind: Kind!", "kind: kind!")],
    "members_are_camel_case": [("name: String!", "full_name: String!")],
    "enum_values_are_screaming": [("GOOD_ONE", "goodOne")],
    "inputs_say_what_they_are": [("ThingBy", "ThingKey")],
    "filters_and_orders_are_of_their_noun": [("filter: ThingFilter", "filter: ThingUpdateInput")],
    "orders_have_a_field_and_a_direction": [("direction: Direction! = ASC }", "}")],
    "connections_are_whole": [("totalCount: Int!, ", "")],
    "nothing_else_is_like_a_connection": [("type UserError {", "type UserError { edges: String, ")],
    "lists_of_objects_are_connections": [("name: String!", "others: [Thing!]!")],
    "connections_are_paged": [("last: Int, ", "")],
    "root_fields_are_nullable": [("): ThingConnection", "): ThingConnection!")],
    "nodes_and_only_nodes_have_an_id": [("Thing implements Node", "Thing")],
    "mutations_take_an_input_and_give_a_payload": [("query: Query! }", "}")],
    "deprecations_name_a_replacement": [("Use `name`. Until 2027-11-30.", "Gone.")],
}


def test_the_schema_follows_its_conventions() -> None:
    assert problems(build_schema(SCHEMA)) == []


def test_a_good_schema_has_no_problem() -> None:
    assert problems(build_schema(GOOD)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_broken_convention_is_noticed(rule: object) -> None:
    spoilt = GOOD
    for right, wrong in SPOILT[rule.__name__]:  # type: ignore[attr-defined]
        assert right in spoilt
        spoilt = spoilt.replace(right, wrong)
    found = problems(build_schema(spoilt))
    assert any(problem.endswith(f": {rule.__doc__}") for problem in found)
