"""The connections to the database: open and close, write in a transaction, read in a snapshot.

Statements are written with `?` for values on both engines. Values come back as the driver gives them: SQLite
knows texts and numbers only, so ids, days and JSON are texts there, while asyncpg gives UUID, date, datetime.
"""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Sequence
from contextlib import aclosing, asynccontextmanager
from functools import lru_cache
from itertools import count
from typing import Any, Self, cast
from urllib.parse import unquote

from tortoise.backends.base import executor
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext, get_current_context

from service.engines.asyncpg import PostgresEngine
from service.engines.base import CLOSED, Batch, Engine, Streaming, Work, explained, finished
from service.engines.sqlite import SqliteEngine
from service.errors import DatabaseError
from service.models.fields import Dialect

MODELS = ("service.models",)
MIGRATIONS = "service.migrations.versions"
ENGINES: dict[str, type[SqliteEngine | PostgresEngine]] = {"sqlite": SqliteEngine, "postgres": PostgresEngine}

Row = dict[str, Any]

BATCH = 10_000
"""Rows of a long read that are in memory at once."""


def tortoise_config(url: str, models: Sequence[str] = MODELS) -> dict[str, Any]:
    """What tortoise and its migrations want to know.

    :raises DatabaseError: the address is none of SQLite or PostgreSQL.
    """
    app = {"models": list(models), "default_connection": "default", "migrations": MIGRATIONS}
    return {"connections": {"default": _connection(url)}, "apps": {"kopa": app}}


def _connection(url: str) -> dict[str, Any]:
    if dialect_of(url) == "postgres":
        return {"engine": PostgresEngine.__module__, "credentials": {"dsn": url}}
    # Three slashes begin a relative path, four an absolute one; two are forgiven.
    path = unquote(url.removeprefix("sqlite://").removeprefix("/"))
    if not path or path == ":memory:":
        raise DatabaseError("A SQLite database needs a file, as in sqlite:///var/kopa.db.")
    return {"engine": SqliteEngine.__module__, "credentials": {"file_path": path}}


def dialect_of(url: str) -> Dialect:
    """:raises DatabaseError: the address is none of SQLite or PostgreSQL."""
    scheme, separator, _ = url.partition("://")
    if separator and scheme == "sqlite":
        return "sqlite"
    if separator and scheme in ("postgres", "postgresql"):
        return "postgres"
    # The address itself is not repeated, since it may hold a password.
    raise DatabaseError("The address of a database begins with sqlite:/// or postgresql://.")


class Reader:
    """Reads that all see one state of the database."""

    def __init__(self, client: BaseDBAsyncClient) -> None:
        self.client = client

    @property
    def dialect(self) -> Dialect:
        return cast(Dialect, self.client.capabilities.dialect)

    async def fetch(self, sql: str, *values: Any) -> list[Row]:
        """Run one statement and return its rows.

        :raises OperationalError: the statement is wrong, or writes where it must not.
        :raises DatabaseError: the database is closed, busy or gone.
        """
        with explained():
            return await self.client.execute_query_dict(self._words(sql), list(values))

    def _words(self, sql: str) -> str:
        return numbered(sql) if self.dialect == "postgres" else sql


class Snapshot(Reader):
    """Reads that can be long: whole tables are given in batches."""

    client: Streaming

    async def batches(self, columns: Sequence[str], table: str, where: str = "TRUE") -> AsyncGenerator[Batch, None]:
        """Read columns of a table, some thousands of rows at a time, in whatever order they lie.

        :raises DatabaseError: the database is closed, busy or gone.
        """
        with explained():
            async with aclosing(self.client.batches(columns, table, where, BATCH)) as batches:
                async for batch in batches:
                    yield batch


