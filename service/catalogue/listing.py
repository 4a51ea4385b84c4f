"""Lists of all published records of a noun: what fits a filter, in an order, page by page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from service.catalogue.connection import Connection, Window, page, part
from service.catalogue.filters import Filter, Order
from service.catalogue.indexes import Index, Selection
from service.catalogue.ordered import Key
from service.catalogue.orders import Backwards, Keys, passing

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


def listing(catalogue: Catalogue, noun: str, filter: Filter | None, order_by: Order | None, window: Window) -> Any:
    """A page of all published records of a noun."""
    index = catalogue.indexes[noun]
    key, descending = catalogue.types[noun].DEFAULT_ORDER if order_by is None else order_by.chosen()
    ordered = index.ordered(key)
    if filter is None:
        return part(Backwards(ordered.objects) if descending else ordered.objects, key, window, descending=descending)
    fitting = filter.selection(catalogue)
    found = _beginning(fitting, index, key, descending=descending)
    if window.at_the_start:
        return found.page(window.size)
    if found.whole:
        return part(found.objects, key, window, descending=descending)
    return page(ordered, passing(fitting.octets), found.total, window, descending=descending)


class Beginning:
    """What fits, in one order, from the first object to the last that anybody has asked for since the last change."""

    def __init__(self, fitting: Selection, index: Index, key: Callable[[Any], Key], *, descending: bool) -> None:
        self.order = key, descending
        self.total = fitting.mask.bit_count()
        self.objects: list[Any] = []
        self._fitting = fitting
        self._index = index
        if self.total**2 <= len(index.objects) * FEW:
            self._find(self.total)

    @property
    def whole(self) -> bool:
        """Whether nothing is left to be found."""
        return len(self.objects) == self.total

    def page(self, size: int) -> Any:
        """The first page."""
        if len(self.objects) < min(size, self.total):
            self._find(size)
        nodes = self.objects[:size]
        return Connection(
            nodes=nodes,
            total_count=self.total,
            keys=Keys(nodes, self.order[0]),
            more_before=False,
            more_after=self.total > size,
        )

    def _find(self, count: int) -> None:
        key, descending = self.order
        self.objects = self._index.first(self._fitting.mask, count, key, descending=descending)


def _beginning(fitting: Selection, index: Index, key: Callable[[Any], Key], *, descending: bool) -> Beginning:
    """Remembered with the selection, for the order that was asked for last."""
    found: Beginning | None = fitting.beginnings.get("listing")
    if found is None or found.order != (key, descending):
        found = fitting.beginnings["listing"] = Beginning(fitting, index, key, descending=descending)
    return found


FEW = 2
"""What is fewer than so many times the root of the number of all objects is put in order to its end at once."""
