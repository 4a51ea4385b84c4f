"""Which record a row of a sheet is about: by id, by a number, by a code, by its whole name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from admin.choosing import Target
from admin.sheets.columns import ID, NUMBER, RECORD, Column
from admin.sheets.names import Names
from service.catalogue.catalogue import Catalogue
from service.i18n import LANGUAGES, words

KEYS = (NUMBER, "register_number", "code", "slug")
"""What tells records apart, the surest first."""

NAMES = ("name", "title", RECORD)


@dataclass(frozen=True)
class Found:
    """The record of a row, None where it would be a new one; or what speaks against it."""

    record: Any = None
    problems: Sequence[tuple[int, Mapping[str, str]]] = field(default_factory=list)


@dataclass
class Finder:
    """Finds the records of the rows of one sheet; none of them twice."""

    catalogue: Catalogue
    noun: str
    columns: Sequence[Column | None]
    names: Names

    def __post_init__(self) -> None:
        self._target = Target(self.noun)
        own = {column.name: place for place, column in enumerate(self.columns) if column and not column.part}
        self._places = {name: place for name, place in own.items() if not self._is_of_a_taxonomy(name)}
        texts = [
            place for place, column in enumerate(self.columns) if column and column.name in NAMES and not column.part
        ]
        self._named = [place for place in texts if self.noun != "taxonomy_term"]

    def _is_of_a_taxonomy(self, name: str) -> bool:
        """Codes of terms tell them apart within a taxonomy only."""
        return self.noun == "taxonomy_term" and name == "code"

    def find(self, cells: Sequence[str]) -> Found:
        """The record of a row."""
        id = self._places.get(ID)
        if id is not None and cells[id]:
            record = self.catalogue.node(cells[id])
            is_one = isinstance(record, self.catalogue.types[self.noun])
            return Found(record) if is_one else _told(id, "nobody_named", cells[id])
        for name in KEYS:
            place = self._places.get(name)
            if place is not None and cells[place]:
                record = self._by_key(name, cells[place])
                if record is not None:
                    return Found(record)
        return self._by_name(cells)

    def _by_key(self, name: str, text: str) -> Any:
        if name in (NUMBER, "register_number"):
            return self.catalogue.numbers.get((self.noun, text))
        kept = self.catalogue.codes if name == "code" else self.catalogue.slugs
        return kept.get((self.noun, text))

    def _by_name(self, cells: Sequence[str]) -> Found:
        """By its whole name; not where the row has a number that another one has."""
        for place in self._named:
            if not cells[place]:
                continue
            if self.names.is_shared(self._target, cells[place]):
                return _told(place, "several_named", cells[place])
            id = self.names.meant(self._target, cells[place])
            record = self.catalogue.records.get(id) if id else None
            if record is not None and not self._has_another_number(record, cells):
                return Found(record)
        return Found()

    def _has_another_number(self, record: Any, cells: Sequence[str]) -> bool:
        place = self._places.get(NUMBER)
        held = [item.value for item in getattr(record, "identifiers", ()) if item.scheme == NUMBER]
        return place is not None and bool(cells[place]) and bool(held) and cells[place] not in held


def _told(place: int, name: str, text: str) -> Found:
    said = {language: words(language)(name, text=text) for language in LANGUAGES}
    return Found(None, [(place, said)])
