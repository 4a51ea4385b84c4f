"""The schema: everything is described, nothing private can be named, and no question breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_introspection_type,
    is_specified_scalar_type,
    parse,
    validate,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from service.api.schema import schema, sdl
from service.catalogue.catalogue import Catalogue
from tests.api.documents import documents

CORE = schema._schema


def members() -> Iterator[tuple[str, str | None]]:
    """Every type, field, argument, input field and value of the schema with its description."""
    for name, kind in CORE.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field_name, field in kind.fields.items():
                yield f"{name}.{field_name}", field.description
                yield from ((f"{name}.{field_name}.{arg}", a.description) for arg, a in field.args.items())
        elif isinstance(kind, GraphQLInputObjectType):
            yield from ((f"{name}.{field_name}", field.description) for field_name, field in kind.fields.items())
        elif isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", each.description) for value, each in kind.values.items())


def test_every_member_is_described_in_a_sentence() -> None:
    found = dict(members())
    assert len(found) > 1000
    wrong = [name for name, words in found.items() if not words or not words.strip() or words.strip()[-1] not in ".?!…"]
    assert [name for name in wrong if name not in SCALARS] == []


SCALARS = ("Date", "DateTime", "Decimal", "UUID")
"""Strawberry's own words for these have no full stop."""

SECRET = {
    *("tie", "level", "note", "private", "revision", "draft", "account", "session", "token", "password", "author"),
    *("few", "fewer", "ordinal", "catalogue", "choice", "confirmed", "internal"),
}
VIEWER = ("Query", "viewer")
INNOCENT = {
    "Region.note",
    "Sector.PRIVATE",
    "ConfirmationState.CONFIRMED",
    "TaxonomyTermFacet.TOP_LEVEL",
    "TaxonomyTermFilter.topLevel",
}


def test_nothing_private_has_a_name_in_what_everybody_reads() -> None:
    public = types_of_everybody()
    assert len(public) > 150
    found = {name for name, _ in members() if name.partition(".")[0] in public and _words(name) & SECRET}
    assert found == INNOCENT


def types_of_everybody() -> set[str]:
    """The types that are reached from the root of reads without passing through `viewer`."""
    seen, ahead = set[str](), [CORE.query_type]
    while ahead:
        kind: Any = ahead.pop()
        if kind.name not in seen:
            seen.add(kind.name)
            ahead += CORE.get_possible_types(kind) if is_abstract_type(kind) else []
            fields = [each for name, each in getattr(kind, "fields", {}).items() if (kind.name, name) != VIEWER]
            ahead += [get_named_type(each.type) for each in fields]
            ahead += [get_named_type(arg.type) for each in fields for arg in getattr(each, "args", {}).values()]
    return seen


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall("[A-Z]?[a-z]+|[A-Z]+", name.rpartition(".")[2])}


def test_confirmations_and_needs_show_only_what_the_public_learns() -> None:
    confirmation, need = CORE.type_map["Confirmation"], CORE.type_map["Need"]
    assert set(confirmation.fields) == {"side", "organisation", "state", "on", "role"}  # type: ignore[attr-defined]
    assert str(need.fields["waiting"].type) == "String"  # type: ignore[attr-defined]
    assert not {"fewerThanFive", "waitingText"} & set(need.fields)  # type: ignore[attr-defined]


def test_there_are_no_subscriptions() -> None:
    assert CORE.subscription_type is None


def test_the_shipped_text_is_the_schema() -> None:
    path = Path(__file__).parents[2] / "schema.graphql"
    if path.exists():  # It is made by `kopa schema`; the check of freshness stands with the command.
        assert parse(path.read_text(encoding="utf-8")).definitions
    assert "type Organisation implements" in sdl()
    assert sdl() is sdl()


@settings(max_examples=150)
@given(data=st.data())
def test_no_question_breaks_it(catalogue: Catalogue, data: st.DataObject) -> None:
    """Any valid document with any arguments is answered; what cannot be is refused before anything runs."""
    text, variables = data.draw(documents(CORE, _names(catalogue)))
    assert validate(CORE, parse(text)) == []
    result = schema.execute_sync(text, variables, root_value=catalogue)
    for error in result.errors or ():
        assert error.path is None, (error, error.original_error)
        assert result.data is None


def _names(catalogue: Catalogue) -> list[str]:
    records = list(catalogue.records.values())[::9]
    return [record.id for record in records] + [record.slug for record in records if hasattr(record, "slug")]


HARD: tuple[Any, ...] = ("\0", "\ud800", "\udfff" * 3, "ā" * 100_000, "[" * 5000, "0" * 5000)


@pytest.mark.parametrize("value", HARD, ids=range(len(HARD)))
def test_hard_strings_in_every_string_argument(catalogue: Catalogue, value: str) -> None:
    query = """query ($s: String!, $i: ID!) {
      node(id: $i) { id } nodes(ids: [$i, $i]) { id }
      organisation(by: {slug: $s}) { id } region(by: {code: $s}) { id }
      taxonomyTerm(by: {code: {taxonomy: $s, code: $s}}) { id }
      organisations(filter: {text: $s, region: [$i], category: [$i]}, after: $s, before: $s) { totalCount }
      services(filter: {text: $s, language: [$s]}, after: $s) { nodes { id } }
      taxonomyTerms(filter: {taxonomy: [$s], within: [$i]}, before: $s) { pageInfo { hasNextPage } }
      figures(filter: {indicator: [$s], organisation: [$i]}) { nodes { id } }
    }"""
    result = schema.execute_sync(query, {"s": value, "i": value}, root_value=catalogue)
    assert result.errors is None
    assert result.data["node"] is None  # type: ignore[index]
    assert result.data["organisations"]["totalCount"] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("declared", "value"),
    [("Int", 2**31), ("Int", 10**400), ("Int", 1.5), ("Int", "1"), ("Int", True), ("Int", float("nan")), ("Int", [])],
)
def test_numbers_that_are_none_are_refused(catalogue: Catalogue, declared: str, value: Any) -> None:
    query = f"query ($n: {declared}) {{ organisations(first: $n) {{ totalCount }} }}"
    result = schema.execute_sync(query, {"n": value}, root_value=catalogue)
    assert result.data is None
    assert [error.path for error in result.errors or ()] == [None]


@pytest.mark.parametrize("value", ["junk", "2010", "2010-13-01", "", 5, None, "2010-02-30", "10000-01-01", "\ud800"])
def test_a_day_is_a_day(catalogue: Catalogue, value: Any) -> None:
    query = "query ($d: Date) { organisations { nodes { cooperation(filter: {asOf: $d}) { totalCount } } } }"
    result = schema.execute_sync(query, {"d": value}, root_value=catalogue)
    assert (result.errors is None) == (value is None)
    assert all(error.path is None for error in result.errors or ())
