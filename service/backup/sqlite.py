"""SQLite: a copy by VACUUM INTO, and a restored file that takes the place of the old one at once.

A program that has the database open in WAL mode holds a shared lock on the file for all that time, so whoever
gets the exclusive lock is alone. A program that waits for that lock while the file is replaced finds out by
itself: SQLite refuses to write to a file that has moved (SQLITE_READONLY_DBMOVED).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from service.backup import content, files
from service.backup.content import Content, Damaged, Restored
from service.backup.files import Backup, Destination, Progress, in_thread
from service.backup.held import Held
from service.database import tortoise_config
from service.engines.base import BUSY
from service.engines.sqlite import MAGIC
from service.errors import BackupError, DatabaseError, KopaError
from service.migrations import runner

SUFFIX = ".db"
CHECKED = "it opens, is whole, and its change log has no gap"
WAL_HEADER = b"\2\2"
"""Bytes 18 and 19 of a file that needs its -wal beside it; a backup does not."""
STEPS_BETWEEN_REPORTS = 100_000
UNWRITABLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def file_of(url: str) -> Path:
    return Path(tortoise_config(url)["connections"]["default"]["credentials"]["file_path"])


async def back_up(url: str, to: Destination, progress: Progress) -> Backup:
    path = file_of(url)
    to.prepare()
    if not path.exists():
        raise DatabaseError(f"There is no database file {path}.")
    with _opened(path) as connection:
        if not await _tables(connection):
            raise DatabaseError("The database has no tables yet; there is nothing to back up.")
        return await _copy(connection, to, progress)


async def restore(url: str, file: Path, *, force: bool, keep: Destination, progress: Progress) -> Restored:
    path = file_of(url)
    _refuse_strange(file, path)
    _prepare(path.parent, file)
    # What is checked and changed is the copy that will take the place, not the file it is made of.
    with files.partial(path.parent) as copy:
        progress("Copying", 0, 1)
        with files.explained(path.parent):
            await in_thread(lambda: shutil.copyfile(file, copy))
        proven = await in_thread(lambda: files.has_checksum(copy, file))
        found = await _verified(copy, file, progress)
        found.refuse_newer(file)
        await in_thread(lambda: _finish(copy, path))
        with Held(path) as held:
            kept, aside = await _keep(held, force, keep, progress)
            held.replace(copy)
    return Restored(found, kept, aside, proven)


async def is_empty(url: str) -> bool:
    path = file_of(url)
    if not path.exists():
        return True
    with _opened(path) as connection:
        return await _is_empty(connection)


async def _copy(connection: sqlite3.Connection, to: Destination, progress: Progress) -> Backup:
    with _reading():
        content.ours(await _tables(connection), await _applied(connection))
        size = await _size(connection)
    files.room_for(to.folder, size)
    with files.partial(to.folder) as partial:
        connection.set_progress_handler(
            lambda: progress("Copying", min(partial.stat().st_size, size), size), STEPS_BETWEEN_REPORTS
        )
        try:
            await _rows(connection, "VACUUM INTO ?", str(partial))
        except sqlite3.DatabaseError as error:
            raise _unwritten(error, to.folder) from error
        finally:
            connection.set_progress_handler(None, 0)
        found = await _verified(partial, "The copy", progress)
        path = to.path(found.seq, SUFFIX)
        await in_thread(lambda: files.name_it(partial, path))
        return Backup(path, path.stat().st_size, found.seq, CHECKED)


async def _keep(held: Held, force: bool, keep: Destination, progress: Progress) -> tuple[Backup | None, Path | None]:
    """Back up what is there; what cannot be read is set aside as it is."""
    try:
        if held.connection is None or await _is_empty(held.connection):
            held.refuse_damaged()
            return None, None
        if not force:
            raise BackupError(
                f"{held.path} holds a directory already; with --force it is backed up first, and then replaced."
            )
        keep.prepare()
        return await _copy(held.connection, keep, progress), None
    except Damaged as damaged:
        if not force:
            raise Damaged(f"{damaged.message} With --force it is set aside, and then replaced.") from damaged
        return None, held.set_aside()


async def _verified(file: Path, name: object, progress: Progress) -> Content:
    """:raises Damaged: the file is no whole directory of Kopā's."""
    progress("Checking", 0, 1)
    try:
        # Immutable: nothing is written beside the file, not even a lock.
        with closing(_connect(file, "mode=ro&immutable=1")) as connection:
            if (await _rows(connection, "PRAGMA integrity_check(1)"))[0][0] != "ok":
                raise Damaged(f"{name} is damaged.")
            if broken := await _rows(connection, "PRAGMA foreign_key_check"):
                raise Damaged(f"{name} is damaged: {len(broken)} rows point to rows that do not exist.")
            [(seq,)] = await _rows(connection, content.CLOCK)
            [(entries, oldest, newest)] = await _rows(connection, content.LOG)
            applied = await _applied(connection)
    except (sqlite3.DatabaseError, ValueError) as error:
        raise Damaged(f"{name} is damaged, or no backup of Kopā: {error}.") from error
    content.whole_log(name, seq, entries, oldest, newest)
    progress("Checking", 1, 1)
    return Content(seq, frozenset(applied))


