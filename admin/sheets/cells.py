"""What stands in the cells of a sheet: a row of texts for each published record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from admin.choosing import Target
from admin.labels import choice_name
from admin.naming import title
from admin.sheets.columns import ID, NUMBER, RECORD, Column
from admin.sheets.names import Names
from admin.sheets.values import value_of
from service import models
from service.editing.fields import show
from service.i18n import Words
from service.models import fields as declared

BETWEEN = "; "
"""Stands between the members of a set."""


def targets(columns: Iterable[Column]) -> list[Target]:
    """What the columns refer to."""
    found = [target for column in columns if (target := target_of(column)) is not None]
    return list(dict.fromkeys(found))


def target_of(column: Column) -> Target | None:
    """What a column refers to, if it refers to records."""
    table = column.shape
    noun = table.references.get(column.name) or (table.sets[column.name].noun if column.name in table.sets else None)
    return Target.of(column.noun, column.name, noun) if noun in models.NOUNS else None


@dataclass(frozen=True)
class Writer:
    """Writes the cells of columns, in one language."""

    columns: Sequence[Column]
    names: Names
    words: Words

    def row(self, record: Any) -> list[str]:
        """The cells of a record."""
        return [self.cell(column, record) for column in self.columns]

    def cell(self, column: Column, record: Any) -> str:
        """A cell of a record; nothing where there is nothing, and where an address is not for sheets."""
        if not column.part and column.name == RECORD:
            return title(record, self.words)
        owner = record if not column.part else _child(record, column)
        if owner is None or (not column.part and _is_masked(record, column)):
            return ""
        if not column.part and column.name == NUMBER:
            return registration_number(record)
        if column.name == ID:
            return str(record.id)
        table = column.shape
        if column.name in table.scalars:
            return self._scalar(column, value_of(table, column.name, owner))
        if column.name in table.references or column.name in table.sets:
            return self._references(column, record, getattr(owner, column.name))
        return _told(getattr(owner, column.name))

    def _scalar(self, column: Column, value: Any) -> str:
        field = column.shape.scalars[column.name]
        if value is None:
            return ""
        if isinstance(field, declared.Text):
            return str(value.get(column.language, ""))
        if isinstance(field, declared.Choice):
            return choice_name(self.words, _member(field, value))
        if isinstance(field, declared.ChoiceSet):
            return BETWEEN.join(choice_name(self.words, _member(field, each)) for each in value)
        if isinstance(field, declared.LineSet):
            return BETWEEN.join(value)
        return show(field, value, self.words.language)

    def _references(self, column: Column, record: Any, value: Any) -> str:
        target = target_of(column)
        if value is None:
            return ""
        if target is None:
            return _number_of(record, value)
        several = value if isinstance(value, list | tuple) else [value]
        return BETWEEN.join(self.names.call(target, each, self.words.language) for each in several)


def registration_number(organisation: Any) -> str:
    """Its number in the register of enterprises."""
    return next((item.value for item in organisation.identifiers if item.scheme == NUMBER), "")


def _child(record: Any, column: Column) -> Any:
    children = getattr(record, column.part)
    return children[column.number - 1] if column.number <= len(children) else None


def _is_masked(record: Any, column: Column) -> bool:
    """An address that looks like a person's is published by choice, but stands in no sheet."""
    return column.name == "email" and bool(getattr(record, "email_by_choice", False))


def _member(field: Any, value: str) -> declared.Choices:
    choices: type[declared.Choices] = field.choices
    return next(choice for choice in choices if choice.value == value)


def _number_of(record: Any, evidence: Any) -> str:
    """A piece of the record's own evidence, by its place."""
    places = [number for number, each in enumerate(record.evidence, 1) if each.id == evidence.id]
    return str(places[0]) if places else ""


def _told(value: Any) -> str:
    return "" if value is None else value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)


def most_children(noun: str, records: Iterable[Any], parts: Iterable[str]) -> dict[str, int]:
    """How many owned children of each kind a record has at most."""
    found = dict.fromkeys(parts, 0)
    for record in records:
        for part in found:
            found[part] = max(found[part], len(getattr(record, part)))
    return found
