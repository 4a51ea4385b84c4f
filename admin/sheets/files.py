"""Tables as files: CSV as Excel opens it, and XLSX; written piece by piece, with nothing in them that is reckoned.

A text that a program of tables would take for a formula begins with an apostrophe in CSV, and is marked as a text in
XLSX.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from service.showing.tables import BEGINNING, CSV_TYPE, NUMBER, csv_rows, escaped

Row = Sequence[str]
Rows = AsyncIterator[Sequence[Row]]
"""The rows of a table, in pieces."""

CSV, XLSX = "csv", "xlsx"
MEDIA_TYPES = {
    CSV: CSV_TYPE,
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BLOCK = 256 * 1024


async def as_csv(rows: Rows, language: str) -> AsyncIterator[bytes]:
    """A table as CSV, with the mark by which Excel knows UTF-8."""
    yield BEGINNING
    async for some in rows:
        yield csv_rows(some, language)


async def as_xlsx(rows: Rows, language: str, numeric: Sequence[bool]) -> AsyncIterator[bytes]:
    """A table as XLSX, whose first row stays in sight; `numeric` tells of each column whether numbers stand in it."""
    with tempfile.TemporaryDirectory(prefix="kopa-sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        sheet = await asyncio.to_thread(_Sheet, path, numeric)
        try:
            async for some in rows:
                await asyncio.to_thread(sheet.write, some)
        finally:
            await asyncio.to_thread(sheet.close)
        with path.open("rb") as file:
            while block := await asyncio.to_thread(file.read, BLOCK):
                yield block


class _Sheet:
    """A workbook with one sheet, written row by row."""

    def __init__(self, path: Path, numeric: Sequence[bool]) -> None:
        self._book = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._sheet = self._book.add_worksheet()
        self._numeric = numeric
        self._head = self._book.add_format({"bold": True})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._next = 0
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, max(0, len(numeric) - 1), 24)

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            for place, text in enumerate(row):
                if text:
                    self._cell(self._next, place, text)
            self._next += 1

    def _cell(self, row: int, column: int, text: str) -> None:
        number = float(text.replace(",", ".")) if row and self._numeric[column] and NUMBER.fullmatch(text) else None
        if number is not None:
            self._sheet.write_number(row, column, number)
        else:
            how: Any = self._head if row == 0 else self._quoted if escaped(text) != text else None
            self._sheet.write_string(row, column, text, how)

    def close(self) -> None:
        self._book.close()