class Transaction(Reader):
    """Writes that happen together or not at all; `client` is what models take as `using_db`.

    After a failed statement the transaction must not go on: SQLite would let it, PostgreSQL does not.
    """

    client: Work

    async def execute(self, sql: str, *values: Any) -> int:
        """Run one statement and return how many rows it changed.

        :raises IntegrityError: the statement breaks a constraint.
        :raises OperationalError: the statement is wrong.
        :raises DatabaseError: the database is closed, busy or gone.
        """
        with explained():
            return await self.client.affected(self._words(sql), values)

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of values; raises what `execute` does."""
        with explained():
            await self.client.execute_many(self._words(sql), [list(row) for row in rows])


class Database:
    """One database. While several are open in a process, models use the one that was opened first.

    :raises DatabaseError: the address is none of SQLite or PostgreSQL.
    """

    def __init__(self, url: str, models: Sequence[str] = MODELS) -> None:
        """`models=()` opens it for plain SQL, without loading any models."""
        self.url = url
        self.dialect = dialect_of(url)
        self._models = tuple(models)
        self._config = tortoise_config(url, models)
        self._engine: Engine | None = None
        self._context: TortoiseContext | None = None

    async def open(self) -> None:
        """Connect; a SQLite file and the folder it lies in are made when they are missing.

        :raises DatabaseError: one sentence that says what is wrong.
        """
        if self._engine is not None:
            return
        try:
            await self._connect()
        except BaseException:
            await self.close()
            raise

    async def _connect(self) -> None:
        if self._models and get_current_context() is None:
            self._engine = await self._load_models()
        else:
            self._engine = self._new_engine()
        await _open(self._engine)

    async def _load_models(self) -> Engine:
        # Tortoise keeps INSERT statements by table name, written for the engine that was opened before.
        executor.EXECUTOR_CACHE.clear()
        self._context = context = TortoiseContext()
        with context:
            await context.init(self._config, _enable_global_fallback=True)
            return cast(Engine, context.connections.get("default"))

    def _new_engine(self, **options: Any) -> Engine:
        credentials = self._config["connections"]["default"]["credentials"]
        return ENGINES[self.dialect](connection_name="default", **credentials, **options)

    async def close(self) -> None:
        """Close every connection; what is not committed is undone. May be called at any time, and again."""
        engine, self._engine = self._engine, None
        context, self._context = self._context, None
        await finished(_close(engine, context))

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Write. On SQLite one at a time, the next one waits; models used inside join it.

        :raises DatabaseError: the database is closed, busy or gone, or this task already has a transaction.
        :raises IntegrityError: at the end, when a deferred constraint is broken.
        """
        async with self._opened()._in_transaction() as client:
            yield Transaction(client)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Snapshot]:
        """Read on a connection of its own; all reads see the state that the first of them saw.

        :raises DatabaseError: the database is closed, busy or gone.
        """
        async with self._opened().snapshot() as client:
            yield Snapshot(client)

    async def fetch(self, sql: str, *values: Any) -> list[Row]:
        """Read once, what is committed; raises what `Reader.fetch` does."""
        return await Reader(self._opened().reader).fetch(sql, *values)

    @asynccontextmanager
    async def listening(self, wake: Callable[[], None]) -> AsyncIterator[None]:
        """Call `wake` after each commit that somebody notifies of; a hint only, which may be lost.

        PostgreSQL tells of `NOTIFY kopa`; SQLite of nothing.
        """
        async with self._opened().listening(wake):
            yield

    async def forget(self) -> None:
        """Write the files anew, so that no byte is left of what was deleted or written over.

        On SQLite nobody else writes meanwhile, on PostgreSQL nobody uses the table that is being rewritten. What is not
        part of the tables, PostgreSQL's own log above all, stays as it is until the server throws it away.

        :raises DatabaseError: others use the database without a pause; do it again later.
        """
        with explained():
            await self._opened().forget()

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[dict[str, Any]]:
        """Let tortoise migrate: `async with database.migrating() as config: await migrate(config=config)`.

        Inside, connection "default" is one of its own. On SQLite it does not enforce foreign keys, since
        remaking a table would otherwise delete the rows that point to it; they are checked at the end.

        :raises DatabaseError: afterwards, rows point to rows that do not exist.
        """
        self._opened()
        engine = self._new_engine(**({"foreign_keys": "OFF"} if self.dialect == "sqlite" else {}))
        try:
            await _open(engine)
            with _Migrating() as context:
                context.connections.set("default", engine)
                yield tortoise_config(self.url, self._models)
            await engine.check_references()
        finally:
            await finished(engine.close())

    def _opened(self) -> Engine:
        if self._engine is None:
            raise DatabaseError(CLOSED)
        return self._engine


class _Migrating(TortoiseContext):
    async def close_connections(self) -> None:
        """Keep the connection: tortoise would replace it on each step by one that enforces foreign keys."""


async def _open(engine: Engine) -> None:
    try:
        await engine.create_connection(with_db=True)
    except DatabaseError:
        raise
    except Exception as error:
        raise DatabaseError(engine.refusal(error)) from error


async def _close(engine: Engine | None, context: TortoiseContext | None) -> None:
    try:
        if engine is not None:
            await engine.close()
    finally:
        if context is not None:
            await context.close_connections()


_PLACEHOLDER = re.compile(r"""'[^']*'|"[^"]*"|--[^\n]*|/\*.*?\*/|\?""", re.DOTALL)


@lru_cache(maxsize=1024)
def numbered(sql: str) -> str:
    """`?` as PostgreSQL writes it: $1, $2 and so on; a `?` in a text, a name or a comment stays."""
    number = count(1)
    return _PLACEHOLDER.sub(lambda found: f"${next(number)}" if found[0] == "?" else found[0], sql)
