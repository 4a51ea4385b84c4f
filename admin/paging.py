"""Lists of many pages: which page is asked for, and the ways to those beside it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from admin.typed import Pair, Typed

MOST_PAGES = 10_000


@dataclass(frozen=True)
class Pages:
    """The ways to the pages beside one: what to put after the address, None where there is no page."""

    previous: str | None
    next: str | None


def asked_page(query: Typed) -> int:
    """The number of the page that a query asks for; the first one where it asks for none that there can be."""
    text = query.text("page")
    known = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PAGES))
    return min(max(1, int(text)), MOST_PAGES) if known else 1


def pages(number: int, more: bool, *others: Pair) -> Pages:
    """The ways from a page; `more` tells whether one comes after it."""
    before = _way(number - 1, *others) if number > 1 else None
    return Pages(before, _way(number + 1, *others) if more else None)


def _way(number: int, *others: Pair) -> str:
    return "?" + urlencode([*((name, value) for name, value in others if value), ("page", str(number))])
