"""What is given in arguments: how long a page it asks for, and what it weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
    print_ast,
)

from service.api.limits.weights import of_input
from service.catalogue.costs import LARGEST_PAGE, ListSize

Variables: TypeAlias = Mapping[str, Any]
Factor: TypeAlias = float | Callable[[Variables], float]
"""A number, or how to find it from the variables of a request."""


def number(factor: Factor, variables: Variables) -> float:
    """The number that a factor is for these variables."""
    return factor(variables) if callable(factor) else factor


def size_of(size: ListSize, field: GraphQLField, node: FieldNode) -> Factor:
    """How many a field with this size gives at most."""
    assumed = float(size.assumed_size or LARGEST_PAGE)
    slicing = size.slicing_arguments or ()
    given = [each.value for each in node.arguments or () if each.name.value in slicing]
    defaults = [_length(field.args[name].default_value) for name in slicing if name in field.args]
    assumed = max((length for length in defaults if length is not None), default=assumed)

    def found(variables: Variables) -> float:
        lengths = [_literal_length(value, variables) for value in given]
        longest = max((length for length in lengths if length is not None), default=assumed)
        return max(0.0, min(longest, LARGEST_PAGE))

    if not slicing:
        return assumed
    return found if any(isinstance(value, VariableNode) for value in given) else found({})


def _literal_length(node: ValueNode, variables: Variables) -> float | None:
    if isinstance(node, VariableNode):
        return _length(variables.get(node.name.value))
    if isinstance(node, IntValueNode):
        return float(int(node.value))
    if isinstance(node, ListValueNode):
        return float(len(node.values))
    return None if isinstance(node, NullValueNode) else 1.0


def _length(value: Any) -> float | None:
    """A number as it is, of a list how long it is; anything else stands for a list of itself."""
    if value is None or isinstance(value, int):
        return value
    return float(len(value)) if isinstance(value, list) else 1.0


def arguments_weight(field: GraphQLField, node: FieldNode) -> float:
    """What the arguments of a field weigh each time the field is asked."""
    given = [each for each in node.arguments or () if not isinstance(each.value, NullValueNode)]
    return sum(of_input(field.args[each.name.value]) for each in given)


def inputs_weight(field: GraphQLField, node: FieldNode) -> Iterator[tuple[str, Factor]]:
    """What is given in the input objects of a field weighs: each with a name that is the same for the same input."""
    for each in node.arguments or ():
        declaration = field.args[each.name.value]
        if _fields(declaration):
            value = each.value
            found = partial(_literal_weight, declaration, value)
            yield f"{declaration.type} {print_ast(value)}", found if _moves(declaration, value) else found(ALL_GIVEN)


Declaration: TypeAlias = GraphQLArgument | GraphQLInputField

ALL_GIVEN: Variables = defaultdict(lambda: True)
"""Variables of which each has a value that weighs nothing in itself."""


def _moves(declaration: Declaration, node: ValueNode) -> bool:
    """Whether variables steer what a value weighs. The one field of a `@oneOf` input is always given."""
    if isinstance(node, VariableNode):
        return True
    kind = get_named_type(declaration.type)
    if not isinstance(kind, GraphQLInputObjectType):
        return False
    items = node.values if isinstance(node, ListValueNode) else [node]
    given = [each for item in items if isinstance(item, ObjectValueNode) for each in item.fields]
    steady = [kind.is_one_of and is_leaf_type(kind.fields[each.name.value].type) for each in given]
    return any(
        not still and _moves(kind.fields[each.name.value], each.value)
        for still, each in zip(steady, given, strict=True)
    )


def _literal_weight(declaration: Declaration, node: ValueNode, variables: Variables) -> float:
    """What the fields given in a value weigh."""
    if isinstance(node, VariableNode):
        return _value_weight(declaration, variables.get(node.name.value))
    items = node.values if isinstance(node, ListValueNode) else [node]
    inner = [each for item in items if isinstance(item, ObjectValueNode) for each in item.fields]
    given = [(_fields(declaration)[each.name.value], each.value) for each in inner]
    return sum(
        (of_input(field) if _is_given(value, variables) else 0.0) + _literal_weight(field, value, variables)
        for field, value in given
    )


def _is_given(node: ValueNode, variables: Variables) -> bool:
    if isinstance(node, VariableNode):
        return variables.get(node.name.value) is not None
    return not isinstance(node, NullValueNode)


def _value_weight(declaration: Declaration, value: Any) -> float:
    fields = _fields(declaration)
    items = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
    given = [(fields[name], each) for item in items for name, each in item.items() if each is not None]
    return sum(of_input(field) + _value_weight(field, each) for field, each in given)


def _fields(declaration: Declaration) -> dict[str, GraphQLInputField]:
    kind = get_named_type(declaration.type)
    return kind.fields if isinstance(kind, GraphQLInputObjectType) else {}
