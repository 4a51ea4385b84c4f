"""The schema, as graphql-eslint sees it with every rule for schemas and for Relay."""

import json
import shutil
from pathlib import Path

from tests.conformance.tools import HERE, PACKAGES, ROOT, run

ACCEPTED = {
    ("no-typename-prefix", 'Field "locationType" starts with the name of the parent type "Location"'),  # HSDS's name
    ("relay-arguments", "Field `changes` must contain an argument `last`, that return Int."),  # a log is read forward
    ("relay-arguments", "Field `changes` must contain an argument `before`, that return String or Scalar."),
    ("relay-arguments", "Field `search` must contain an argument `last`, that return Int."),  # from the best on
    ("relay-arguments", "Field `search` must contain an argument `before`, that return String or Scalar."),
}


def problems(schema: str, folder: Path) -> set[tuple[str, str]]:
    (folder / "schema.graphql").write_text(schema, "utf-8")
    shutil.copy(HERE / "eslint.config.mjs", folder)
    eslint = PACKAGES / "node_modules/.bin/eslint"
    told = run(eslint, "--format", "json", "schema.graphql", cwd=folder, may_fail=True, PACKAGES=str(PACKAGES))
    [file] = json.loads(told)
    return {((message["ruleId"] or "").partition("/")[2], message["message"]) for message in file["messages"]}


def test_the_schema_has_no_problem_but_those_accepted(tmp_path: Path) -> None:
    assert problems((ROOT / "schema.graphql").read_text("utf-8"), tmp_path) == ACCEPTED


def test_a_problem_is_noticed(tmp_path: Path) -> None:
    found = problems('"Everything." type Query { "A word." word: String! }', tmp_path)
    assert "require-nullable-result-in-root" in {rule for rule, _ in found}
