"""Nothing changes for clients without being announced."""

from pathlib import Path

import pytest
from graphql import BreakingChangeType, DangerousChangeType, build_schema
from graphql.utilities import find_schema_changes

from tests.contract.released import concerns_clients, coordinate, unannounced

ROOT = Path(__file__).parent.parent.parent

OLD = build_schema("""
    directive @gone on FIELD
    directive @marked(lost: Int, kind: Int, need: Int, much: Int = 1) repeatable on FIELD | QUERY
    interface Named { name: String }
    interface Dated { on: String }
    scalar Weight
    type Query implements Named {
        name: String, kind: Int, gone: Int
        list(lost: Int, kind: Int, much: Int = 1): Int
    }
    type Other { id: ID }
    type Third { id: ID }
    union Either = Query | Other
    enum Colour { RED, BLUE }
    input Filter { text: String, kind: Int, gone: Int, much: Int = 1 }
    type Used { either: Either, colour: Colour, dated: Dated, weight: Weight, third: Third, weighed(by: Filter): Float }
""")
NEW = build_schema("""
    directive @marked(kind: String, need: Int, new: Int!, much: Int = 2) on FIELD
    interface Named { name: String }
    interface Dated { on: String }
    enum Weight { HEAVY }
    type Query implements Dated {
        on: String, kind: String
        list(kind: String, much: Int = 2, more: Int, must: Int!): Int
    }
    type Other { id: ID }
    type Third { id: ID }
    union Either = Query | Third
    enum Colour { RED, GREEN }
    input Filter { text: String, kind: String, much: Int = 2, more: Int, must: Int! }
    type Used { either: Either, colour: Colour, dated: Dated, named: Named, other: Other, weight: Weight, third: Third }
""")
COORDINATES = {
    "@gone", "@marked", "@marked(lost:)", "@marked(kind:)", "@marked(new:)", "@marked(much:)",
    "Query", "Query.name", "Query.kind", "Query.gone",
    "Query.list(lost:)", "Query.list(kind:)", "Query.list(much:)", "Query.list(more:)", "Query.list(must:)",
    "Either", "Colour.BLUE", "Colour.GREEN", "Weight", "Float", "Used.weighed",
    "Filter.kind", "Filter.gone", "Filter.much", "Filter.more", "Filter.must",
}  # fmt: skip
NOTHING = "# Changelog\n\n## [Unreleased]\n\n## [1.0.0]\n\n- `Query.kind` is new.\n"


def test_what_clients_have_to_know_is_announced() -> None:
    released = build_schema((ROOT / "docs/released.graphql").read_text("utf-8"))
    current = build_schema((ROOT / "schema.graphql").read_text("utf-8"))
    assert unannounced(released, current, (ROOT / "CHANGELOG.md").read_text("utf-8")) == []


def test_every_kind_of_change_has_a_coordinate() -> None:
    changes = [change for change in find_schema_changes(OLD, NEW) if concerns_clients(change)]
    assert {change.type for change in changes} == {*BreakingChangeType, *DangerousChangeType}
    assert {coordinate(change) for change in changes} == COORDINATES


def test_what_is_announced_for_an_earlier_release_does_not_count() -> None:
    assert len(unannounced(OLD, NEW, NOTHING)) >= len(COORDINATES)


@pytest.mark.parametrize("told", ["`Query.kind` is a string.", "every `*.kind`", "`Query.*`"])
def test_what_is_announced_passes(told: str) -> None:
    left = unannounced(OLD, NEW, NOTHING.replace("[Unreleased]\n", f"[Unreleased]\n\n- {told}\n"))
    assert not [change for change in left if "Query.kind" in change]
    assert [change for change in left if "Colour.BLUE" in change]


def test_a_mere_star_announces_nothing() -> None:
    told = NOTHING.replace("[Unreleased]\n", "[Unreleased]\n\n- `*` changes.\n")
    assert unannounced(OLD, NEW, told) == unannounced(OLD, NEW, NOTHING)


def test_the_same_schema_has_nothing_to_announce() -> None:
    assert unannounced(OLD, OLD, NOTHING) == []
