"""Everything that GraphQL shows of a directory, asked in documents that are made from the schema."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)

from service.api.schema import sdl

Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]
"""Asks a document with variables and gives its data."""

WHOLE, IDS = 2, 100
"""Records a question: whole, more of the richest nouns would cost more than a question may; and by their ids alone."""
SCHEMA: GraphQLSchema = build_schema(sdl())


CONCLUDED = {"suggestedPartners"}
"""What follows from all other records, and costs as much."""


def lists() -> dict[str, GraphQLField]:
    """The lists of all records of a noun."""
    assert SCHEMA.query_type is not None
    fields = {name: field for name, field in SCHEMA.query_type.fields.items() if _pages(field) and name != "changes"}
    return {name: field for name, field in fields.items() if not any(map(is_required_argument, field.args.values()))}


async def dump(ask: Ask) -> dict[str, Any]:
    """Every record with everything it shows, every order, and how many have each value of each filter."""
    found: dict[str, Any] = {}
    for name, field in lists().items():
        node = _node(field)
        async for position, nodes in _paged(ask, name, WHOLE, "", _selection(node, 2)):
            found |= {f"{name} {position + n} {each['id']}": each for n, each in enumerate(nodes)}
        for order in _choices(field, "orderBy", "field"):
            pages = _paged(ask, name, IDS, f"orderBy: {order}, ", "id")
            ids = [each["id"] async for _, nodes in pages for each in nodes]
            found[f"{name} by {order}"] = ids
        for filter in _choices(field, "filter"):
            answer = await ask(f"{{ {name}(filter: {filter}, first: 0) {{ totalCount }} }}", {})
            found[f"{name} with {filter}"] = answer[name]["totalCount"]
    found["directory"] = await ask(f"{{ directory {{ counts {{ {_counts()} }} licences }} }}", {})
    return found


def _counts() -> str:
    counts = SCHEMA.get_type("DirectoryCounts")
    assert isinstance(counts, GraphQLObjectType)
    return " ".join(counts.fields)


async def _paged(ask: Ask, name: str, size: int, said: str, wanted: str) -> AsyncIterator[tuple[int, list[Any]]]:
    page = f"{name}({said}first: {size}, after: $after)"
    asked = f"query($after: String) {{ {page} {{ nodes {{ {wanted} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    after, position = None, 0
    while True:
        answer = (await ask(asked, {"after": after}))[name]
        yield position, answer["nodes"]
        if not answer["pageInfo"]["hasNextPage"]:
            return
        after, position = answer["pageInfo"]["endCursor"], position + size


def _pages(field: GraphQLField) -> bool:
    return str(get_named_type(field.type)).endswith("Connection")


def _node(field: GraphQLField) -> Any:
    connection = get_named_type(field.type)
    assert isinstance(connection, GraphQLObjectType)
    return get_named_type(connection.fields["nodes"].type)


def _selection(kind: Any, depth: int) -> str:
    """What a type shows: of other records the id, of parts and small values everything."""
    shown = ["__typename", *(_one(name, field, depth) for name, field in kind.fields.items())]
    return " ".join(filter(None, shown))


def _one(name: str, field: GraphQLField, depth: int) -> str:
    target: Any = get_named_type(field.type)
    if is_leaf_type(target):
        return name
    if name in CONCLUDED:
        return ""
    if _pages(field):
        node = _node(field)
        wanted = "id" if "id" in node.fields else _selection(node, depth - 1) if depth else ""
        return f"{name}(first: 100) {{ totalCount nodes {{ {wanted} }} }}" if wanted else ""
    if "id" in target.fields:
        return f"{name} {{ id }}"
    return f"{name} {{ {_selection(target, depth - 1)} }}" if depth else ""


def _choices(field: GraphQLField, argument: str, *names: str) -> list[str]:
    """The inputs with one enumerated or yes-or-no field each."""
    if argument not in field.args:
        return []
    found, asked = [], cast(GraphQLInputObjectType, get_named_type(field.args[argument].type))
    for name, given in asked.fields.items():
        kind, several = get_named_type(given.type), is_list_type(get_nullable_type(given.type))
        if names and name not in names:
            continue
        values = list(kind.values) if isinstance(kind, GraphQLEnumType) else []
        values = ["true", "false"] if str(kind) == "Boolean" else values
        found += [f"{{{name}: [{value}]}}" if several else f"{{{name}: {value}}}" for value in values]
    return found
