"""Numbers of many at once: of each place of a binary number one int, a plane, with the bits of who has a one there.

To add two numbers of each of 200,000, or to find who has the highest, takes a few operations for each plane, however
many they are: the bit-sliced index of P. O'Neil and D. Quass, Improved Query Performance with Variant Indexes (SIGMOD
1997).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

Planes = Sequence[int]
"""The plane of the ones first, then of the twos, of the fours."""

Level = tuple[int, int]
"""A number, and who has it, as bits."""


def best_of(levels: Iterable[Level], whom: int) -> Planes:
    """Of some each has the first of the numbers that are its; who has none has 0."""
    found: list[int] = []
    for number, its in levels:
        if own := its & whom:
            whom ^= own
            found += [0] * (number.bit_length() - len(found))
            for place in _ones(number):
                found[place] |= own
            if not whom:
                break
    return found


def _ones(number: int) -> Iterator[int]:
    return (place for place in range(number.bit_length()) if number >> place & 1)


def total(several: Iterable[Planes]) -> Planes:
    """The sum of several numbers of each."""
    found: Planes = ()
    for planes in several:
        found = _sum(found, planes)
    return found


def _sum(one: Planes, other: Planes) -> Planes:
    found, carried = [], 0
    for left, right in zip_longest(one, other, fillvalue=0):
        unlike = left ^ right
        found.append(unlike ^ carried)
        carried = left & right | unlike & carried
    return [*found, carried] if carried else found


class Highest(NamedTuple):
    """The highest of several kinds of things, as bits by kind, and how many are still to be taken of those tied."""

    sure: dict[str, int]
    tied: dict[str, int]
    left: int


def highest(whom: Mapping[str, int], planes: Mapping[str, Planes], most: int) -> Highest:
    """At most so many with the highest numbers; where only some of several equal ones would fit, these are tied."""
    sure, tied, left = dict.fromkeys(whom, 0), dict(whom), most
    there = sum(map(int.bit_count, tied.values()))
    for place in reversed(range(max(map(len, planes.values()), default=0))):
        if there <= left:
            break
        upper = {kind: its & planes[kind][place] for kind, its in tied.items() if place < len(planes[kind])}
        above = there if upper == tied else sum(map(int.bit_count, upper.values()))
        if above > left:
            tied, there = {kind: its for kind, its in upper.items() if its}, above
        elif above:
            for kind, its in upper.items():
                sure[kind] |= its
                tied[kind] ^= its
            left, there = left - above, there - above
    if there <= left:
        return Highest({kind: its | tied.get(kind, 0) for kind, its in sure.items()}, {}, left - there)
    return Highest(sure, tied if left else {}, left)


def numbers(planes: Planes, whom: int, places: Sequence[int]) -> list[int]:
    """The numbers of some, whose bits are `whom` and whose places are `places`."""
    found = [0] * len(places)
    for power, plane in enumerate(planes):
        its = plane & whom
        if its == whom:
            found = [number | 1 << power for number in found]
        elif its:
            octets = its.to_bytes(whom.bit_length() // 8 + 1, "little")
            found = [
                number | (octets[place >> 3] >> (place & 7) & 1) << power
                for number, place in zip(found, places, strict=True)
            ]
    return found
