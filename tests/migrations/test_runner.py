"""Applying migrations: once, whole or not at all, and only in a database of Kopā's own."""

import asyncio
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import pytest

from service.database import Database
from service.errors import DatabaseError, ForeignDatabase
from service.migrations.runner import VERSIONS, migrate, pending

Package = Callable[..., str]

REAL = """
from importlib import import_module
Migration = import_module("service.migrations.versions.0001_initial").Migration
"""
STATEMENTS = """
from tortoise import migrations
from service.migrations.operations import RunStatements
class Migration(migrations.Migration):
    operations = [RunStatements(sqlite={sql!r}, postgres={sql!r})]
"""
KILLS = """
import os, signal
from importlib import import_module
from tortoise import migrations
from tortoise.migrations.operations import RunPython
def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)
class Migration(migrations.Migration):
    operations = [*import_module("service.migrations.versions.0001_initial").Migration.operations, RunPython(kill)]
"""
RUN = """
import asyncio, sys
from service.database import Database
from service.migrations.runner import migrate
async def main():
    async with Database(sys.argv[1], models=()) as database:
        print(*await migrate(database, *sys.argv[2:]))
asyncio.run(main())
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """Makes a package of migrations from their sources by name."""

    def make(**sources: str) -> str:
        name = f"versions_{uuid4().hex}"
        (tmp_path / name).mkdir()
        for module, source in {"__init__": "", **sources}.items():
            (tmp_path / name / f"{module.removeprefix('m')}.py").write_text(source, "utf-8")
        return name

    monkeypatch.syspath_prepend(tmp_path)
    return make


async def tables(database: Database) -> list[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite%'",
        "postgres": "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    }
    return [row["name"] for row in await database.fetch(query[database.dialect])]


async def test_migrates_once(database_url: str) -> None:
    names = sorted(path.stem for path in Path(str(import_module(VERSIONS).__file__)).parent.glob("0*.py"))
    async with Database(database_url, models=()) as database:
        assert await pending(database) == names
        assert await tables(database) == []
        assert await migrate(database) == names
        assert await pending(database) == []
        assert await migrate(database) == []
        assert [row["name"] for row in await database.fetch("SELECT name FROM tortoise_migrations")] == names


async def test_every_database_has_an_epoch_of_its_own(database_url: str, tmp_path: Path) -> None:
    epochs = set()
    for url in (database_url, f"sqlite:///{tmp_path}/another.db"):
        async with Database(url, models=()) as database:
            await migrate(database)
            (clock,) = await database.fetch("SELECT * FROM change_clock")
            assert (clock["id"], clock["seq"]) == (1, 0)
            assert re.fullmatch("[0-9a-f]{16}", clock["epoch"])
            epochs.add(clock["epoch"])
    assert len(epochs) == 2


async def test_each_migration_depends_on_the_one_before() -> None:
    names = sorted(path.stem for path in Path(str(import_module(VERSIONS).__file__)).parent.glob("0*.py"))
    for number, name in enumerate(names):
        assert name.startswith(f"{number + 1:04}_")
        migration = import_module(f"{VERSIONS}.{name}").Migration
        assert migration.dependencies == ([("kopa", names[number - 1])] if number else [])


async def test_several_at_once_apply_it_once(database_url: str) -> None:
    async def one() -> list[str]:
        async with Database(database_url, models=()) as database:
            return await migrate(database, "tests.migrations.versions")

    applied = await asyncio.gather(*(one() for _ in range(4)))
    assert sorted(name for names in applied for name in names) == ["0001_initial", "0002_standing"]


async def test_tables_of_another_program_are_left_alone(database_url: str) -> None:
    async with Database(database_url, models=()) as database:
        async with database.transaction() as transaction:
            await transaction.execute("CREATE TABLE wp_posts (id INT)")
        for act in (pending, migrate):
            with pytest.raises(ForeignDatabase, match="another program"):
                await act(database)
        assert await tables(database) == ["wp_posts"]


async def test_another_program_with_tortoise_migrations_is_recognised(database_url: str) -> None:
    async with Database(database_url, models=()) as database:
        async with database.transaction() as transaction:
            await transaction.execute("CREATE TABLE shop (id INT)")
            await transaction.execute("CREATE TABLE tortoise_migrations (app TEXT, name TEXT)")
            await transaction.execute("INSERT INTO tortoise_migrations VALUES ('shop', '0001_initial')")
        with pytest.raises(ForeignDatabase):
            await migrate(database)


async def test_a_newer_version_is_recognised(database_url: str) -> None:
    async with Database(database_url, models=()) as database:
        await migrate(database, "tests.migrations.versions")
        for act in (pending, migrate):
            with pytest.raises(DatabaseError, match=r"newer version of Kopā: it has 0002_standing\.$"):
                await act(database)


async def test_a_file_that_is_broken_says_so(tmp_path: Path) -> None:
    file = tmp_path / "kopa.db"
    made = sqlite3.connect(file)
    made.execute("CREATE TABLE t (x)")
    made.commit()
    made.close()
    with file.open("r+b") as broken:
        broken.seek(100)
        broken.write(b"\xff" * 4000)
    with pytest.raises(DatabaseError, match=r"cannot be (read|opened)"):
        async with Database(f"sqlite:///{file}", models=()) as database:
            await pending(database)


async def test_a_failed_migration_leaves_nothing(database_url: str, package: Package) -> None:
    sql = ["CREATE TABLE half (id INT)", "INSERT INTO half VALUES (1)", "INSERT INTO missing VALUES (1)"]
    versions = package(m0001_initial=REAL, m0002_broken=STATEMENTS.format(sql=sql))
    async with Database(database_url, models=()) as database:
        with pytest.raises(DatabaseError, match="missing"):
            await migrate(database, versions)
        assert "half" not in await tables(database)
        assert await pending(database, versions) == ["0002_broken"]
        assert await pending(database) == []


async def test_a_migration_that_breaks_references_is_undone(database_url: str, package: Package) -> None:
    nobody, nothing = "00000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000001"
    sql = [f"INSERT INTO slug VALUES ('{nobody}', 'organisation', 'x', '{nothing}', (1 = 1))"]
    versions = package(m0001_initial=REAL, m0002_broken=STATEMENTS.format(sql=sql))
    async with Database(database_url, models=()) as database:
        with pytest.raises(DatabaseError, match="slug"):
            await migrate(database, versions)
        assert await database.fetch("SELECT * FROM slug") == []
        assert await pending(database, versions) == ["0002_broken"]


async def test_killed_in_the_middle_it_leaves_nothing(database_url: str, package: Package, tmp_path: Path) -> None:
    versions = package(m0001_initial=KILLS)
    ended = await asyncio.to_thread(run, database_url, versions, tmp_path)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    async with Database(database_url, models=()) as database:
        assert await tables(database) == []
        assert await pending(database) == ["0001_initial"]
        assert await migrate(database) == ["0001_initial"]


def run(url: str, versions: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    paths = [str(folder), str(Path(__file__).parents[2])]
    start = f"import sys; sys.path[:0] = {paths!r}"
    command = [sys.executable, "-c", f"{start}\n{RUN}", url, versions]
    return subprocess.run(command, capture_output=True, text=True, check=False)


async def test_statements_may_hold_semicolons_and_blank_lines(database_url: str, package: Package) -> None:
    sql = ["CREATE TABLE words (said TEXT)", "INSERT INTO words VALUES ('a;\n\nb')"]
    versions = package(m0001_initial=STATEMENTS.format(sql=sql))
    async with Database(database_url, models=()) as database:
        await migrate(database, versions)
        assert await database.fetch("SELECT said FROM words") == [{"said": "a;\n\nb"}]
