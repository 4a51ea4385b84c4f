"""One operation of a validated document, with what all its plans share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import strawberry
from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSchema,
    GraphQLSkipDirective,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues

from service.api.compiled.fallback import Fallback, Reason
from service.api.compiled.variables import Variables

MOST_STEERING = 3
"""Variables of @skip and @include; each combination of their values has a plan of its own."""

STEERED = {GraphQLSkipDirective.name, GraphQLIncludeDirective.name}

Steering = tuple[bool, ...]


class Operation:
    """One operation of a validated document. `key` names it for as long as the schema lives."""

    def __init__(
        self, schema: strawberry.Schema, document: DocumentNode, node: OperationDefinitionNode, key: object = None
    ) -> None:
        self.schema = schema
        self.node = node
        self.key = self if key is None else key
        fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self.fragments = {name: FragmentDetails(fragment) for name, fragment in fragments.items()}
        self.variables = Variables(self.core, node)
        self.steering: tuple[str, ...] = ()
        self.refusal = self._examine(fragments)

    @property
    def core(self) -> GraphQLSchema:
        return self.schema._schema

    def steer(self, variables: Mapping[str, Any]) -> Steering:
        """The values of the steering variables. Raises Fallback when it cannot be compiled, whatever they are."""
        if self.refusal is not None:
            raise Fallback(self.refusal)
        if not self.steering:
            return ()
        values = tuple(variables.get(name) for name in self.steering)
        if not all(type(value) is bool for value in values):
            raise Fallback(Reason.STEERING)
        return values  # type: ignore[return-value]

    def steered(self, steering: Steering) -> VariableValues:
        """The steering variables as graphql-core takes them."""
        return VariableValues({}, dict(zip(self.steering, steering, strict=True)))

    def _examine(self, fragments: Mapping[str, FragmentDefinitionNode]) -> Reason | None:
        if self.node.operation is not OperationType.QUERY:
            return Reason.OPERATION
        directives = [*(self.node.directives or ()), *_directives(self.node.selection_set, fragments)]
        if any(directive.name.value not in STEERED for directive in directives):
            return Reason.DIRECTIVE
        self.steering = tuple(sorted(set(_named(directives))))
        return Reason.STEERING if len(self.steering) > MOST_STEERING else None


def _directives(start: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[DirectiveNode]:
    """Every directive below a selection set; each fragment is looked at once."""
    ahead, seen = [start], set()
    while ahead:
        for selection in ahead.pop().selections:
            yield from selection.directives or ()
            if isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                if name not in seen and name in fragments:
                    seen.add(name)
                    ahead.append(fragments[name].selection_set)
                    yield from fragments[name].directives or ()
            elif below := getattr(selection, "selection_set", None):
                ahead.append(below)


def _named(directives: Iterable[DirectiveNode]) -> Iterator[str]:
    """The variables that decide; a literal decides nothing that could change."""
    for directive in directives:
        for argument in directive.arguments or ():
            if isinstance(argument.value, VariableNode):
                yield argument.value.name.value
            elif not isinstance(argument.value, BooleanValueNode):
                raise TypeError(argument.value)
