"""How the search follows a transaction of the change log.

What a transaction touches is put into words as it will be after the last step of it, while that is only foreseen;
a thread writes that into the index; and the new state is shown in the same turn of the loop in which the step is
assigned. So between two turns no record is found by words that it no longer has, or missed by words that it has.
A transaction of several steps is not settled before its last one; until then the search answers as before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from typing import TYPE_CHECKING, Any

from service.catalogue.types import NOUN_OF
from service.search.concerned import concerned, lent
from service.search.documents import SEARCHED
from service.search.fields import Documents
from service.search.state import State

if TYPE_CHECKING:
    from service.search.index import Search

AT_ONCE = 20
"""How many documents are made between two looks at the clock."""


class Following:
    """The search on its way through one transaction."""

    def __init__(self, search: Search, changed: Collection[str]) -> None:
        """`changed` are the ids of the records of the transaction."""
        self._search = search
        self._changed = changed
        self._state: State | None = None
        self._before = self._seen(())

    async def ahead(
        self,
        foreseen: Callable[[], AbstractContextManager[None]],
        coming: Collection[Any],
        gone: Collection[Any],
        breathe: Callable[[], Awaitable[None]],
    ) -> None:
        """Write what will stand after the last step; `coming` and `gone` are the records of that step."""
        documents = Documents()
        with foreseen():
            after = self._seen(coming)
        ahead = iter(dict.fromkeys(_touched(self._before, after, gone)))
        while some := list(islice(ahead, AT_ONCE)):
            with foreseen():
                made = [self._made(documents, record, coming, gone) for record in some if _is_searched(record)]
            await asyncio.to_thread(self._search.exchange, made)
            await breathe()
        self._state = await asyncio.to_thread(self._search.committed, documents)

    def show(self) -> None:
        """Let what was written be found."""
        if self._state is not None:
            self._search.state = self._state

    def _made(self, documents: Documents, record: Any, coming: Collection[Any], gone: Collection[Any]) -> Any:
        noun = NOUN_OF[type(record)]
        stays = record in coming or (self._search.catalogue.records.get(record.id) is record and record not in gone)
        return noun, record.ordinal, documents.of(noun, record) if stays else None

    def _seen(self, coming: Iterable[Any]) -> Sight:
        there = (self._search.catalogue.records.get(id) for id in self._changed)
        return {record: (lent(record), list(concerned(record))) for record in (*filter(None, there), *coming)}


Sight = dict[Any, tuple[object, list[Any]]]
"""What changes, each with what it lends to others, and with these."""


def _touched(before: Sight, after: Sight, gone: Collection[Any]) -> Iterator[Any]:
    """What changes, and those whose documents hold words of it that change."""
    nothing: tuple[object, list[Any]] = (None, [])
    for record in {**before, **after}:
        yield record
        (was, former), (will_be, coming) = before.get(record, nothing), after.get(record, nothing)
        if was != will_be or record in gone:
            yield from (*former, *coming)


def _is_searched(record: Any) -> bool:
    return NOUN_OF[type(record)] in SEARCHED
