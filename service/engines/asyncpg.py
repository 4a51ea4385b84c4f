"""PostgreSQL: one pool of connections writes, the other reads, so that readers never queue behind writers."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper

from service.engines.base import CLOSED, Batch, Engine, Streaming, Work, explained, finished
from service.errors import DatabaseError

CONNECT_SECONDS = 10
GRACE_SECONDS = 2
POOL_SIZE = 5

OWN_TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' ORDER BY relname"""


class Pool(AsyncpgDBClient):
    """Tortoise's client, given an address that asyncpg itself understands, with sockets and TLS."""

    closed = False

    def __init__(self, dsn: str, connection_name: str, read_only: bool = False) -> None:
        super().__init__(connection_name=connection_name)
        self.dsn = dsn
        self.read_only = read_only

    async def create_connection(self, with_db: bool) -> None:
        if self.closed:
            raise DatabaseError(CLOSED)
        settings = {"application_name": "kopa"}
        if self.read_only:
            settings["default_transaction_read_only"] = "on"
        self._pool = await asyncpg.create_pool(
            self.dsn, min_size=1, max_size=POOL_SIZE, timeout=CONNECT_SECONDS, server_settings=settings
        )
        await self._post_connect()

    async def close(self) -> None:
        self.closed = True
        if self._pool is None:
            return
        try:
            await asyncio.wait_for(self._pool.close(), GRACE_SECONDS)
        except TimeoutError:
            self._pool.terminate()
        self._pool = None


class PostgresEngine(Engine, Pool):
    def __init__(self, dsn: str, connection_name: str) -> None:
        super().__init__(dsn=dsn, connection_name=connection_name)
        self.reader: Pool = Pool(dsn, "reader", read_only=True)

    async def close(self) -> None:
        await asyncio.gather(self.reader.close(), super().close())

    def work(self) -> "PostgresWork":
        return PostgresWork(self)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator["PostgresWork"]:
        work = PostgresWork(self.reader, isolation="repeatable_read", readonly=True)
        with explained():
            await work.take()
        try:
            with explained():
                await finished(work.begin())
            yield work
        finally:
            await finished(work.give_back())

    @asynccontextmanager
    async def listening(self, wake: Callable[[], None]) -> AsyncIterator[None]:
        with explained():
            connection = await asyncpg.connect(self.dsn, timeout=CONNECT_SECONDS)
        try:
            with explained():
                await connection.add_listener("kopa", lambda *_: wake())
            yield
        finally:
            connection.terminate()

    async def forget(self) -> None:
        connection = await asyncpg.connect(self.dsn, timeout=CONNECT_SECONDS)
        try:
            for (table,) in await connection.fetch(OWN_TABLES):
                await connection.execute(f"VACUUM (FULL, ANALYZE) {table}")
            # The planner's statistics hold samples of columns. Only a superuser may rewrite them, or have the files
            # of before unlinked at once.
            with suppress(asyncpg.InsufficientPrivilegeError):
                await connection.execute("VACUUM FULL pg_catalog.pg_statistic")
                await connection.execute("CHECKPOINT")
        finally:
            connection.terminate()

    def refusal(self, error: Exception) -> str:
        host, name = _place(self.dsn)
        match error:
            case asyncpg.InvalidAuthorizationSpecificationError():
                return f"PostgreSQL at {host} refused the user name or the password."
            case asyncpg.InvalidCatalogNameError():
                return f"PostgreSQL at {host} has no database named {name}."
            case OSError() | asyncpg.CannotConnectNowError():
                return f"PostgreSQL at {host} does not answer."
            case ValueError():
                return "The address of the PostgreSQL database is not understood."
        return f"PostgreSQL at {host} cannot be used: {error}."


class PostgresWork(Work, Streaming, TransactionWrapper):
    _parent: Pool

    def __init__(self, pool: Pool, **options: Any) -> None:
        super().__init__(pool)
        self.fetch_inserted = pool.fetch_inserted
        self._options = options
        self._source: Any = None

    async def take(self) -> None:
        await self._parent.acquire_connection().ensure_connection()
        self._source = self._parent._pool
        self._connection = await self._source.acquire()

    async def let_go(self) -> None:
        await self._source.release(self._connection)

    async def begin(self) -> None:
        self.transaction = self._connection.transaction(**self._options)
        await self.transaction.start()

    async def commit(self) -> None:
        # PostgreSQL answers the COMMIT of a failed transaction with a ROLLBACK and no error.
        await self._connection.execute("SELECT 1")
        await super().commit()

    async def batches(self, columns: Sequence[str], table: str, where: str, size: int) -> AsyncGenerator[Batch, None]:
        named = ", ".join(f'"{column}"' for column in columns)
        async with self.acquire_connection() as connection:
            cursor = await connection.cursor(f'SELECT {named} FROM "{table}" WHERE {where}')
            full = True
            while full and (rows := await cursor.fetch(size)):
                full = len(rows) == size
                yield Batch(len(rows), partial(_turned, rows))

    async def affected(self, query: str, values: Sequence[Any]) -> int:
        async with self.acquire_connection() as connection:
            status: str = await connection.execute(query, *values)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


def _turned(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Rows by column, ids as the texts that they are everywhere else."""
    return [_texts(column) for column in zip(*rows, strict=True)]


def _texts(column: Sequence[Any]) -> Sequence[Any]:
    first = next((value for value in column if value is not None), None)
    return [value and str(value) for value in column] if isinstance(first, UUID) else column


def _place(dsn: str) -> tuple[str, str]:
    """The host and the database of an address, without its password."""
    parts = urlsplit(dsn)
    sockets = parse_qs(parts.query).get("host", ["localhost"])
    return parts.hostname or sockets[-1], parts.path.lstrip("/") or "(none)"


client_class = PostgresEngine
