"""The arguments of a field: constants where no variable stands in them, else read from the variables at each run.

Which values are coerced how is graphql-core's `coerce_argument` and `coerce_input_literal`, said once for each literal
instead of at each call: a variable that is absent, one that is null and a default are three things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    is_required_argument,
    is_required_input_field,
)
from graphql.utilities.coerce_input_value import coerce_default_value, coerce_input_literal

from service.api.compiled.fallback import Fallback, Reason
from service.api.compiled.inputs import Inputs

Read = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Argument:
    """What a resolver is given under one name."""

    name: str
    constant: Any = Undefined
    read: Read | None = None
    """From the variables; Undefined where the argument is then not given."""
    optional: bool = False
    """Whether there are variables with which it is not given."""


def arguments(field: Any, definition: GraphQLField, node: FieldNode, inputs: Inputs) -> Iterator[Argument]:
    """The arguments of a Strawberry field as one node gives them. Raises Fallback where none can be made."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    for declared in field.arguments:
        name = inputs.name_of(declared)
        made = _argument(declared.python_name, definition.args[name], given.get(name))
        if made is not None:
            yield _converted(made, inputs.of(declared))


def _argument(name: str, declared: Any, node: ValueNode | None) -> Argument | None:
    """An argument whose value is coerced and not yet converted."""
    if node is None:
        default = Undefined if is_required_argument(declared) else coerce_default_value(declared)
        return None if default is Undefined else Argument(name, default)
    if not _has_variable(node):
        return Argument(name, _sound(coerce_input_literal(node, declared.type)))
    read = _literal(node, declared.type)
    if not isinstance(node, VariableNode) or is_required_argument(declared):
        return Argument(name, read=lambda variables: _sound(read(variables)))
    default, variable = coerce_default_value(declared), node.name.value

    def chosen(variables: Mapping[str, Any]) -> Any:
        return _sound(read(variables)) if variable in variables else default

    return Argument(name, read=chosen, optional=default is Undefined)


def _converted(argument: Argument, convert: Callable[[Any], Any]) -> Argument:
    read = argument.read
    if read is None:
        return Argument(argument.name, convert(argument.constant))

    def converted(variables: Mapping[str, Any]) -> Any:
        value = read(variables)
        return value if value is Undefined else convert(value)

    return Argument(argument.name, read=converted, optional=argument.optional)


def _sound(value: Any) -> Any:
    if value is Undefined:
        raise Fallback(Reason.ARGUMENT)
    return value


def _has_variable(node: ValueNode) -> bool:
    ahead: list[Any] = [node]
    while ahead:
        here = ahead.pop()
        if isinstance(here, VariableNode):
            return True
        ahead.extend(getattr(here, "values", ()))
        ahead.extend(field.value for field in getattr(here, "fields", ()))
    return False


def _literal(node: ValueNode, kind: Any) -> Read:
    """What reads a literal of a type; it gives Undefined where graphql-core finds it invalid."""
    if isinstance(node, VariableNode):
        return _variable(node.name.value, required=isinstance(kind, GraphQLNonNull))
    if isinstance(kind, GraphQLNonNull):
        return _never if isinstance(node, NullValueNode) else _literal(node, kind.of_type)
    if not _has_variable(node):
        constant = coerce_input_literal(node, kind)
        return lambda _: constant
    if isinstance(kind, GraphQLList):
        return _list(node.values if isinstance(node, ListValueNode) else (node,), kind.of_type)
    if isinstance(kind, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
        return _object(node, kind)
    raise Fallback(Reason.ARGUMENT)


def _never(_: Mapping[str, Any]) -> Any:
    return Undefined


def _variable(name: str, *, required: bool) -> Read:
    def read(variables: Mapping[str, Any]) -> Any:
        value = variables.get(name, Undefined)
        return Undefined if required and value is None else value

    return read


def _list(nodes: tuple[ValueNode, ...], kind: Any) -> Read:
    items = [_item(node, kind) for node in nodes]

    def read(variables: Mapping[str, Any]) -> Any:
        found = [item(variables) for item in items]
        return Undefined if any(value is Undefined for value in found) else found

    return read


def _item(node: ValueNode, kind: Any) -> Read:
    """An item of a list; an absent variable is null there, if null may be there."""
    read = _literal(node, kind)
    if not isinstance(node, VariableNode) or isinstance(kind, GraphQLNonNull):
        return read
    return lambda variables: None if (value := read(variables)) is Undefined else value


def _object(node: ObjectValueNode, kind: GraphQLInputObjectType) -> Read:
    nodes = {field.name.value: field.value for field in node.fields}
    if nodes.keys() - kind.fields.keys():
        raise Fallback(Reason.ARGUMENT)
    fields = [(f.out_name or name, _field(nodes.get(name), f)) for name, f in kind.fields.items()]
    make, one_of = kind.out_type, kind.is_one_of

    def read(variables: Mapping[str, Any]) -> Any:
        values = {}
        for name, read_field in fields:
            value = read_field(variables)
            if value is INVALID:
                return Undefined
            if value is not Undefined:
                values[name] = value
        if one_of and (len(nodes) != 1 or len(values) != 1 or next(iter(values.values())) is None):
            return Undefined
        return make(values)

    return read


INVALID: Any = object()
"""A field of an input that makes all of it invalid; one that is Undefined is only left out."""


def _field(node: ValueNode | None, declared: Any) -> Read:
    default = INVALID if is_required_input_field(declared) else coerce_default_value(declared)
    if node is None:
        return lambda _: default
    read = _literal(node, declared.type)
    if not isinstance(node, VariableNode):
        return lambda variables: INVALID if (value := read(variables)) is Undefined else value
    name = node.name.value

    def chosen(variables: Mapping[str, Any]) -> Any:
        if name not in variables:
            return default
        value = read(variables)
        return INVALID if value is Undefined else value

    return chosen