def _finish(copy: Path, path: Path) -> None:
    """Make the copy ready to be used in place of `path`."""
    with _opened(copy) as connection:
        connection.execute("UPDATE change_clock SET epoch = ? WHERE id = 1", [content.new_epoch()])
        there = {name for (name,) in connection.execute(runner.TABLES["sqlite"])}
        for table, statement in content.settling().items():
            if table in there:
                connection.execute(statement)
    like = path if path.exists() else path.parent
    if os.geteuid() == 0:  # Whoever runs the server has to be able to open it.
        os.chown(copy, like.stat().st_uid, like.stat().st_gid)
    if like == path:
        shutil.copymode(path, copy)
    files.sync(copy)


def _prepare(folder: Path, file: Path) -> None:
    with files.explained(folder):
        folder.mkdir(exist_ok=True)
    files.room_for(folder, file.stat().st_size)


def _refuse_strange(file: Path, path: Path) -> None:
    """:raises BackupError: by its first bytes, the file is not what `kopa backup` writes."""
    start = files.start_of(file)
    if start.startswith(b"PGDMP"):
        raise BackupError(f"{file} is a backup of PostgreSQL, and the settings name a SQLite file.")
    if not start.startswith(MAGIC):
        raise BackupError(f"{file} is no backup of Kopā.")
    if path.exists() and path.samefile(file):
        raise BackupError(f"{file} is the database itself.")
    if start[18:20] == WAL_HEADER:
        raise BackupError(f"{file} is a database in use, or a copy of one, and no backup.")


async def _is_empty(connection: sqlite3.Connection) -> bool:
    with _reading():
        tables = await _tables(connection)
        content.ours(tables, await _applied(connection))
        for table in tables - set(content.KEEPS_NOTHING):
            if await _rows(connection, f'SELECT 1 FROM "{table}" LIMIT 1'):
                return False
        return True


async def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in await _rows(connection, runner.TABLES["sqlite"])}


async def _applied(connection: sqlite3.Connection) -> set[str]:
    if runner.NOTES not in await _tables(connection):
        return set()
    return {name for (name,) in await _rows(connection, content.APPLIED)}


async def _size(connection: sqlite3.Connection) -> int:
    sizes = [
        (await _rows(connection, f"PRAGMA {name}"))[0][0] for name in ("page_count", "freelist_count", "page_size")
    ]
    return int((sizes[0] - sizes[1]) * sizes[2])


async def _rows(connection: sqlite3.Connection, sql: str, *values: object) -> list[Any]:
    return await in_thread(lambda: connection.execute(sql, values).fetchall(), connection.interrupt)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with _reading(), closing(_connect(path, "mode=rw")) as connection:
        yield connection


def _connect(path: Path, parameters: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?{parameters}"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


@contextmanager
def _reading() -> Iterator[None]:
    """:raises Damaged: the database cannot be read."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _unread(error) from error


def _unwritten(error: sqlite3.DatabaseError, folder: Path) -> KopaError:
    """Why VACUUM INTO has failed: on the side it writes, or on the side it reads."""
    if _code(error) in UNWRITABLE:
        return BackupError(f"Nothing can be written to {folder}: {error}.")
    return _unread(error)


def _unread(error: sqlite3.DatabaseError) -> KopaError:
    if _code(error) == sqlite3.SQLITE_BUSY:
        return DatabaseError(BUSY)
    return Damaged(f"The database cannot be read: {error}.")


def _code(error: sqlite3.DatabaseError) -> int:
    """The family of an error of SQLite; 0 when Python itself has raised it."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
