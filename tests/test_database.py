"""The promises of service/database.py, on real SQLite files and a real PostgreSQL server."""

# ruff: noqa: PT012 - a transaction and what is done in it are one thing

import asyncio
import os
import sqlite3
import threading
import time
import types
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise import fields
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.sqlite.client import SqliteTransactionWrapper
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError
from tortoise.migrations.api import migrate, plan
from tortoise.models import Model
from tortoise.transactions import in_transaction

from service.database import Database, Transaction, numbered, tortoise_config
from service.engines import asyncpg as asyncpg_engine
from service.engines import sqlite as sqlite_engine
from service.engines.base import BUSY, LOST
from service.errors import DatabaseError

TABLES = (
    "CREATE TABLE shelf (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL)",
    """CREATE TABLE book (id INTEGER PRIMARY KEY, title VARCHAR(50) NOT NULL, shelf_id INTEGER NOT NULL
    REFERENCES shelf (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)""",
    "CREATE TABLE clock (seq INTEGER NOT NULL)",
    "INSERT INTO clock VALUES (0)",
)
COUNT = "SELECT count(*) AS n FROM shelf"
TICK = "UPDATE clock SET seq = seq + 1 RETURNING seq"


class Shelf(Model):
    id = fields.IntField(primary_key=True, generated=False)
    name = fields.CharField(max_length=50)

    class Meta:
        table = "shelf"


class Book(Model):
    id = fields.IntField(primary_key=True, generated=False)
    title = fields.CharField(max_length=50)
    shelf: fields.ForeignKeyRelation[Shelf] = fields.ForeignKeyField("kopa.Shelf", related_name="books")

    class Meta:
        table = "book"


async def create_tables(database: Database) -> None:
    async with database.transaction() as transaction:
        for statement in TABLES:
            await transaction.execute(statement)


async def shelves(database: Database) -> int:
    (row,) = await database.fetch(COUNT)
    n: int = row["n"]
    return n


async def tick(database: Database) -> None:
    """Prove that writing works, as it does not when a lock or a transaction is left behind."""
    async with asyncio.timeout(10), database.transaction() as transaction:
        await transaction.fetch(TICK)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, models=(__name__,)) as opened:
        await create_tables(opened)
        yield opened


@pytest.fixture
def no_thread_stays() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left


# Cancellation


