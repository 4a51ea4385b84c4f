"""PostgreSQL: pg_dump of one snapshot, and a restore in one transaction."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from service.backup import content, files
from service.backup.content import Content, Damaged, Restored
from service.backup.files import Backup, Destination, Progress, in_thread
from service.backup.session import Session
from service.backup.tools import Tools, find
from service.database import Database, Reader
from service.errors import BackupError, DatabaseError
from service.migrations import runner

SUFFIX = ".dump"
CHECKED = "read back whole, with {rows} rows in {tables} tables as in the database"
MAGIC = b"PGDMP"
COPY = re.compile(rb'COPY (?:"?[^". ]+"?\.)?"?(?P<table>[^"( ]+)"? \((?P<columns>[^)]*)\) FROM stdin;')


async def back_up(url: str, to: Destination, progress: Progress) -> Backup:
    to.prepare()
    async with Database(url, models=()) as database:
        return await _copy(database, await find(database), to, progress)


async def restore(url: str, file: Path, *, force: bool, keep: Destination, progress: Progress) -> Restored:
    _refuse_strange(file)
    async with Database(url, models=()) as database:
        tools = await find(database)
        proven = await in_thread(lambda: files.has_checksum(file, file))
        progress("Checking", 0, 1)
        read = await _read(tools, file, file)
        read.content.refuse_newer(file)
        progress("Checking", 1, 1)
        kept = None
        with Session(tools) as session:
            await session.hold()
            if not await _is_empty(database):
                if not force:
                    raise BackupError("The database holds a directory already; with --force it is backed up first.")
                keep.prepare()
                kept = await _copy(database, tools, keep, progress)
            progress("Restoring", 0, 1)
            await session.replace(file, content.new_epoch())
            progress("Restoring", 1, 1)
    return Restored(read.content, kept, has_checksum=proven)


async def is_empty(url: str) -> bool:
    async with Database(url, models=()) as database:
        return await _is_empty(database)


async def _copy(database: Database, tools: Tools, to: Destination, progress: Progress) -> Backup:
    async with database.snapshot() as reader:
        counts = await _counts(reader)
        if not counts:
            raise DatabaseError("The database has no tables yet; there is nothing to back up.")
        [row] = await reader.fetch("SELECT pg_export_snapshot() AS snapshot, current_schema() AS schema")
        with files.partial(to.folder) as partial:
            progress("Copying", 0, 1)
            # Of the schema only: extensions are not ours, and only a superuser could restore them.
            schema = '"' + row["schema"].replace('"', '""') + '"'
            await tools.run(
                "pg_dump", "--format=custom", f"--snapshot={row['snapshot']}", f"--schema={schema}",
                "--no-owner", "--no-privileges", f"--file={partial}",
            )  # fmt: skip
            progress("Checking", 0, 1)
            read = await _read(tools, partial, "The copy")
            if read.rows != counts:
                raise Damaged("The copy is not whole: its tables have other numbers of rows than the database.")
            path = to.path(read.content.seq, SUFFIX)
            await in_thread(lambda: files.name_it(partial, path))
            progress("Checking", 1, 1)
            checked = CHECKED.format(rows=sum(counts.values()), tables=len(counts))
            return Backup(path, path.stat().st_size, read.content.seq, checked)


async def _is_empty(database: Database) -> bool:
    async with database.snapshot() as reader:
        counts = await _counts(reader)
    return not any(rows for table, rows in counts.items() if table not in content.KEEPS_NOTHING)


async def _counts(reader: Reader) -> Counter[str]:
    """The number of rows of each table.

    :raises ForeignDatabase: the tables are another program's.
    """
    tables = {row["name"] for row in await reader.fetch(runner.TABLES["postgres"])}
    applied = await reader.fetch(content.APPLIED) if runner.NOTES in tables else []
    content.ours(tables, {row["name"] for row in applied})
    counts = Counter[str]()
    for table in tables:
        counts[table] = (await reader.fetch(f'SELECT COUNT(*) AS rows FROM "{table}"'))[0]["rows"]
    return counts


@dataclass
class _Read:
    """What a dump holds, row by row."""

    rows: Counter[str] = field(default_factory=Counter)
    seqs: list[int] = field(default_factory=list)
    clock: list[int] = field(default_factory=list)
    migrations: list[str] = field(default_factory=list)

    @property
    def content(self) -> Content:
        return Content(self.clock[0], frozenset(self.migrations))

    def take(self, script: Iterable[bytes]) -> None:
        """Read the rows of a script of COPY commands; a row is a line, whatever stands in it."""
        table, columns = "", list[str]()
        for line in script:
            if not table:
                if begun := COPY.match(line):
                    table = begun["table"].decode()
                    columns = begun["columns"].decode().replace('"', "").split(", ")
                    self.rows[table] += 0
            elif line == b"\\.\n":
                table = ""
            else:
                self.rows[table] += 1
                self._note(table, columns, line)

    def _note(self, table: str, columns: list[str], line: bytes) -> None:
        if table not in ("change", "change_clock", runner.NOTES):
            return
        row = dict(zip(columns, line.rstrip(b"\n").split(b"\t"), strict=True))
        if table == runner.NOTES:
            if row["app"] == runner.APP.encode():
                self.migrations.append(row["name"].decode())
        else:
            (self.seqs if table == "change" else self.clock).append(int(row["seq"]))


async def _read(tools: Tools, dump: Path, name: object) -> _Read:
    """Unpack all the rows of a dump without putting them anywhere.

    :raises Damaged: it is no whole directory of Kopā's.
    """
    read = _Read()
    try:
        with tools.started("pg_restore", "--data-only", "--file=-", str(dump), stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            script = process.stdout
            await in_thread(lambda: read.take(script), process.kill)
    except (BackupError, ValueError, KeyError) as error:
        raise Damaged(f"{name} is damaged, or cannot be read here: {error}") from error
    if not read.clock or not read.migrations:
        raise Damaged(f"{name} is no backup of Kopā.")
    oldest, newest = min(read.seqs, default=1), max(read.seqs, default=0)
    content.whole_log(name, read.clock[0], len(set(read.seqs)), oldest, newest)
    return read


def _refuse_strange(file: Path) -> None:
    """:raises BackupError: by its first bytes, the file is not what `kopa backup` writes."""
    start = files.start_of(file)
    if start.startswith(b"SQLite format 3"):
        raise BackupError(f"{file} is a backup of SQLite, and the settings name a PostgreSQL database.")
    if not start.startswith(MAGIC):
        raise BackupError(f"{file} is no backup of Kopā.")
