"""Reading a search page by page, as clients do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from service.api.search import results
from service.catalogue.catalogue import Catalogue


def pages(catalogue: Catalogue, text: str, size: int) -> Iterator[Any]:
    """Every page, each asked for by the cursor at the end of the one before."""
    after = None
    while True:
        page: Any = results(catalogue, text, None, size, after)
        yield page
        after = page.page_info.end_cursor
        if not page.page_info.has_next_page:
            return
