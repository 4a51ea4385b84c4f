"""Any valid document over a schema, with any arguments, as strings that GraphQL and its variables carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_required_argument,
)
from hypothesis import strategies as st

STRINGS = st.sampled_from(
    [
        "",
        "\0",
        "\ud800",
        "a\nb",
        "junk",
        "dementia",
        "riga",
        "W10",
        "WzEsMl0",
        "W3RydWVd",
        "%",
        "'\"\\",
        "1" * 400,
        "<script>",
        "🙂",
        "2010-13",
    ]
) | st.text(max_size=8)
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "Int": st.integers(-(2**31), 2**31 - 1) | st.sampled_from([-1, 0, 1, 3, 100, 101]),
    "Boolean": st.booleans(),
    "Date": st.dates().map(str),
    "String": STRINGS,
}

READ_FROM_THE_DATABASE = {("Query", "changes")}
"""All else is read from memory, at once."""


@dataclass
class Document:
    """A document in the making."""

    draw: st.DrawFn
    schema: GraphQLSchema
    ids: st.SearchStrategy[str]
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    aliases: int = 0

    def text(self, depth: int) -> str:
        query = self.schema.query_type
        assert query is not None
        selection = self.selection(query, depth)
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        return f"query {declared} {selection}"

    def selection(self, kind: Any, depth: int) -> str:
        parts = [] if isinstance(kind, GraphQLObjectType) and self.draw(st.booleans()) else ["__typename"]
        fields = [(name, each) for name, each in kind.fields.items() if depth > 1 or is_leaf_type(_named(each))]
        fields = [each for each in fields if (kind.name, each[0]) not in READ_FROM_THE_DATABASE]
        most = 3 if depth > 2 else 6
        for name, each in self.draw(st.lists(st.sampled_from(fields), min_size=1, max_size=most)) if fields else ():
            parts.append(self.one(name, each, depth))
        if isinstance(kind, GraphQLInterfaceType) and depth > 1:
            made = self.draw(st.sampled_from(sorted(self.schema.get_possible_types(kind), key=str)))
            parts.append(f"... on {made} {self.selection(made, depth - 1)}")
        return f"{{ {' '.join(parts) or '__typename'} }}"

    def one(self, name: str, each: Any, depth: int) -> str:
        self.aliases += 1
        given = [
            f"{argument}: {self.variable(each.args[argument].type)}"
            for argument in each.args
            if is_required_argument(each.args[argument]) or self.draw(st.integers(0, 2)) == 0
        ]
        arguments = f"({', '.join(given)})" if given else ""
        below = "" if is_leaf_type(_named(each)) else f" {self.selection(_named(each), depth - 1)}"
        return f"a{self.aliases}: {name}{arguments}{below}"

    def variable(self, kind: Any) -> str:
        name = f"v{len(self.variables)}"
        self.variables[name] = self.draw(self.values(kind))
        self.declared.append(f"${name}: {kind}")
        return f"${name}"

    def values(self, kind: Any) -> st.SearchStrategy[Any]:
        if isinstance(kind, GraphQLNonNull):
            return self.some(get_nullable_type(kind))
        return st.none() | self.some(kind)

    def some(self, kind: Any) -> st.SearchStrategy[Any]:
        if isinstance(kind, GraphQLList):
            return st.lists(self.values(kind.of_type), max_size=3)
        if isinstance(kind, GraphQLEnumType):
            return st.sampled_from(sorted(kind.values))
        if isinstance(kind, GraphQLScalarType):
            return self.ids if kind.name == "ID" else SCALARS[kind.name]
        assert isinstance(kind, GraphQLInputObjectType)
        fields = {name: self.values(each.type) for name, each in kind.fields.items()}
        if kind.is_one_of:
            only = {name: self.some(get_nullable_type(each.type)) for name, each in kind.fields.items()}
            return st.sampled_from(sorted(only)).flatmap(lambda name: st.fixed_dictionaries({name: only[name]}))
        required = {n for n, each in kind.fields.items() if isinstance(each.type, GraphQLNonNull)}
        optional = st.lists(st.sampled_from(sorted(fields)), max_size=3)
        return optional.flatmap(
            lambda names: st.fixed_dictionaries({name: fields[name] for name in sorted({*names, *required})})
        )


def _named(each: Any) -> Any:
    return get_named_type(each.type)


@st.composite
def documents(draw: st.DrawFn, schema: GraphQLSchema, ids: list[str], depth: int = 5) -> tuple[str, dict[str, Any]]:
    """A valid document and its variables; ids are mostly those of records."""
    document = Document(draw, schema, st.sampled_from(ids) | STRINGS)
    text = document.text(draw(st.integers(2, depth)))
    return text, document.variables
