"""Files as tables: CSV in the encodings and with the separators that occur, and XLSX; bounded in every direction."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from service.showing.tables import unescaped

LARGEST_FILE = 5_000_000
"""Bytes."""

LARGEST_UNPACKED = 80_000_000
"""Bytes of an XLSX when it is unpacked."""

MOST_ROWS = 10_000
MOST_COLUMNS = 400
MOST_CELLS = 500_000
LONGEST_CELL = 25_000


class Unreadable(Exception):
    """A file is no table that can be read; the name of the sentence that says why."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Table:
    """What stands in a file: the headings, and each row with its number in the file."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(content: bytes) -> Table:
    """The table in a file. Raises Unreadable."""
    if len(content) > LARGEST_FILE:
        raise Unreadable("sheet_too_large")
    return _table(_xlsx(content) if content.startswith(b"PK") else _csv(_decoded(content)))


def _table(lines: Iterable[Sequence[str]]) -> Table:
    filled = [(number, [*line]) for number, line in enumerate(lines, 1) if any(cell.strip() for cell in line)]
    if len(filled) < 2:
        raise Unreadable("sheet_empty")
    headers = _without_end(filled[0][1])
    if len(filled) > MOST_ROWS + 1 or len(headers) > MOST_COLUMNS or len(filled) * len(headers) > MOST_CELLS:
        raise Unreadable("sheet_too_large")
    width = len(headers)
    rows = [(number, _cells(line[:width] + [""] * (width - len(line)))) for number, line in filled[1:]]
    if any(len(cell) > LONGEST_CELL for _, row in rows for cell in row):
        raise Unreadable("sheet_too_large")
    return Table([" ".join(head.split())[:200] for head in headers], rows)


def _cells(line: Sequence[str]) -> list[str]:
    return [unescaped(cell.strip().replace("\r\n", "\n")).replace("\0", "") for cell in line]


def _without_end(line: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    size = max((place for place, cell in enumerate(line, 1) if cell.strip()), default=0)
    return line[:size]


def _decoded(content: bytes) -> str:
    """UTF-8, with its mark or without; UTF-16 by its mark; else what Windows writes in the Baltic countries."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1257"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("sheet_unreadable")


def _csv(text: str) -> list[list[str]]:
    told = re.match(r"sep=(.)\r?\n", text)
    separator = told[1] if told else _separator(text)
    try:
        reader = csv.reader(StringIO(text[told.end() :] if told else text, newline=""), delimiter=separator)
        lines: list[list[str]] = []
        for line in reader:
            if len(lines) > 2 * MOST_ROWS:
                raise Unreadable("sheet_too_large")
            lines.append(line)
    except csv.Error:
        raise Unreadable("sheet_unreadable") from None
    return lines


def _separator(text: str) -> str:
    """What stands most often in the first row, outside of quotes."""
    first = re.sub(r'"[^"]*"', "", text[:20_000]).lstrip("\r\n").partition("\n")[0]
    return max((";", ",", "\t", "|"), key=first.count)


def _xlsx(content: bytes) -> list[list[str]]:
    _refuse_bombs(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = (
            book.get_sheet_by_index(place).to_python(skip_empty_area=False) for place in range(len(book.sheet_names))
        )
        found = next((sheet for sheet in sheets if sheet), [])
    except (CalamineError, ValueError, OSError):
        raise Unreadable("sheet_unreadable") from None
    return [[_told(cell) for cell in row] for row in found]


_PLACE = re.compile(rb"""[\s<]r\s*=\s*["']([^"']*)["']""")


def _refuse_bombs(content: bytes) -> None:
    """A small file may hold gigabytes of nothing, or a cell so far away that the way to it fills the memory."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST_UNPACKED:
                raise Unreadable("sheet_too_large")
            for each in archive.infolist():
                if each.filename.lower().startswith("xl/worksheets/") and each.filename.lower().endswith(".xml"):
                    _refuse_far_cells(archive.read(each))
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise Unreadable("sheet_unreadable") from None


def _refuse_far_cells(xml: bytes) -> None:
    for place in {*_PLACE.findall(xml)}:
        match = re.fullmatch(rb"([A-Za-z]{0,3})([0-9]{1,7})", place)
        if b"\0" in xml or match is None:
            raise Unreadable("sheet_unreadable")
        if int(match[2]) > 2 * MOST_ROWS or _column(match[1].upper()) > 2 * MOST_COLUMNS:
            raise Unreadable("sheet_too_large")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _told(cell: Any) -> str:
    """A cell of a workbook as one would write it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
