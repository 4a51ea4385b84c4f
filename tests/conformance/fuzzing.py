"""What Schemathesis has to be told: what `@oneOf` means, that a question may be too dear, and to ask as many examples
as are wanted, as they come, rather than to look for more of what succeeds."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import schemathesis
from graphql import (
    DocumentNode,
    GraphQLInputObjectType,
    GraphQLSchema,
    NullValueNode,
    ObjectValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    is_required_input_field,
    parse_value,
    visit,
)
from hypothesis_graphql import strategies
from hypothesis_graphql._strategies import sampler

TOO_DEAR = re.compile(rb'"code":"COST_EXCEEDED","cost":\d+,"limit":10000?\b')
SCHEMA = Path(__file__).parent.parent.parent / "schema.graphql"

# It is told of every answer, and Hypothesis asks thousands of questions around those that were answered best.
hypothesis.target = lambda observation, **_: observation


def once(made: Callable[..., Any]) -> Callable[..., Any]:
    """What a question can look like is worked out once for each field, and not for each example."""
    kept: dict[tuple[str, ...], Any] = {}

    def asked(schema: GraphQLSchema, *, fields: list[str], **options: Any) -> Any:
        key = (*fields, str(options["mode"]))
        if key not in kept:
            kept[key] = made(schema, fields=fields, **options)
        return kept[key]

    return asked


strategies.queries, strategies.mutations = once(strategies.queries), once(strategies.mutations)
sampler.weighted_boolean = cache(sampler.weighted_boolean)


@schemathesis.hook  # type: ignore[untyped-decorator]
def map_body(context: Any, body: DocumentNode) -> DocumentNode:
    """Give an input that is `@oneOf` exactly one member, and not null."""
    types = TypeInfo(schema())
    return visit(body, TypeInfoVisitor(types, OneMember(types)))


@schemathesis.hook  # type: ignore[untyped-decorator]
def after_call(context: Any, case: Any, response: Any) -> None:
    """Take a refusal for more than the largest cost as an answer; how many there were is asked elsewhere."""
    if response.status_code == 400 and TOO_DEAR.search(response.content):
        response.content = b'{"data": null}'


@cache
def schema() -> GraphQLSchema:
    return build_schema(SCHEMA.read_text("utf-8"))


class OneMember(Visitor):
    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types

    def enter_object_value(self, node: ObjectValueNode, *_: Any) -> ObjectValueNode | None:
        expected = get_named_type(self.types.get_input_type())
        if not getattr(expected, "is_one_of", False):
            return None
        given = [member for member in node.fields if not isinstance(member.value, NullValueNode)]
        return ObjectValueNode(fields=tuple(given[:1])) if given else parse_value(smallest(expected))


def smallest(kind: Any) -> str:
    """The shortest value of an input type; the first member of one that is `@oneOf`."""
    if not isinstance(kind, GraphQLInputObjectType):
        return "0" if kind.name in ("Int", "Float") else '"none"'
    required = [name for name, each in kind.fields.items() if is_required_input_field(each)]
    names = list(kind.fields)[:1] if kind.is_one_of else required
    return f"{{{', '.join(f'{name}: {smallest(get_named_type(kind.fields[name].type))}' for name in names)}}}"
