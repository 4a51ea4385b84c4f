"""Every process shows what any process publishes: soon, all of it, and whatever happens to the database."""

from __future__ import annotations

import asyncio
import gc
import logging
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from service.catalogue import following
from service.catalogue.catalogue import Catalogue
from service.catalogue.following import Follower
from service.database import Database, Snapshot, Transaction
from service.editing import log, tables
from service.editing.acts import assure
from service.editing.revisions import Draft, publish, withdraw
from service.errors import DatabaseError
from service.models.revision import Act
from tests.catalogue.loading import AUTHOR, TODAY, filled, settings
from tests.factories import a_source, ident, make_organisation, words
from tests.serving import another_process, eventually, ready, this_process

AIM = 2.0
"""Seconds in which every process is to show what was published."""
SLOWEST = 5 * AIM
"""Seconds after which a test says that it is not so, on the slowest machine."""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A directory with one organisation."""
    async with Database(database_url) as opened:
        await filled(opened, [a_source(), make_organisation()])
        yield opened


@pytest.fixture
async def on_postgres(postgres_url: str) -> AsyncIterator[Database]:
    async with Database(postgres_url) as opened:
        await filled(opened, [a_source(), make_organisation()])
        yield opened


@asynccontextmanager
async def followed(url: str, *, loaded: bool = True, **more: Any) -> AsyncIterator[Follower]:
    """A follower with connections of its own."""
    async with Database(url) as opened:
        follower = Follower(opened, settings(database_url=url), lambda: TODAY, **more)
        task = asyncio.create_task(follower.run())
        try:
            if loaded:
                await eventually(lambda: follower.catalogue is not None)
            yield follower
            assert not task.done()
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def organisation(version: int, name: object = 1) -> Draft:
    return make_organisation(name, name=words(f"Biedrība, {version}. izdevums"))


async def put(database: Database, *drafts: Draft) -> int:
    return await publish(database, drafts, author=AUTHOR)


def shown(follower: Follower, name: object = 1) -> str | None:
    found = follower.current.records.get(ident("organisation", name))
    return found.name["lv"] if found else None


async def versions(database: Database) -> dict[str, int]:
    rows = await database.fetch("SELECT id, version FROM record WHERE state = 'published'")
    return {str(row["id"]): row["version"] for row in rows}


def held(follower: Follower) -> dict[str, int]:
    return {record.id: record.version for record in follower.current.records.values()}


# A process of its own


NAME = "query ($id: ID!) { organisation(by: {id: $id}) { name } }"


async def asked(client: httpx2.AsyncClient, seq: int | None = None, cookie: str | None = None) -> httpx2.Response:
    body: dict[str, Any] = {"query": NAME, "variables": {"id": ident("organisation")}}
    body |= {"extensions": {"seq": seq}} if seq is not None else {}
    headers = {"cookie": f"kopa_seq={cookie}"} if cookie is not None else {}
    return await client.post("/graphql", json=body, headers=headers)


async def name_shown(client: httpx2.AsyncClient, seq: int | None = None, cookie: str | None = None) -> str:
    answer = await asked(client, seq, cookie)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"]["organisation"]["name"])


async def test_another_process_shows_what_this_one_publishes(
    database: Database, tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    waited = []
    async with another_process(database.url, tmp_path) as served:
        for n in range(5):
            await put(database, organisation(n))
            committed = perf_counter()
            while await name_shown(served.client) != f"Biedrība, {n}. izdevums":
                await asyncio.sleep(0.005)
                assert perf_counter() - committed < SLOWEST
            waited.append(perf_counter() - committed)
        # Whoever says which change it has seen never gets an older state, neither by the body nor by the cookie.
        for n in range(5, 45):
            seq = await put(database, organisation(n))
            said = {"seq": seq} if n % 2 else {"cookie": str(seq)}
            assert await name_shown(served.client, **said) == f"Biedrība, {n}. izdevums"
        if database.dialect == "postgres":
            await _survives_lost_connections(database, served.client)
        assert await served.stop() == 0
        assert not [line for line in served.lines() if line["level"] in ("error", "critical")]
    record_testsuite_property(f"publish to shown, {database.dialect}, seconds", round(max(waited), 3))


async def _survives_lost_connections(database: Database, client: httpx2.AsyncClient) -> None:
    for n, which in enumerate(("query ILIKE 'LISTEN%'", "true"), 100):
        await terminate(database, which)
        seq = await _put_again(database, organisation(n))
        async with asyncio.timeout(SLOWEST):
            while (answer := await asked(client, seq)).status_code != 200:
                assert answer.status_code == 503
        assert await name_shown(client) == f"Biedrība, {n}. izdevums"


async def _put_again(database: Database, draft: Draft) -> int:
    """The writer's own connections were ended as well; what it is told then is to try once more."""
    for _ in range(10):
        with suppress(DatabaseError):
            return await put(database, draft)
    return await put(database, draft)


