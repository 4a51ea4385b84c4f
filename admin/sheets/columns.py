"""The columns of a sheet, derived from a noun: one for each field, language of a text, and field of an owned child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from admin.labels import field_name, noun_name
from admin.sections import SECTIONS
from service import models
from service.i18n import LANGUAGES, Words
from service.models.fields import Text
from service.models.shape import Shape
from service.models.sheet import RECIPIENT

ID, RECORD, NUMBER = "id", "record", "registration_number"
"""Columns that are no fields: which record a row is about, what it is called where no field says that, and the number
of an organisation in the register of enterprises, which is one of its identifiers."""

SPOKEN = "language"
"""The language of letters to an organisation, in a sheet that names whom to invite."""

TOLD = frozenset({RECORD, "version", "last_modified"})
"""Columns that are there to be read; nothing is taken from them."""

MOST_CHILDREN = 50
"""So many owned children of one kind have columns."""


@dataclass(frozen=True)
class Column:
    """One column; `language` of a text in one language, `part` and `number` of an owned child's field."""

    noun: str
    name: str
    language: str = ""
    part: str = ""
    number: int = 0

    @property
    def shape(self) -> Shape:
        table = SECTIONS[self.noun].shape
        return table.parts[self.part] if self.part else table

    @property
    def key(self) -> str:
        """Its name for programs: `name.lv`, `identifiers.1.value`."""
        place = f"{self.part}.{self.number}." if self.part else ""
        return f"{place}{self.name}" + (f".{self.language}" if self.language else "")

    @property
    def is_told(self) -> bool:
        return not self.part and self.name in TOLD

    def label(self, words: Words) -> str:
        """What stands at its head."""
        if not self.part and self.name == ID:
            return "ID"
        if not self.part and self.name == RECORD:
            return noun_name(words, self.noun).capitalize()
        said = field_name(words, self.shape.table, self.name) + (f" ({self.language})" if self.language else "")
        return f"{field_name(words, self.noun, self.part)} {self.number}: {said}" if self.part else said


def first_columns(noun: str) -> list[Column]:
    """What tells which record a row is about."""
    named = [name for name in ("name", "title") if name in SECTIONS[noun].shape.scalars]
    number = [Column(noun, NUMBER)] if noun == "organisation" else []
    return [Column(noun, ID), *number, *of_fields(noun, named or [RECORD])]


def of_fields(noun: str, names: Iterable[str]) -> list[Column]:
    """The columns of fields of a record, in order; those of an amount with its currency."""
    table = SECTIONS[noun].shape
    found = [column for name in names for column in _of_field(table, Column(noun, name))]
    if any(column.name.endswith("_minor") for column in found) and "currency" in table.scalars:
        found.append(Column(noun, "currency"))
    return list(dict.fromkeys(found))


def all_columns(noun: str, most: Mapping[str, int]) -> list[Column]:
    """Every column; `most` is how many owned children of each kind a record has at most."""
    table = SECTIONS[noun].shape
    slug = ["slug"] if models.NOUNS[noun].HAS_SLUG else []
    fields = of_fields(noun, [*table.scalars, *table.references, *table.sets, *slug])
    parts = [column for part in table.parts for column in of_children(noun, part, most.get(part, 0))]
    return list(dict.fromkeys([*first_columns(noun), *fields, *parts]))


def of_children(noun: str, part: str, most: int) -> Iterator[Column]:
    """The columns of the first owned children of a kind."""
    table = SECTIONS[noun].shape.parts[part]
    names = [
        name
        for name in (*table.references, *table.sets, *table.scalars)
        if (table.table, name) != ("evidence", "speaks_for") or noun == "cooperation_link"
    ]
    for number in range(1, min(most, MOST_CHILDREN) + 1):
        for name in names:
            yield from _of_field(table, Column(noun, name, part=part, number=number))


def _of_field(table: Shape, column: Column) -> Iterator[Column]:
    if isinstance(table.scalars.get(column.name), Text):
        for language in LANGUAGES:
            yield Column(column.noun, column.name, language, column.part, column.number)
    else:
        yield column


def of_recipients() -> list[Column]:
    """The columns of a sheet that names whom to invite."""
    named = Column("organisation", "name", LANGUAGES[0])
    return [named, *(Column("organisation", name) for name in (NUMBER, "email", SPOKEN))]


@cache
def known_columns(noun: str) -> Mapping[str, Column]:
    """Every column that a sheet of a noun can have, by its key."""
    if noun == RECIPIENT:
        return {column.key: column for column in of_recipients()}
    most = dict.fromkeys(SECTIONS[noun].shape.parts, MOST_CHILDREN)
    told = [Column(noun, name) for name in sorted(TOLD)]
    return {column.key: column for column in (*all_columns(noun, most), *told)}
