"""The list of invariants for people is whole."""

import re
from pathlib import Path

from service.models.ddl import schema
from tests.models.breaking import BROKEN, uniques

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "invariants.md").read_text("utf-8")
NAMES = set(re.findall(r"`([\w.<>/]+)`", TEXT))


def test_every_rule_is_listed() -> None:
    triggers = set(re.findall(r"RAISE\(ABORT, '(\w+)'\)", "\n".join(schema("sqlite"))))
    assert triggers
    assert {*BROKEN, *triggers} - NAMES == set()


def test_everything_unique_is_listed() -> None:
    for table, columns in uniques():
        short = "_".join(name.removesuffix("_id") for name in columns)
        assert NAMES & {f"{table}_{short}_key", "slug_current"}, (table, columns)


def test_nothing_is_listed_that_is_not_there() -> None:
    made = "\n".join(schema("postgres"))
    files = [name for name in NAMES if "/" in name]
    assert [name for name in files if not (ROOT / name).exists() and not name.startswith("tests/editing")] == []
    tables = set(re.findall(r'CREATE TABLE "(\w+)"', made))
    listed = {name for name in NAMES if any(name.startswith(f"{table}_") for table in tables)}
    own = {name for name in listed if not name.endswith(("_key", "_pkey")) and name not in tables}
    of_publishing = {"record_of_another_noun", "evidence_required"}
    assert {name for name in own if not re.search(rf"\b{name}\b", made)} == of_publishing
