"""Tables as text: rows of CSV as Excel opens them, in which nothing is reckoned.

A text that a program of tables would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

SEPARATORS = {"lv": ";", "en": ","}
"""What Excel takes to stand between two cells, by the language that it speaks."""

CSV_TYPE = "text/csv; charset=utf-8"
BEGINNING = "\ufeff".encode()
"""The mark by which Excel knows UTF-8."""

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,13})([.,][0-9]{1,6})?")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def escaped(text: str) -> str:
    """A text that is a text in every program of tables."""
    return f"'{text}" if _FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def unescaped(text: str) -> str:
    """What was escaped."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def csv_rows(rows: Iterable[Sequence[str]], language: str) -> bytes:
    """Some rows of a table."""
    text = StringIO()
    writer = csv.writer(text, delimiter=SEPARATORS[language])
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
