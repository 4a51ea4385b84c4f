"""Small directories to back up, and how the tests do it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg  # type: ignore[import-untyped]

from service import backup
from service.backup import Destination, sqlite
from service.database import Database, dialect_of
from service.migrations import runner
from tests.migrations.test_filled import everything
from tests.models.filling import fill

ROOT = Path(__file__).parents[2]
SECONDS = 60

FILLED: dict[str, bytes] = {}
TEMPLATE = "filled"


async def filled(url: str) -> dict[str, Any]:
    """Migrate an empty database, put two rows into every table, and return every row. Made once, then copied."""
    if dialect_of(url) == "sqlite":
        if "sqlite" in FILLED:
            sqlite.file_of(url).write_bytes(FILLED["sqlite"])
        else:
            await fill_anew(url)
            FILLED["sqlite"] = sqlite.file_of(url).read_bytes()
    else:
        await filled_postgres(url)
    return await rows_of(url)


async def filled_postgres(url: str) -> None:
    name = urlsplit(url).path[1:]
    server = await asyncpg.connect(urlsplit(url)._replace(path="/postgres").geturl())
    try:
        if await server.fetch("SELECT 1 FROM pg_database WHERE datname = $1", TEMPLATE):
            await server.execute(f"DROP DATABASE {name}")
            await server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        else:
            await fill_anew(url)
            await server.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE {name}")
    finally:
        await server.close()


async def fill_anew(url: str) -> None:
    async with Database(url, models=()) as database:
        await runner.migrate(database)
        async with database.transaction() as transaction:
            await fill(transaction, database.dialect)
            await transaction.execute("UPDATE change_clock SET seq = 2")


async def rows_of(url: str) -> dict[str, Any]:
    async with Database(url, models=()) as database:
        return await everything(database)


async def change(url: str) -> None:
    async with Database(url, models=()) as database, database.transaction() as transaction:
        await transaction.execute("UPDATE figure SET indicator = 'changed since'")


def without_epoch(rows: dict[str, Any]) -> dict[str, Any]:
    return rows | {"change_clock": [{**row, "epoch": ""} for row in rows["change_clock"]]}


def settled(rows: dict[str, Any]) -> dict[str, Any]:
    """What rows are after a restore: nobody is signed in or about to be written to, no webhook is told anything."""
    ended = {table: [] for table in ("session", "one_time_link", "letter") if table in rows}
    paused = {"webhook": [{**row, "state": "paused"} for row in rows["webhook"]]} if "webhook" in rows else {}
    return without_epoch(rows) | ended | paused


def plain(made: set[tuple[Any, ...]]) -> set[str]:
    """Without brackets and casts, which PostgreSQL writes out in another way each time it reads them."""
    return {re.sub(r"::(character varying|text)(\[\])?|[()]", "", repr(thing)) for thing in made}


def back_up(url: str, folder: Path) -> Any:
    return backup.back_up(url, Destination(folder))


def restore(url: str, made: Path, folder: Path, *, force: bool = True) -> Any:
    return backup.restore(url, made, force=force, keep=Destination(folder))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def python(script: str, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, **options)


def kopa(folder: Path, url: str, *arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "service", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KOPA_DATABASE_URL": url}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False, **options
    )
