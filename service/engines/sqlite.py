"""SQLite: one connection writes, the others read, and in WAL mode neither waits for the other."""

import asyncio
import logging
import os
import re
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import aiosqlite
import orjson
from tortoise.backends.base.client import ConnectionWrapper, NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionWrapper, translate_exceptions
from tortoise.exceptions import TransactionManagementError

from service.engines.base import CLOSED, Batch, Engine, Streaming, Work, explained, finished
from service.errors import DatabaseError

# The timeout comes first: turning to WAL may already have to wait for another program.
PRAGMAS = {"busy_timeout": 5000, "journal_mode": "WAL", "synchronous": "NORMAL"}
IDLE = 2
"""Connections that are kept for the next snapshots, since opening one takes longer than most reads."""
UNDONE = "SQLite has undone this transaction after an error."
FORGETTING_SECONDS = 30
"""How long to wait for others, before and after the file is written anew."""

MAGIC = b"SQLite format 3\0"
log = logging.getLogger(__name__)

sqlite3.register_adapter(UUID, str)


class SqliteReader(Streaming, SqliteClient):
    """A connection that cannot write."""

    closed = False

    def __init__(self, file_path: str) -> None:
        super().__init__(file_path, connection_name="reader", **PRAGMAS, query_only="ON")

    async def create_connection(self, with_db: bool) -> None:
        # Without this, a late query would open the file again and its thread would keep the process alive.
        if self.closed:
            raise DatabaseError(CLOSED)
        await super().create_connection(with_db)

    async def batches(self, columns: Sequence[str], table: str, where: str, size: int) -> AsyncGenerator[Batch, None]:
        query, place, full = _by_column(columns, table, where), 0, True
        while full:
            async with self.acquire_connection() as connection:
                [(count, place, *texts)] = await connection.execute_fetchall(query, (place, size))
            if count:
                yield Batch(count, partial(_read, texts))
            full = count == size

    async def close(self) -> None:
        self.closed = True
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.interrupt()
            await connection.close()


class SqliteEngine(Engine, SqliteClient):
    def __init__(self, file_path: str, **options: Any) -> None:
        super().__init__(file_path=file_path, **PRAGMAS, **options)
        self.reader = SqliteReader(file_path)
        self.snapshots: set[SqliteReader] = set()
        self.idle: list[SqliteReader] = []

    async def create_connection(self, with_db: bool) -> None:
        _check_file(Path(self.filename))
        await super().create_connection(with_db)

    async def close(self) -> None:
        self.closed = True
        for reader in (self.reader, *self.snapshots, *self.idle):
            await reader.close()
        # The writer is the last to close, so that it can fold the log into the file.
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    def work(self) -> "SqliteWork":
        return SqliteWork(self)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[SqliteReader]:
        if self.closed:
            raise DatabaseError(CLOSED)
        reader = self.idle.pop() if self.idle else SqliteReader(self.filename)
        self.snapshots.add(reader)
        try:
            with explained():
                await finished(reader.create_connection(with_db=True))
                await reader.execute_query("BEGIN")
            yield reader
        except BaseException:
            await finished(self._drop(reader))
            raise
        await finished(self._keep(reader))

    async def _keep(self, reader: SqliteReader) -> None:
        try:
            await reader.execute_query("ROLLBACK")
        except Exception:  # The engine was closed meanwhile, or the connection is no good; nobody waits for it.
            log.debug("Could not keep a connection", exc_info=True)
            await self._drop(reader)
        else:
            if self.closed or len(self.idle) == IDLE:
                await self._drop(reader)
            else:
                self.snapshots.discard(reader)
                self.idle.append(reader)

    async def _drop(self, reader: SqliteReader) -> None:
        try:
            await reader.close()
        finally:
            self.snapshots.discard(reader)

    async def forget(self) -> None:
        async with self._lock:
            await finished(asyncio.to_thread(_rewrite, self.filename))

    def refusal(self, error: Exception) -> str:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB and not _begins_right(self.filename):
            return f"{self.filename} is not a SQLite database."
        return f"The database file {self.filename} cannot be opened: {error}."

    async def check_references(self) -> None:
        broken = await self.execute_query_dict("PRAGMA foreign_key_check")
        if broken:
            places = sorted({f"{row['table']} to {row['parent']}" for row in broken})
            raise DatabaseError(
                f"{len(broken)} rows point to rows that do not exist ({', '.join(places)}); "
                "restore the backup made before the migration."
            )


