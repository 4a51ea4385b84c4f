"""Which Python class the objects of a GraphQL type have."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

from service.api.compiled.fallback import Fallback, Reason
from service.catalogue.record import Record

DEFINITION = "strawberry-definition"


def class_of(kind: GraphQLObjectType) -> type[Any]:
    """The class of a type's objects; those of a generic type have the class it is declared with.

    Raises Fallback where only the type can tell what is its own.
    """
    definition = kind.extensions.get(DEFINITION)
    if definition is None or definition.is_type_of is not None:
        raise Fallback(Reason.TYPE)
    made: type[Any] = (definition.concrete_of or definition).origin
    return made


def classes_of(schema: GraphQLSchema, kind: Any) -> dict[GraphQLObjectType, type[Any]]:
    """The class of each concrete type that an interface or a union can be; an object is told by its class alone."""
    interface = kind.extensions.get(DEFINITION) if isinstance(kind, GraphQLInterfaceType) else None
    if interface is not None and interface.resolve_type is not None:
        raise Fallback(Reason.TYPE)
    found = {possible: class_of(possible) for possible in schema.get_possible_types(kind)}
    if any(possible.extensions[DEFINITION].concrete_of is not None for possible in found):
        raise Fallback(Reason.TYPE)
    return {p: made for p, made in found.items() if interface is None or issubclass(made, interface.origin)}


def lasting(made: type[Any]) -> bool:
    """Whether objects of a class are those of the catalogue, which stay as long as nothing changes."""
    return hasattr(made, "SLOTS")


def shared(made: type[Any]) -> bool:
    """Whether many others refer to an object of a class: records are told of again and again, their ties are not."""
    return issubclass(made, Record)
