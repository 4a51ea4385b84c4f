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
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
)

from service.catalogue.costs import Cost, ListSize, at_most

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
        self.sizes = _introspection_sizes(schema)
        self._fields: dict[tuple[str, str], FieldWeight] = {}

    def of_field(self, parent: GraphQLObjectType | GraphQLInterfaceType, name: str, field: GraphQLField) -> FieldWeight:
        found = self._fields.get((parent.name, name))
        if found is None:
            found = self._fields[parent.name, name] = self._field(parent, name, field)
        return found

    def _field(self, parent: GraphQLObjectType | GraphQLInterfaceType, name: str, field: GraphQLField) -> FieldWeight:
        size = declared(field, ListSize) or self.sizes.get((parent.name, name))
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


def _introspection_sizes(schema: GraphQLSchema) -> dict[tuple[str, str], ListSize]:
    """The lists of introspection are as long as those of the schema can be."""
    types = schema.type_map.values()
    most_fields = max(len(getattr(kind, "fields", ())) for kind in types)
    arguments = max(
        len(each.args)
        for kind in types
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        for each in kind.fields.values()
    )
    sizes = {
        ("__Schema", "types"): len(schema.type_map),
        ("__Schema", "directives"): len(schema.directives),
        ("__Type", "fields"): most_fields,
        ("__Type", "inputFields"): most_fields,
        ("__Type", "interfaces"): max(len(getattr(kind, "interfaces", ())) for kind in types),
        ("__Type", "possibleTypes"): len(schema.type_map),
        ("__Type", "enumValues"): max(len(kind.values) for kind in types if is_enum_type(kind)),
        ("__Field", "args"): arguments,
        ("__Directive", "args"): max(len(each.args) for each in schema.directives),
        ("__Directive", "locations"): max(len(each.locations) for each in schema.directives),
    }
    return {place: at_most(size) for place, size in sizes.items()}


def unsized(schema: GraphQLSchema) -> list[str]:
    """The lists of which nothing says how long they can be; there have to be none."""
    weights = Weights(schema)
    sized: set[str] = set()
    lists: set[str] = set()
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in kind.fields.items():
                size = weights.of_field(kind, name, field).size
                sized |= {f"{get_named_type(field.type)}.{below}" for below in (size and size.sized_fields) or ()}
                if is_list_type(get_nullable_type(field.type)) and not size:
                    lists.add(f"{kind}.{name}")
    return sorted(lists - sized)
