"""The handbook as one HTML file that needs nothing else: to be kept, sent, printed from any browser."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from service.pages.environment import environment
from service.pages.handbook.content import Handbook

STYLES = Path(__file__).parents[1] / "static"


def html(book: Handbook) -> str:
    """The file, with the styles of the site within it."""
    style = "\n".join((STYLES / name).read_text("utf-8") for name in ("pages.css", "handbook.css"))
    return environment(book.language).get_template("handbook_file.html").render(book=book, style=Markup(style))
