"""The files beside the code: tables as CSV, records with words in two languages as TOML."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

DATA = files(__package__) / "data"

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a CSV file; callers do not change them."""
    return tuple(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


@cache
def words(name: str) -> dict[str, Any]:
    """The content of a TOML file; callers do not change it."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def listed(cell: str) -> list[str]:
    """The parts of a cell that holds several values: `orphans; young-people`."""
    return [part.strip() for part in cell.split(";") if part.strip()]
