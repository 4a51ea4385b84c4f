"""Looking at everything as it will be after a step of a change, for a moment in which nobody else looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from service.catalogue.linking import Entry, drop, entries, put
from service.catalogue.patching import Leaving, Prepared, as_foreseen

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


@contextmanager
def published(catalogue: Catalogue, step: Sequence[Prepared]) -> Iterator[None]:
    """Records hold what they will hold, stand in the lists of others, and new ones have their ordinals."""
    before = _entries(step)
    with as_foreseen(step), _moved(before, lambda: _entries(step)), _seated(catalogue, step):
        yield


@contextmanager
def gone(leaving: Leaving) -> Iterator[None]:
    """A record stands in no list of others any more."""
    with _moved(_entries([leaving]), set):
        yield


def _entries(records: Iterable[Prepared | Leaving]) -> set[Entry]:
    return {entry for each in records for entry in entries(each.record, each.noun)}


@contextmanager
def _moved(before: set[Entry], after: Any) -> Iterator[None]:
    """Lists are as after a move, and then the very same as before."""
    will_be = after()
    changing = {(holder, name): getattr(holder, name) for holder, name, _ in before ^ will_be}
    copies = {place: list(held) for place, held in changing.items() if isinstance(held, list)}
    try:
        for entry in before - will_be:
            drop(entry)
        for entry in will_be - before:
            put(entry)
        yield
    finally:
        for (holder, name), held in changing.items():
            if isinstance(held, list):
                held[:] = copies[holder, name]
            setattr(holder, name, held)


@contextmanager
def _seated(catalogue: Catalogue, step: Iterable[Prepared]) -> Iterator[None]:
    """New records have the ordinals that their indexes will give them, in the order of the step."""
    new = [p for p in step if p.record.ordinal is None]
    before: Counter[str] = Counter()
    try:
        for prepared in new:
            prepared.record.ordinal = len(catalogue.indexes[prepared.noun].objects) + before[prepared.noun]
            before[prepared.noun] += 1
        yield
    finally:
        for prepared in new:
            prepared.record.ordinal = None
