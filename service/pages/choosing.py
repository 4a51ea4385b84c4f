"""What a reader has chosen: ids that stand in the address of the pages, and nowhere else.

They stand before the path, `/~list=…&compare=…/meklet`, so that the links of a page, which are relative then, go along
with them and need not repeat them. A page that is asked with `?list=` or `?compare=` chooses what these name, or lets
go of it: it answers with the address that says so. The list and the comparison are shown at addresses with `ids`.

An id is written in 22 characters, so that a list is short enough for a QR code; whole ids are understood as well.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID

from service.catalogue.catalogue import Catalogue

MOST = {"list": 16, "compare": 4}
"""By the name of a choice in addresses how many it can hold: a list on one sheet, services side by side."""

OWN = {"shortlist": "list", "comparison": "compare"}
"""The kinds of page that show a choice; there it is called `ids` as well."""

READ = 100
"""So many ids of an address are read."""

MARK = "."
"""Stands between ids; unlike a comma it needs no escape in addresses."""


@dataclass(frozen=True)
class Choice:
    """The ids of one choice, in their order, each once."""

    name: str
    ids: tuple[str, ...] = ()
    unreadable: int = 0
    """How many parts of the address were no id."""

    @classmethod
    def of(cls, name: str, *values: str) -> Self:
        """What some parts of an address hold."""
        parts = [part for value in values for part in _parts(value)][:READ]
        ids = [whole(part) for part in parts]
        return cls(name, tuple(dict.fromkeys(filter(None, ids))), ids.count(None))

    @classmethod
    def at(cls, name: str, kind: str, before: Sequence[tuple[str, str]], query: Sequence[tuple[str, str]]) -> Self:
        """What the address of a kind of page holds, before its path and in its query: the page on which a choice is
        shown is asked by `ids` for any other."""
        own = [value for key, value in query if key == "ids"] if OWN.get(kind) == name else []
        return cls.of(name, *(own or [value for key, value in before if key == name]))

    @property
    def kept(self) -> tuple[str, ...]:
        """As many as the choice can hold."""
        return self.ids[: MOST[self.name]]

    @property
    def is_full(self) -> bool:
        return len(self.ids) >= MOST[self.name]

    @property
    def written(self) -> str:
        return MARK.join(map(short, self.kept))

    def toggled(self, id: str) -> Choice:
        """With something added at the end, or without it if it is there."""
        others = tuple(each for each in self.kept if each != id)
        return replace(self, ids=others if len(others) < len(self.kept) else (*others, id))

    def raised(self, id: str) -> Choice:
        """With something one place further up."""
        ids = list(self.kept)
        place = ids.index(id)
        ids.insert(max(0, place - 1), ids.pop(place))
        return replace(self, ids=tuple(ids))


@dataclass(frozen=True)
class Found:
    """The records of a choice, and how many of it there are not: unreadable, unpublished, of another kind, too many."""

    records: list[Any]
    merged: list[Any]
    """Those that answer for another that was merged into them."""
    left_out: int
    too_many: int

    @classmethod
    def of(cls, catalogue: Catalogue, choice: Choice, nouns: tuple[str, ...]) -> Self:
        types = tuple(catalogue.types[noun] for noun in nouns)
        found = [(id, catalogue.node(id)) for id in choice.ids]
        there = [(id, record) for id, record in found if isinstance(record, types)]
        records = list(dict.fromkeys(record for _, record in there))
        most = MOST[choice.name]
        return cls(
            records[:most],
            list(dict.fromkeys(record for id, record in there if record.id != id)),
            choice.unreadable + len(found) - len(there),
            max(0, len(records) - most),
        )


def short(id: str) -> str:
    """An id as addresses hold it."""
    return urlsafe_b64encode(bytes.fromhex(id.replace("-", ""))).rstrip(b"=").decode()


def whole(text: str) -> str | None:
    """The id that a part of an address means; None for nonsense."""
    try:
        if len(text) == 22:
            found = str(UUID(bytes=urlsafe_b64decode(f"{text}==")))
            return found if short(found) == text else None
        return str(UUID(text)) if len(text) == 36 else None
    except ValueError:
        return None


def _parts(value: str) -> Iterator[str]:
    return filter(None, value.replace(",", MARK).split(MARK))
