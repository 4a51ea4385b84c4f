"""Snapshots of every format there ever was are read as if they were kept today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from service import models
from service.database import Database
from service.editing.content import Reading
from service.editing.formats import FORMAT, UPGRADES, upgraded
from service.editing.history import latest
from service.errors import InputError
from service.models.shape import shape
from tests.factories import ident

KEPT = Path(__file__).parent / "formats"


def kept(number: int) -> list[dict[str, Any]]:
    """A snapshot of each noun with every field filled, as it was written when the format was today's."""
    snapshots: list[dict[str, Any]] = json.loads((KEPT / f"{number}.json").read_text("utf-8"))
    return snapshots


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_every_format_is_kept_and_can_be_read(number: int) -> None:
    assert {snapshot["noun"] for snapshot in kept(number)} == models.NOUNS.keys()
    for snapshot in kept(number):
        content = upgraded(snapshot["noun"], snapshot["content"], number)
        reading = Reading()
        assert reading.record(snapshot["noun"], snapshot["id"], content) == content, snapshot["noun"]
        assert [problem.code for problem in reading.problems] == []


def test_todays_format_is_kept_whole() -> None:
    """Whoever adds a field fills it in; whoever changes one counts the format up and keeps the old file."""
    for noun in models.NOUNS:
        table = shape(noun)
        names = set().union(*(snapshot["content"] for snapshot in kept(FORMAT) if snapshot["noun"] == noun))
        assert {*table.scalars, *table.references, *table.sets, *table.parts} <= names, noun


def test_each_format_but_todays_has_an_upgrade() -> None:
    assert sorted(UPGRADES) == list(range(1, FORMAT))


def test_upgrades_follow_each_other() -> None:
    def step(letter: str) -> Any:
        return lambda noun, content: content | {"name": content["name"] + letter, "of": noun}

    by = {1: step("b"), 2: step("c"), 3: step("d")}
    assert upgraded("event", {"name": "a"}, 2, to=4, by=by) == {"name": "acd", "of": "event"}
    assert upgraded("event", {"name": "a"}, 4, to=4, by=by) == {"name": "a"}


async def test_what_a_newer_version_kept_is_not_guessed_at(directory: Database) -> None:
    with pytest.raises(InputError) as caught:
        upgraded("event", {}, FORMAT + 1)
    assert caught.value.problems[0].code == "newer_format"
    async with directory.transaction() as transaction:
        await transaction.execute("UPDATE revision SET format = ?", FORMAT + 1)
    with pytest.raises(InputError):
        await latest(directory, [ident("organisation")])
