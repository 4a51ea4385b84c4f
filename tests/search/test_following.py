"""A search that follows the log holds, and answers, exactly what one does that is made afresh."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tantivy import Query

from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import Change, changes_after, transactions
from service.database import Database
from service.editing.revisions import Draft
from service.migrations.runner import migrate
from service.search import having
from service.search.documents import SEARCHED
from service.search.fields import EVERY_STEM, TEXTS, Documents, term
from service.search.having import Bits
from service.search.index import Search
from tests.catalogue.loading import load
from tests.catalogue.test_applying import STEPS, filling
from tests.catalogue.values import WORDS
from tests.catalogue.world import World
from tests.search.meaning import says, tells
from tests.search.paging import pages

ANY = settings(
    max_examples=int(os.environ.get("EXAMPLES", "15")),
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
    database=None,
)
CHANGES = STEPS.filter(lambda kind: kind not in ("day", "look")) | st.just("rename")
RENAMED = ("region", "taxonomy_term", "organisation")
TEXTS_ASKED = (*WORDS, "ģimeņu mājās", '"ģimenes mājas"', "Valmiera jaunietis", '"gaisi cakli"', "bērni aa")
FIELDS = (*TEXTS, "whole", "noun")
SEEN = (*EVERY_STEM, "names_exact")


@pytest.fixture(scope="module", autouse=True)
def few_are_many() -> Iterator[None]:
    """Who has a stem is kept in so small a world, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(having, "MANY", 2)
        yield


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as found:
        yield found


