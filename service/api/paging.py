"""Pages of short lists that are made for one answer; a cursor is a place in the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.catalogue.connection import Connection, Window, page
from service.catalogue.ordered import Ordered


def paged(items: Sequence[Any], window: Window) -> Connection[Any]:
    """The page of a window over a list."""
    ordered = Ordered([(place,) for place in range(len(items))], list(items))
    return _page(ordered, window)


def keyed(items: Sequence[Any], keys: Sequence[tuple[Any, ...]], window: Window) -> Connection[Any]:
    """The page of a window over a list in the order of its keys, which outlive a change of the list."""
    return _page(Ordered(list(keys), list(items)), window)


def _page(ordered: Ordered, window: Window) -> Connection[Any]:
    found: Connection[Any] = page(ordered, lambda _: True, len(ordered.objects), window, descending=False)
    return found
