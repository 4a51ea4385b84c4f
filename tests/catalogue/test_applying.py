"""A catalogue that follows the log holds exactly what one holds that is loaded afresh.

`EXAMPLES=100000 pytest tests/catalogue/test_applying.py -k any_sequence` looks longer than the tests do.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from service.catalogue import applying as module
from service.catalogue import types
from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import Change, changes_after
from service.catalogue.connection import Direction, Window
from service.catalogue.indexes import Index
from service.catalogue.linking import referred
from service.catalogue.listing import listing
from service.catalogue.ordered import Ordered
from service.database import Database
from service.editing.acts import Word, assure, confirm
from service.editing.duplicates import merge_organisations
from service.editing.revisions import Draft, publish, withdraw
from service.migrations.runner import migrate
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.revision import Act
from service.models.shape import shape
from tests.catalogue.asking import FILTERS, MEANS, ORDERS, filter_of, fitting, pool
from tests.catalogue.loading import AUTHOR, TODAY, load
from tests.catalogue.same import assert_same, difference, keys_of, state, with_all_orders
from tests.catalogue.world import NOUN, POOL, TAXONOMIES, World
from tests.editing.conftest import TABLES
from tests.factories import (
    a_source,
    evidence,
    ident,
    make_event,
    make_figure,
    make_link,
    make_location,
    make_need,
    make_organisation,
    make_project,
    make_region,
    make_service,
    make_taxonomy,
    make_term,
    term,
    words,
)

EXAMPLES = int(os.environ.get("EXAMPLES", "200"))
"""On each engine."""

ANY = settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
    database=None,
)
Start = Callable[[], Any]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with a world in it."""
    path = tmp_path_factory.mktemp("world") / "kopa.db"
    asyncio.run(_fill(f"sqlite:///{path}"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # So that the file alone is the whole of it.
    return path


@pytest.fixture(scope="session")
def shared(postgres_server: Any) -> str:
    """A PostgreSQL database whose schema `filled` keeps the rows of a world."""
    postgres_server.psql("CREATE DATABASE world;")
    url: str = postgres_server.get_uri(database="world")
    asyncio.run(_fill(url))
    copies = " ".join(f'CREATE TABLE filled."{table}" AS TABLE "{table}";' for table in TABLES)
    postgres_server.psql(f"\\c world\nCREATE SCHEMA filled; {copies}")
    return url


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
def start(request: pytest.FixtureRequest, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Start]:
    """What opens a database with the same world in it each time, on each engine."""
    if request.param == "sqlite":
        filled, path = request.getfixturevalue("template"), shutil.copy(request.getfixturevalue("template"), tmp_path)
        with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(path)) as target:
            yield from _opened(f"sqlite:///{path}", runner, lambda database: _copied(database, source, target))
    else:
        yield from _opened(request.getfixturevalue("shared"), runner, _reset)


def _opened(url: str, runner: asyncio.Runner, start: Callable[[Database], Any]) -> Iterator[Start]:
    database = Database(url, models=())
    runner.run(database.open())
    yield lambda: start(database)
    runner.run(database.close())


@asynccontextmanager
async def _copied(
    database: Database, source: sqlite3.Connection, target: sqlite3.Connection
) -> AsyncIterator[Database]:
    """Far faster than another file, which would have to be opened by every connection."""
    source.backup(target)
    yield database


@asynccontextmanager
async def _reset(database: Database) -> AsyncIterator[Database]:
    """Far faster than a new PostgreSQL database; triggers and foreign keys look away meanwhile."""
    gone = " ".join(f'DELETE FROM "{table}";' for table in TABLES)
    back = " ".join(f'INSERT INTO "{table}" SELECT * FROM filled."{table}";' for table in TABLES)
    async with database.transaction() as transaction:
        await transaction.execute(f"SET LOCAL session_replication_role = replica; {gone} {back}")
    yield database


async def _fill(url: str) -> None:
    async with Database(url, models=()) as database:
        await migrate(database)
        assert await World(database).put(filling()) is not None


@cache
def filling() -> list[Draft]:
    """Most of a world; the rest comes with the steps."""
    world = World(Database("sqlite:///unopened", models=()))
    ids = {id for n, id in enumerate(NOUN) if n % 4} | {*POOL["taxonomy"], *POOL["region"][:2], *POOL["source"][:1]}
    return world.drafted(ids | world.needed(ids), Random(15))


@asynccontextmanager
async def followed(start: Start) -> AsyncIterator[tuple[World, Catalogue]]:
    async with start() as database:
        world = World(database)
        world.drafts = {draft.id: draft for draft in filling()}
        world.last |= world.drafts
        yield world, with_all_orders(await load(database))


async def follow(database: Database, catalogue: Catalogue) -> None:
    while changes := await changes_after(database, catalogue.last_change.seq):
        await Applying(catalogue).apply(changes)


async def same_as_loaded(database: Database, catalogue: Catalogue) -> None:
    assert_same(catalogue, await load(database, catalogue.today))


STEPS = st.sampled_from(
    ["publish"] * 8 + ["withdraw", "act"] * 3 + ["merge", "unmerge", "restore", "revert"] * 2 + ["day"] + ["look"] * 3
)
SHORTEST, AT_LEAST_IN_ONE = 5, 8
SEQUENCES = st.lists(
    st.tuples(STEPS, st.integers(0, 2**16)), min_size=SHORTEST + AT_LEAST_IN_ONE - 1, max_size=2 * SHORTEST + 15
)
"""Each is as many sequences as it has beginnings of the shortest length or more."""


@settings(ANY, max_examples=EXAMPLES // AT_LEAST_IN_ONE)
@given(sequence=SEQUENCES)
def test_after_any_sequence_it_is_as_freshly_loaded(
    start: Start, runner: asyncio.Runner, sequence: list[tuple[str, int]]
) -> None:
    runner.run(_walk(start, sequence))


async def _walk(start: Start, sequence: list[tuple[str, int]]) -> None:
    """It is compared after each step from the fifth on: any beginning of a sequence is a sequence too."""
    async with followed(start) as (world, catalogue):
        for number, (kind, seed) in enumerate(sequence, start=1):
            known = dict(catalogue.records)
            await _step(world, catalogue, kind, Random(seed))
            assert all(catalogue.records.get(id, item) is item for id, item in known.items() if id in world.drafts)
            assert catalogue.records.keys() == world.drafts.keys()
            if number >= SHORTEST:
                await same_as_loaded(world.database, catalogue)


async def _step(world: World, catalogue: Catalogue, kind: str, rng: Random) -> None:
    if kind == "day":
        world.today += timedelta(days=rng.choice((1, 1, 30, 365, 800)))
        await Applying(catalogue).midnight(world.today)
    elif kind == "look":
        look(catalogue, rng)
    else:
        await getattr(world, kind)(rng)
        await follow(world.database, catalogue)


def look(catalogue: Catalogue, rng: Random) -> None:
    """Random filters find what looking at every object finds."""
    for noun in FILTERS:
        for _ in range(2):
            asked = {name: _asked(catalogue, noun, name, rng) for name in rng.sample(sorted(MEANS[noun]), 2)}
            asked.pop("as_of", None)  # Of several words of a side it takes the first.
            found = filter_of(noun, asked).selection(catalogue)
            expected = fitting(catalogue, noun, asked)
            assert [x for x in catalogue.of(noun) if found.passes(x)] == expected, (noun, asked)
            assert found.mask.bit_count() == len(expected)


POOLS: dict[tuple[str, str], Any] = {}
"""What is asked for: the names that records had in the first world looked at, and some that nothing has."""


def _asked(catalogue: Catalogue, noun: str, name: str, rng: Random) -> Any:
    if (noun, name) not in POOLS:
        POOLS[noun, name] = pool.__wrapped__(catalogue, noun, name)  # Not kept: it would keep the catalogue.
    values, several = POOLS[noun, name]
    return rng.sample(list(values), min(len(values), 2)) if several else rng.choice(values)


@ANY
@given(
    noun=st.sampled_from(["organisation", "service", "cooperation_link", "source", "figure", "taxonomy_term"]),
    which=st.integers(0, 5),
    descending=st.booleans(),
    backward=st.booleans(),
    seeds=st.lists(st.tuples(st.sampled_from(["publish", "withdraw", "act"]), st.integers(0, 2**16)), max_size=8),
)
def test_a_reader_who_pages_while_it_is_patched_sees_everything_that_stays_once(
    start: Start,
    runner: asyncio.Runner,
    noun: str,
    which: int,
    descending: bool,
    backward: bool,
    seeds: list[tuple[str, int]],
) -> None:
    fields = list(ORDERS[noun].KEYS)
    direction = Direction.DESC if descending else Direction.ASC
    order = ORDERS[noun](field=fields[which % len(fields)], direction=direction)
    runner.run(_page_on(start, noun, order, backward, seeds))


async def _page_on(start: Start, noun: str, order: Any, backward: bool, seeds: list[tuple[str, int]]) -> None:
    key = order.chosen()[0]
    async with followed(start) as (world, catalogue):
        there = {(item.id, key(item)) for item in catalogue.of(noun)}
        read: list[tuple[str, Any]] = []
        position, more = None, True
        while more:
            window = Window(last=2, before=position) if backward else Window(first=2, after=position)
            found = listing(catalogue, noun, None, order, window)
            read += [(item.id, key(item)) for item in found.nodes]
            info = found.page_info()
            position = info.start_cursor if backward else info.end_cursor
            more = info.has_previous_page if backward else info.has_next_page
            if seeds:
                kind, seed = seeds.pop()
                await _step(world, catalogue, kind, Random(seed))
                there &= {(item.id, key(item)) for item in catalogue.of(noun)}
        assert len(read) == len(set(read))
        assert there <= set(read)
        in_order = sorted(read, key=lambda seen: seen[1], reverse=order.chosen()[1])
        assert [seen for seen in in_order if seen in there] == _in_reading_order(read, there, backward)


def _in_reading_order(read: list[Any], there: set[Any], backward: bool) -> list[Any]:
    """Pages of two, put one after the other as a reader would; backward the later pages come first."""
    pages = [read[place : place + 2] for place in range(0, len(read), 2)]
    return [seen for page in (reversed(pages) if backward else pages) for seen in page if seen in there]


# One case at a time


@pytest.fixture
async def directory(database_url: str) -> AsyncIterator[tuple[Database, Catalogue]]:
    """A few records to change, and a catalogue that follows."""
    async with Database(database_url, models=()) as database:
        await migrate(database)
        await publish(database, some(), author=AUTHOR)
        yield database, with_all_orders(await load(database))


def some() -> list[Draft]:
    return [
        *(a_source(n) for n in (1, 2)),
        *(make_region(n) for n in (1, 2, 3)),
        *(make_taxonomy(code) for code in TAXONOMIES),
        *(make_term(n, code) for n in (1, 2) for code in TAXONOMIES),
        *(make_organisation(n, sector="municipal") for n in (1, 2, 3)),
        make_location(),
        make_service(categories=[term()]),
        make_project(),
        make_link(),
        make_need(),
        make_figure(),
        make_event(),
    ]


Directory = tuple[Database, Catalogue]


async def put(directory: Directory, *drafts: Draft) -> None:
    database, catalogue = directory
    await publish(database, drafts, author=AUTHOR)
    await follow(database, catalogue)
    await same_as_loaded(database, catalogue)


CASES: dict[str, tuple[Draft, ...]] = {
    "another provider": (make_service(provider=ident("organisation", 2), categories=[term()]),),
    "other sides": (make_link(side_a=ident("organisation", 3)),),
    "swapped sides": (make_link(side_a=ident("organisation", 2), side_b=ident("organisation", 1)),),
    "another kind": (make_link(kind="grant"),),
    "a seat": (make_organisation(sector="municipal", seat=ident("location")),),
    "no category any more": (make_service(),),
    "a term renamed": (make_term(name=words("Cits jēdziens")),),
    "a term that lies in another": (make_term(2, parent=term()), make_service(categories=[term(2)])),
    "a region in another": (make_region(parent=ident("region", 2)),),
    "a former region": (
        make_region(
            kind="former",
            former_kind="municipality",
            valid_to="2021",
            successions=[{"successor": ident("region", 2), "relation": "merged_into", "on": "2021-07-01"}],
        ),
        make_organisation(2, sector="municipal", authority_for=[{"region": ident("region")}]),
    ),
    "codes swapped": (make_region(1, code="region-2"), make_region(2, code="region-1")),
    "a code handed on": (make_region(1, code="region-2"), make_region(2, code="region-9")),
    "another code of a taxonomy": (make_taxonomy("life_situation", code="situations"),),
    "a source of its own": (a_source(evidence=[evidence(1)]),),
    "evidence of another source": (make_organisation(sector="municipal", evidence=[evidence(2), evidence(1)]),),
    "terms related in a circle": (
        make_term(1, related=[term(2)]),
        make_term(2, related=[term(3)]),
        make_term(3, related=[term(1)]),
    ),
    "new sources that show each other": (
        a_source("a", evidence=[evidence("b")]),
        a_source("b", evidence=[evidence("c")]),
        a_source("c", evidence=[evidence("a")]),
    ),
    "a region that became the one it lies in": (
        make_region(1, parent=ident("region", 2)),
        make_region(
            2,
            kind="former",
            former_kind="municipality",
            valid_to="2021",
            successions=[{"successor": ident("region", 1), "relation": "merged_into", "on": "2021-07-01"}],
        ),
    ),
    "a slug given up": (make_organisation(sector="municipal", slug="jauns"),),
    "another owner of a number": (
        make_organisation(sector="municipal", identifiers=[{"scheme": "registration_number", "value": "40008000001"}]),
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_an_edit(directory: Directory, case: str) -> None:
    """And back again."""
    await put(directory, *CASES[case])
    before = {draft.id: draft for draft in some()}
    await put(directory, *(before[draft.id] for draft in CASES[case] if draft.id in before))


async def test_what_is_withdrawn_leaves_nothing_and_comes_back_with_its_acts_and_names(directory: Directory) -> None:
    database, catalogue = directory
    await put(directory, make_organisation(1, sector="municipal", slug="pirmais"))
    await put(directory, make_organisation(1, sector="municipal", slug="otrais"))
    link, gone = make_link(), [ident("organisation"), *(ident(noun) for noun in LEAVING)]
    for state_, day in ((ConfirmationState.CONFIRMED, 3), (ConfirmationState.DISPUTED, 5)):
        word = Word(Side.SIDE_B, state_, ConfirmationRole.EDITOR, TODAY - timedelta(day), source=ident("source"))
        await confirm(database, link.id, word, author=AUTHOR)
    await assure(database, ident("organisation"), on=TODAY, role="editor", author=AUTHOR)
    await withdraw(database, gone, author=AUTHOR)
    await follow(database, catalogue)
    await same_as_loaded(database, catalogue)
    assert catalogue.find("organisation", "pirmais") is None
    await put(directory, *(draft for draft in some() if draft.id in gone))
    assert catalogue.find("organisation", "pirmais") is catalogue.records[ident("organisation")]
    assert catalogue.records[ident("organisation")].assured_on == TODAY
    assert catalogue.records[link.id].first_confirmed == TODAY - timedelta(3)


LEAVING = ("service", "cooperation_link", "need", "figure")


async def test_the_names_of_a_merged_record_follow_the_one_it_became(directory: Directory) -> None:
    database, catalogue = directory
    for n, slug in ((8, "astotais"), (9, "devitais"), (7, "septitais")):
        await put(directory, make_organisation(n, slug=slug))
    await _merge(directory, ident("organisation", 9), ident("organisation", 8))
    assert catalogue.node(ident("organisation", 9)) is catalogue.records[ident("organisation", 8)]
    await _merge(directory, ident("organisation", 8), ident("organisation", 7))
    await withdraw(database, [ident("organisation", 7)], author=AUTHOR)
    await follow(database, catalogue)
    await same_as_loaded(database, catalogue)
    await put(directory, make_organisation(7, slug="cits"))
    assert catalogue.find("organisation", "devitais") is catalogue.records[ident("organisation", 7)]


async def _merge(directory: Directory, id: str, into: str) -> None:
    database, catalogue = directory
    await merge_organisations(database, id, into, author=AUTHOR)
    await follow(database, catalogue)
    await same_as_loaded(database, catalogue)


# What does not fit


async def _changes(directory: Directory, *drafts: Draft) -> list[Change]:
    database, catalogue = directory
    await publish(database, drafts, author=AUTHOR)
    return await changes_after(database, catalogue.last_change.seq)


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no content": lambda payload: payload.pop("content"),
    "no version": lambda payload: payload.pop("version"),
    "a choice that is none": lambda payload: payload["content"].update(sector="cits"),
    "a reference to nothing": lambda payload: payload["content"].update(seat=ident("location", "none")),
    "a part that refers to nothing": lambda payload: payload["content"]["evidence"][0].update(source="none"),
    "a part without id": lambda payload: payload["content"]["evidence"][0].pop("id"),
    "a date that is none": lambda payload: payload.update(last_modified="today"),
    "words that are none": lambda payload: payload.update(confirmations=[{"side": "side_c"}]),
    "places that are none": lambda payload: payload.update(availability={"state": "cits", "as_of": "2026-01-01"}),
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_of_a_transaction_with_a_payload_that_does_not_fit_nothing_is_assigned(
    directory: Directory, broken: str
) -> None:
    catalogue = directory[1]
    changes = await _changes(directory, make_organisation(1, name=words("Cits")), make_organisation("new"))
    BROKEN[broken](changes[-1].payload)
    await _refused(catalogue, changes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"payload": {"side": "side_c", "state": "confirmed", "on": "2026-01-01", "role": "editor"}},
        {"payload": {"side": "side_a", "state": "confirmed", "on": "a day", "role": "editor"}},
        {"payload": {}},
        {"act": Act.ASSURE, "payload": {"assured_on": "2026-01-01"}},
        {"act": Act.AVAILABILITY, "payload": {"state": "open"}},
        {"act": Act.WITHDRAW, "record": ident("organisation", "none")},
        {"act": Act.MERGE, "payload": {"into": ident("organisation", "none")}},
        {"record": ident("cooperation_link", "none")},
    ],
)
async def test_acts_are_read_before_anything_is_assigned(directory: Directory, wrong: dict[str, Any]) -> None:
    """A reset stands in the transaction of the edit that causes it."""
    database, catalogue = directory
    word = Word(Side.SIDE_A, ConfirmationState.CONFIRMED, ConfirmationRole.EDITOR, TODAY, source=ident("source"))
    await confirm(database, make_link().id, word, author=AUTHOR)
    await follow(database, catalogue)
    changes = await _changes(directory, make_link(kind="grant"))
    assert [change.act for change in changes] == [Act.PUBLISH, Act.CONFIRM]
    await _refused(catalogue, [changes[0], replace(changes[1], **wrong)])


async def _refused(catalogue: Catalogue, changes: list[Change]) -> None:
    before = state(catalogue)
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        await Applying(catalogue).apply(changes)
    told = difference(state(catalogue), before)
    assert told is None, told


# In slices


def _whole(catalogue: Catalogue) -> None:
    """Every record that can be reached is whole: what has to be there is, and so is what it refers to."""
    for record in catalogue.records.values():
        noun = NOUN_NAMES[type(record)]
        table = shape(noun)
        _complete(record, table)
        assert all(catalogue.records.get(target.id) is target for target in referred(record, noun)), record
        for name, part in table.parts.items():
            for item in getattr(record, name):
                _complete(item, part)
        for name in record.LISTS:
            for item in getattr(record, name):
                assert getattr(item, "id", None) or getattr(item, "link", None) or name == "confirmations", name
    for noun, index in catalogue.indexes.items():
        for item in index.present():
            assert catalogue.records[item.id] is item
            for key in keys_of(noun):
                key(item)


NOUN_NAMES = {made: noun for noun, made in types.NOUNS.items()}


def _complete(item: Any, table: Any) -> None:
    for name in table.required:
        assert getattr(item, name, "") is not None, f"{table.table}.{name}"


async def _sliced(monkeypatch: pytest.MonkeyPatch, work: Coroutine[Any, Any, None], between: Callable[[], None]) -> int:
    """Run a patch whose every step takes a slice; how often the loop had its turn, and look each time."""
    monkeypatch.setattr(module, "SLICE", -1.0)
    turns = 0
    patching = asyncio.ensure_future(work)
    while not patching.done():
        between()
        turns += 1
        await asyncio.sleep(0)
    await patching
    return turns


async def test_a_large_transaction_lets_others_have_their_turn_and_shows_no_record_half_made(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, catalogue = directory
    organisations = [
        make_organisation(f"n{n}", parent=ident("organisation", f"n{n - 1}" if n else 1)) for n in range(60)
    ]
    services = [make_service(f"n{n}", provider=ident("organisation", f"n{n}")) for n in range(60)]
    links = [make_link(f"n{n}", side_b=ident("organisation", f"n{n}")) for n in range(60)]
    circle = [a_source(f"c{n}", evidence=[evidence(f"c{(n + 1) % 9}")]) for n in range(9)]
    changes = await _changes(directory, *reversed([*circle, *organisations, *services, *links]))
    turns = await _sliced(monkeypatch, Applying(catalogue).apply(changes), lambda: _whole(catalogue))
    assert turns >= 180
    await same_as_loaded(database, catalogue)
    await withdraw(database, [draft.id for draft in (*organisations, *services, *links)], author=AUTHOR)
    changes = await changes_after(database, catalogue.last_change.seq)
    turns = await _sliced(monkeypatch, Applying(catalogue).apply(changes), lambda: _whole(catalogue))
    assert turns >= 180
    await same_as_loaded(database, catalogue)


MANY: dict[str, Draft] = {
    "an organisation": make_organisation(1, sector="ngo", name=words("Cita"), alternate_names=[{"name": "Cits"}]),
    "a service": make_service("many", categories=[term(2)]),
    "a location": make_location("many", region=ident("region", 2)),
    "a source": a_source(1, kind="official_register"),
    "a region": make_region(1, name=words("Žagaru novads")),
    "a term": make_term(1, name=words("Žagari"), aliases=[{"name": "žagariņš"}]),
}


@pytest.mark.parametrize("many", [1, 1000])
@pytest.mark.parametrize("what", MANY)
async def test_what_many_look_at_is_shown_when_all_of_them_follow_and_not_before(
    directory: Directory, monkeypatch: pytest.MonkeyPatch, what: str, many: int
) -> None:
    database, catalogue = directory
    monkeypatch.setattr(module, "AT_ONCE", 1)
    monkeypatch.setattr(module, "MANY", many)
    place, about = make_location("many"), make_service("many", categories=[term()])
    services = [make_service(f"n{n}", locations=[place.id]) for n in range(12)]
    partners = [make_organisation(f"n{n}") for n in range(12)]
    links = [make_link(f"n{n}", side_b=partner.id, services=[about.id]) for n, partner in enumerate(partners)]
    await put(directory, place, about, *services, *partners, *links)
    before = state(catalogue)
    changes = await _changes(directory, MANY[what])
    after = state(await load(database, catalogue.today))

    def of_one_state() -> None:
        now = state(catalogue) | {("last_change",): None}
        told = [difference(now, then | {("last_change",): None}) for then in (before, after)]
        assert None in told, told

    turns = await _sliced(monkeypatch, Applying(catalogue).apply(changes), of_one_state)
    assert turns >= 12
    await same_as_loaded(database, catalogue)


async def test_orders_that_are_first_asked_for_meanwhile_follow_too(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, _ = directory
    partners = [make_organisation(f"n{n}") for n in range(9)]
    links = [make_link(f"n{n}", side_b=partner.id) for n, partner in enumerate(partners)]
    await publish(database, [*partners, *links], author=AUTHOR)
    catalogue = await load(database)
    index = catalogue.indexes["cooperation_link"]
    monkeypatch.setattr(module, "AT_ONCE", 1)
    changes = await _changes((database, catalogue), make_organisation(1, sector="ngo", name=words("Žagari")))
    keys = [lambda link, n=n: (link.side_a.name["lv"], n, link.id) for n in range(3)]
    asked = iter(keys)

    def ask() -> None:
        key = next(asked, None)
        assert key is None or index.ordered(key)

    await _sliced(monkeypatch, Applying(catalogue).apply(changes), ask)
    await same_as_loaded(database, catalogue)
    for key in keys:
        assert index.ordered(key).keys == Ordered.of(index.present(), key).keys


async def test_an_edit_that_others_do_not_feel_touches_none_of_them(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = await _changes(directory, make_organisation(1, sector="municipal", website="https://example.lv/"))
    touched = []
    entry = Index.entry
    monkeypatch.setattr(Index, "entry", lambda self, item: touched.append(item) or entry(self, item))
    await Applying(directory[1]).apply(changes)
    assert {item.id for item in touched} == {ident("organisation", 1)}


async def test_while_it_becomes_midnight_it_is_still_today_for_all_or_none(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, catalogue = directory
    for n in (1, 2, 3):
        await assure(database, ident("organisation", n), on=TODAY - timedelta(365), role="editor", author=AUTHOR)
    await follow(database, catalogue)
    before, tomorrow = state(catalogue), TODAY + timedelta(1)
    after = state(await load(database, tomorrow))

    def of_one_day() -> None:
        told = difference(state(catalogue), before if catalogue.today == TODAY else after)
        assert told is None, told

    turns = await _sliced(monkeypatch, Applying(catalogue).midnight(tomorrow), of_one_day)
    assert turns > len(catalogue.records) / 2
    of_one_day()
    assert catalogue.today == tomorrow


async def test_short_work_is_done_in_one_go(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice ends when its time is over, not after each step."""
    monkeypatch.setattr(module, "SLICE", 1e9)
    catalogue = directory[1]
    changes = await _changes(directory, *(make_organisation(f"n{n}") for n in range(20)))
    patching = asyncio.ensure_future(Applying(catalogue).apply(changes))
    await asyncio.sleep(0)
    assert patching.done()
    assert json.dumps(catalogue.last_change.seq) == json.dumps(changes[-1].seq)
