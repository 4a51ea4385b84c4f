"""What is promised outside: the schema explains itself, and generated files say what the program does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    DirectiveDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputValueDefinitionNode,
    Node,
    TypeDefinitionNode,
    parse,
    specified_directives,
)

from service import documentation
from service.cli import cli

SCHEMA = Path(__file__).parent.parent / "schema.graphql"
MEMBERS = (
    TypeDefinitionNode,
    FieldDefinitionNode,
    InputValueDefinitionNode,
    EnumValueDefinitionNode,
    DirectiveDefinitionNode,
)
specified = {directive.name for directive in specified_directives}
PARTS = ("definitions", "fields", "arguments", "values")


def members(node: Node, above: str = "") -> Iterator[tuple[str, str]]:
    """Every member below a node as (dotted name, description)."""
    for part in PARTS:
        for child in getattr(node, part, None) or ():
            if not isinstance(child, MEMBERS) or child.name.value in specified:
                continue
            name = f"{above}{child.name.value}"
            yield name, child.description.value.strip() if child.description else ""
            yield from members(child, f"{name}.")


def test_every_member_of_the_schema_has_a_description() -> None:
    described = dict(members(parse(SCHEMA.read_text("utf-8"))))
    assert "Query" in described
    assert [name for name, description in described.items() if not description] == []


def test_a_member_without_description_is_noticed() -> None:
    text = """
        directive @cost(weight: Int) on FIELD_DEFINITION
        "." enum Kind { A }
        "." input Filter { text: String }
        "." union Either = Query
        "." type Query { "." word(language: Kind): String  plain: Int }
        scalar Date
        interface Named { name: String }
    """
    found = [name for name, description in members(parse(text)) if not description]
    assert found == [
        "cost", "cost.weight", "Kind.A", "Filter.text", "Query.word.language", "Query.plain", "Date", "Named",
        "Named.name",
    ]  # fmt: skip


def test_the_generated_files_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SCHEMA.parent)
    assert documentation.stale_files(cli) == {}
