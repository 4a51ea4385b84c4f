"""Which operations depend on who asks: those that write, and those that ask for `viewer`."""

from __future__ import annotations

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
)

PERSONAL = "viewer"
"""The one field of the root whose answer is another one for everybody."""


def is_personal(document: DocumentNode, operation: OperationDefinitionNode) -> bool:
    """Whether the answer of an operation depends on who asks; nobody else may ever be given it."""
    if operation.operation is OperationType.MUTATION:
        return True
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    ahead, spread = [operation.selection_set], set[str]()
    while ahead:
        for node in ahead.pop().selections:
            if isinstance(node, FieldNode) and node.name.value == PERSONAL:
                return True
            if isinstance(node, InlineFragmentNode):
                ahead.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                spread.add(node.name.value)
                ahead.append(fragments[node.name.value].selection_set)
    return False
