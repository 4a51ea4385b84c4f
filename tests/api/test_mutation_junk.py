"""Whatever fits the types of GraphQL is done or refused in words, and what is refused has left no trace."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_required_input_field,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from service.api.schema import schema
from tests.api.office import ORGANISATION, OTHER, Office
from tests.editing.observing import FEW, NASTY, sizes
from tests.factories import ident, make_link
from tests.serving import eventually

CORE = schema._schema
assert CORE.mutation_type is not None
MUTATIONS = CORE.mutation_type.fields

LONG = 6_000
"""Letters of a text of which several still fit the body of a request."""

TEXTS = NASTY.filter(lambda value: isinstance(value, str) and value.isprintable() and len(value) < LONG) | st.text(
    st.characters(codec="utf-8"), max_size=20
)
KNOWN = st.sampled_from([ORGANISATION, OTHER, make_link().id, ident("service"), ident("source"), ident("region")])
ACCEPT = {"accept": "application/graphql-response+json"}

LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "ID": KNOWN | TEXTS,
    "Int": st.integers(-(2**31), 2**31 - 1),
    "Float": st.floats(allow_nan=False, allow_infinity=False),
    "Boolean": st.booleans(),
    "Decimal": st.sampled_from(["1e9999", "NaN", "-0", "0.001", "1.5", 2**70]) | st.decimals(allow_nan=False).map(str),
    "Date": st.dates().map(str),
    "DateTime": st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    | st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Anything that fits a type of GraphQL."""
    if isinstance(kind, GraphQLNonNull):
        return _given(kind.of_type)
    return st.none() | _given(kind)


def _given(kind: Any) -> st.SearchStrategy[Any]:
    if isinstance(kind, GraphQLList):
        return st.lists(st.deferred(lambda: values(kind.of_type)), max_size=3)
    if isinstance(kind, GraphQLEnumType):
        return st.sampled_from([*kind.values])
    if isinstance(kind, GraphQLInputObjectType):
        return st.deferred(lambda: _objects(kind))
    return LEAVES.get(kind.name, TEXTS)


def _objects(kind: GraphQLInputObjectType) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: values(field.type) for name, field in kind.fields.items()}
    needed = {name for name, field in kind.fields.items() if is_required_input_field(field)}
    optional = st.sets(st.sampled_from(sorted(fields.keys() - needed) or [""]), max_size=4)
    names = optional.map(lambda chosen: sorted({*needed, *chosen} & fields.keys()))
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: fields[name] for name in chosen}))


CALLS = st.sampled_from(sorted(MUTATIONS)).flatmap(
    lambda name: st.tuples(st.just(name), _given(get_named_type(MUTATIONS[name].args["input"].type)))
)


@settings(FEW, max_examples=120)
@given(call=CALLS, who=st.sampled_from(["administrator", "owner"]))
async def test_junk_is_done_or_refused_in_words(office: Office, call: tuple[str, Any], who: str) -> None:
    name, input = call
    before = await sizes(office.database)
    kind = MUTATIONS[name].args["input"].type
    query = f"mutation Do($input: {kind}) {{ {name}(input: $input) {{ userErrors {{ code path message }} }} }}"
    answer = await office.post(query, who, ACCEPT, input=input)
    if answer.status_code == 503:  # A value was redacted before, and the catalogue is loaded afresh.
        await eventually(office.is_ready)
        answer = await office.post(query, who, ACCEPT, input=input)
    body = answer.json()
    if answer.status_code == 400:  # A number or a day that GraphQL itself refuses.
        assert {each["extensions"]["code"] for each in body["errors"]} <= {"BAD_USER_INPUT"}
    else:
        assert answer.status_code == 200, body
        told = body["data"][name]["userErrors"]
        assert all(each["message"] and each["path"][0] == "input" for each in told)
        if not told:
            return
    assert await sizes(office.database) == before
