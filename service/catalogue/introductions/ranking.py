"""Who comes first among many: counted for all of them at once, in the bits of a few large numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

Planes = Sequence[int]
"""A count for each place: the bits of a plane are those of all counts that have the same worth, the highest first."""


class Rank(NamedTuple):
    """Those for whom the same speaks."""

    key: tuple[int, ...]
    """The counts, each negative, so that the largest come first."""
    places: int
    """As bits."""


def union(masks: Iterable[int]) -> int:
    """The places that stand in one of the masks."""
    return reduce(or_, masks, 0)


def counted(masks: Iterable[int]) -> Planes:
    """In how many of the masks each place stands."""
    planes: list[int] = []
    for mask in masks:
        _add(planes, mask)
    return planes[::-1]


def ranks(places: int, counts: Sequence[Planes], key: tuple[int, ...] = ()) -> Iterator[Rank]:
    """Places by their counts, those with the largest first; the first count tells most."""
    if not counts:
        yield Rank(key, places)
        return
    for count, those in _descending(places, counts[0], 0):
        yield from ranks(those, counts[1:], (*key, -count))


def _add(planes: list[int], mask: int) -> None:
    """Count once more at the places of a mask; the lowest plane stands first here."""
    for worth, plane in enumerate(planes):
        planes[worth], mask = plane ^ mask, plane & mask
    if mask:
        planes.append(mask)


def _descending(places: int, planes: Planes, above: int) -> Iterator[tuple[int, int]]:
    """Each count that some of the places have, with these."""
    if not places:
        return
    if not planes:
        yield above, places
        return
    yield from _descending(places & planes[0], planes[1:], above * 2 + 1)
    yield from _descending(places & ~planes[0], planes[1:], above * 2)
