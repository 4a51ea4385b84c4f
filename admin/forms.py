"""A form of any noun, put together from its shape: one entry for each field, one list for each kind of owned child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from admin.choosing import Target
from admin.controls import ONE_LINE, WEEK, Control, control_of
from admin.entries import Entry, Group, Option, PartList, Picking, Row, Told
from admin.labels import choice_name, field_help, field_name, noun_name
from admin.naming import Named
from admin.reading import KEPT, asked_of
from admin.sections import SECTIONS, Section
from admin.typed import Typed
from service import models
from service.editing.policy import Fields
from service.i18n import LANGUAGES, Words
from service.models import fields as declared
from service.models.shape import Shape

WATCHED = frozenset({("organisation_identifier", "value")})
"""Fields beside the name that tell records of the directory that may be the same."""


@dataclass
class Form:
    """A form with what is typed in it, and what is told of that."""

    noun: str
    words: Words
    typed: Typed
    changes: Fields
    told: Told = field(default_factory=Told)
    names: Mapping[str, Named] = field(default_factory=dict)
    offers: Mapping[Target, list[Named] | None] = field(default_factory=dict)
    found: Mapping[str, list[Named]] = field(default_factory=dict)
    new: bool = False

    @property
    def section(self) -> Section:
        return SECTIONS[self.noun]

    def groups(self) -> list[Group]:
        """Everything there is to fill, in its groups; while it is new, what can be filled later stands last."""
        later = self.section.later if self.new else frozenset()
        ordered = sorted(self.section.layout.items(), key=lambda group: group[0] in later)
        return [self._group(name, fields, later=name in later) for name, fields in ordered]

    def _group(self, name: str, fields: Sequence[str], *, later: bool) -> Group:
        one_of = any(len(names) > 1 and {*names} <= {*fields} for names in self.section.expected)
        items = [self.item(field) for field in fields]
        return Group(name, self.words(f"group.{name}"), items, later, needs_one=self.new and one_of)

    def item(self, name: str) -> Entry | PartList:
        table = self.section.shape
        if name in table.parts:
            return self._part(name, table.parts[name])
        return self.entry(table, "", name, changeable=name in self.changes)

    def entry(self, table: Shape, place: str, name: str, *, changeable: bool = True) -> Entry:
        """One field of a table, at a place of the form."""
        path = place + name
        common: dict[str, Any] = {
            "label": field_name(self.words, table.table, name),
            "help": field_help(self.words, table.table, name),
            "required": name in table.required,
            "expected": self.new and table is self.section.shape and (name,) in self.section.expected,
            "watched": (table.table, name) in WATCHED or (not place and name in ("name", "title")),
            "changeable": changeable,
            "problems": self._at(self.told.problems, path),
            "warnings": self._at(self.told.warnings, path),
            "clash": self.told.clashes.get(path),
        }
        if name in table.references or name in table.sets:
            return self._reference(table, path, name, common)
        if name == "slug":
            return Entry(path, "line", **common)
        rule = table.scalars[name]
        control = control_of(table.table, name, rule)
        common["help"] = common["help"] or (self.words(control.hint) if control.hint else "")
        options = list(self._options(table, name, rule, path))
        return Entry(
            path, _kind(control, rule), long=_is_long(name, rule), type=control.type, mode=control.mode,
            options=options, **common,
        )  # fmt: skip

    def _at(self, told: Mapping[str, list[str]], path: str) -> list[str]:
        """What is said of a field, or of it in one language."""
        names = (path, *(f"{path}.{language}" for language in LANGUAGES), f"{path}.find")
        return [sentence for name in names for sentence in told.get(name, [])]

    def _options(self, table: Shape, name: str, rule: Any, path: str) -> Iterator[Option]:
        """The values of which one chooses, with those that are there already although nobody offers them."""
        offered = list(self._offered(table, name, rule))
        yield from offered
        if offered:
            known = {value for value, _ in offered}
            yield from ((value, value) for value in self.typed.texts(path) if value and value not in known)

    def _offered(self, table: Shape, name: str, rule: Any) -> Iterator[Option]:
        if isinstance(rule, declared.Choice | declared.ChoiceSet):
            yield from ((choice.value, choice_name(self.words, choice)) for choice in rule.choices)
        elif (table.table, name) == ("evidence", "field"):
            yield from ((each, field_name(self.words, self.noun, each)) for each in self.section.fields)
        elif (table.table, name) == ("service_schedule", "byday"):
            yield from ((day, self.words(f"choice.day.{day}")) for day in WEEK)

    def _reference(self, table: Shape, path: str, name: str, common: dict[str, Any]) -> Entry:
        if table.references.get(name) == "evidence":
            return Entry(path, "choice", options=list(self._own_evidence()), **common)
        noun = table.references.get(name) or table.sets[name].noun
        target = Target.of(table.table, name, noun)
        ids = [id for id in dict.fromkeys(self.typed.texts(path)) if id]
        new = self.typed.text(f"{path}.new")
        picking = Picking(
            target=target,
            several=name in table.sets,
            chosen=[self.names.get(id) or Named(id, noun, id, published=False) for id in ids if id != new],
            offered=self.offers.get(target),
            found=[each for each in self.found.get(path, []) if each.id not in ids],
            searched=path in self.found,
            creates=bool(SECTIONS[noun].brief),
            new=list(self._brief(noun, f"{path}.new.")) if new else None,
        )
        return Entry(path, "pick", picking=picking, **common)

    def _own_evidence(self) -> Iterator[Option]:
        for row in self.typed.rows("evidence"):
            said = self.typed.text(f"evidence.{row}.says.lv") or self.words("row", number=row + 1)
            yield self.typed.text(f"evidence.{row}.id"), said

    def _brief(self, noun: str, place: str) -> Iterator[Entry]:
        """The fields of a record that is created on the spot."""
        section = SECTIONS[noun]
        for name in section.brief:
            yield self.entry(section.shape, place, name)

    def _part(self, name: str, table: Shape) -> PartList:
        return PartList(
            name=name,
            label=field_name(self.words, self.noun, name),
            help=field_help(self.words, self.noun, name),
            shape=table,
            rows=[self._row(name, table, number) for number in self.typed.rows(name)],
            changeable=name in self.changes,
            problems=self.told.problems.get(name, []),
            warnings=self.told.warnings.get(name, []),
            clash=self.told.clashes.get(name),
        )

    def _row(self, part: str, table: Shape, number: int) -> Row:
        place = f"{part}.{number}"
        entries = [self.entry(table, f"{place}.", name) for name in asked_of(self.noun, table)]
        return Row(
            number=number,
            name=place,
            id=self.typed.text(f"{place}.id"),
            kept=bool(self.typed.text(f"{place}.{KEPT}")),
            entries=entries,
        )

    def labels(self) -> dict[str, str]:
        """What every field that stands in the form is called, by its name."""
        return dict(self._labels(item for group in self.groups() for item in group.items))

    def _labels(self, items: Iterator[Entry | PartList] | Sequence[Entry]) -> Iterator[tuple[str, str]]:
        for item in items:
            yield item.name, item.label
            if isinstance(item, PartList):
                yield from (pair for row in item.rows for pair in self._labels(row.entries))
            elif item.picking and item.picking.new:
                yield from self._labels(item.picking.new)

    @property
    def heading(self) -> str:
        return noun_name(self.words, self.noun)


def _kind(control: Control, rule: Any) -> str:
    if isinstance(rule, declared.Flag):
        return "trilean" if rule.null else "check"
    return control.kind


def _is_long(name: str, rule: Any) -> bool:
    return isinstance(rule, declared.Text) and name not in ONE_LINE


def pickings(noun: str, typed: Typed) -> Iterator[tuple[str, Target, bool]]:
    """Every field of a form that refers to records: its name, to what, whether to several."""
    table = SECTIONS[noun].shape
    yield from _pickings(table, "", typed)
    for part, shape in table.parts.items():
        for row in typed.rows(part):
            yield from _pickings(shape, f"{part}.{row}.", typed)


def _pickings(
    table: Shape, place: str, typed: Typed, names: Sequence[str] | None = None
) -> Iterator[tuple[str, Target, bool]]:
    targets = {**table.references, **{name: relation.noun for name, relation in table.sets.items()}}
    for name, noun in targets.items():
        if noun not in models.NOUNS or (names is not None and name not in names):
            continue
        path = place + name
        yield path, Target.of(table.table, name, noun), name in table.sets
        if typed.text(f"{path}.new"):
            yield from _pickings(SECTIONS[noun].shape, f"{path}.new.", typed, SECTIONS[noun].brief)
