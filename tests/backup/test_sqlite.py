"""What only a SQLite file can meet: a server that has it open, damage, a log of another file."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from service.backup import sqlite
from service.backup.held import Held
from service.database import Database
from service.errors import BackupError, DatabaseError
from tests.backup.directories import (
    back_up,
    filled,
    restore,
    rows_of,
    settled,
    without_epoch,
)
from tests.migrations.test_filled import everything


async def test_too_little_room_is_noticed_before(
    sqlite_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(sqlite_url)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(9, 9, 1000))
    with pytest.raises(BackupError, match=r"too little room: [\d.]+ [kM]B are needed and 1\.0 kB are free\.$"):
        await back_up(sqlite_url, folder)


async def test_a_sqlite_file_in_use_is_not_replaced(sqlite_url: str, folder: Path) -> None:
    rows = await filled(sqlite_url)
    made = await back_up(sqlite_url, folder)
    async with Database(sqlite_url, models=()) as server:
        with pytest.raises(DatabaseError, match="in use by another program; stop `kopa serve`"):
            await restore(sqlite_url, made.path, folder)
        assert await everything(server) == rows
    await restore(sqlite_url, made.path, folder)


async def test_a_damaged_sqlite_file_is_set_aside_with_its_log(sqlite_url: str, folder: Path, tmp_path: Path) -> None:
    rows = await filled(sqlite_url)
    made = await back_up(sqlite_url, folder)
    live, wal = tmp_path / "kopa.db", tmp_path / "kopa.db-wal"
    async with Database(sqlite_url, models=()) as database:  # What a killed server leaves: a log not yet folded in.
        async with database.transaction() as transaction:
            await transaction.execute("UPDATE figure SET indicator = 'in the log'")
        shutil.copy(wal, tmp_path / "log")
    shutil.move(tmp_path / "log", wal)
    live.write_bytes(b"rubbish" + live.read_bytes()[7:])
    bytes_of_log = wal.read_bytes()
    with pytest.raises(BackupError, match=r"damaged: .+ With --force it is set aside"):
        await restore(sqlite_url, made.path, folder, force=False)
    restored = await restore(sqlite_url, made.path, folder)
    assert restored.aside.read_bytes()[:7] == b"rubbish"
    assert restored.aside.with_name(f"{restored.aside.name}-wal").read_bytes() == bytes_of_log
    assert without_epoch(await rows_of(sqlite_url)) == settled(rows)


async def test_a_directory_that_is_not_whole_is_set_aside(sqlite_url: str, folder: Path) -> None:
    rows = await filled(sqlite_url)
    made = await back_up(sqlite_url, folder)
    async with Database(sqlite_url, models=()) as database, database.transaction() as transaction:
        await transaction.execute("UPDATE change_clock SET seq = 9")
    restored = await restore(sqlite_url, made.path, folder)
    assert await rows_of(f"sqlite:///{restored.aside}") == rows | {
        "change_clock": [{**rows["change_clock"][0], "seq": 9}]
    }
    assert without_epoch(await rows_of(sqlite_url)) == settled(rows)


async def test_the_log_of_a_file_that_is_gone_is_not_applied(sqlite_url: str, folder: Path, tmp_path: Path) -> None:
    rows = await filled(sqlite_url)
    made = await back_up(sqlite_url, folder)
    async with Database(sqlite_url, models=()) as database:
        async with database.transaction() as transaction:
            await transaction.execute("UPDATE figure SET indicator = 'in the log'")
        shutil.copy(tmp_path / "kopa.db-wal", tmp_path / "log")
    (tmp_path / "kopa.db").unlink()
    shutil.move(tmp_path / "log", tmp_path / "kopa.db-wal")
    await restore(sqlite_url, made.path, folder)
    assert without_epoch(await rows_of(sqlite_url)) == settled(rows)


async def test_while_a_file_is_replaced_nobody_writes_to_the_old_one(sqlite_url: str, folder: Path) -> None:
    await filled(sqlite_url)
    made = await back_up(sqlite_url, folder)
    path = sqlite.file_of(sqlite_url)
    # It opens the old file, waits for it to be free, and only then learns that it is no longer the database.
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as late:
        with Held(path) as held:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                late.execute("PRAGMA journal_mode = WAL")
            held.replace(made.path)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            late.execute("PRAGMA journal_mode = WAL")
