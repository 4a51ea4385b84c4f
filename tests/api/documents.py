"""Any valid document over a schema, with any arguments: literals, variables, and literals with variables in them.

Fields are asked for by alias or again under the same one, fragments are named or not, on objects or on interfaces,
and some of everything is left out by @skip and @include.
"""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
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
    "Float": st.floats(allow_nan=False, allow_infinity=False),
    "Boolean": st.booleans(),
    "Date": st.dates().map(str),
    "String": STRINGS,
}
SIZES = st.sampled_from([0, 1, 1, 2, 3, -1])
"""Of pages; large ones only now and then, for graphql-core takes its time."""

READ_FROM_THE_DATABASE = frozenset({("Query", "changes"), ("Query", "viewer")})
"""All else is read from memory, at once, and is the same for everybody."""

MOST_STEERING = 4
"""One more than a plan is made for."""


@dataclass
class Document:
    """A document in the making."""

    draw: st.DrawFn
    schema: GraphQLSchema
    ids: st.SearchStrategy[str]
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    steering: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    unasked: Set[tuple[str, str]] = frozenset()
    aliases: int = 0

    def text(self, depth: int) -> str:
        query = self.schema.query_type
        assert query is not None
        selection = self.selection(query, depth)
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        return "\n".join([f"query Q{declared} {selection}", *self.fragments])

    def one_in(self, times: int) -> bool:
        return self.draw(st.integers(1, times)) == times

    def selection(self, kind: Any, depth: int) -> str:
        parts = [] if isinstance(kind, GraphQLObjectType) and self.draw(st.booleans()) else [self.typename()]
        fields = [(name, each) for name, each in getattr(kind, "fields", {}).items()]
        fields = [(name, each) for name, each in fields if depth > 1 or is_leaf_type(_named(each))]
        fields = [each for each in fields if (kind.name, each[0]) not in self.unasked]
        most = 3 if depth > 2 else 5
        for name, each in self.draw(st.lists(st.sampled_from(fields), min_size=1, max_size=most)) if fields else ():
            parts += self.one(kind, name, each, depth)
        if depth > 1 and (is_abstract_type(kind) or self.one_in(6)):
            parts.append(self.fragment(self.narrower(kind), depth - 1))
        return f"{{ {' '.join(parts) or '__typename'} }}"

    def typename(self) -> str:
        return f"__typename{self.steered()}" if self.one_in(2) else "__typename"

    def narrower(self, kind: Any) -> Any:
        """A type that a fragment on this one may name: itself, an interface of it, or what it can be."""
        if is_abstract_type(kind):
            return self.draw(st.sampled_from([*sorted(self.schema.get_possible_types(kind), key=str), kind]))
        return self.draw(st.sampled_from([kind, *kind.interfaces]))

    def fragment(self, kind: Any, depth: int) -> str:
        selection = self.selection(kind, depth)
        if self.draw(st.booleans()):
            return f"... on {kind}{self.steered()} {selection}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {kind} {selection}")
        return " ".join([f"...{name}{self.steered()}"] * (2 if self.one_in(4) else 1))

    def one(self, parent: Any, name: str, each: Any, depth: int) -> list[str]:
        """A field, or the same field twice, so that what is asked of it has to be merged."""
        self.aliases += 1
        given = [
            f"{argument}: {self.argument(argument, each.args[argument].type)}"
            for argument in each.args
            if is_required_argument(each.args[argument])
            or self.one_in(2 if argument == "first" else 4)
            or (argument == "first" and depth > 2)
        ]
        head = f"a{self.aliases}: {name}" + (f"({', '.join(given)})" if given else "")
        if is_leaf_type(_named(each)):
            return [head + self.steered()] * (2 if self.one_in(12) else 1)
        times = 2 if self.one_in(8) else 1
        return [f"{head}{self.steered()} {self.selection(_named(each), depth - 1)}" for _ in range(times)]

    def steered(self) -> str:
        """Sometimes @skip or @include."""
        if not self.one_in(8):
            return ""
        directive, literal = self.draw(st.sampled_from(["skip", "include"])), self.draw(st.booleans())
        if literal:
            return f" @{directive}(if: {self.literal(self.draw(st.booleans()))})"
        if len(self.steering) < MOST_STEERING and (not self.steering or self.one_in(3)):
            kind = GraphQLNonNull(self.schema.type_map["Boolean"])  # type: ignore[arg-type]
            self.steering.append(self.variable(kind, self.draw(st.booleans())))
            return f" @{directive}(if: {self.steering[-1]})"
        return f" @{directive}(if: {self.draw(st.sampled_from(self.steering))})"

    def argument(self, name: str, kind: Any) -> str:
        sized = name in ("first", "last") and not self.one_in(10)
        return self.given(kind, st.none() | SIZES if sized else self.values(kind))

    def given(self, kind: Any, values: st.SearchStrategy[Any]) -> str:
        """A value as a variable, as a literal, or as a literal with variables in it."""
        value = self.draw(values)
        how = self.draw(st.sampled_from(["variable", "literal", "mixed"]))
        if how == "variable":
            return self.variable(kind, value)
        return self.mixed(kind, value) if how == "mixed" else self.written(kind, value)

    def variable(self, kind: Any, value: Any) -> str:
        """A variable, given or not, with a default or not."""
        name = f"v{len(self.declared)}"
        default = ""
        if not _unwritable(value) and self.one_in(3):
            default = f" = {self.written(kind, value)}"
            if isinstance(kind, GraphQLNonNull) and self.draw(st.booleans()):
                kind = kind.of_type
        self.declared.append(f"${name}: {kind}{default}")
        absent = (default or not isinstance(kind, GraphQLNonNull)) and self.one_in(3)
        if not absent:
            self.variables[name] = value
        return f"${name}"

    def mixed(self, kind: Any, value: Any) -> str:
        """A literal; some of what it holds is in variables."""
        declared, kind = kind, get_nullable_type(kind)
        if isinstance(kind, GraphQLList) and isinstance(value, list):
            return f"[{', '.join(self.inner(kind.of_type, item) for item in value)}]"
        if isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
            inner = {name: kind.fields[name].type for name in value}
            if _is_one_of(kind):
                inner = {name: GraphQLNonNull(each) for name, each in inner.items()}
            return f"{{{', '.join(f'{name}: {self.inner(inner[name], value[name])}' for name in value)}}}"
        return self.written(declared, value)

    def inner(self, kind: Any, value: Any) -> str:
        if _unwritable(value) or self.draw(st.booleans()):
            return self.variable(kind, value)
        return self.mixed(kind, value)

    def written(self, kind: Any, value: Any) -> str:
        """A value as a literal, or in a variable where no literal can say it."""
        if value is None:
            return "null"
        if _unwritable(value):
            return self.variable(kind, value)
        kind = get_nullable_type(kind)
        if isinstance(kind, GraphQLList) and isinstance(value, list):
            return f"[{', '.join(self.written(kind.of_type, item) for item in value)}]"
        if isinstance(kind, GraphQLInputObjectType):
            return f"{{{', '.join(f'{n}: {self.written(kind.fields[n].type, each)}' for n, each in value.items())}}}"
        return str(value) if isinstance(get_named_type(kind), GraphQLEnumType) else self.literal(value)

    def literal(self, value: Any) -> str:
        return json.dumps(value)

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
        if _is_one_of(kind):
            return st.sampled_from(sorted(kind.fields)).flatmap(lambda name: self.only(kind, name))
        required = {name for name, each in kind.fields.items() if is_required_input_field(each)}
        optional = st.lists(st.sampled_from(sorted(kind.fields)), max_size=3)
        return optional.flatmap(
            lambda names: st.fixed_dictionaries(
                {name: self.values(kind.fields[name].type) for name in sorted({*names, *required})}
            )
        )

    def only(self, kind: GraphQLInputObjectType, name: str) -> st.SearchStrategy[Any]:
        return st.fixed_dictionaries({name: self.some(get_nullable_type(kind.fields[name].type))})


def _named(each: Any) -> Any:
    return get_named_type(each.type)


def _is_one_of(kind: GraphQLInputObjectType) -> bool:
    """Strawberry keeps it to itself."""
    return kind.is_one_of or bool(kind.extensions["strawberry-definition"].is_one_of)


def _unwritable(value: Any) -> bool:
    """Whether no literal can say it: half of a surrogate pair stands in no document."""
    return any("\ud800" <= letter <= "\udfff" for letter in json.dumps(value, ensure_ascii=False))


@st.composite
def documents(
    draw: st.DrawFn,
    schema: GraphQLSchema,
    ids: list[str],
    depth: int = 5,
    unasked: Set[tuple[str, str]] = READ_FROM_THE_DATABASE,
) -> tuple[str, dict[str, Any]]:
    """A valid document and its variables; ids are mostly those of records."""
    document = Document(draw, schema, st.sampled_from(ids) | STRINGS, unasked=unasked)
    text = document.text(draw(st.integers(2, depth)))
    return text, document.variables
