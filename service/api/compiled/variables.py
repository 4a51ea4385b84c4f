"""The values of variables, coerced as graphql-core does it; quickly where they are plain.

Each variable of a plain type has a reader that knows the plain forms of its values. As soon as one value has another
form, whether wrong or merely unusual, graphql-core coerces all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLID,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    Undefined,
    get_variable_values,
)
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.type.scalars import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT

from service.api.compiled.fallback import Fallback, Reason

Read = Callable[[Any], Any]

UNUSUAL: Any = object()
"""What a reader gives for a value that it does not know."""


class Variables:
    """The variables of one operation."""

    def __init__(self, schema: GraphQLSchema, node: OperationDefinitionNode) -> None:
        self.schema = schema
        self.nodes = node.variable_definitions or ()
        self._quick = [self._reader(definition) for definition in self.nodes]

    def coerced(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values as arguments take them. Raises Fallback where graphql-core refuses them, to say why."""
        values: dict[str, Any] = {}
        for name, read, absent in self._quick:
            value = given.get(name, Undefined)
            value = absent if value is Undefined else read(value)
            if value is UNUSUAL:
                return self._by_graphql_core(given)
            if value is not Undefined:
                values[name] = value
        return values

    def _by_graphql_core(self, given: Mapping[str, Any]) -> dict[str, Any]:
        values = get_variable_values(self.schema, self.nodes, dict(given))
        if isinstance(values, list):
            raise Fallback(Reason.VARIABLES)
        return values.coerced

    def _reader(self, definition: Any) -> tuple[str, Read, Any]:
        """The name of a variable, its reader, and the value it has when it is not given."""
        signature = get_variable_signature(self.schema, definition)
        if isinstance(signature, GraphQLError):
            return definition.variable.name.value, _unusual, UNUSUAL
        absent = UNUSUAL if isinstance(signature.type, GraphQLNonNull) else Undefined
        if definition.default_value is not None:
            alone = get_variable_values(self.schema, [definition], {})
            absent = UNUSUAL if isinstance(alone, list) else alone.coerced[signature.name]
        return signature.name, _nullable(signature.type), absent


def _unusual(_: Any) -> Any:
    return UNUSUAL


def _nullable(kind: GraphQLInputType) -> Read:
    if isinstance(kind, GraphQLNonNull):
        return _reader(kind.of_type)
    read = _reader(kind)
    return lambda value: None if value is None else read(value)


def _reader(kind: Any) -> Read:
    """A reader of what is not null."""
    if isinstance(kind, GraphQLList):
        return _list_reader(_nullable(kind.of_type))
    if isinstance(kind, GraphQLEnumType):
        values = {name: kind.coerce_input_value(name) for name in kind.values}
        return lambda value: values.get(value, UNUSUAL) if type(value) is str else UNUSUAL
    if kind is GraphQLString or kind is GraphQLID:
        return lambda value: value if type(value) is str else UNUSUAL
    if kind is GraphQLInt:
        return lambda value: value if type(value) is int and GRAPHQL_MIN_INT <= value <= GRAPHQL_MAX_INT else UNUSUAL
    if kind is GraphQLBoolean:
        return lambda value: value if type(value) is bool else UNUSUAL
    return _unusual


def _list_reader(read: Read) -> Read:
    def read_list(value: Any) -> Any:
        if type(value) is not list:
            return UNUSUAL
        items = [read(item) for item in value]
        return UNUSUAL if any(item is UNUSUAL for item in items) else items

    return read_list
