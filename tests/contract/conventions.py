"""The conventions of the schema, one rule a function: what it finds wrong is told by its schema coordinate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_enum_type,
    is_input_object_type,
    is_introspection_type,
    is_list_type,
    is_non_null_type,
    is_scalar_type,
)

Rule = Callable[[GraphQLSchema], Iterator[str]]

PASCAL = re.compile(r"[A-Z][a-zA-Z0-9]*")
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
SCREAMING = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
PARTS = re.compile(r"\w+Connection\.(nodes|edges|facets)|\w+Payload\.userErrors")
INPUTS = ("Input", "Filter", "Order")
PAGING = {"first": "Int", "after": "String", "last": "Int", "before": "String"}
PAGE_INFO = {
    "hasNextPage": "Boolean!",
    "hasPreviousPage": "Boolean!",
    "startCursor": "String",
    "endCursor": "String",
}

FORWARD_ONLY = {"Query.changes", "Query.search"}
"""A log is followed, never read backwards; its newest entry stands in `directory.lastChange`. So is a ranking."""

LISTS = {
    "Query.nodes",
    "Facet.values",
    "Highlighted.parts",
    "SearchResultConnection.corrections",
    *(f"Suggestions.{kind}" for kind in ("organisations", "categories", "situations", "places")),
}
"""As Relay has it: one answer for each id, in their order. The others are short, and nobody pages through them."""

NO_NODES = {"Change", "Revision", "Account", "Webhook"}
"""What has the id of a record without being the record, and what stands under `viewer` for those who may see it."""


def problems(schema: GraphQLSchema) -> list[str]:
    return [f"{name}: {rule.__doc__}" for rule in RULES for name in rule(schema)]


def types_are_pascal_case(schema: GraphQLSchema) -> Iterator[str]:
    """A type is named in PascalCase."""
    yield from (name for name in _types(schema) if not PASCAL.fullmatch(name))


def members_are_camel_case(schema: GraphQLSchema) -> Iterator[str]:
    """A field, an argument and a directive are named in camelCase."""
    named = [(coordinate, coordinate.rpartition(".")[2]) for coordinate, _ in _fields(schema)]
    named += [(coordinate, coordinate.partition("(")[2].rstrip(":)")) for coordinate, _ in _arguments(schema)]
    named += [(f"@{directive.name}", directive.name) for directive in schema.directives]
    yield from (coordinate for coordinate, name in named if not CAMEL.fullmatch(name))


def enum_values_are_screaming(schema: GraphQLSchema) -> Iterator[str]:
    """An enum value is named in SCREAMING_SNAKE_CASE."""
    for name, type in _types(schema).items():
        if is_enum_type(type):
            yield from (f"{name}.{value}" for value in type.values if not SCREAMING.fullmatch(value))


def inputs_say_what_they_are(schema: GraphQLSchema) -> Iterator[str]:
    """An input ends in Input, Filter or Order; one that names a record by one of its keys has By in its name."""
    for name, type in _types(schema).items():
        if is_input_object_type(type):
            named = "By" in name if type.is_one_of else name.endswith(INPUTS)
            if not named:
                yield name


def filters_and_orders_are_of_their_noun(schema: GraphQLSchema) -> Iterator[str]:
    """`filter` and `orderBy` of a connection of X are an XFilter and an XOrder, or those of what X stands for."""
    for coordinate, type in _arguments(schema):
        name = coordinate.partition("(")[2].rstrip(":)")
        suffix = {"filter": "Filter", "orderBy": "Order"}.get(name)
        if suffix and not str(type).endswith(suffix):
            yield coordinate


def orders_have_a_field_and_a_direction(schema: GraphQLSchema) -> Iterator[str]:
    """An order is a field of an enum, and a direction."""
    for name, type in _types(schema).items():
        if isinstance(type, GraphQLInputObjectType) and name.endswith("Order"):
            shape = {field: str(declared.type) for field, declared in type.fields.items()}
            if shape != {"field": f"{name}Field!", "direction": "Direction!"}:
                yield name


def connections_are_whole(schema: GraphQLSchema) -> Iterator[str]:
    """A connection has at least nodes, totalCount, edges and pageInfo; its edges have a cursor and a node."""
    for name, type in _objects(schema):
        noun = name.removesuffix("Connection")
        if name != noun:
            edge = {"cursor": "String!", "node": f"{noun}!"}
            whole = _connection_of(noun).items() <= _shape(type).items()
            if not whole or not edge.items() <= _shape(schema.type_map.get(f"{noun}Edge")).items():
                yield name


def nothing_else_is_like_a_connection(schema: GraphQLSchema) -> Iterator[str]:
    """What has edges or pageInfo is named XConnection, and XEdge belongs to it; there is one PageInfo."""
    for name, type in _objects(schema):
        unnamed = not name.endswith("Connection") and {"edges", "pageInfo"} & type.fields.keys()
        stray = name.endswith("Edge") and f"{name.removesuffix('Edge')}Connection" not in schema.type_map
        other = name == "PageInfo" and _shape(type) != PAGE_INFO
        if unnamed or stray or other:
            yield name


def lists_of_objects_are_connections(schema: GraphQLSchema) -> Iterator[str]:
    """A list of objects is a connection."""
    for coordinate, field in _output_fields(schema):
        of_objects = _is_list(field.type) and is_composite_type(get_named_type(field.type))
        if of_objects and coordinate not in LISTS and not PARTS.fullmatch(coordinate):
            yield coordinate


def connections_are_paged(schema: GraphQLSchema) -> Iterator[str]:
    """A connection is asked for with first, after, last and before."""
    for coordinate, field in _output_fields(schema):
        if get_named_type(field.type).name.endswith("Connection"):
            wanted = {"first", "after"} if coordinate in FORWARD_ONLY else PAGING.keys()
            given = {name: str(argument.type) for name, argument in field.args.items() if name in PAGING}
            if given != {name: PAGING[name] for name in wanted}:
                yield coordinate


def root_fields_are_nullable(schema: GraphQLSchema) -> Iterator[str]:
    """A field of the root is nullable, so that what fails there leaves its neighbours standing."""
    for root in filter(None, (schema.query_type, schema.mutation_type)):
        yield from (f"{root}.{name}" for name, field in root.fields.items() if is_non_null_type(field.type))


def nodes_and_only_nodes_have_an_id(schema: GraphQLSchema) -> Iterator[str]:
    """What has an id is a Node, with `id: ID!`."""
    node = schema.type_map["Node"]
    for name, type in _objects(schema):
        id = type.fields.get("id")
        is_node = node in type.interfaces
        if (is_node != (id is not None) and name not in NO_NODES) or (id and str(id.type) != "ID!"):
            yield name


def mutations_take_an_input_and_give_a_payload(schema: GraphQLSchema) -> Iterator[str]:
    """A mutation takes `input: XInput!` alone and gives an XPayload with userErrors and query."""
    mutation = schema.mutation_type
    for name, field in mutation.fields.items() if mutation else ():
        noun = name[0].upper() + name[1:]
        payload = schema.type_map.get(f"{noun}Payload")
        shape = {key: type for key, type in _shape(payload).items() if key in ("userErrors", "query")}
        arguments = {key: str(argument.type) for key, argument in field.args.items()}
        if (
            arguments != {"input": f"{noun}Input!"}
            or str(field.type) != f"{noun}Payload"
            or shape != {"userErrors": "[UserError!]!", "query": "Query!"}
        ):
            yield f"{mutation}.{name}"


def deprecations_name_a_replacement(schema: GraphQLSchema) -> Iterator[str]:
    """What is deprecated names in backticks what to use instead, and the day it goes: `… Until 2027-11-30.`"""
    for coordinate, member in [*_fields(schema), *_input_members(schema)]:
        reason = member.deprecation_reason
        if reason is not None and not re.search(r"`.+`.*\d{4}-\d\d-\d\d", reason):
            yield coordinate


RULES: tuple[Rule, ...] = (
    types_are_pascal_case,
    members_are_camel_case,
    enum_values_are_screaming,
    inputs_say_what_they_are,
    filters_and_orders_are_of_their_noun,
    orders_have_a_field_and_a_direction,
    connections_are_whole,
    nothing_else_is_like_a_connection,
    lists_of_objects_are_connections,
    connections_are_paged,
    root_fields_are_nullable,
    nodes_and_only_nodes_have_an_id,
    mutations_take_an_input_and_give_a_payload,
    deprecations_name_a_replacement,
)


def _types(schema: GraphQLSchema) -> dict[str, Any]:
    return {
        name: type
        for name, type in schema.type_map.items()
        if not is_introspection_type(type) and not (is_scalar_type(type) and type.ast_node is None)
    }


def _objects(schema: GraphQLSchema) -> list[tuple[str, GraphQLObjectType]]:
    return [(name, type) for name, type in _types(schema).items() if isinstance(type, GraphQLObjectType)]


def _fields(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    for name, type in _types(schema).items():
        for field, declared in getattr(type, "fields", {}).items():
            yield f"{name}.{field}", declared


def _output_fields(schema: GraphQLSchema) -> Iterator[tuple[str, GraphQLField]]:
    for name, type in _types(schema).items():
        if isinstance(type, GraphQLObjectType | GraphQLInterfaceType):
            yield from ((f"{name}.{field}", declared) for field, declared in type.fields.items())


def _input_members(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    for coordinate, field in _output_fields(schema):
        yield from ((f"{coordinate}({name}:)", argument) for name, argument in field.args.items())


def _arguments(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    yield from ((coordinate, get_named_type(argument.type)) for coordinate, argument in _input_members(schema))


def _connection_of(noun: str) -> dict[str, str]:
    return {
        "nodes": f"[{noun}!]!",
        "totalCount": "Int!",
        "edges": f"[{noun}Edge!]!",
        "pageInfo": "PageInfo!",
    }


def _shape(type: Any) -> dict[str, str]:
    return {name: str(field.type) for name, field in type.fields.items()} if type else {}


def _is_list(type: Any) -> bool:
    return is_list_type(get_nullable_type(type))