class SqliteWork(Work, SqliteTransactionWrapper):
    _parent: SqliteEngine

    async def take(self) -> None:
        await self._parent._lock.acquire()

    async def let_go(self) -> None:
        self._parent._lock.release()

    async def begin(self) -> None:
        if self._parent._connection is None:
            await self._parent.create_connection(with_db=True)
        self._connection = _connected(self._parent)
        # A deferred BEGIN fails half-way, when it first writes and finds another program writing.
        await self._connection.execute("BEGIN IMMEDIATE")

    def acquire_connection(self) -> ConnectionWrapper[aiosqlite.Connection]:
        wrapper = super().acquire_connection()
        # SQLite undoes a transaction itself when it must, as on a full disk; more writes would then be kept.
        if not self._connection.in_transaction:
            raise TransactionManagementError(UNDONE)
        return wrapper

    async def commit(self) -> None:
        # Connection.commit() would be silent then.
        await self._connection.execute("COMMIT")
        self._finalized = True

    async def affected(self, query: str, values: Sequence[Any]) -> int:
        async with self.acquire_connection() as connection, connection.execute(query, values) as cursor:
            count: int = cursor.rowcount
        return max(count, 0)

    @translate_exceptions
    async def execute_script(self, query: str) -> None:
        # Python's executescript() would commit first.
        async with self.acquire_connection() as connection:
            for statement in statements(query):
                await connection.execute(statement)

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(SqliteWork(self))


def _rewrite(path: str) -> None:
    """All pages anew, first in the log and from there in the file, until nothing is left in the log."""
    with closing(sqlite3.connect(path, timeout=FORGETTING_SECONDS, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        end = monotonic() + FORGETTING_SECONDS
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if monotonic() > end:
                raise DatabaseError(f"Somebody has read {path} all the time, so it could not be written anew.")
            sleep(0.05)


def _by_column(columns: Sequence[str], table: str, where: str) -> str:
    """Each column as one JSON text: SQLite writes it without Python, which then reads it at once."""
    named = ", ".join(f'"{column}"' for column in columns)
    texts = ", ".join(f'json_group_array("{column}")' for column in columns)
    rows = f'SELECT rowid AS place, {named} FROM "{table}" WHERE rowid > ? AND {where} ORDER BY rowid LIMIT ?'
    return f"SELECT count(*), max(place), {texts} FROM ({rows})"


def _read(texts: Sequence[str]) -> list[Sequence[Any]]:
    return [orjson.loads(text) for text in texts]


def statements(script: str) -> Iterator[str]:
    """The single statements of a script; semicolons in texts and triggers end none."""
    statement = ""
    for part in re.split("(?<=;)", script):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def _connected(engine: SqliteEngine) -> aiosqlite.Connection:
    if engine._connection is None:
        raise DatabaseError(CLOSED)
    return engine._connection


def _check_file(path: Path) -> None:
    """:raises DatabaseError: in one sentence, where SQLite itself would only be "unable to open"."""
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder, not a database file.")
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        reason = error.strerror
        raise DatabaseError(f"The folder {path.parent} for the database cannot be made: {reason}.") from error
    # It is not opened here: to close it again would end the locks of every connection that this process has to it.
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise DatabaseError(f"The database file {path} may not be read and written by this user.")


def _begins_right(path: str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


client_class = SqliteEngine
