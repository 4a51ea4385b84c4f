"""The query by which tools learn the schema: in whichever of its forms, it is known and has no price."""

from __future__ import annotations

from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_introspection_query,
    parse,
    print_ast,
)

FRAGMENTS = {"FullType", "InputValue", "TypeRef"}
MARKS = {
    "descriptions": "description",
    "specified_by_url": "specifiedByURL",
    "directive_is_repeatable": "isRepeatable",
    "schema_description": "__schema {\n    description",
    "input_value_deprecation": "inputFields(includeDeprecated: true)",
    "experimental_directive_deprecation": "directives(includeDeprecated: true)",
    "one_of": "isOneOf",
}
"""The options of the query, and what shows each in its text."""
DEEPEST = 15
"""How many types within types it may ask for; newer tools ask for 9, older ones for 7."""


def introspection_key(document: DocumentNode) -> str | None:
    """The standard introspection query that a measured document is, always in the same words; None for any other.

    Which fields are asked for depends on the tool, so there are some hundred forms, each with an answer of its own.
    """
    fragments = {each.name.value for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    if fragments != FRAGMENTS or len(document.definitions) != 4:
        return None
    text = print_ast(document)
    depth = text.count("ofType {")
    if depth > DEEPEST:
        return None
    form = _form(tuple(mark in text for mark in MARKS.values()), "queryType {\n      name\n    }" not in text, depth)
    return form if _shape(document) == _shape_of(form) else None


def is_standard_introspection(document: DocumentNode) -> bool:
    """Whether a measured document is the standard introspection query, which is answered without a price."""
    return introspection_key(document) is not None


@lru_cache(maxsize=256)
def _form(chosen: tuple[bool, ...], root_kinds: bool, depth: int) -> str:
    options = dict(zip(MARKS, chosen, strict=True))
    text = get_introspection_query(**options, type_depth=depth)
    return text if root_kinds else text.replace("{ name kind }", "{ name }")


@lru_cache(maxsize=256)
def _shape_of(form: str) -> object:
    return _shape(parse(form))


def _shape(document: DocumentNode) -> object:
    """What a document asks for, whatever the order."""
    shapes: dict[str, object] = {}
    for each in document.definitions:
        if isinstance(each, FragmentDefinitionNode):
            shapes[f"{each.name.value} {each.type_condition.name.value}"] = _fields(each.selection_set)
        elif isinstance(each, OperationDefinitionNode) and not (each.variable_definitions or each.directives):
            shapes[each.operation.value] = _fields(each.selection_set)
    return shapes


def _fields(selections: SelectionSetNode | None) -> frozenset[object]:
    return frozenset(map(_selection, selections.selections if selections else ()))


def _selection(node: SelectionNode) -> object:
    if isinstance(node, FieldNode) and not (node.alias or node.directives):
        return node.name.value, *map(print_ast, node.arguments or ()), _fields(node.selection_set)
    plain = isinstance(node, FragmentSpreadNode) and not node.directives
    return node.name.value if plain else print_ast(node)  # type: ignore[attr-defined]
