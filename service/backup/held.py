"""A SQLite file that nobody else has open, and that is then replaced."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from urllib.parse import quote

from service.backup import files
from service.backup.content import Damaged
from service.engines.sqlite import MAGIC
from service.errors import DatabaseError

SECONDS_TO_WAIT = 2
LOCKED_BYTES = 0x4000_0000, 512
"""Where SQLite locks every file it opens, from the format of the file: pending, reserved and shared bytes."""
BESIDE = ("-wal", "-journal", "-shm")


class Held:
    """Nobody else has the file open, and nobody can write to it, while this is entered.

    `connection` is None when there is no file, or none that SQLite can read.

    :raises DatabaseError: another program has it open.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection: sqlite3.Connection | None = None
        self._damaged: sqlite3.DatabaseError | None = None
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        try:
            if self.path.exists():
                self._lock()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.connection is not None:
            self.connection.close()
        if self._descriptor is not None:
            os.close(self._descriptor)

    def _lock(self) -> None:
        try:
            # Merely opening the file would fold the log into it, damaged as it is.
            if files.start_of(self.path)[: len(MAGIC)] not in (b"", MAGIC):
                raise sqlite3.DatabaseError("it does not begin as a SQLite file does")
            self.connection = _alone(self.path)
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_BUSY:
                raise DatabaseError(_in_use(self.path)) from error
            if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
                raise DatabaseError(f"{self.path} cannot be written: {error}.") from error
            self._damaged = error
            self._lock_bytes()

    def _lock_bytes(self) -> None:
        """What SQLite cannot read, another program may still have open."""
        self._descriptor = os.open(self.path, os.O_RDWR)
        first, length = LOCKED_BYTES
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, length, first)
        except OSError as error:
            raise DatabaseError(_in_use(self.path)) from error

    def refuse_damaged(self) -> None:
        """:raises Damaged: there is a file, and SQLite cannot read it."""
        if self._damaged is not None:
            raise Damaged(f"{self.path} is damaged: {self._damaged}.")

    def set_aside(self) -> Path:
        """Give what is there another name, with the log that belongs to it."""
        aside = self.path.with_name(f"{self.path.name}.damaged-{datetime.now(UTC):%Y-%m-%d-%H%M%S}Z")
        with files.explained(self.path.parent):
            files.link(self.path, aside)
            for ending in BESIDE:
                beside = self.path.with_name(self.path.name + ending)
                if beside.exists():
                    beside.rename(aside.with_name(aside.name + ending))
        return aside

    def replace(self, copy: Path) -> None:
        """Put the copy in the place of the file. A log of the old one that stays would be applied to it.

        :raises DatabaseError: another program has made the file in the meantime.
        """
        with files.explained(self.path.parent):
            for ending in BESIDE:
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            try:
                if self.connection is None and self._descriptor is None:
                    files.link(copy, self.path)
                else:
                    copy.replace(self.path)
            except FileExistsError:
                raise DatabaseError(_in_use(self.path)) from None
            files.sync(self.path.parent)


def _alone(path: Path) -> sqlite3.Connection:
    """A connection that has folded the log into the file and keeps the exclusive lock until it is closed."""
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=SECONDS_TO_WAIT,
    )
    try:
        for statement in (
            "PRAGMA locking_mode = EXCLUSIVE",
            "PRAGMA journal_mode = DELETE",
            "BEGIN EXCLUSIVE",
            "COMMIT",
        ):
            with closing(connection.execute(statement)) as cursor:
                cursor.fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _in_use(path: Path) -> str:
    return f"{path} is in use by another program; stop `kopa serve` and whatever else has it open."
