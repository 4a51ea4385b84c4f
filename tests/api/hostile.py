"""Documents that are meant to hurt, made by rule: what each is, its text, and the code of the error it has to get."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, get_variable_values, validate

from service.api.limits import Pricing, measure, parsed
from service.errors import KopaError

LIMIT, LARGE, COST = "LIMIT_EXCEEDED", "DOCUMENT_TOO_LARGE", "COST_EXCEEDED"
SYNTAX, INVALID, VARIABLES = "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"


@dataclass(frozen=True)
class Hostile:
    """A hostile document; `codes` are those that are right for it."""

    name: str
    text: str
    codes: tuple[str, ...]


def repeated(part: Callable[[int], str], times: int) -> str:
    return " ".join(map(part, range(times)))


def doubling(levels: int, *, below: str = "a: parent {{ {0} }} b: parent {{ {0} }}") -> str:
    """Fragments each of which spreads the next one twice."""
    inner = repeated(lambda n: f"fragment F{n} on Organisation {{ {below.format(f'...F{n + 1}')} }}", levels)
    return f"{{ organisations {{ nodes {{ ...F0 }} }} }} {inner} fragment F{levels} on Organisation {{ id }}"


def nested(head: str, levels: int, leaf: str) -> str:
    return f"{{ {f'{head} {{ ' * levels}{leaf}{' }' * levels} }}"


def listed(body: str, first: int = 100) -> str:
    return f"{{ organisations(first: {first}) {{ nodes {{ {body} }} }} }}"


def hostile() -> Iterator[Hostile]:
    """The corpus. None of it is valid, small enough and cheap enough at once."""
    yield from _fragments()
    yield from _breadth()
    yield from _depth()
    yield from _lists()
    yield from _texts()


def _fragments() -> Iterator[Hostile]:
    for levels in (8, 20, 24, 49, 60):
        yield Hostile(f"fragments doubling {levels} times", doubling(levels), (LIMIT,))
        same = "parent {{ {0} {0} }} parent {{ {0} }}"
        yield Hostile(f"fragments merging {levels} times", doubling(levels, below=same), (LIMIT,))
    yield Hostile("fragments without fields", doubling(40, below="{0} {0}"), (LIMIT,))
    yield Hostile("a fragment in itself", "{ ...A } fragment A on Query { ...A }", (LIMIT,))
    circle = repeated(lambda n: f"fragment F{n} on Query {{ ...F{(n + 1) % 40} }}", 40)
    yield Hostile("forty fragments in a circle", f"{{ ...F0 }} {circle}", (LIMIT,))
    yield Hostile("a circle nobody spreads", "{ __typename } fragment A on Query { ...A }", (LIMIT,))
    many = repeated(lambda n: f"fragment F{n} on Query {{ __typename }}", 300)
    yield Hostile("300 fragments", f"{{ {repeated(lambda n: f'...F{n}', 300)} }} {many}", (LIMIT,))
    yield Hostile("one fragment 600 times", f"{{ {'...A ' * 600} }} fragment A on Query {{ __typename }}", (LIMIT,))
    chain = repeated(lambda n: f"fragment F{n} on Query {{ ...F{n + 1} }}", 49)
    end = "fragment F49 on Query { " + "... { " * 5 + "__typename" + " }" * 6
    yield Hostile("a chain of fragments", f"{{ ...F0 }} {chain} {end}", (LIMIT,))
    yield Hostile("a fragment that is not there", "{ ...Nowhere }", (INVALID,))


def _breadth() -> Iterator[Hostile]:
    yield Hostile("1,000 aliases", f"{{ {repeated(lambda n: f'a{n}: __typename', 900)} }}", (LIMIT,))
    yield Hostile("101 aliases", f"{{ {repeated(lambda n: f'a{n}: __typename', 101)} }}", (LIMIT,))
    yield Hostile("an alias of 50,000 characters", listed(f"{'a' * 50_000}: name"), (LIMIT,))
    yield Hostile("5,000 times one field", f"{{ {'__typename ' * 5000} }}", (LARGE,))
    yield Hostile("399 times one field", f"{{ {'__typename ' * 399} }}", (LIMIT,))
    yield Hostile("one list 100 times", f"{{ {'organisations { nodes { slug } } ' * 100} }}", (LIMIT,))
    yield Hostile("500 directives", "{ __typename " + "@include(if: true) " * 500 + "}", (LARGE, LIMIT))
    yield Hostile("ten unknown directives", "{ __typename " + "@aa" * 10 + " }", (LIMIT,))
    each = repeated(lambda n: f"a{n}: __typename @skip(if: false)", 60)
    yield Hostile("a directive on each of 60 fields", f"{{ {each} }}", (LIMIT,))
    yield Hostile("200 operations", repeated(lambda n: f"query Q{n} {{ __typename }}", 200), (LIMIT,))
    variables = repeated(lambda n: f"$v{n}: Int", 400)
    yield Hostile("400 variables", f"query ({variables}) {{ __typename }}", (LIMIT,))
    yield Hostile("399 unknown fields", f"{{ {repeated(lambda n: f'x{n}', 399)} }}", (INVALID,))
    yield Hostile("inline fragments", "{ node(id: 1) { " + "... on Service { slug } " * 240 + "} }", (LIMIT,))
    yield Hostile("500 definitions of types", repeated(lambda n: f"type T{n} {{ a: Int }}", 350), (INVALID, LIMIT))


def _depth() -> Iterator[Hostile]:
    yield Hostile("5,000 selection sets deep", nested("a", 5000, "b"), (LARGE, LIMIT))
    yield Hostile("200 selection sets deep", nested("parent", 200, "id"), (LIMIT,))
    yield Hostile("inline fragments 100 deep", nested("...", 100, "__typename"), (LIMIT,))
    deep = "[" * 4000 + "]" * 4000
    yield Hostile("a list 4,000 deep", f"{{ organisations(filter: {deep}) {{ totalCount }} }}", (LARGE, LIMIT))
    flat = "[" * 60 + "]" * 60
    yield Hostile("a list 60 deep", f"{{ organisations(filter: {flat}) {{ totalCount }} }}", (LIMIT,))
    objects = "{a: " * 100 + "1" + "}" * 100
    yield Hostile("an object 100 deep", f"{{ organisations(filter: {objects}) {{ totalCount }} }}", (LIMIT,))
    yield Hostile("a default 60 deep", f"query ($v: Int = {flat}) {{ __typename }}", (LIMIT,))
    kind = "[" * 60 + "Int" + "]" * 60
    yield Hostile("a type 60 deep", f"query ($v: {kind}) {{ organisations(first: $v) {{ totalCount }} }}", (LIMIT,))
    yield Hostile("a value in a directive", f"{{ __typename @include(if: {flat}) }}", (LIMIT,))
    around = "fields { type { " * 5 + "name" + " } }" * 5
    yield Hostile("introspection in a circle", f"{{ __schema {{ types {{ {around} }} }} }}", (INVALID,))


def _lists() -> Iterator[Hostile]:
    yield Hostile("lists in lists", listed("services(first: 100) { nodes { id } } fields(first: 100) { nodes { id } }"),
                  (COST,))  # fmt: skip
    deep = "cooperation(first: 100) { nodes { partner { " * 5 + "name" + " } } }" * 5
    yield Hostile("a network five deep", f'{{ organisation(by: {{slug: "a"}}) {{ {deep} }} }}', (COST,))
    wide = repeated(lambda n: f"a{n}: organisations(first: 100) {{ nodes {{ id }} }}", 99)
    yield Hostile("99 lists side by side", f"{{ {wide} }}", (COST,))
    about = repeated(lambda n: f"a{n}: fields {{ args {{ name }} }}", 5)
    yield Hostile("plain lists", f"{{ __schema {{ types {{ {about} }} }} }}", (COST,))
    ids = ", ".join(["1"] * 100)
    asked = f"{{ nodes(ids: [{ids}]) {{ ... on Organisation {{ services(first: 100) {{ nodes {{ id }} }} }} }} }}"
    yield Hostile("a hundred ids with lists", asked, (COST,))
    texts = repeated(lambda n: f'a{n}: organisations(filter: {{text: "{n}"}}) {{ totalCount }}', 99)
    yield Hostile("99 texts to look for", f"{{ {texts} }}", (COST,))
    days = repeated(lambda n: f'a{n}: cooperationLinks(filter: {{asOf: "20{n:02}-01-01"}}) {{ totalCount }}', 99)
    yield Hostile("99 days to look at", f"{{ {days} }}", (COST,))
    names = repeated(lambda n: f"d{n}: description", 99)
    yield Hostile(
        "one text 99 times in each of many", listed(f"services(first: 100) {{ nodes {{ {names} }} }}"), (COST,)
    )


def _texts() -> Iterator[Hostile]:
    yield Hostile("a comment of a megabyte", "{ __typename } #" + "x" * 1_000_000, (LARGE,))
    yield Hostile("30,000 comments", "#\n" * 30_000 + "{ __typename }", (LARGE,))
    yield Hostile("a text of 200 kB", f'{{ node(id: "{"x" * 200_000}") {{ id }} }}', (LARGE,))
    yield Hostile("a name of 90 kB", f"{{ {'x' * 90_000} }}", (INVALID,))
    yield Hostile("a number of 4,000 digits", f"{{ organisations(first: {'9' * 4_000}) {{ totalCount }} }}", (INVALID,))
    yield Hostile(
        "a number of 90,000 digits", f"{{ organisations(first: {'9' * 90_000}) {{ totalCount }} }}", (INVALID,)
    )
    yield Hostile("a fraction without end", f"{{ organisations(first: 1.{'9' * 9_000}) {{ totalCount }} }}", (INVALID,))
    yield Hostile("an exponent", "{ organisations(first: 1e999999) { totalCount } }", (INVALID,))
    yield Hostile("90,000 brackets", "{" * 90_000, (LARGE, LIMIT, SYNTAX))
    yield Hostile("a text without end", '{ node(id: "' + "x" * 90_000, (SYNTAX,))
    yield Hostile("90,000 escapes", '{ node(id: "' + "\\" * 90_000, (SYNTAX,))
    yield Hostile("no document", "", (SYNTAX,))
    yield Hostile("zeros", "\0" * 50_000, (SYNTAX,))


def code_of(schema: GraphQLSchema, text: str) -> str | None:
    """The code with which a document is refused; None when it is accepted. Variables are not given."""
    try:
        document = parsed(text)
        measure(document)
        if validate(schema, document, max_errors=5, hide_suggestions=True):
            return INVALID
        for node in document.definitions:
            assert isinstance(node, OperationDefinitionNode) or node.kind == "fragment_definition"
            if isinstance(node, OperationDefinitionNode):
                coerced = get_variable_values(schema, node.variable_definitions or (), {})
                if isinstance(coerced, list):
                    return VARIABLES
                Pricing(schema, document, node).affordable(coerced.coerced)
    except KopaError as error:
        return error.code
    except GraphQLError:
        return SYNTAX
    return None
