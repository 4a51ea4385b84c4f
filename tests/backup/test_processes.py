"""Backups while another process writes, is killed, or finds the disk full; and the commands."""

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import IO

from service import backup
from service.backup import Destination
from service.database import Database, dialect_of
from service.health import health
from service.migrations import runner
from tests.backup.directories import (
    SECONDS,
    back_up,
    change,
    filled,
    kopa,
    names,
    python,
    restore,
    rows_of,
)

WRITER = """
import asyncio, sys
from uuid import uuid4
from service.database import Database
from service.editing.revisions import Draft, publish
SAID = {"kind": "news", "language": "lv", "retrieved_on": "2026-01-15", "completeness": "partial"}
async def main():
    async with Database(sys.argv[1]) as database:
        while True:
            drafts = [Draft("source", str(uuid4()), SAID | {"title": f"Avots {n}"}) for n in range(3)]
            print(await publish(database, drafts, author="writer"), flush=True)
asyncio.run(main())
"""
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from service import backup
from service.backup import files, held, session
OWNERS = {"files": files, "Held": held.Held, "Session": session.Session}
def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
def arm(owner, name):
    before = getattr(OWNERS[owner], name)
    setattr(OWNERS[owner], name, lambda *said: before(*said) if name == "_do" and said[1] != "COMMIT;" else kill())
act, url, file, folder, *points = sys.argv[1:]
keep = backup.Destination(Path(folder))
for point in points:
    child = os.fork()
    if not child:
        arm(*point.split("."))
        if act == "back_up":
            asyncio.run(backup.back_up(url, keep))
        else:
            asyncio.run(backup.restore(url, Path(file), force=True, keep=keep))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL, point
"""


@asynccontextmanager
async def writing(url: str) -> AsyncIterator[Callable[[], list[int]]]:
    """Another process that publishes three records at a time; what it was told so far."""
    with python(WRITER, url) as process:
        told: list[int] = []
        try:
            assert process.stdout is not None
            reading = asyncio.create_task(asyncio.to_thread(_read, process.stdout, told))
            while len(told) < 3:
                await asyncio.sleep(0.02)
                assert process.poll() is None
            yield lambda: list(told)
            assert process.poll() is None
        finally:
            process.kill()
        await reading


def _read(lines: IO[str], told: list[int]) -> None:
    while line := lines.readline():
        told.append(int(line))


async def test_under_writes_a_backup_is_whole_and_up_to_its_seq(
    database_url: str, another_url: str, folder: Path
) -> None:
    async with Database(database_url, models=()) as database:
        await runner.migrate(database)
    before, after = [0], [0]
    async with writing(database_url) as told:
        for n in range(2):
            before = told()
            made = await backup.back_up(database_url, Destination(folder, f"{n}.backup"))
            after = told()
            assert made.seq >= before[-1]
            await restore(another_url, made.path, folder)
            await _is_up_to(another_url, made.seq, [seq for seq in after if seq <= made.seq])
    assert after[-1] > before[-1], "it did write meanwhile"


async def _is_up_to(url: str, seq: int, acknowledged: list[int]) -> None:
    async with Database(url, models=()) as database:
        await health(database)
        [clock] = await database.fetch("SELECT seq FROM change_clock")
        assert clock["seq"] == seq
        last = await database.fetch(
            'SELECT max(seq) AS seq, count(*) AS n FROM change GROUP BY "transaction" ORDER BY 1'
        )
        assert {row["n"] for row in last} == {3}
        assert set(acknowledged) <= {row["seq"] for row in last}
        for table in ("record", "source", "revision", "slug"):
            assert (await database.fetch(f"SELECT count(*) AS n FROM {table}"))[0]["n"] == seq


POINTS = {
    "sqlite": ["files.has_checksum", "files.digest_of", "Held.replace"],
    "postgres": ["files.digest_of", "Session._feed", "Session._do"],
}


async def test_killed_in_the_middle_it_leaves_the_old_database(database_url: str, folder: Path) -> None:
    await filled(database_url)
    made = await back_up(database_url, folder)
    await change(database_url)
    rows = await rows_of(database_url)
    await killed("restore", database_url, made.path, folder, *POINTS[dialect_of(database_url)])
    assert await rows_of(database_url) == rows
    kept = [name for name in names(folder) if name.startswith("kopa")]
    await killed("back_up", database_url, made.path, folder, "files.digest_of")
    assert await rows_of(database_url) == rows
    assert [name for name in names(folder) if name.startswith("kopa")] == kept
    await restore(database_url, made.path, folder)
    assert await rows_of(database_url) != rows
    async with Database(database_url, models=()) as database:
        await health(database)


async def killed(act: str, url: str, made: Path, folder: Path, *points: str) -> None:
    """Run it once for each function, and kill it where that would begin."""
    process = python(KILLED, act, url, str(made), str(folder), *points)
    await asyncio.to_thread(process.communicate, timeout=SECONDS)
    assert process.returncode == 0


async def test_what_a_killed_backup_has_left_is_swept_when_it_is_old(sqlite_url: str, folder: Path) -> None:
    await filled(sqlite_url)
    old, young = folder / ".kopa-old.partial", folder / ".kopa-young.partial-journal"
    for left in (old, young):
        left.touch()
    os.utime(old, (0, 0))
    await back_up(sqlite_url, folder)
    assert [left.exists() for left in (old, young)] == [False, True]


async def test_a_full_disk_is_one_sentence(database_url: str, folder: Path) -> None:
    await filled(database_url)
    limit = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    run = f"{limit}; sys.argv = ['kopa', 'backup', '{folder}', '-q']; runpy.run_module('service', run_name='__main__')"
    os.environ["KOPA_DATABASE_URL"] = database_url
    try:
        process = python(run, stderr=subprocess.PIPE)
        _, said = await asyncio.to_thread(process.communicate, timeout=SECONDS)
    finally:
        del os.environ["KOPA_DATABASE_URL"]
    assert (process.returncode, names(folder)) == (7, [])
    assert re.fullmatch(r"kopa: [^\n]+\.\n", said)


async def test_the_commands_say_one_sentence(sqlite_url: str, tmp_path: Path) -> None:
    await filled(sqlite_url)
    run = partial(kopa, tmp_path, sqlite_url)
    done = await asyncio.to_thread(run, "backup")
    assert done.returncode == 0
    told = re.fullmatch(
        r"Wrote (var/backups/kopa-\S+-seq2\.(?:db|dump)): [\d.]+ [kM]B, everything up to seq 2; .+\.\n", done.stdout
    )
    assert told
    done = await asyncio.to_thread(run, "backup", told[1])
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (7, "", 1)
    done = await asyncio.to_thread(run, "restore", told[1], "-q")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (7, "", 1)
    done = await asyncio.to_thread(kopa, tmp_path, f"sqlite:///{tmp_path}/new.db", "restore", told[1], "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