@types.coroutine
def cancelled_at(work: Coroutine[Any, Any, None], steps: range, delay: float) -> Generator[Any, Any, int]:
    """Await `work` and have its task cancelled when it waits for these times; returns the number of waits."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    send: Callable[[Any], Any] = work.send
    value: Any = None
    for step in count():
        try:
            waits_for = send(value)
        except StopIteration:
            return step
        if step in steps:
            loop.call_later(delay, task.cancel)
        try:
            value, send = (yield waits_for), work.send
        except BaseException as error:  # noqa: BLE001 - passed on to `work`
            value, send = error, work.throw
    raise AssertionError


async def cancel_everywhere(
    work: Callable[[], Coroutine[Any, Any, None]], times: int, check: Callable[[], Awaitable[None]]
) -> None:
    """Cancel `work` at its first wait, at its second and so on, over and over, until that has struck so many
    times: sooner or later after the wait begins, and in every third sweep again while it cleans up.
    """
    step, sweep, struck = 0, 0, 0
    for _ in range(times * 10):
        steps = range(step, step + (3 if sweep % 3 == 2 else 1))
        try:
            async with asyncio.timeout(10):
                waits = await asyncio.create_task(cancelled_at(work(), steps, sweep % 4 * 0.0001))
        except asyncio.CancelledError:
            step, struck = step + 1, struck + 1
        else:
            step, sweep = (0, sweep + 1) if waits <= step else (step + 1, sweep)
        async with asyncio.timeout(10):
            await check()
        if struck == times:
            break
    assert (struck, sweep > 4) == (times, True)


async def by_statements(transaction: Transaction, ids: list[int]) -> None:
    for n in ids:
        await transaction.execute("INSERT INTO shelf VALUES (?, ?)", n, "a")
    await transaction.fetch(COUNT)


async def by_execute_many(transaction: Transaction, ids: list[int]) -> None:
    await transaction.execute_many("INSERT INTO shelf VALUES (?, ?)", [(n, "a") for n in ids])


async def by_bulk_create(transaction: Transaction, ids: list[int]) -> None:
    await Shelf.bulk_create([Shelf(id=n, name="a") for n in ids], using_db=transaction.client, batch_size=2)


@pytest.mark.parametrize(("write", "times"), [(by_statements, 400), (by_execute_many, 300), (by_bulk_create, 300)])
async def test_a_transaction_is_whole_wherever_it_is_cancelled(
    database: Database, write: Callable[[Transaction, list[int]], Awaitable[None]], times: int
) -> None:
    ids = count(1)
    probes = 0

    async def work() -> None:
        async with database.transaction() as transaction:
            await write(transaction, [next(ids) for _ in range(5)])

    async def check() -> None:
        nonlocal probes
        assert await shelves(database) % 5 == 0
        async with database.transaction() as transaction:
            probes += 1
            assert await transaction.fetch(TICK) == [{"seq": probes}]
            assert (await transaction.fetch(COUNT))[0]["n"] % 5 == 0

    await cancel_everywhere(work, times, check)
    assert await database.fetch("SELECT seq FROM clock") == [{"seq": probes}]


async def test_bulk_create_outside_a_transaction_is_whole_wherever_it_is_cancelled(
    database: Database,
) -> None:
    ids = count(1)

    async def work() -> None:
        await Shelf.bulk_create([Shelf(id=next(ids), name="a") for _ in range(5)])

    async def check() -> None:
        assert await shelves(database) % 5 == 0
        await tick(database)

    await cancel_everywhere(work, 150, check)


async def test_reads_may_be_cancelled_anywhere(database: Database) -> None:
    async def work() -> None:
        await database.fetch(COUNT)
        async with database.snapshot() as reader:
            await reader.fetch(COUNT)

    await cancel_everywhere(work, 150, lambda: tick(database))


async def test_who_is_cancelled_while_waiting_lets_nothing_go(database: Database) -> None:
    order: list[str] = []

    async def write(name: str) -> None:
        async with database.transaction() as transaction:
            await transaction.fetch(TICK)
            order.append(name)

    async with asyncio.timeout(20), database.transaction() as transaction:
        await transaction.fetch(TICK)
        second, third = asyncio.create_task(write("second")), asyncio.create_task(write("third"))
        await asyncio.sleep(0.05)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        await asyncio.sleep(0.05)
        assert order == []
        await transaction.execute("INSERT INTO shelf VALUES (1, 'a')")
        order.append("first")
    await third
    assert order == ["first", "third"]
    assert await database.fetch("SELECT seq FROM clock") == [{"seq": 2}]


async def test_a_commit_that_has_begun_is_kept(database: Database) -> None:
    """Cancelled at its very last waits, the transaction is either there or not, and the task knows of it."""
    for n in range(1, 30):
        entered = asyncio.Event()

        async def work(n: int, entered: asyncio.Event) -> None:
            async with database.transaction() as transaction:
                await transaction.execute("INSERT INTO shelf VALUES (?, 'a')", n)
                entered.set()

        task = asyncio.create_task(work(n, entered))
        await entered.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(await database.fetch("SELECT id FROM shelf WHERE id = ?", n)) == 1


@pytest.mark.parametrize("step", ["begin", "commit", "rollback", "execute_many"])
async def test_what_is_shielded_has_ended_before_the_cancellation_goes_on(
    database: Database, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, client = (
        (sqlite_engine.SqliteWork, SqliteTransactionWrapper)
        if database.dialect == "sqlite"
        else (asyncpg_engine.PostgresWork, TransactionWrapper)
    )
    owner = client if step == "execute_many" else engine
    stock, begun, ended = getattr(owner, step), asyncio.Event(), asyncio.Event()

    async def slow(*args: Any) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        await stock(*args)
        ended.set()

    async def work() -> None:
        async with database.transaction() as transaction:
            await transaction.execute_many("INSERT INTO shelf VALUES (?, ?)", [(1, "a"), (2, "b")])
            if step == "rollback":
                raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, slow)
        task = asyncio.create_task(work())
        await begun.wait()
        for _ in range(3):
            task.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended.is_set()
    assert await shelves(database) == (2 if step == "commit" else 0)
    await tick(database)


# Readers and writers


async def test_no_reader_waits_for_a_writer(database: Database) -> None:
    writing, read = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with database.transaction() as transaction:
            await transaction.execute("INSERT INTO shelf VALUES (1, 'a')")
            writing.set()
            # The transaction cannot end before all reads are done.
            await read.wait()

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(write())
        await writing.wait()
        assert await shelves(database) == 0
        async with database.snapshot() as reader:
            assert await reader.fetch(COUNT) == [{"n": 0}]
        assert await Shelf.all().count() == 0
        assert await Shelf.filter(name="a").values() == []
        read.set()
    assert await shelves(database) == 1
    assert await Shelf.all().count() == 1


async def test_a_snapshot_sees_one_state(database: Database) -> None:
    async with database.snapshot() as reader:
        assert await reader.fetch(COUNT) == [{"n": 0}]
        async with database.transaction() as transaction:
            await transaction.execute("INSERT INTO shelf VALUES (1, 'a')")
        assert await shelves(database) == 1
        assert await reader.fetch(COUNT) == [{"n": 0}]
        async with database.snapshot() as later:
            assert await later.fetch(COUNT) == [{"n": 1}]


async def test_the_second_writer_waits_and_succeeds(database: Database) -> None:
    order: list[str] = []
    first_has_ticked, second_started = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with database.transaction() as transaction:
            assert await transaction.fetch(TICK) == [{"seq": 1}]
            first_has_ticked.set()
            await second_started.wait()
            await asyncio.sleep(0.05)
            order.append("first")

    async def second() -> None:
        await first_has_ticked.wait()
        second_started.set()
        async with database.transaction() as transaction:
            assert await transaction.fetch(TICK) == [{"seq": 2}]
            order.append("second")

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(first())
        group.create_task(second())
    assert order == ["first", "second"]


async def test_writers_may_take_every_connection_but_the_readers(postgres_url: str) -> None:
    async with Database(postgres_url, models=()) as database:
        await create_tables(database)
        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            inside, leave = asyncio.Semaphore(0), asyncio.Event()

            async def hold() -> None:
                async with database.transaction():
                    inside.release()
                    await leave.wait()

            for _ in range(asyncpg_engine.POOL_SIZE):
                group.create_task(hold())
            for _ in range(asyncpg_engine.POOL_SIZE):
                await inside.acquire()
            waiting = group.create_task(hold())
            await asyncio.sleep(0.05)
            assert inside.locked()
            assert await shelves(database) == 0
            waiting.cancel()
            leave.set()
        await tick(database)
        assert await shelves(database) == 0


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError):
        await database.fetch("INSERT INTO shelf VALUES (1, 'a') RETURNING id")
    async with database.snapshot() as reader:
        with pytest.raises(OperationalError):
            await reader.fetch("DELETE FROM shelf")
    assert await shelves(database) == 0


# Transactions


async def test_counts_and_rows(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute_many("INSERT INTO shelf VALUES (?, ?)", ((n, "a") for n in range(4)))
        assert await transaction.execute("INSERT INTO book VALUES (?, ?, ?)", 1, "?", 1) == 1
        assert await transaction.execute("UPDATE shelf SET name = ? WHERE id > ?", "b", 1) == 2
        assert await transaction.execute("UPDATE shelf SET name = 'c' WHERE id > 9") == 0
        # The book goes with its shelf, but only the shelf is counted.
        assert await transaction.execute("DELETE FROM shelf WHERE id = 1") == 1
        assert await transaction.fetch("SELECT count(*) AS n FROM book WHERE title = '?'") == [{"n": 0}]
    assert await database.fetch("SELECT name FROM shelf WHERE id = ?", 2) == [{"name": "b"}]


async def test_a_uuid_is_a_value_on_both_engines(database: Database) -> None:
    key = uuid4()
    async with database.transaction() as transaction:
        await transaction.execute("CREATE TABLE record (id UUID PRIMARY KEY)")
        await transaction.execute("INSERT INTO record VALUES (?)", key)
        (row,) = await transaction.fetch("SELECT id FROM record WHERE id = ?", key)
    assert str(row["id"]) == str(key)


async def test_an_error_undoes_everything(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as transaction:
            await transaction.execute("INSERT INTO shelf VALUES (1, 'a')")
            raise ZeroDivisionError
    await tick(database)
    assert await shelves(database) == 0


async def test_broken_statements_have_two_errors(database: Database) -> None:
    for sql, kind in (("INSERT INTO shelf VALUES (1, NULL)", IntegrityError), ("SELEC", OperationalError)):
        with pytest.raises(kind):
            async with database.transaction() as transaction:
                await transaction.execute("INSERT INTO shelf VALUES (2, 'a')")
                await transaction.execute(sql)
    with pytest.raises(OperationalError):
        await database.fetch("SELECT ?", object())
    await tick(database)
    assert await shelves(database) == 0


async def test_a_broken_deferred_reference_shows_at_the_end(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as transaction:
            await transaction.execute("INSERT INTO book VALUES (1, 'a', 7)")
    assert await database.fetch("SELECT * FROM book") == []
    await tick(database)
    assert await shelves(database) == 0


async def test_postgres_never_forgets_a_transaction_silently(postgres_url: str) -> None:
    async with Database(postgres_url, models=()) as database:
        await create_tables(database)
        with pytest.raises(OperationalError):
            async with database.transaction() as transaction:
                await transaction.execute("INSERT INTO shelf VALUES (1, 'a')")
                with pytest.raises(OperationalError):
                    await transaction.execute("SELEC")
        await tick(database)
        assert await shelves(database) == 0


async def test_nothing_is_kept_after_sqlite_has_undone_a_transaction(sqlite_url: str) -> None:
    undoing = "INSERT OR ROLLBACK INTO shelf VALUES (1, 'a')"
    async with Database(sqlite_url, models=()) as database:
        await create_tables(database)
        for goes_on in (False, True):
            with pytest.raises(OperationalError):
                async with database.transaction() as transaction:
                    await transaction.execute(undoing)
                    with pytest.raises(IntegrityError):
                        await transaction.execute(undoing)
                    if goes_on:
                        await transaction.execute("INSERT INTO shelf VALUES (2, 'b')")
            await tick(database)
            assert await shelves(database) == 0


async def test_a_lost_connection_is_replaced(postgres_url: str) -> None:
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kopa'"
    admin = await asyncpg.connect(postgres_url)
    async with Database(postgres_url, models=()) as database:
        await create_tables(database)
        with pytest.raises(DatabaseError) as lost:
            async with database.transaction() as transaction:
                await transaction.execute("INSERT INTO shelf VALUES (1, 'a')")
                await admin.execute(kill)
                await transaction.execute("INSERT INTO shelf VALUES (2, 'b')")
        assert str(lost.value) == LOST
        await tick(database)
        assert await shelves(database) == 0
    await admin.close()


async def test_a_transaction_inside_one_is_refused(database: Database) -> None:
    async with asyncio.timeout(10), database.transaction() as transaction:
        with pytest.raises(DatabaseError, match="already open in this task"):
            async with database.transaction():
                pass
        await transaction.execute("INSERT INTO shelf VALUES (1, 'a')")
    assert await shelves(database) == 1


async def test_models_join_the_transaction_of_their_task(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as transaction:
            await Shelf.create(id=1, name="a")
            assert await Shelf.all().count() == 1
            assert await transaction.fetch(COUNT) == [{"n": 1}]
            async with in_transaction():  # A savepoint.
                await Shelf.create(id=2, name="b")
            raise ZeroDivisionError
    assert await Shelf.all().count() == 0


async def test_a_task_cannot_use_the_transaction_it_has_outlived(database: Database) -> None:
    ended = asyncio.Event()

    async def outlives() -> None:
        await ended.wait()
        with pytest.raises(TransactionManagementError):
            await Shelf.create(id=1, name="a")
        async with database.transaction():
            await Shelf.create(id=2, name="b")

    async with database.transaction() as transaction:
        task = asyncio.create_task(outlives())
    with pytest.raises(OperationalError, match="has ended"):
        await transaction.execute("INSERT INTO shelf VALUES (3, 'c')")
    ended.set()
    await task
    assert await Shelf.all().values_list("id", flat=True) == [2]


async def test_a_script_is_part_of_its_transaction(database: Database) -> None:
    script = (
        "INSERT INTO shelf VALUES (1, 'a;b'); -- one; two\nINSERT INTO shelf VALUES (2, 'c');\n"
        "UPDATE shelf SET name = 'd' WHERE id = 2"
    )
    with pytest.raises(ZeroDivisionError):
        async with in_transaction() as client:
            await client.execute_script(script)
            assert await Shelf.get(id=2).values_list("name", flat=True) == "d"
            raise ZeroDivisionError
    await tick(database)
    assert await shelves(database) == 0
    async with in_transaction() as client:
        await client.execute_script(script)
    assert await Shelf.get(id=1).values_list("name", flat=True) == "a;b"


def test_a_trigger_is_one_statement() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END;"
    assert list(sqlite_engine.statements(f"{trigger}\nSELECT ';'")) == [trigger, "\nSELECT ';'"]


# Several databases


async def use_models() -> None:
    shelf = await Shelf.create(id=1, name="a")
    await Shelf.bulk_create([Shelf(id=2, name="b"), Shelf(id=3, name="c")])
    await Book.create(id=1, title="t", shelf=shelf)
    shelf.name = "z"
    await shelf.save()
    assert await Shelf.filter(name__in=["z", "b"], id__gt=0).order_by("id").values_list("id", flat=True) == [
        1,
        2,
    ]
    assert [book.title for book in (await Shelf.get(name="z").prefetch_related("books")).books] == ["t"]
    assert await Shelf.filter(name__icontains="B").update(name="y") == 1
    await (await Shelf.get(id=3)).delete()
    assert await Shelf.all().count() == 2


async def test_models_work_on_one_engine_after_the_other(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    for url in (sqlite_url, postgres_url, f"sqlite:///{tmp_path}/second.db"):
        async with Database(url, models=(__name__,)) as database:
            await create_tables(database)
            await use_models()


async def test_two_databases_at_once(sqlite_url: str, postgres_url: str) -> None:
    async with Database(sqlite_url, (__name__,)) as first, Database(postgres_url, (__name__,)) as second:
        for database in (first, second):
            await create_tables(database)
        async with first.transaction() as one, second.transaction() as two:
            await one.execute("INSERT INTO shelf VALUES (?, 'a')", 1)
            await two.execute("INSERT INTO shelf VALUES (?, 'b')", 2)
            assert await Shelf.all().values_list("name", flat=True) == ["a"]
        assert [await shelves(first), await shelves(second)] == [1, 1]
        await second.close()
        assert await Shelf.all().count() == 1


async def test_two_programs_on_one_file(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite_engine.PRAGMAS, "busy_timeout", 50)
    async with Database(sqlite_url, ()) as first, Database(sqlite_url, ()) as second:
        await create_tables(first)
        async with first.transaction():
            with pytest.raises(DatabaseError) as refused:
                async with second.transaction():
                    pass
            assert str(refused.value) == BUSY
        await tick(second)


# Opening and closing


async def opening(url: str) -> str:
    """The sentence with which a database refuses to open; closing afterwards must work."""
    database = Database(url, models=())
    with pytest.raises(DatabaseError) as refused:
        async with asyncio.timeout(20):
            await database.open()
    async with asyncio.timeout(20):
        await database.close()
        await database.close()
    return refused.value.message


@pytest.mark.usefixtures("no_thread_stays")
async def test_what_a_file_is_refused_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, damaged = tmp_path / "text.db", tmp_path / "damaged.db"
    text.write_text("This is no database, only a text.")
    damaged.write_bytes(sqlite_engine.MAGIC + b"\0" * 4096)
    assert await opening(f"sqlite:///{tmp_path}") == f"{tmp_path} is a folder, not a database file."
    assert await opening(f"sqlite:///{text}") == f"{text} is not a SQLite database."
    assert await opening(f"sqlite:///{text}/a.db") == (
        f"The folder {text} for the database cannot be made: File exists."
    )
    assert await opening(f"sqlite:///{tmp_path}/a/b/c.db") == (
        f"The folder {tmp_path}/a/b for the database cannot be made: No such file or directory."
    )
    assert await opening(f"sqlite:///{damaged}") == (
        f"The database file {damaged} cannot be opened: file is not a database."
    )
    # As root, every file may be read.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert await opening(f"sqlite:///{text}") == (f"The database file {text} may not be read and written by this user.")


@pytest.mark.usefixtures("no_thread_stays")
async def test_what_a_server_is_refused_for(postgres_server: Any, postgres_url: str, tmp_path: Path) -> None:
    place, _, query = postgres_url.partition("?")
    socket = query.removeprefix("host=")
    assert await opening(f"postgresql://a:secret@/b?host={tmp_path}") == f"PostgreSQL at {tmp_path} does not answer."
    assert await opening("postgresql://a:secret@localhost:1/b") == "PostgreSQL at localhost does not answer."
    assert await opening(f"{place}_missing?{query}") == (
        f"PostgreSQL at {socket} has no database named {place.rpartition('/')[2]}_missing."
    )
    assert "secret" not in (sentence := await opening("postgresql://a:secret@localhost:port/b")), sentence

    connection = await asyncpg.connect(postgres_url)
    await connection.execute("CREATE ROLE locked LOGIN PASSWORD 'right'")
    await connection.close()
    rules = Path(postgres_server.pgdata) / "pg_hba.conf"
    rules.write_text("local all locked scram-sha-256\n" + rules.read_text())
    postgres_server.psql("SELECT pg_reload_conf();")
    locked = place.replace("postgres:@", "locked:{}@")
    refusal = f"PostgreSQL at {socket} refused the user name or the password."
    assert await opening(f"{locked.format('wrong')}?{query}") == refusal
    assert await opening(f"{locked.format('wrong').replace('locked', 'nobody')}?{query}") == refusal
    async with Database(f"{locked.format('right')}?{query}", models=()) as database:
        assert await database.fetch("SELECT 1 AS one") == [{"one": 1}]


def test_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    def path(url: str) -> str:
        file_path: str = tortoise_config(url)["connections"]["default"]["credentials"]["file_path"]
        return file_path

    assert path("sqlite:///var/kopa.db") == "var/kopa.db"
    assert path("sqlite:////var/kopa.db") == "/var/kopa.db"
    assert path("sqlite://var/kopa%20a.db") == "var/kopa a.db"
    assert tortoise_config("sqlite:///a.db")["apps"]["kopa"] == {
        "models": ["service.models"],
        "default_connection": "default",
        "migrations": "service.migrations.versions",
    }
    for wrong in (
        "",
        "kopa.db",
        "mysql://a:secret@b/c",
        "sqlite://",
        "sqlite://:memory:",
        "sqlite:///:memory:",
    ):
        with pytest.raises(DatabaseError) as refused:
            Database(wrong)
        assert "secret" not in refused.value.message


async def test_a_relative_file_and_its_folder_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with Database("sqlite:///var/kopa.db", models=()) as database:
        await create_tables(database)
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["kopa.db"]


async def test_a_sqlite_connection_is_set_up_for_many_readers(sqlite_url: str) -> None:
    async with Database(sqlite_url, models=()) as database, database.transaction() as transaction:
        for pragma, value in (("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1)):
            assert await transaction.fetch(f"PRAGMA {pragma}") == [{pragma: value}]
        assert await transaction.fetch("PRAGMA busy_timeout") == [{"timeout": 5000}]
        assert await database.fetch("PRAGMA query_only") == [{"query_only": 1}]


@pytest.mark.usefixtures("no_thread_stays")
async def test_closing_ends_what_is_still_open(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncpg_engine, "GRACE_SECONDS", 0.1)
    database = Database(database_url, models=(__name__,))
    await database.open()
    await create_tables(database)
    with pytest.raises(DatabaseError):
        async with database.transaction() as transaction, database.snapshot() as reader:
            await transaction.execute("INSERT INTO shelf VALUES (1, 'a')")
            await reader.fetch(COUNT)
            async with asyncio.timeout(10):
                await database.close()
            with pytest.raises(DatabaseError):
                await reader.fetch(COUNT)
            await transaction.execute("INSERT INTO shelf VALUES (2, 'b')")
    for use in (database.transaction, database.snapshot):
        with pytest.raises(DatabaseError, match=r"The database is closed\."):
            async with use():
                pass
    async with database:
        assert await shelves(database) == 0


@pytest.mark.usefixtures("no_thread_stays")
async def test_closing_ends_a_long_read(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncpg_engine, "GRACE_SECONDS", 0.1)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS n FROM n"
    database = Database(database_url, models=())
    await database.open()
    reading = asyncio.create_task(database.fetch(endless))
    await asyncio.sleep(0.1)
    async with asyncio.timeout(10):
        await database.close()
        with pytest.raises((DatabaseError, OperationalError)):
            await reading


@pytest.mark.usefixtures("no_thread_stays")
async def test_opening_may_be_cancelled_anywhere(database_url: str) -> None:
    step, cancelled = 0, 0
    for _ in range(60):
        database = Database(database_url, models=(__name__,))

        async def work(database: Database) -> None:
            async with database:
                pass

        try:
            async with asyncio.timeout(20):
                waits = await asyncio.create_task(cancelled_at(work(database), range(step, step + 1), 0))
            step = step + 1 if waits > step else 0
        except asyncio.CancelledError:
            step, cancelled = step + 1, cancelled + 1
        await database.close()
    assert cancelled > 20
    async with Database(database_url, models=(__name__,)) as database:
        await create_tables(database)
        await use_models()


async def test_opening_twice_is_opening_once(database_url: str) -> None:
    async with Database(database_url, models=()) as database:
        await database.open()
        assert await database.fetch("SELECT 1 AS one") == [{"one": 1}]
    await database.close()


# Migrations

INITIAL = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    initial = True
    operations = [
        ops.RunSQL("CREATE TABLE shelf (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);"
                   "CREATE TABLE book (id INTEGER PRIMARY KEY, title VARCHAR(50) NOT NULL, shelf_id INTEGER "
                   "NOT NULL REFERENCES shelf (id) ON DELETE CASCADE);"
                   "INSERT INTO shelf VALUES (1, 'a'); INSERT INTO book VALUES (1, 't', 1);"),
    ]
"""
REMAKE = """
from tortoise import migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    dependencies = [("kopa", "0001_initial")]
    operations = [
        ops.RunSQL("CREATE TABLE remade (id INTEGER PRIMARY KEY, name VARCHAR(60) NOT NULL);"
                   "INSERT INTO remade SELECT * FROM shelf;"
                   "DROP TABLE shelf; ALTER TABLE remade RENAME TO shelf;"),
    ]
"""
BROKEN = """
from tortoise import migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    dependencies = [("kopa", "0001_initial")]
    operations = [ops.RunSQL("INSERT INTO shelf VALUES (2, 'b'); SELEC;")]
"""


