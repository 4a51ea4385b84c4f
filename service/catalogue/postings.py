"""Postings: of one name that one can filter by, for each value the objects that have it.

A value that many have is kept as the bits of an int, one that few have as their places, which take less room and
are sooner counted.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from functools import reduce
from itertools import compress
from operator import or_
from typing import TypeAlias

Having: TypeAlias = "int | array[int]"

FEW = 512
"""A value is kept as places while this many times as many objects are there as have it."""

SCATTERED = 32
"""So many times as many places as bits that are set: from there on it is quicker to set each by itself."""

Moved = dict[Hashable, list[int]]
"""Places by value."""


class Postings:
    """Who has which value of one name."""

    __slots__ = ("_having", "totals")

    def __init__(self, having: dict[Hashable, Having]) -> None:
        self._having = having
        self.totals = {value: its.bit_count() if isinstance(its, int) else len(its) for value, its in having.items()}
        """How many have each value; those that nothing has are left out."""

    @classmethod
    def of(cls, places: Mapping[Hashable, Collection[int]], size: int) -> Postings:
        """`size` is the number of places, those included that nothing stands at any more."""
        return cls({value: packed(its, size) for value, its in places.items()})

    def having(self, value: Hashable, size: int) -> int:
        """The objects that have a value, as bits."""
        found = self._having.get(value, 0)
        return found if isinstance(found, int) else bitset(found, size)

    def among(self, values: Iterable[Hashable], mask: int, octets: bytes) -> list[int]:
        """The places of a selection that have one of some values, in ascending order; the selection as bits, and as
        octets from the lowest on. Where few have a value, only these are looked at."""
        having = [self._having[value] for value in values if value in self._having]
        many = reduce(or_, (its for its in having if isinstance(its, int)), 0) & mask
        found = places_of(many.to_bytes(many.bit_length() // 8 + 1, "little"))
        end = len(octets) * 8
        few = {place for its in having if not isinstance(its, int) for place in its if place < end}
        return sorted({*found, *(place for place in few if octets[place >> 3] >> (place & 7) & 1)}) if few else found

    def counts(self, mask: int, flags: bytes) -> dict[Hashable, int]:
        """How many of a selection have each value; the selection as bits, and as a byte for each place."""
        found = {}
        for value, its in self._having.items():
            some = (its & mask).bit_count() if isinstance(its, int) else sum(map(flags.__getitem__, its))
            if some:
                found[value] = some
        return found

    def counts_of(self, values: Iterable[Hashable], mask: int, size: int) -> dict[Hashable, int]:
        """How many of a selection have each of a few values."""
        found = ((value, (self.having(value, size) & mask).bit_count()) for value in values if value in self._having)
        return {value: some for value, some in found if some}

    def move(self, taken: Moved, given: Moved, size: int) -> None:
        """Let objects no longer have values, and others have them."""
        for value in taken.keys() | given.keys():
            self._move(value, taken.get(value, []), given.get(value, []), size)

    def _move(self, value: Hashable, taken: list[int], given: list[int], size: int) -> None:
        total = self.totals.get(value, 0) + len(given) - len(taken)
        if not total:
            del self._having[value], self.totals[value]
            return
        self.totals[value] = total
        before = self._having.get(value)
        if isinstance(before, int):
            self._having[value] = before & ~bitset(taken, size) | bitset(given, size)
        else:
            self._having[value] = packed({*(before or ()), *given} - {*taken}, size)


def values_of(values: Hashable) -> Iterable[Hashable]:
    """The values of a name: several of them, or one."""
    return values if isinstance(values, frozenset) else (values,)


def packed(places: Collection[int], size: int) -> Having:
    """Places as they are kept; each stands there once."""
    return array("I", places) if len(places) * FEW < size else bitset(places, size)


def bitset(places: Collection[int], size: int) -> int:
    """An int with the bits at these places."""
    if len(places) * SCATTERED < size:
        octets = bytearray(size // 8 + 1)
        for place in places:
            octets[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(octets, "little")
    digits = bytearray(b"0") * (size + 1)
    for place in places:
        digits[place] = ONE
    digits.reverse()
    return int(digits, 2)


def flags(mask: int, size: int) -> bytes:
    """A byte for each place: 1 where the bit is set."""
    return f"{mask:b}".encode()[::-1].translate(_FLAGS).ljust(size, b"\0")


def mask_of(flags: bytes | bytearray) -> int:
    """An int with the bits at whose places a byte is set."""
    return int(flags.translate(_DIGITS)[::-1] or b"0", 2)


def places_of(octets: bytes) -> list[int]:
    """The places of the bits that are set, of octets from the lowest on; a stretch of nothing is passed at once."""
    size = -(-len(octets) // len(NOTHING)) * len(NOTHING)
    filled = octets.ljust(size, b"\0")
    words = memoryview(filled).cast("Q")
    found = []
    for first in range(0, size, len(NOTHING)):
        if filled[first : first + len(NOTHING)] == NOTHING:
            continue
        stretch = words[first >> 3 : first + len(NOTHING) >> 3].tolist()
        for begin in compress(range(0, len(NOTHING) << 3, 64), stretch):
            word, start = stretch[begin >> 6], begin + (first << 3)
            while word:
                lowest = word & -word
                found.append(start + lowest.bit_length() - 1)
                word ^= lowest
    return found


def each_place(octets: bytes) -> Iterator[int]:
    """The same places, found one after the other."""
    return (match.start() << 3 | bit for match in _SOME.finditer(octets) for bit in _BITS[octets[match.start()]])


ONE = ord("1")
NOTHING = bytes(512)
_FLAGS = bytes(byte == ONE for byte in range(256))
_DIGITS = bytes(b"01"[byte > 0] for byte in range(256))
_BITS = [[bit for bit in range(8) if octet >> bit & 1] for octet in range(256)]
_SOME = re.compile(rb"[^\0]", re.DOTALL)
