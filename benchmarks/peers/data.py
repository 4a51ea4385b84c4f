"""What every system answers from: the catalogue of one directory, copied into the peers' databases once a day.

Whether a link is active depends on the day, so yesterday's copy would no longer agree with Kopā.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.peers.databases import FUNCTIONS, Postgres, fill_sqlite
from benchmarks.peers.searched import stems_of
from benchmarks.peers.tables import Rows, Tables
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.settings import Settings

KEPT, SQLITE = "questions.json", "plain.db"
HERE = Path(__file__).parent
SHAPES = (
    "tables.py",
    "tables.sql",
    "databases.py",
    "data.py",
    "directus.py",
    "searched.py",
    "postgraphile/functions.sql",
)
"""The files that decide what is copied."""


@dataclass(frozen=True, slots=True)
class Data:
    """Where the copies are, and the questions: Kopā's variables by question, and the number of each record."""

    folder: Path
    stamp: str
    questions: dict[str, list[dict[str, str]]]
    number: dict[str, int]
    stems: dict[str, dict[str, str]]
    """Of each text that is looked for its words as the peers have them."""

    @property
    def sqlite(self) -> Path:
        return self.folder / SQLITE

    def keep(self) -> None:
        """Use the copies again the next time; said when everybody has made of them what they need."""
        kept = {"stamp": self.stamp, "questions": self.questions, "number": self.number, "stems": self.stems}
        (self.folder / KEPT).write_text(json.dumps(kept), "utf-8")

    def variables(self, question: str, *, numbered: bool) -> list[dict[str, str | int]]:
        """The sets of variables of a question, by ids and texts or by the numbers and stems that the peers know."""
        sets = self.questions[question]
        return [self._numbered(each) if numbered else {**each} for each in sets]

    def _numbered(self, given: dict[str, str]) -> dict[str, str | int]:
        if "text" in given:
            return {**self.stems[given["text"]]}
        return {name: self.number[id] for name, id in given.items()}


def copied(source: Path, folder: Path, postgres: Postgres) -> tuple[Data, bool]:
    """The data, and whether the copies had to be made anew."""
    kept, stamp = folder / KEPT, _stamp(source)
    known = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    fresh = known.get("stamp") != stamp
    if fresh:
        print("Copying the directory into the peers' databases ...", flush=True)
        kept.unlink(missing_ok=True)
        known = asyncio.run(_copy(source, folder, postgres))
    return Data(folder, stamp, known["questions"], known["number"], known["stems"]), fresh


async def _copy(source: Path, folder: Path, postgres: Postgres) -> dict[str, Any]:
    tables = await _tables(source)
    rows: Rows = tables.rows()
    fill_sqlite(folder / SQLITE, rows)
    await postgres.fill("postgraphile", rows, FUNCTIONS)
    await postgres.fill("directus", rows)
    questions = tables.questions()
    stems = {each["text"]: stems_of(each["text"]) for each in questions["search"]}
    return {"questions": questions, "number": tables.number, "stems": stems}


async def _tables(source: Path) -> Tables:
    async with Database(f"sqlite:///{source}") as database:
        return Tables(await Catalogue.load(database, Settings.from_env({})))


def _stamp(source: Path) -> str:
    """What the copies depend on: the directory, its day, and how it is copied."""
    seen = source.stat()
    shapes = b"".join((HERE / name).read_bytes() for name in SHAPES)
    today = datetime.now(Settings.from_env({}).timezone).date()
    parts = (today, seen.st_size, seen.st_mtime_ns, hashlib.sha256(shapes).hexdigest())
    return " ".join(map(str, parts))