def written(folder: Path, monkeypatch: pytest.MonkeyPatch, *sources: str) -> str:
    package = f"migrations_{uuid4().hex}"
    (folder / package).mkdir()
    (folder / package / "__init__.py").touch()
    for n, source in enumerate(sources, 1):
        (folder / package / f"000{n}_{'initial' if n == 1 else 'next'}.py").write_text(source)
    monkeypatch.syspath_prepend(str(folder))
    return package


async def run(database: Database, package: str) -> None:
    async with database.migrating() as config:
        config["apps"]["kopa"]["migrations"] = package
        await plan(config=config)
        await migrate(config=config)


@pytest.mark.usefixtures("no_thread_stays")
async def test_remaking_a_table_keeps_the_rows_that_point_to_it(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Database(sqlite_url, models=(__name__,)) as database:
        await run(database, written(tmp_path, monkeypatch, INITIAL, REMAKE))
        assert await database.fetch("SELECT title FROM book") == [{"title": "t"}]
        with pytest.raises(IntegrityError):
            async with database.transaction() as transaction:
                await transaction.execute("INSERT INTO book VALUES (2, 'u', 7)")
        assert await Shelf.all().count() == 1
        with pytest.raises(DatabaseError, match=r"^1 rows point to rows that do not exist \(book to shelf\);"):
            async with database.migrating():
                await get_connection("default").execute_query("INSERT INTO book VALUES (2, 'u', 7)")


@pytest.mark.usefixtures("no_thread_stays")
async def test_a_migration_happens_whole_or_not_at_all(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Database(database_url, models=(__name__,)) as database:
        with pytest.raises(OperationalError):
            await run(database, written(tmp_path, monkeypatch, INITIAL, BROKEN))
        assert await shelves(database) == 1
        assert await database.fetch("SELECT name FROM tortoise_migrations") == [{"name": "0001_initial"}]
        await Shelf.create(id=5, name="models still work")


# Placeholders


def test_placeholders_are_numbered_outside_of_texts() -> None:
    assert numbered("SELECT 1") == "SELECT 1"
    assert numbered("UPDATE a SET b = ?, c = '?' WHERE \"d?\" = ? -- ?\n AND e = ? /* ? */") == (
        "UPDATE a SET b = $1, c = '?' WHERE \"d?\" = $2 -- ?\n AND e = $3 /* ? */"
    )


@given(st.lists(st.text("ab'?", max_size=6), max_size=4))
def test_texts_stay_as_they_are(texts: list[str]) -> None:
    quoted = ["'" + text.replace("'", "''") + "'" for text in texts]
    expected = " ".join(f"{text} ${n}" for n, text in enumerate(quoted, 1))
    assert numbered(" ".join(f"{text} ?" for text in quoted)) == expected


def test_sqlite_is_new_enough_for_returning() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35)
