"""What decides between equals: the shorter name, then a number that an id gives; and whether there is a name at all."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias
from zlib import crc32

from tantivy import Document

from service.catalogue.postings import bitset
from service.search.documents import Text
from service.search.planes import Planes

PLACES = 13
"""Binary places of a closeness."""

HAS_NAME = 1 << PLACES
"""What is added for a name: who has none comes after all who have one."""


Values: TypeAlias = "array[int]"
"""By ordinal."""


def closeness(id: str, names: Sequence[Text]) -> int:
    """The higher the sooner among equals."""
    any = crc32(id.encode())
    return HAS_NAME | max(0, 31 - len(names[0][0]) // 4) << 8 | any & 0xFF if names else any & 0x1FFF


def closeness_in(document: Document | None) -> int:
    """That of a document; 0 where there is none."""
    return 0 if document is None else int(document.get_first("closeness") or 0)


class Closeness:
    """How close everything is at a moment, by noun and ordinal, and as planes."""

    def __init__(self, values: Mapping[str, Values] | None = None, planes: Mapping[str, Planes] | None = None) -> None:
        self._values = values or {}
        self._planes = planes or {}

    def of(self, noun: str) -> Values:
        """That of each record of a noun, by its ordinal, and of those with a name HAS_NAME more."""
        return self._values[noun]

    def planes(self, noun: str) -> Planes:
        """The same as planes, without the one of those that have a name."""
        return self._planes[noun][:PLACES]

    def named(self, noun: str) -> int:
        """Who has a name, as bits."""
        return self._planes[noun][PLACES]

    def after(self, made: Iterable[tuple[str, int, int]]) -> Closeness:
        """What it is once some have another; 0 for those that are gone."""
        by_noun: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for noun, ordinal, value in made:
            by_noun[noun][ordinal] = value
        values, planes = {**self._values}, {**self._planes}
        for noun, its in by_noun.items():
            values[noun] = _with_values(values.get(noun, array("H")), its)
            planes[noun] = _with_planes(planes.get(noun, [0] * (PLACES + 1)), its)
        return Closeness(values, planes)


def _with_values(before: Values, changed: Mapping[int, int]) -> Values:
    after = before + array("H", [0]) * (max(changed) + 1 - len(before))
    for ordinal, value in changed.items():
        after[ordinal] = value
    return after


def _with_planes(before: Planes, changed: Mapping[int, int]) -> Planes:
    size = max(changed) + 1
    touched = bitset(changed, size)
    given = (bitset([it for it, value in changed.items() if value >> place & 1], size) for place in range(PLACES + 1))
    return [plane & ~touched | its for plane, its in zip(before, given, strict=True)]
