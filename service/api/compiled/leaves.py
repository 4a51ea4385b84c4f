"""Leaves: how a value of each scalar and enum becomes what JSON holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)
from strawberry.schema.types.base_scalars import isoformat

from service.api.compiled.environment import Environment
from service.api.compiled.fallback import Fallback, Reason

Complete = Callable[[Any], Any]

AS_THEY_ARE: dict[Any, type[Any]] = {GraphQLString: str, GraphQLID: str, GraphQLBoolean: bool}
"""Types that leave the values of one class as they are."""

DAYS: dict[str, type[Any]] = {"Date": date, "DateTime": datetime}
"""Types that write the values of one class by `isoformat`."""


def leaf(environment: Environment, kind: GraphQLLeafType, value: str, *, required: bool) -> str:
    """The expression of a value as its leaf type writes it.

    The class whose values the type is known to write in a plain way is told at once; everything else, null where it
    may not be among it, is completed as graphql-core does.
    """
    name = value if value.isidentifier() else "t"
    bound = name if name == value else f"({name} := {value})"
    other = f"{environment.put('q', environment.completed(kind, completed, required=required))}({name})"
    plain = _plain(environment, kind, name)
    if plain is None:
        return other.replace(f"({name})", f"({value})")
    made, test, written = plain
    fits = f"type({name if required is False else bound}) is {environment.put('t', made)}{test}"
    if required:
        return f"({written} if {fits} else {other})"
    return f"(None if {bound} is None else {written} if {fits} else {other})"


def _plain(environment: Environment, kind: GraphQLLeafType, name: str) -> tuple[type[Any], str, str] | None:
    """A class, what else has to hold of its value, and the expression that then writes it."""
    if kind is GraphQLInt:
        return int, f" and -2147483648 <= {name} <= 2147483647", name
    if kind in AS_THEY_ARE:
        return AS_THEY_ARE[kind], "", name
    if kind.coerce_output_value is str:
        return str, "", name
    if kind.coerce_output_value is isoformat and kind.name in DAYS:
        return DAYS[kind.name], "", f"{name}.isoformat()"
    if (members := _members(kind)) is not None:
        return members[0], "", f"{environment.put('n', members[1])}[{name}]"
    return None


@cache
def _members(kind: GraphQLLeafType) -> tuple[type[Enum], dict[Any, str]] | None:
    """The class of an enum and the name of each member; None where GraphQL does not know one of them."""
    made = getattr(kind, "wrapped_cls", None)
    if not isinstance(kind, GraphQLEnumType) or not isinstance(made, type) or not issubclass(made, Enum):
        return None
    try:
        return made, {member: kind.coerce_output_value(member) for member in made}
    except Exception:  # noqa: BLE001 - graphql-core says what is wrong, when somebody asks for it.
        return None


def completed(kind: GraphQLLeafType, *, required: bool) -> Complete:
    """What completes any value as graphql-core does, or raises Fallback."""
    coerce = kind.coerce_output_value

    def complete(value: Any) -> Any:
        if value is None or value is Undefined:
            if required:
                raise Fallback(Reason.NULL)
            return None
        if isinstance(value, Exception):
            raise Fallback(Reason.RAISED)
        try:
            found = coerce(value)
        except Exception:  # noqa: BLE001 - whatever it is, graphql-core meets it again and tells it.
            raise Fallback(Reason.LEAF) from None
        if found is None or found is Undefined:
            raise Fallback(Reason.LEAF)
        return found

    return complete
