"""What only PostgreSQL can meet: followers during a restore, locks, its own programs."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from service.backup import session, tools
from service.database import Database
from service.errors import BackupError, DatabaseError
from tests.backup.directories import (
    back_up,
    change,
    filled,
    restore,
    rows_of,
)


async def test_followers_on_postgres_see_old_or_new_and_nothing_between(postgres_url: str, folder: Path) -> None:
    await filled(postgres_url)
    made = await back_up(postgres_url, folder)
    await change(postgres_url)
    sql = "SELECT epoch, (SELECT indicator FROM figure ORDER BY id LIMIT 1) AS said FROM change_clock"
    seen = []
    async with Database(postgres_url, models=()) as follower:
        restoring = asyncio.create_task(restore(postgres_url, made.path, folder))
        while not restoring.done():
            seen += await follower.fetch(sql)
            await asyncio.sleep(0.01)
        await restoring
        seen += await follower.fetch(sql)
    states = list(dict.fromkeys((row["epoch"], row["said"]) for row in seen))
    assert [said[:9] for _, said in states] == ["changed s", "indicator"]
    assert states[0][0] != states[1][0]


async def test_a_locked_table_on_postgres_is_waited_for_and_then_told(
    postgres_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(postgres_url)
    made = await back_up(postgres_url, folder)
    await change(postgres_url)
    rows = await rows_of(postgres_url)
    monkeypatch.setattr(session, "TRIES", 1)
    async with Database(postgres_url, models=()) as other, other.snapshot() as reader:
        await reader.fetch("SELECT 1 FROM figure")
        with pytest.raises(
            DatabaseError, match=r"is locked by somebody else; stop what uses it, or try again later\.$"
        ):
            await restore(postgres_url, made.path, folder)
    assert await rows_of(postgres_url) == rows
    monkeypatch.setattr(session, "TRIES", 30)
    async with Database(postgres_url, models=()) as other, other.snapshot() as reader:
        await reader.fetch("SELECT 1 FROM figure")
        restoring = asyncio.create_task(restore(postgres_url, made.path, folder / ".."))
        await asyncio.sleep(1)
        assert await reader.fetch("SELECT 1 FROM region")
    await restoring


async def test_tools_older_than_the_server_or_missing_are_told(
    postgres_url: str, postgres_server: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(postgres_url)
    monkeypatch.setattr(tools, "PACKAGED", ())
    assert (await back_up(postgres_url, folder)).seq == 2, "they lie beside the server"
    postgres_server.psql("CREATE ROLE plain LOGIN PASSWORD 'secret'; GRANT pg_read_all_data TO plain;")
    plain = postgres_url.replace("postgres:@", "plain:secret@")
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(BackupError, match=r"^pg_dump was not found; install the client programs of PostgreSQL 18"):
        await back_up(plain, folder)
    for name in tools.PROGRAMS:
        (folder / name).write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.18 (Debian)'\n", "utf-8")
        (folder / name).chmod(0o755)
    with pytest.raises(BackupError, match=r"^pg_dump is version 15, older than the server, 18\."):
        await back_up(plain, folder)


def test_a_password_is_not_among_the_arguments() -> None:
    address, variables = tools._without_password("postgres://kopa:a%40b@db:5432/kopa?sslmode=require")
    assert (address, variables) == ("postgres://kopa@db:5432/kopa?sslmode=require", {"PGPASSWORD": "a@b"})
    address, variables = tools._without_password("postgresql:///kopa?host=/run/postgresql&password=x")
    assert (address, variables) == ("postgresql:///kopa?host=%2Frun%2Fpostgresql", {"PGPASSWORD": "x"})
