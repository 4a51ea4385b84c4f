"""A backup holds everything, and only a whole one is ever put back; on both engines."""

import asyncio
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from service import backup
from service.backup import Destination, files
from service.database import Database
from service.errors import BackupError, ForeignDatabase
from service.health import health
from service.migrations import runner
from tests.backup.directories import (
    back_up,
    change,
    filled,
    names,
    plain,
    restore,
    rows_of,
    settled,
    without_epoch,
)
from tests.migrations.test_filled import LATER, everything, things


async def test_everything_comes_back_with_a_new_epoch(database_url: str, another_url: str, folder: Path) -> None:
    rows = await filled(database_url)
    made = await back_up(database_url, folder)
    assert re.fullmatch(r"kopa-\d{4}-\d\d-\d\d-\d{6}Z-seq2\.(db|dump)", made.path.name)
    assert (made.seq, made.size) == (2, made.path.stat().st_size)
    assert made.path.stat().st_mode & 0o077 == 0
    restored = await restore(another_url, made.path, folder, force=False)
    assert (restored.kept, restored.aside, restored.content.pending) == (None, None, [])
    async with Database(database_url, models=()) as old, Database(another_url, models=()) as new:
        assert await everything(old) == rows
        back = await everything(new)
        assert without_epoch(back) == settled(rows)
        assert rows["session"]
        assert rows["webhook"][0]["state"] == "active"
        assert back["change_clock"][0]["epoch"] != rows["change_clock"][0]["epoch"]
        assert re.fullmatch("[0-9a-f]{16}", back["change_clock"][0]["epoch"])
        assert plain(await things(new)) == plain(await things(old))
        assert await runner.pending(new) == []
        await health(new)
    assert names(folder) == [made.path.name, f"{made.path.name}.sha256"]


async def test_over_a_directory_only_by_force_and_what_was_there_is_kept(database_url: str, folder: Path) -> None:
    rows = await filled(database_url)
    made = await back_up(database_url, folder)
    await change(database_url)
    changed = await rows_of(database_url)
    with pytest.raises(BackupError, match="--force"):
        await restore(database_url, made.path, folder, force=False)
    assert await rows_of(database_url) == changed
    first = await restore(database_url, made.path, folder / "..")
    assert without_epoch(await rows_of(database_url)) == settled(rows)
    second = await restore(database_url, first.kept.path, folder)
    assert without_epoch(await rows_of(database_url)) == settled(changed)
    assert str(second.kept.path) in str(second)


async def test_a_migrated_database_without_content_counts_as_empty(
    database_url: str, another_url: str, folder: Path
) -> None:
    await filled(database_url)
    made = await back_up(database_url, folder)
    async with Database(another_url, models=()) as database:
        await runner.migrate(database)
    assert await backup.is_empty(another_url)
    assert (await restore(another_url, made.path, folder, force=False)).kept is None
    assert not await backup.is_empty(another_url)


