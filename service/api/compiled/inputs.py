"""From the values of GraphQL to what a resolver takes, as Strawberry converts arguments.

Strawberry looks up every field of every input at every call; here that is done once, for each type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING
from functools import cache, partial
from typing import Any

import strawberry
from strawberry.relay.types import GlobalID
from strawberry.schema.compat import is_scalar
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import (
    StrawberryList,
    StrawberryMaybe,
    StrawberryOptional,
    get_object_definition,
)
from strawberry.types.enum import StrawberryEnumDefinition, has_enum_definition
from strawberry.types.lazy_type import LazyType
from strawberry.types.maybe import Some

from service.api.compiled.fallback import Fallback, Reason

Convert = Callable[[Any], Any]


@cache
def inputs_of(schema: strawberry.Schema) -> Inputs:
    """The converters of a schema, which has them for good."""
    return Inputs(schema)


class Inputs:
    """The converters of one schema's input types, each made once."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self.schema = schema
        self._made: dict[Any, Convert] = {}
        self._arguments: dict[int, Convert] = {}

    def of(self, argument: StrawberryArgument) -> Convert:
        """The converter of an argument."""
        if id(argument) not in self._arguments:
            self._arguments[id(argument)] = self.converter(argument.type)
        return self._arguments[id(argument)]

    def name_of(self, argument: StrawberryArgument) -> str:
        """The name that an argument has in GraphQL."""
        return self.schema.config.name_converter.from_argument(argument)

    def converter(self, kind: Any) -> Convert:
        """What makes a Python value of a coerced one. Raises Fallback for what only Strawberry can make."""
        if isinstance(kind, LazyType):
            return self.converter(kind.resolve_type())
        if isinstance(kind, StrawberryMaybe):
            return self._maybe(kind.of_type)
        if isinstance(kind, StrawberryOptional):
            return self.converter(kind.of_type)
        if isinstance(kind, StrawberryList):
            return self._list(kind.of_type)
        if kind is GlobalID:
            raise Fallback(Reason.ARGUMENT)
        if self._is_leaf(kind):
            return _same
        return self._object(kind)

    def _maybe(self, kind: Any) -> Convert:
        convert = self.converter(kind)
        if isinstance(kind, StrawberryOptional):
            return lambda value: Some(convert(value))

        def required(value: Any) -> Any:
            if value is None:
                raise Fallback(Reason.ARGUMENT)
            return Some(convert(value))

        return required

    def _list(self, kind: Any) -> Convert:
        convert = self.converter(kind)
        if convert is _same:
            return lambda value: None if value is None else list(value)
        return lambda value: None if value is None else [convert(item) for item in value]

    def _is_leaf(self, kind: Any) -> bool:
        registry = self.schema.schema_converter.scalar_registry
        return isinstance(kind, StrawberryEnumDefinition) or has_enum_definition(kind) or is_scalar(kind, registry)

    def _object(self, kind: Any) -> Convert:
        """The converter of an input type; one that refers to itself finds the one in the making."""
        if kind not in self._made:
            self._made[kind] = partial(self._convert, kind)
            try:
                self._made[kind] = self._new_object(kind)
            except Fallback:
                del self._made[kind]
                raise
        return self._made[kind]

    def _convert(self, kind: Any, value: Any) -> Any:
        return self._made[kind](value)

    def _new_object(self, kind: Any) -> Convert:
        definition = get_object_definition(kind)
        if definition is None or definition.from_input is not None:
            raise Fallback(Reason.ARGUMENT)
        absent = {
            f.python_name: None for f in definition.fields if f.default is MISSING and f.default_factory is MISSING
        }
        name_of = self.schema.config.name_converter.from_field
        fields = [
            (name_of(field), field.python_name, self.converter(field.resolve_type(type_definition=definition)))
            for field in definition.fields
        ]

        def convert(value: Any) -> Any:
            if value is None:
                return None
            given = {python: make(value[name]) for name, python, make in fields if name in value}
            return kind(**absent | given)

        return convert


def _same(value: Any) -> Any:
    return value
