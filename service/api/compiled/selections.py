"""What a document asks of each concrete type: fields merged and fragments applied, by graphql-core.

The same nodes asked of the same type are one selection, however many ways lead there; so a document whose fragments
fan out takes no more room than its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList, collect_fields, collect_subfields

from service.api.compiled.fallback import Fallback, Reason
from service.api.compiled.operation import Operation, Steering

MOST_SELECTIONS = 2_000

TYPENAME = "__typename"


@dataclass(eq=False)
class Asked:
    """A field as it is asked for; `definition` is None for `__typename`."""

    key: str
    node: FieldNode
    definition: GraphQLField | None
    below: list[Selection] = field(default_factory=list)
    """What is asked of what it gives, for each concrete type that this can be."""


@dataclass(eq=False)
class Selection:
    """What is asked of objects of one concrete type."""

    kind: GraphQLObjectType
    fields: list[Asked] = field(default_factory=list)
    uses: int = 0
    """How many fields lead to it."""


class Selecting:
    """The selections of an operation for one combination of steering values."""

    def __init__(self, operation: Operation, steering: Steering) -> None:
        self.operation = operation
        self.schema = operation.core
        self.values = operation.steered(steering)
        self._made: dict[tuple[str, tuple[int, ...]], Selection] = {}

    def root(self) -> Selection:
        """What is asked of the root. Raises Fallback for what only graphql-core can answer."""
        query = self.schema.query_type
        assert query is not None
        node, fragments = self.operation.node, self.operation.fragments
        selection = Selection(query, uses=1)
        self._fill(selection, collect_fields(self.schema, fragments, self.values, query, node))
        return selection

    def _fill(self, selection: Selection, collected: CollectedFields) -> None:
        for key, details in collected.grouped_field_set.items():
            selection.fields.append(self._asked(selection.kind, key, details))

    def _asked(self, kind: GraphQLObjectType, key: str, details: FieldDetailsList) -> Asked:
        node = details[0].node
        name = node.name.value
        if name == TYPENAME:
            return Asked(key, node, None)
        if name not in kind.fields:
            raise Fallback(Reason.INTROSPECTION)
        definition = kind.fields[name]
        return Asked(key, node, definition, [self._below(made, details) for made in self._concrete(definition)])

    def _concrete(self, definition: GraphQLField) -> Iterator[GraphQLObjectType]:
        named = get_named_type(definition.type)
        if is_abstract_type(named):
            yield from self.schema.get_possible_types(named)
        elif not is_leaf_type(named):
            assert isinstance(named, GraphQLObjectType)
            yield named

    def _below(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Selection:
        name = (kind.name, tuple(id(detail.node) for detail in details))
        selection = self._made.get(name)
        if selection is None:
            if len(self._made) >= MOST_SELECTIONS:
                raise Fallback(Reason.SIZE)
            selection = self._made[name] = Selection(kind)
            operation = self.operation
            found = collect_subfields(self.schema, operation.fragments, self.values, operation.node, kind, details)
            self._fill(selection, found)
        selection.uses += 1
        return selection
