"""A process that ends in the middle of a write leaves a database that opens, is whole, and can be finished."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.database import Database
from service.health import health
from service.starter import drafts

KOPA = [sys.executable, "-m", "service"]
ROOT = Path(__file__).parent.parent


def environment(url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KOPA_")}
    return {**kept, "KOPA_DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def run(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KOPA, *arguments], env=environment(url), capture_output=True, text=True, timeout=120, check=False
    )


def load_until(url: str, label: str, end: signal.Signals) -> int:
    """Begin to load the starter, end the process when a step is reached; its exit code."""
    with subprocess.Popen(
        [*KOPA, "load", "starter"], env=environment(url), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if label in line:
                process.send_signal(end)
                break
        process.stderr.read()
        return process.wait(timeout=60)


async def published(url: str) -> set[str]:
    async with Database(url) as database:
        await health(database)
        return {str(row["id"]) for row in await database.fetch("SELECT id FROM record WHERE state = 'published'")}


@pytest.mark.parametrize("label", ["Terms", "Services"])
async def test_a_load_killed_with_9_is_whole_and_finished_at_the_next_start(database_url: str, label: str) -> None:
    assert run(database_url, "migrate").returncode == 0
    assert load_until(database_url, label, signal.SIGKILL) == -signal.SIGKILL
    before = await published(database_url)
    everything = {draft.id for draft in drafts()}
    assert before < everything
    assert run(database_url, "load", "starter").returncode == 0
    assert await published(database_url) == everything


async def test_sigterm_during_a_write_rolls_back_what_is_open(database_url: str) -> None:
    assert run(database_url, "migrate").returncode == 0
    assert load_until(database_url, "Terms", signal.SIGTERM) == 130
    before = await published(database_url)
    assert before < {draft.id for draft in drafts()}
    assert run(database_url, "check").returncode == 0


async def test_the_next_start_knows_that_a_load_is_due(database_url: str) -> None:
    from service.starter import is_due

    run(database_url, "migrate")
    async with Database(database_url) as database:
        assert await is_due(database)
    load_until(database_url, "Terms", signal.SIGKILL)
    async with Database(database_url) as database:
        assert await is_due(database)
    run(database_url, "load", "starter")
    async with Database(database_url) as database:
        assert not await is_due(database)