async def terminate(database: Database, which: str) -> int:
    """End the connections of others to this database; how many."""
    sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    mine = "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    return len(await database.fetch(f"{sql} {mine} AND {which}"))


# Seq and commits


async def test_two_writers_that_commit_in_the_reverse_order_of_their_start(
    on_postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number is given at the commit and not at the start, so nothing appears behind what a follower has seen."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    async with Database(on_postgres.url) as early, followed(on_postgres.url) as follower:
        start = early.transaction

        @asynccontextmanager
        async def slowly() -> AsyncIterator[Transaction]:
            async with start() as transaction:
                await transaction.fetch("SELECT pg_current_xact_id()")
                begun.set()
                await go_on.wait()
                yield transaction

        monkeypatch.setattr(early, "transaction", slowly)
        first = asyncio.create_task(put(early, make_organisation("early")))
        await begun.wait()
        second = await put(on_postgres, make_organisation("late"))
        assert await follower.reached(second, SLOWEST)
        assert shown(follower, "late")
        assert not shown(follower, "early")
        go_on.set()
        seq = await first
        assert seq == second + 1
        assert await follower.reached(seq, SLOWEST)
        assert shown(follower, "early")
    rows = await on_postgres.fetch("SELECT xmin::text::bigint AS x FROM change WHERE seq >= ? ORDER BY seq", second)
    assert rows[0]["x"] > rows[1]["x"], "the first to start was the last to commit"


async def test_a_writer_waits_for_the_one_that_has_the_clock(
    on_postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, go_on = asyncio.Event(), asyncio.Event()
    append = log.append

    async def slowly(transaction: Transaction, entries: Any, author: str, at: Any) -> int:
        seq = await append(transaction, entries, author, at)
        if author == "slow":
            written.set()
            await go_on.wait()
        return seq

    monkeypatch.setattr(log, "append", slowly)
    async with Database(on_postgres.url) as other, followed(on_postgres.url) as follower:
        before = follower.seq
        first = asyncio.create_task(publish(on_postgres, [make_organisation("slow")], author="slow"))
        await written.wait()
        second = asyncio.create_task(put(other, make_organisation("quick")))
        waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        await eventually(lambda: _any(on_postgres, waiting))
        assert not second.done()
        assert follower.seq == before
        go_on.set()
        assert (await first, await second) == (before + 1, before + 2)
        assert await follower.reached(before + 2, SLOWEST)
        assert held(follower) == await versions(on_postgres)


async def _any(database: Database, sql: str) -> bool:
    return bool(await database.fetch(sql))


async def test_many_writers_at_once(database: Database) -> None:
    """Every number comes once and in order, and the follower ends with what the database holds."""
    seqs: list[int] = []

    async def write(writer: int) -> None:
        rng = Random(writer)
        async with Database(database.url) as own:
            for n in range(6):
                await asyncio.sleep(rng.random() / 50)
                drafts = [organisation(n, rng.randrange(4)), make_organisation(f"{writer}/{n}")]
                seqs.append(await put(own, *drafts))
                if n % 3 == 2:
                    seqs.append(await withdraw(own, [ident("organisation", f"{writer}/{n}")], author=AUTHOR))

    async with followed(database.url) as follower:
        seen = [follower.seq]
        watching = asyncio.create_task(_watch(follower, seen))
        await asyncio.gather(*(write(writer) for writer in range(3)))
        assert await follower.reached(max(seqs), SLOWEST)
        watching.cancel()
        assert seen == sorted(seen)
        assert held(follower) == await versions(database)
    rows = await database.fetch("SELECT seq FROM change ORDER BY seq")
    assert [row["seq"] for row in rows] == list(range(1, max(seqs) + 1))


async def _watch(follower: Follower, seen: list[int]) -> None:
    while True:
        seen.append(follower.seq)
        await asyncio.sleep(0)


# Loading


async def test_publishing_while_it_loads(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    batches, loaded = Snapshot.batches, []

    async def publishing(self: Snapshot, columns: Any, table: str, where: str) -> AsyncIterator[Any]:
        if table in ("source", "organisation", "figure"):
            loaded.append(table)
            await put(database, organisation(len(loaded)), make_organisation(table))
        async for batch in batches(self, columns, table, where):
            yield batch

    monkeypatch.setattr(Snapshot, "batches", publishing)
    async with followed(database.url) as follower:
        seq = await put(database, make_organisation("after"))
        assert await follower.reached(seq, SLOWEST)
        assert held(follower) == await versions(database)
        assert shown(follower) == "Biedrība, 3. izdevums"
    assert loaded == ["source", "organisation", "figure"]


async def test_publishing_between_the_snapshot_and_the_first_look(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, seqs = Catalogue.load, []

    async def publishing(*given: Any) -> Catalogue:
        catalogue = await load(*given)
        seqs.append(await put(database, organisation(7), make_organisation("new")))
        assert catalogue.last_change.seq < seqs[0]
        return catalogue

    monkeypatch.setattr(Catalogue, "load", publishing)
    async with followed(database.url) as follower:
        assert await follower.reached(seqs[0], SLOWEST)
        assert held(follower) == await versions(database)
    assert len(seqs) == 1


# Being woken


async def test_postgres_wakes_the_follower(on_postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also anew after the connection that listens was lost."""
    monkeypatch.setattr(following, "POLL", 10 * SLOWEST)
    monkeypatch.setattr(following, "LISTENS_FOR", 0.2)
    monkeypatch.setattr(following, "RETRY", 0.01)
    async with followed(on_postgres.url) as follower:
        for n in range(3):
            await _listens(on_postgres)
            seq = await put(on_postgres, organisation(n))
            await eventually(lambda seq=seq: follower.seq >= seq, SLOWEST)  # type: ignore[misc]
            await terminate(on_postgres, "query ILIKE 'LISTEN%'")


async def _listens(database: Database) -> None:
    listening = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'"
    await eventually(lambda: _any(database, listening))


async def test_a_follower_that_is_not_woken_looks_by_itself(on_postgres: Database) -> None:
    async with followed(on_postgres.url) as follower:
        await _listens(on_postgres)
        assert await terminate(on_postgres, "query ILIKE 'LISTEN%'") == 1
        seq = await put(on_postgres, organisation(2))
        await eventually(lambda: follower.seq >= seq, SLOWEST)
        assert shown(follower) == "Biedrība, 2. izdevums"


async def test_a_request_that_has_seen_a_change_wakes_the_follower(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "POLL", 10 * SLOWEST)
    monkeypatch.setattr(Database, "listening", _deaf)
    async with followed(database.url) as follower:
        seq = await put(database, organisation(2))
        assert await follower.reached(seq, SLOWEST)


@asynccontextmanager
async def _deaf(self: Database, wake: Callable[[], None]) -> AsyncIterator[None]:
    yield


async def test_nobody_waits_for_a_change_that_was_never_made(database: Database) -> None:
    """What a client has seen before a restore would keep it out until as many changes were made anew."""
    async with followed(database.url) as follower:
        for seq in (follower.seq + 1, 2**62, 10**30):
            assert await follower.reached(seq, 10 * SLOWEST)


# Another history


RESTORES = {"a lower seq": (-1, True), "the same seq": (0, True), "a higher seq": (5, True), "no epoch": (-1, False)}


async def test_a_restored_database_is_loaded_afresh(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    async with followed(database.url) as follower:
        for n, (by, renewed) in enumerate(RESTORES.values(), 1):
            seq = await put(database, make_organisation(f"lost {n}"))
            assert await follower.reached(seq, SLOWEST)
            before = weakref.ref(follower.current)
            await _restore(database, f"lost {n}", by, renewed=renewed)
            await eventually(lambda before=before: follower.catalogue not in (None, before()), SLOWEST)  # type: ignore[misc]
            assert not shown(follower, f"lost {n}")
            assert held(follower) == await versions(database)
            seq = await put(database, organisation(n))
            assert await follower.reached(seq, SLOWEST)
            assert shown(follower) == f"Biedrība, {n}. izdevums"
            assert caplog.text.count("The database was restored") == n
            gc.collect()
            assert before() is None, "what was given up does not stay in memory"


async def _restore(database: Database, name: str, by: int, *, renewed: bool) -> None:
    """As if a backup without one organisation were put back."""
    id = ident("organisation", name)
    async with database.transaction() as transaction:
        if database.dialect == "postgres":
            await transaction.execute("SET LOCAL session_replication_role = replica")
        else:
            for row in await transaction.fetch("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                await transaction.execute(f"DROP TRIGGER {row['name']}")
        await tables.clear(transaction, "organisation", [id])
        for table, column in (("change", "record_id"), ("revision", "record_id"), ("slug", "record_id")):
            await transaction.execute(f"DELETE FROM {table} WHERE {column} = ?", id)
        await transaction.execute("DELETE FROM record WHERE id = ?", id)
        epoch = f"'another {name}'" if renewed else "epoch"
        await transaction.execute(f"UPDATE change_clock SET seq = seq + ?, epoch = {epoch} WHERE id = 1", by)


async def test_a_log_with_a_gap_is_not_followed(database: Database) -> None:
    """As when old changes were cut off while a process slept."""
    async with followed(database.url) as follower:
        async with log.writing(database) as (transaction, _):
            await transaction.execute("UPDATE change_clock SET seq = seq + 3 WHERE id = 1")
        seq = await put(database, organisation(3))
        await eventually(lambda: follower.seq >= seq, SLOWEST)
        assert held(follower) == await versions(database)


async def test_what_does_not_fit_makes_it_load_afresh(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Meanwhile it is not ready and says so; then it goes on."""
    monkeypatch.setattr(following, "RETRY", 0.01)
    async with ready(database.url) as (app, client):
        go_on = _hold_loading(monkeypatch)
        await _append_nonsense(database)
        await eventually(lambda: app.state.follower.catalogue is None)
        assert (await client.get("/readyz")).json() == {"status": "loading"}
        for path in ("/", "/readyz", "/changes", "/graphql?query={__typename}"):
            assert (await client.get(path)).status_code == 503
        answer = await asked(client, 1)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert "kopa_ready 0.0" in (await client.get("/metrics")).text
        assert (await client.get("/healthz")).status_code == 200
        go_on()
        seq = await put(database, organisation(4))
        await eventually(lambda: app.state.follower.seq >= seq, SLOWEST)
        assert await name_shown(client) == "Biedrība, 4. izdevums"
        assert held(app.state.follower) == await versions(database)
    assert [record.levelname for record in caplog.records if record.name == "kopa.catalogue"].count("ERROR") == 1


def _hold_loading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    gate, load = asyncio.Event(), Catalogue.load

    async def waiting(*given: Any) -> Catalogue:
        await gate.wait()
        return await load(*given)

    monkeypatch.setattr(Catalogue, "load", waiting)
    return gate.set


async def _append_nonsense(database: Database) -> None:
    async with log.writing(database) as (transaction, at):
        nonsense = log.Entry(Act.PUBLISH, "organisation", ident("organisation"), {}, {"content": {"name": 5}}, 1)
        await log.append(transaction, [nonsense], AUTHOR, at)


# The database goes away


class Proxy:
    """Something between a follower and PostgreSQL that can be taken away."""

    def __init__(self, url: str, folder: Path) -> None:
        self.socket = Path(parse_qs(urlsplit(url).query)["host"][0], ".s.PGSQL.5432")
        self.path = folder / ".s.PGSQL.5432"
        self.url = f"postgresql://postgres@{urlsplit(url).path}?host={folder}"
        self.tasks: set[asyncio.Task[None]] = set()
        self.server: asyncio.Server | None = None

    async def up(self) -> None:
        self.server = await asyncio.start_unix_server(self._serve, self.path)

    async def down(self) -> None:
        assert self.server is not None
        self.server.close()
        self.path.unlink(missing_ok=True)
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind = await asyncio.open_unix_connection(self.socket)
        both = asyncio.gather(self._pass(reader, behind[1]), self._pass(behind[0], writer))
        task = asyncio.ensure_future(both)
        self.tasks.add(task)  # type: ignore[arg-type]
        with suppress(asyncio.CancelledError):
            await both
        for end in (writer, behind[1]):
            end.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()


async def test_the_database_goes_away_and_comes_back(
    on_postgres: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(following, "RETRY", 0.1)
    caplog.set_level(logging.INFO, "kopa.catalogue")
    proxy = Proxy(on_postgres.url, tmp_path)
    await proxy.up()
    async with this_process(proxy.url) as (app, client):
        follower: Follower = app.state.follower
        await eventually(lambda: follower.catalogue is not None)
        for n in range(2):
            await proxy.down()
            seq = await put(on_postgres, organisation(n))
            await eventually(lambda n=n: caplog.text.count("does not answer") > n, SLOWEST)  # type: ignore[misc]
            assert await name_shown(client) != f"Biedrība, {n}. izdevums", "what is in memory is shown meanwhile"
            assert (await asked(client, seq)).status_code == 503
            assert (await client.get("/readyz")).status_code == 200
            await proxy.up()
            await eventually(lambda seq=seq: follower.seq >= seq, SLOWEST)  # type: ignore[misc]
            assert await name_shown(client, seq) == f"Biedrība, {n}. izdevums"
            await eventually(lambda n=n: caplog.text.count("answers again") > n, SLOWEST)  # type: ignore[misc]
    await proxy.down()


async def test_it_starts_while_the_database_is_away(
    on_postgres: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing to read and nothing to listen to: both are tried again."""
    monkeypatch.setattr(following, "RETRY", 0.05)
    proxy = Proxy(on_postgres.url, tmp_path)
    await proxy.up()
    async with Database(proxy.url) as opened:
        await proxy.down()
        follower = Follower(opened, settings(database_url=proxy.url))
        task = asyncio.create_task(follower.run())
        await eventually(lambda: "does not answer" in caplog.text, SLOWEST)
        assert follower.catalogue is None
        await proxy.up()
        await eventually(lambda: follower.catalogue is not None, SLOWEST)
        await _listens(on_postgres)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
    await proxy.down()


async def test_a_read_that_fails_does_not_empty_the_catalogue(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As when tables are just being put back by a restore."""
    monkeypatch.setattr(following, "RETRY", 0.01)
    async with followed(database.url) as follower:
        kept = follower.current
        async with database.transaction() as transaction:
            await transaction.execute("ALTER TABLE change_clock RENAME TO hidden")
        await eventually(lambda: "does not answer" in caplog.text, SLOWEST)
        assert follower.catalogue is kept
        async with database.transaction() as transaction:
            await transaction.execute("ALTER TABLE hidden RENAME TO change_clock")
        seq = await put(database, organisation(5))
        await eventually(lambda: follower.seq >= seq, SLOWEST)
        assert follower.catalogue is kept


# Days


async def test_a_new_day_comes_without_any_change(database: Database) -> None:
    today = [TODAY]
    async with Database(database.url) as opened:
        follower = Follower(opened, settings(database_url=database.url), lambda: today[0])
        task = asyncio.create_task(follower.run())
        await eventually(lambda: follower.catalogue is not None)
        await assure(database, ident("organisation"), on=TODAY, role="editor", author=AUTHOR)
        today[0] = date(2030, 1, 1)
        await eventually(lambda: follower.current.today == today[0], SLOWEST)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_takes_long_is_looked_for_after_each_change_before_anybody_asks(database: Database) -> None:
    looked: list[tuple[int, int]] = []

    def steps(catalogue: Catalogue) -> Iterator[None]:
        for step in range(3):
            looked.append((catalogue.last_change.seq, step))
            yield

    async with followed(database.url, ahead=lambda catalogue: catalogue.once(steps)) as follower:
        first = follower.seq
        assert looked == [(first, step) for step in range(3)]
        await publish(database, [organisation(2)], author=AUTHOR)
        await eventually(lambda: len(looked) == 6)
        await asyncio.sleep(2 * following.POLL)
        assert looked[3:] == [(follower.seq, step) for step in range(3)]
        assert follower.seq > first


async def test_looking_ahead_keeps_nobody_waiting_for_a_change(database: Database) -> None:
    loaded = False

    def endless(_: Catalogue) -> Iterator[None]:
        while loaded:
            yield

    async with followed(database.url, ahead=lambda catalogue: catalogue.once(endless)) as follower:
        loaded = True
        for version in (2, 3, 4):
            await publish(database, [organisation(version)], author=AUTHOR)
            [clock] = await database.fetch("SELECT seq FROM change_clock")
            assert await follower.reached(clock["seq"])


async def test_what_fails_ahead_fails_for_nobody_else(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def failing(catalogue: Catalogue) -> Iterator[None]:
        yield
        raise ZeroDivisionError

    async with followed(database.url, ahead=lambda catalogue: catalogue.once(failing)) as follower:
        first = follower.catalogue
        await publish(database, [organisation(2)], author=AUTHOR)
        [clock] = await database.fetch("SELECT seq FROM change_clock")
        assert await follower.reached(clock["seq"])
        await eventually(lambda: caplog.text.count("could not be found ahead") == 2)
        assert follower.catalogue is first
