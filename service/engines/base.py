"""What tortoise's database clients lack: a cancelled task leaves nothing behind, no read waits for a writer.

Tasks are cancelled all the time: a sibling GraphQL field failed, a client went away, a timeout, the shutdown.
A stock tortoise transaction then keeps its lock or its connection for ever. Here BEGIN, COMMIT, ROLLBACK and
bulk writes always run to their end, and only then does the cancellation go on.
"""

import asyncio
import logging
import sqlite3
from abc import abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import asyncpg
from tortoise.backends.base.client import (
    BaseDBAsyncClient,
    ConnectionWrapper,
    TransactionalDBClient,
    TransactionContext,
)
from tortoise.connection import ConnectionHandler, ConnectionToken
from tortoise.context import get_current_context
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from service.errors import DatabaseError

T = TypeVar("T")
log = logging.getLogger(__name__)

# An InternalClientError is what a query meets when the server is just telling the connection that it ends it.
LOSSES = (asyncpg.PostgresConnectionError, asyncpg.AdminShutdownError, asyncpg.InternalClientError)
STATEMENT_ERRORS = (TransactionManagementError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError)

CLOSED_WORDS = ("is closed", "is closing", "closed database", "released back to the pool")

CLOSED = "The database is closed."
LOST = "The connection to the database has ended."
BUSY = "Another program keeps the database busy; please try again in a moment."
NESTED = "A transaction is already open in this task; pass it on instead of opening another."
ENDED = "This transaction has ended; a task that outlives it must open its own."


async def finished(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end even when the task is cancelled; only then does the cancellation go on."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return task.result()
    if not task.cancelled() and task.exception() is not None:
        log.warning("Failed in a cancelled task: %r", task.exception())
    raise cancelled


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the drivers raise into two families.

    :raises DatabaseError: the connection is closed, lost or busy.
    :raises OperationalError: tortoise's, with its child IntegrityError: the statement is at fault.
    """
    try:
        yield
    except (*STATEMENT_ERRORS, *LOSSES) as error:
        if sentence := _connection_fault(error):
            raise DatabaseError(sentence) from error
        broken = isinstance(error, sqlite3.IntegrityError | asyncpg.IntegrityConstraintViolationError)
        raise (IntegrityError if broken else OperationalError)(error) from error
    except OSError as error:
        raise DatabaseError(LOST) from error
    except ValueError as error:
        # aiosqlite has no class of its own for this.
        if str(error) not in ("Connection closed", "no active connection"):
            raise
        raise DatabaseError(LOST) from error


def _connection_fault(error: Exception) -> str | None:
    misused = isinstance(error, sqlite3.ProgrammingError | asyncpg.InterfaceError)
    if isinstance(error, LOSSES) or (misused and any(words in str(error) for words in CLOSED_WORDS)):
        return LOST
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return BUSY
    return None


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table; to turn them into columns takes a moment, and can be left to a thread."""

    size: int
    columns: Callable[[], Sequence[Sequence[Any]]]


class Streaming(BaseDBAsyncClient):
    """A client whose reads all see one state, and which can give a large table in batches."""

    @abstractmethod
    def batches(self, columns: Sequence[str], table: str, where: str, size: int) -> AsyncGenerator[Batch, None]:
        """Read columns of a table, so many of its rows at a time, in whatever order they lie."""


class Engine(BaseDBAsyncClient):
    """The half of an engine that SQLite and PostgreSQL share; its other half is tortoise's client."""

    reader: BaseDBAsyncClient
    closed = False

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.writers: set[asyncio.Task[Any] | None] = set()

    @abstractmethod
    def work(self) -> "Work":
        """A new transaction's client, not yet begun."""

    @abstractmethod
    def snapshot(self) -> AbstractAsyncContextManager[Streaming]:
        """A client whose reads all see one state: that of the first of them."""

    @asynccontextmanager
    async def listening(self, wake: Callable[[], None]) -> AsyncIterator[None]:
        """Call `wake` after commits that somebody notifies of, where the database can tell."""
        yield

    @abstractmethod
    async def forget(self) -> None:
        """Write the files anew, without what was deleted or written over."""

    @abstractmethod
    def refusal(self, error: Exception) -> str:
        """One sentence that says why the database could not be opened."""

    async def check_references(self) -> None:
        """:raises DatabaseError: rows point to rows that do not exist."""

    async def create_connection(self, with_db: bool) -> None:
        if self.closed:
            raise DatabaseError(CLOSED)
        await super().create_connection(with_db)
        await self.reader.create_connection(with_db)

    def _in_transaction(self) -> TransactionContext:
        return SafeTransaction(self.work())

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Any]:
        if _only_reads(query):
            return await self.reader.execute_query(query, values)
        return await super().execute_query(query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[Any, Any]]:
        if _only_reads(query):
            return await self.reader.execute_query_dict(query, values)
        return await super().execute_query_dict(query, values)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        # Tortoise opens a transaction of its own here, which a cancellation would leave open.
        async with self._in_transaction() as work:
            await work.execute_many(query, values)


def _only_reads(query: str) -> bool:
    return query.lstrip()[:6].upper() == "SELECT"


class Work(TransactionalDBClient):
    """The half of a transaction's client that SQLite and PostgreSQL share."""

    @abstractmethod
    async def take(self) -> None:
        """Wait for a connection to write on. Cancelled, it has taken nothing."""

    @abstractmethod
    async def let_go(self) -> None:
        """Let the next one have the connection."""

    @abstractmethod
    async def affected(self, query: str, values: Sequence[Any]) -> int:
        """Run one statement and count the rows it changed."""

    async def give_back(self) -> None:
        """Undo what is not committed and let go of the connection."""
        try:
            try:
                if not self._finalized:
                    await self.rollback()
            finally:
                self._finalized = True
                await self.let_go()
        except Exception:  # A connection that cannot roll back is dead, and its transaction with it.
            log.debug("Could not roll back", exc_info=True)

    async def close(self) -> None:
        """Nothing: the connection is the engine's to close."""

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        if self._finalized:
            raise TransactionManagementError(ENDED)
        return cast(ConnectionWrapper[Any], super().acquire_connection())

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        await finished(super().execute_many(query, values))


class SafeTransaction(TransactionContext):
    """A transaction that a cancellation, wherever it strikes, leaves either whole or undone."""

    client: Work

    def __init__(self, client: Work) -> None:
        self.client = client
        self._engine = cast(Engine, client._parent)
        self._task = asyncio.current_task()
        self._shown: tuple[ConnectionHandler, ConnectionToken] | None = None

    async def __aenter__(self) -> Work:
        if self._task in self._engine.writers:
            raise DatabaseError(NESTED)  # It would wait for itself.
        with explained():
            await self.client.take()
            try:
                await finished(self.client.begin())
            except BaseException:
                await finished(self.client.give_back())
                raise
        self._engine.writers.add(self._task)
        self._show()
        return self.client

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if kind is None and not self.client._finalized:
                with explained():
                    await finished(self.client.commit())
        finally:
            self._engine.writers.discard(self._task)
            try:
                await finished(self.client.give_back())
            finally:
                self._hide()

    def _show(self) -> None:
        """Let the models that this task uses write through it, if they use this engine at all."""
        context, name = get_current_context(), self.client.connection_name
        if context is None:
            return
        current = context.connections.get(name)
        # A task that was started inside another transaction still sees that one.
        if self._engine in (current, getattr(current, "_parent", None)):
            self._shown = context.connections, context.connections.set(name, self.client)

    def _hide(self) -> None:
        if self._shown is not None:
            handler, token = self._shown
            handler.reset(token)
