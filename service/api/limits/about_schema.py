"""The price of asking about the schema itself: what the answer holds, counted in the schema as it is.

How many fields a type has, nobody can assume: a bound for the largest, times all types, would refuse what is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from types import SimpleNamespace
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    SelectionSetNode,
    StringValueNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from service.api.limits.weights import OBJECT, VALUE

Fields = Callable[[GraphQLObjectType, Sequence[SelectionSetNode]], dict[str, list[FieldNode]]]

Asked = tuple[GraphQLField | None, GraphQLObjectType | None, tuple[SelectionSetNode, ...]]

ABOUT = {"__schema": "__Schema", "__type": "__Type"}
"""The fields of the root that lead to the schema, and what they give."""

MOST = 3_000
"""The largest price of such a question, which graphql-core has to answer: it takes about 50 ms for it."""

COUNTLESS = 1e12


class AboutSchema:
    """Prices for one operation; `fields` are those asked of an object of a type."""

    def __init__(self, schema: GraphQLSchema, fields: Fields) -> None:
        self._schema = schema
        self._fields = fields
        self._left = MOST
        self._info = SimpleNamespace(schema=schema)
        self._asked: dict[tuple[int, ...], list[Asked]] = {}
        self._known: dict[tuple[int, tuple[int, ...]], tuple[object, float]] = {}

    def price(self, nodes: list[FieldNode]) -> float:
        """What one of these fields holds at most: of a type that a variable names, the dearest."""
        [first, *_] = nodes
        kind = self._schema.type_map[ABOUT[first.name.value]]
        assert isinstance(kind, GraphQLObjectType)
        sets = _below(nodes)
        try:
            return max((self._object(kind, each, sets) for each in self._named(first)), default=0.0)
        except OverflowError:
            return COUNTLESS

    def _named(self, node: FieldNode) -> list[object]:
        if node.name.value == "__schema":
            return [self._schema]
        [name] = [argument.value for argument in node.arguments or ()]
        if isinstance(name, StringValueNode):
            return [found] if (found := self._schema.get_type(name.value)) else []
        return list(self._schema.type_map.values())

    def _object(self, kind: GraphQLObjectType, source: Any, sets: tuple[SelectionSetNode, ...]) -> float:
        """One member of the schema. What is looked at is in the answer, so more than is allowed is never looked at."""
        place = tuple(map(id, sets))
        key = id(source), place
        if key not in self._known:
            self._left -= 1
            if self._left < 0:
                raise OverflowError
            if place not in self._asked:
                self._asked[place] = [_asked(kind, nodes) for nodes in self._fields(kind, sets).values()]
            self._known[key] = source, OBJECT + sum(self._field(source, *asked) for asked in self._asked[place])
        return self._known[key][1]

    def _field(
        self,
        source: Any,
        field: GraphQLField | None,
        made: GraphQLObjectType | None,
        sets: tuple[SelectionSetNode, ...],
    ) -> float:
        if field is None:
            return VALUE
        found = self._given(field, source)
        if made is None:
            return VALUE * len(found)
        return sum(self._object(made, each, sets) for each in found)

    def _given(self, field: GraphQLField, source: Any) -> Collection[Any]:
        """What graphql-core gives for a field; of what is deprecated, all."""
        resolve: Any = field.resolve
        given = resolve(source, self._info, **dict.fromkeys(field.args, True))
        if given is None:
            return []
        return given if is_list_type(get_nullable_type(field.type)) else [given]


def _asked(kind: GraphQLObjectType, nodes: list[FieldNode]) -> Asked:
    """A field as the type declares it, None for `__typename`; the type of the objects it gives, and what is asked."""
    field = kind.fields.get(nodes[0].name.value)
    made = field and get_named_type(field.type)
    return field, made if isinstance(made, GraphQLObjectType) else None, _below(nodes)


def _below(nodes: list[FieldNode]) -> tuple[SelectionSetNode, ...]:
    return tuple(node.selection_set for node in nodes if node.selection_set)
