"""The handbook as PDF, laid out by Typst: tagged (PDF/UA-1), with bookmarks, contents and indexes by page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import orjson

from service.pages.handbook.content import Handbook

LAYOUT = Path(__file__).parent / "handbook.typ"


def pdf(book: Handbook) -> bytes:
    """The bytes of a PDF. Texts go in as data, never as markup; the same handbook gives the same bytes."""
    import typst

    return typst.compile(
        LAYOUT.read_bytes(),
        format="pdf",
        sys_inputs={"book": orjson.dumps(book).decode()},
        ignore_system_fonts=True,
        timestamp=datetime.fromisoformat(book.date).replace(tzinfo=UTC),
        pdf_standards=["ua-1"],
    )
