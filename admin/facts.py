"""A record as it is read: every field that holds something, in its group, with names instead of ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from admin.choosing import called
from admin.labels import choice_name, field_name
from admin.naming import Named, shown_day
from admin.sections import SECTIONS, Section
from admin.visit import Desk
from service import models
from service.editing.content import Content
from service.editing.fields import show
from service.editing.references import references
from service.i18n import LANGUAGES, Words
from service.models import fields as declared
from service.models.shape import Shape


@dataclass(frozen=True)
class Fact:
    """One field: its texts by language where it has several, records it refers to, or rows of owned children."""

    label: str
    texts: Sequence[tuple[str, str]] = ()
    records: Sequence[Named] = ()
    rows: Sequence[Sequence[Fact]] = ()
    url: str = ""


@dataclass(frozen=True)
class FactGroup:
    """The fields of a group that hold something, and those of the expected ones that do not, by name."""

    name: str
    label: str
    facts: Sequence[Fact]
    lacking: Sequence[tuple[str, str]] = ()


async def facts_of(desk: Desk, noun: str, content: Content) -> list[FactGroup]:
    """What a record with this content says."""
    section = SECTIONS[noun]
    ids = [id for _, id, _ in references(section.shape, content)]
    telling = _Telling(noun, desk.words, await called(desk, list(dict.fromkeys(ids))))
    found = [
        FactGroup(
            name,
            desk.words(f"group.{name}"),
            list(telling.facts(section.shape, content, names)),
            [
                (each, field_name(desk.words, noun, each))
                for each in section.wanted
                if each in {*names} - content.keys()
            ],
        )
        for name, names in section.layout.items()
    ]
    return [group for group in found if group.facts or group.lacking]


def _lacking(desk: Desk, section: Section, names: Sequence[str], content: Content) -> list[tuple[str, str]]:
    missing = [name for name in names if name in section.wanted and not content.get(name)]
    return [(name, field_name(desk.words, section.noun, name)) for name in missing]


@dataclass(frozen=True)
class _Telling:
    noun: str
    words: Words
    names: Mapping[str, Named]

    def facts(self, table: Shape, content: Content, names: Sequence[str]) -> Iterator[Fact]:
        for name in names:
            if content.get(name) not in (None, [], False):
                yield self.fact(table, name, content[name])

    def fact(self, table: Shape, name: str, value: Any) -> Fact:
        label = field_name(self.words, table.table, name)
        if name in table.references or name in table.sets:
            return Fact(label, records=self._records(table, name, [value] if isinstance(value, str) else value))
        if name in table.parts:
            part = table.parts[name]
            order = (*part.references, *part.scalars)
            return Fact(label, rows=[list(self.facts(part, item, order)) for item in value])
        field = table.scalars.get(name)
        url = value if isinstance(field, declared.Url) else ""
        return Fact(label, texts=list(self._texts(table, name, field, value)), url=url)

    def _records(self, table: Shape, name: str, ids: Sequence[str]) -> list[Named]:
        if table.references.get(name) not in (None, *models.NOUNS):
            return []
        return [self.names[id] for id in ids if id in self.names]

    def _texts(self, table: Shape, name: str, field: Any, value: Any) -> Iterator[tuple[str, str]]:
        """A text that is the same in every language has no language."""
        if isinstance(field, declared.Text):
            yield from ((language, value[language]) for language in LANGUAGES if value.get(language))
        elif isinstance(field, declared.Choice):
            yield "", choice_name(self.words, _member(field, value))
        elif isinstance(field, declared.ChoiceSet):
            yield "", ", ".join(choice_name(self.words, _member(field, each)) for each in value)
        elif isinstance(field, declared.PartialDate | declared.Day):
            yield "", shown_day(value, self.words)
        elif (table.table, name) == ("evidence", "field"):
            known = value in SECTIONS[self.noun].fields
            yield "", field_name(self.words, self.noun, value) if known else value
        elif (table.table, name) == ("service_schedule", "byday"):
            known_days = (self.words.first(f"choice.day.{day}") or day for day in value.split(","))
            yield "", ", ".join(known_days)
        else:
            yield "", value if name == "slug" else show(field, value, self.words.language)


def _member(field: Any, value: str) -> declared.Choices:
    choices: type[declared.Choices] = field.choices
    return next(choice for choice in choices if choice.value == value)