@pytest.fixture(scope="module")
def world_file(tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner) -> Path:
    """A SQLite file with a world in it."""
    path = tmp_path_factory.mktemp("searched") / "kopa.db"
    runner.run(_fill(f"sqlite:///{path}"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


async def _fill(url: str) -> None:
    async with Database(url, models=()) as database:
        await migrate(database)
        assert await World(database).put(filling()) is not None


@ANY
@given(sequence=st.lists(st.tuples(CHANGES, st.integers(0, 2**16)), min_size=3, max_size=12))
def test_after_any_sequence_it_is_as_made_afresh(
    world_file: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner, sequence: list[tuple[str, int]]
) -> None:
    path = shutil.copy(world_file, tmp_path_factory.mktemp("walk"))
    runner.run(_walk(f"sqlite:///{path}", sequence))


async def _walk(url: str, sequence: list[tuple[str, int]]) -> None:
    async with Database(url, models=()) as database:
        world = World(database)
        world.drafts = {draft.id: draft for draft in filling()}
        world.last |= world.drafts
        catalogue = await load(database)
        search, names = await Search.of(catalogue), set[str]()
        for kind, seed in sequence:
            names |= asked_for(search)
            await (rename(world, Random(seed)) if kind == "rename" else getattr(world, kind)(Random(seed)))
            for transaction in transactions(await changes_after(database, catalogue.last_change.seq)):
                await _taken_over(search, transaction)
        fresh = await Search.of(await load(database))
        assert_same(search, fresh, names | asked_for(fresh))
        assert_each_once(search, Random(len(sequence)).sample(TEXTS_ASKED, 3))


async def rename(world: World, rng: Random) -> None:
    """Nothing changes but what a record is called, by which others are found: it gets a word that nothing has."""
    named = [draft for draft in world.drafts.values() if draft.noun in RENAMED]
    if named:
        draft = rng.choice(sorted(named, key=lambda draft: (RENAMED.index(draft.noun), draft.id)))
        name = {"lv": f"{rng.choice(WORDS)} {''.join(rng.choices('bdgklmnprstvz', k=6))}"}
        await world.put([Draft(draft.noun, draft.id, draft.content | {"name": name})])


async def _taken_over(search: Search, transaction: list[Change]) -> None:
    """Somebody looks in every turn of the loop: what is seen is found by its words, and by no others.

    A transaction of several records is seen in slices before it is settled, and found when it is.
    """
    applying = asyncio.ensure_future(Applying(search.catalogue).apply(transaction))
    seen: tuple[object, ...] = ()
    while not applying.done():
        await asyncio.sleep(0)
        now = (search.catalogue.state, search.state)
        if now != seen and (len(transaction) == 1 or search.catalogue.settled):
            assert_as_seen(search)
        seen = now
    await applying
    assert_as_seen(search)


def assert_as_seen(search: Search) -> None:
    """Each record is in the index by just the words that it has."""
    documents, expected = Documents(), dict[tuple[str, str], set[str]]()
    for noun in SEARCHED:
        for record in search.catalogue.of(noun):
            document = documents.of(noun, record)
            for field in SEEN:
                for word in (document.get_first(field) or "").split():
                    expected.setdefault((field, word), set()).add(record.id)
    searcher = search.state.searcher
    for field in SEEN:
        held = searcher.terms_with_prefix(field, "", filter_query=Query.all_query())
        assert {word for word, count in held if count} == {word for its, word in expected if its == field}
    for (field, word), its in expected.items():
        assert searcher.search(term(field, word), limit=1).count == len(its), (field, word)
    for stem in {word for field, word in expected if field in EVERY_STEM}:
        its = {id for field in EVERY_STEM for id in expected.get((field, stem), ())}
        assert having_stem(search, stem) == its, stem
    for text in TEXTS_ASKED:
        its = {link.id for link in search.catalogue.of("cooperation_link") if says(link, text)}
        assert matched(search, text)["cooperation_link"] == its, text


def having_stem(search: Search, stem: str) -> set[str]:
    """The ids of who has a stem, by the bits that are kept or asked for."""
    return {*_ids(search, search.state.having(stem, *EVERY_STEM))}


def _ids(search: Search, found: Bits) -> Iterator[str]:
    for noun, bits in found.items():
        objects = search.catalogue.indexes[noun].objects
        yield from (objects[place].id for place in _places(bits))


def _places(bits: int) -> list[int]:
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


def assert_same(search: Search, fresh: Search, asked: set[str]) -> None:
    """The same documents by every word of every field, and the same answers, also to what was asked long before."""
    names: set[str] = set()
    for field in FIELDS:
        terms = {word for each in (search, fresh) for word, _ in each.state.searcher.terms_with_prefix(field, "")}
        for word in terms:
            assert ids(search, term(field, word)) == ids(fresh, term(field, word)), (field, word)
        names |= terms if field == "names_exact" else set()
    for word in sorted(names)[::7]:
        assert answer(search, word) == answer(fresh, word), word
        assert answer(search, f"{word[:3]}x{word[3:]}") == answer(fresh, f"{word[:3]}x{word[3:]}"), word
        assert matched(search, word) == matched(fresh, word), word
    for name in sorted(asked):
        assert answer(search, name) == answer(fresh, name), name
        assert suggested(search, name[:4]) == suggested(fresh, name[:4]), name


def asked_for(search: Search) -> set[str]:
    """What organisations and regions are called; somebody asks for some of them."""
    catalogue = search.catalogue
    names = sorted({record.name["lv"] for noun in ("organisation", "region") for record in catalogue.of(noun)})[::3]
    for name in names:
        search.find(name)
        search.suggest(name[:4])
    return {*names}


def assert_each_once(search: Search, texts: list[str]) -> None:
    """Whoever reads to the end reads everything that has the words, and nothing twice."""
    records = [record for noun in SEARCHED for record in search.catalogue.of(noun)]
    for text in texts:
        read = [node.id for page in pages(search.catalogue, text, 4) for node in page.nodes]
        expected = {record.id for record in records if tells(record, text)}
        assert len(read) == len(set(read)), text
        if expected and '"' not in text:
            assert set(read) == expected, text


def ids(search: Search, asking: Query) -> list[str]:
    return sorted(_ids(search, search.state.having.asked(asking)))


def answer(search: Search, text: str) -> tuple[list[tuple[str, float]], int, tuple[Any, ...], bool]:
    found = search.find(text, first=10)
    return [(hit.id, hit.score) for hit in found.hits], found.total, found.corrected, found.partial


def suggested(search: Search, text: str) -> list[list[str]]:
    found = search.suggest(text)
    return [
        [its.id for its in kind] for kind in (found.organisations, found.categories, found.situations, found.places)
    ]


def matched(search: Search, text: str) -> dict[str, set[str]]:
    catalogue: Catalogue = search.catalogue
    bits = {noun: search.matching(noun, text) for noun in SEARCHED}
    return {noun: {it.id for it in catalogue.of(noun) if bits[noun] >> it.ordinal & 1} for noun in SEARCHED}
