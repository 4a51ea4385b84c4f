"""What the schema's directives say that everything weighs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_input_object_type,
    is_introspection_type,
    is_leaf_type,
    is_list_type,
)

from service.catalogue.costs import Cost, ListSize

OBJECT = 1.0
INPUT_OBJECT = 1.0
VALUE = 0.05
"""Twenty values are as much work as one object; without a price a hundred names for one field would cost nothing."""

DECLARED = "strawberry-definition"


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """What asking once for a field weighs, and how many it gives."""

    weight: float
    unit: float
    """What each of what it gives weighs by itself."""
    size: ListSize | None


class Weights:
    """The weights of one schema, each read from its directives when it is first asked for."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._fields: dict[tuple[str, str], FieldWeight] = {}

    def of_field(self, parent: GraphQLObjectType | GraphQLInterfaceType, name: str, field: GraphQLField) -> FieldWeight:
        found = self._fields.get((parent.name, name))
        if found is None:
            found = self._fields[parent.name, name] = self._field(parent, name, field)
        return found

    def _field(self, parent: GraphQLObjectType | GraphQLInterfaceType, name: str, field: GraphQLField) -> FieldWeight:
        size = declared(field, ListSize)
        kind = get_named_type(field.type)
        said = weight_of(field)
        if not is_leaf_type(kind):
            return FieldWeight(said or 0.0, 0.0, size)
        unit = weight_of(kind)
        if said is None:
            return FieldWeight(0.0, VALUE if unit is None else unit, size)
        return FieldWeight(said, 0.0, size)

    def of_object(self, kind: GraphQLNamedType) -> float:
        said = weight_of(kind)
        return OBJECT if said is None else said


def of_input(declaration: GraphQLArgument | GraphQLInputField) -> float:
    """What an argument or input field weighs when it is given."""
    said = weight_of(declaration)
    if said is not None:
        return said
    return INPUT_OBJECT if is_input_object_type(get_named_type(declaration.type)) else 0.0


def weight_of(declaration: Any) -> float | None:
    """The weight that a `@cost` says."""
    said = declared(declaration, Cost)
    return None if said is None else float(said.weight)


def declared(declaration: Any, directive: type[Any]) -> Any:
    """The directive of this kind that stands on something of the schema."""
    behind = declaration.extensions.get(DECLARED)
    found: Iterable[Any] = getattr(behind, "directives", None) or ()
    return next((each for each in found if isinstance(each, directive)), None)


def unsized(schema: GraphQLSchema) -> list[str]:
    """The lists of which nothing says how long they can be; there have to be none beside those of introspection."""
    weights = Weights(schema)
    sized: set[str] = set()
    lists: set[str] = set()
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not is_introspection_type(kind):
            for name, field in kind.fields.items():
                size = weights.of_field(kind, name, field).size
                sized |= {f"{get_named_type(field.type)}.{below}" for below in (size and size.sized_fields) or ()}
                if is_list_type(get_nullable_type(field.type)) and not size:
                    lists.add(f"{kind}.{name}")
    return sorted(lists - sized)