@pytest.mark.parametrize("checksum", [True, False])
async def test_a_corrupt_backup_is_refused(database_url: str, folder: Path, checksum: bool) -> None:
    await filled(database_url)
    made = await back_up(database_url, folder)
    rows = await rows_of(database_url)
    content = made.path.read_bytes()
    if not checksum:
        files.checksum_of(made.path).unlink()
    # Without a checksum a changed letter can pass; half a file, or a block of rubbish in it, cannot.
    half = len(content) // 2
    broken = [content[:half], content[:half] + os.urandom(8192) + content[half + 8192 :]]
    if checksum:
        broken += [
            content[:n] + bytes([content[n] ^ 1]) + content[n + 1 :] for n in range(50, len(content), len(content) // 5)
        ]
    for bad in broken:
        made.path.write_bytes(bad)
        with pytest.raises(BackupError, match=r"^[^\n]*(differs from its checksum|damaged|not whole)[^\n]*\.$"):
            await restore(database_url, made.path, folder)
    assert await rows_of(database_url) == rows
    assert all(name.startswith(made.path.name) for name in names(folder))


async def test_a_log_with_a_gap_is_not_taken_for_a_backup(database_url: str, folder: Path) -> None:
    await filled(database_url)
    async with Database(database_url, models=()) as database, database.transaction() as transaction:
        await transaction.execute("UPDATE change_clock SET seq = 3")
    with pytest.raises(BackupError, match=r"not whole: the clock of its change log says 3, and there are 2 entries"):
        await back_up(database_url, folder)
    assert names(folder) == []


@pytest.mark.parametrize("name", ["text", "empty", "shop.db", "wal.db", "other.dump", "itself"])
async def test_what_is_no_backup_is_refused(database_url: str, folder: Path, name: str, tmp_path: Path) -> None:
    rows = await filled(database_url)
    file = folder / name
    if name == "itself" and database_url.startswith("sqlite"):
        file = tmp_path / "kopa.db"
    elif name.endswith(".db"):
        with closing(sqlite3.connect(file)) as shop:
            shop.executescript("CREATE TABLE basket (id INTEGER)")
            shop.execute(f"PRAGMA journal_mode = {'WAL' if name == 'wal.db' else 'DELETE'}")
    else:
        file.write_bytes({"text": b"Dear diary", "other.dump": b"PGDMP\1\x10\0\4\10\1\1\1"}.get(name, b""))
    with pytest.raises(BackupError, match=r"^[^\n]+\.$"):
        await restore(database_url, file, folder)
    assert await rows_of(database_url) == rows


async def test_a_backup_of_a_newer_version_is_refused(database_url: str, another_url: str, folder: Path) -> None:
    await filled(database_url)
    async with Database(database_url, models=()) as database:
        await runner.migrate(database, LATER)
    made = await back_up(database_url, folder)
    with pytest.raises(
        BackupError, match=r"newer version of Kopā: it has 0002_standing; install that version first\.$"
    ):
        await restore(another_url, made.path, folder)
    assert await backup.is_empty(another_url)


async def test_the_database_of_another_program_is_left_alone(database_url: str, another_url: str, folder: Path) -> None:
    await filled(database_url)
    made = await back_up(database_url, folder)
    async with Database(another_url, models=()) as database, database.transaction() as transaction:
        await transaction.execute("CREATE TABLE basket (id INTEGER)")
    for act in (restore(another_url, made.path, folder), back_up(another_url, folder)):
        with pytest.raises(ForeignDatabase):
            await act
    async with Database(another_url, models=()) as database:
        assert await database.fetch("SELECT * FROM basket") == []


async def test_a_backup_replaces_no_file(database_url: str, folder: Path) -> None:
    await filled(database_url)
    (folder / "mine").write_text("mine", "utf-8")
    with pytest.raises(BackupError, match=r"mine is there already; a backup never replaces a file\.$"):
        await backup.back_up(database_url, Destination(folder, "mine"))
    with files.partial(folder) as written, pytest.raises(BackupError, match="there already"):
        files.name_it(written, folder / "mine")
    assert (names(folder), (folder / "mine").read_text("utf-8")) == (["mine"], "mine")


async def test_a_folder_that_cannot_be_written_is_named(database_url: str, folder: Path) -> None:
    await filled(database_url)
    (folder / "file").touch()
    for nowhere in (folder / "missing", folder / "file"):
        with pytest.raises(BackupError, match=rf"^Nothing can be written to {nowhere}: [^\n]+\.$"):
            await back_up(database_url, nowhere)


async def test_an_interrupted_backup_leaves_nothing(database_url: str, folder: Path) -> None:
    await filled(database_url)

    def interrupt(label: str, *_: int) -> None:
        if label == "Checking":
            task.cancel()

    task = asyncio.create_task(backup.back_up(database_url, Destination(folder), interrupt))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert names(folder) == []


async def test_work_in_a_thread_ends_with_its_task() -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection, pytest.raises(TimeoutError):
        await asyncio.wait_for(files.in_thread(lambda: connection.execute(endless), connection.interrupt), 0.2)
