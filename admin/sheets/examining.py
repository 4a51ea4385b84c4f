"""What each row of a sheet would do: begin a record, change one, nothing, or why it cannot be taken.

A cell that says what an export would write there changes nothing, in whichever language; so a sheet that was exported
and not touched is the same in every row. An empty cell changes nothing either, unless it was said that it empties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from admin.naming import draft_title, title
from admin.sections import SECTIONS
from admin.sheets.cells import Writer
from admin.sheets.columns import ID, NUMBER, Column
from admin.sheets.finding import Found
from admin.sheets.names import Names
from admin.sheets.parsing import Refused, Unknown, meaning
from admin.sheets.values import value_of
from service.catalogue.catalogue import Catalogue
from service.editing.content import Content, Reading, public
from service.editing.drafts import new_id
from service.editing.messages import problem
from service.editing.patching import patched
from service.editing.rules import broken_rules
from service.errors import Problem
from service.i18n import LANGUAGES, words
from service.models import fields as declared
from service.models.sheet import Verdict
from service.showing.tables import unescaped

Refusing = Callable[[str, Content | None, Content], Iterator[Problem]]
"""Given the id of a record, what it holds and what it would hold: what the visitor may not do of that."""


@dataclass
class Finding:
    """What a row would do. `changes` and `problems` name a column by its place; -1 is the row as a whole."""

    verdict: Verdict
    record: str
    name: str
    patch: Content = field(default_factory=dict)
    changes: list[tuple[int, str, str]] = field(default_factory=list)
    problems: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)


@dataclass
class Examiner:
    """Looks at the rows of one sheet."""

    catalogue: Catalogue
    noun: str
    columns: Sequence[Column | None]
    names: Names
    refusing: Refusing
    language: str = LANGUAGES[0]
    clears: bool = False
    evidence: Content | None = None

    def __post_init__(self) -> None:
        others = [language for language in LANGUAGES if language != self.language]
        self.writers = [Writer((), self.names, words(language)) for language in (self.language, *others)]

    def examine(self, cells: Sequence[str], found: Found, content: Content | None) -> Finding:
        """One row; `content` is what its record holds, None of one that does not exist yet."""
        row = _Row(self, cells, found)
        if not found.problems:
            row.read()
            if row.patch and not row.problems:
                row.check(content)
        return Finding(row.verdict, row.id, row.name(), row.patch, row.changes, row.problems)

    def says_the_same(self, column: Column, record: Any, text: str) -> bool:
        written = (writer.cell(column, record).strip() for writer in self.writers)
        return any(text in (each, unescaped(each)) for each in written)


class _Row:
    """One row while it is looked at."""

    def __init__(self, examiner: Examiner, cells: Sequence[str], found: Found) -> None:
        self.examiner = examiner
        self.cells = cells
        self.record = found.record
        self.id = str(found.record.id) if found.record is not None else new_id()
        self.patch: Content = {}
        self.changes: list[tuple[int, str, str]] = []
        self.problems: list[tuple[int, Mapping[str, str]]] = list(found.problems)

    @property
    def verdict(self) -> Verdict:
        if self.problems:
            return Verdict.ERROR
        if self.record is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.patch else Verdict.SAME

    def name(self) -> str:
        examiner = self.examiner
        if self.record is not None:
            return title(self.record, words(examiner.language))
        return draft_title(examiner.noun, _complete(self.patch), words(examiner.language), examiner.catalogue)

    def read(self) -> None:
        """Everything that the row says otherwise than its record."""
        parts: dict[str, dict[int, Content]] = {}
        for place, column in enumerate(self.examiner.columns):
            if column is None or column.is_told or column.name == ID:
                continue
            for value in self._said(place, column):
                self._put(column, value, parts)
        for part, numbers in parts.items():
            self.patch[part] = self._children(part, numbers)
        if self.record is None and "evidence" not in self.patch and self.examiner.evidence:
            self.patch["evidence"] = [{"id": str(uuid4()), **self.examiner.evidence}]

    def _said(self, place: int, column: Column) -> Iterator[Any]:
        """What a cell says, if it says something else than the record does; None empties."""
        text, examiner = self.cells[place], self.examiner
        if self.record is not None and examiner.says_the_same(column, self.record, text):
            return
        if not text and (self.record is None or not examiner.clears):
            return
        try:
            value = meaning(column, text, examiner.names) if text else None
        except Refused as refused:
            self.problems.append((place, refused.problem.words))
            return
        except Unknown as unknown:
            told = {language: words(language)(unknown.name, text=unknown.text) for language in LANGUAGES}
            self.problems.append((place, told))
            return
        before = examiner.writers[0].cell(column, self.record) if self.record is not None else ""
        if self.record is None or value is None or value != self._held(column):
            self.changes.append((place, before, text))
            yield value

    def _held(self, column: Column) -> Any:
        """The canonical value of a field as it is published."""
        owner, table = self.record, column.shape
        if column.part:
            children = getattr(self.record, column.part)
            if column.number > len(children):
                return None
            owner = children[column.number - 1]
        if column.name in table.scalars:
            value = value_of(table, column.name, owner)
            if isinstance(table.scalars[column.name], declared.Text):
                return (value or {}).get(column.language)
            return value
        if column.name in table.sets:
            return sorted(each.id for each in getattr(owner, column.name))
        found = getattr(owner, column.name, None)
        return getattr(found, "id", found)

    def _put(self, column: Column, value: Any, parts: dict[str, dict[int, Content]]) -> None:
        if column.name == NUMBER and not column.part:
            self._put_number(value, parts)
            return
        row = parts.setdefault(column.part, {}).setdefault(column.number, {}) if column.part else self.patch
        if column.language:
            row[column.name] = {**row.get(column.name, {}), column.language: value}
        else:
            row[column.name] = value

    def _put_number(self, value: Any, parts: dict[str, dict[int, Content]]) -> None:
        """The number of an organisation stands among its identifiers, as the first where there is none yet."""
        if any(column is not None and column.part == "identifiers" for column in self.examiner.columns):
            return
        held = self.record.identifiers if self.record is not None else []
        places = (number for number, each in enumerate(held, 1) if each.scheme == NUMBER)
        said = {"scheme": NUMBER, "value": value} if value else {"scheme": None, "value": None}
        parts.setdefault("identifiers", {})[next(places, len(held) + 1)] = said

    def _children(self, part: str, numbers: Mapping[int, Content]) -> list[Content]:
        """The whole list: those that are there with what the row changes of them, then the new ones."""
        held = getattr(self.record, part) if self.record is not None else []
        names = {column.name for column in self.examiner.columns if column is not None and column.part == part}
        found = []
        for number, child in enumerate(held, 1):
            patch = numbers.get(number, {})
            if not (patch.keys() >= names and all(_is_nothing(value) for value in patch.values())):
                found.append({"id": str(child.id), **patch})
        new = [patch for number, patch in sorted(numbers.items()) if number > len(held)]
        return [*found, *({"id": str(uuid4()), **patch} for patch in new)]

    def check(self, content: Content | None) -> None:
        """Whether the record could hold what it would."""
        examiner, before = self.examiner, content or {}
        self._number_evidence(before)
        reading = Reading()
        after = reading.record(examiner.noun, self.id, patched(examiner.noun, before, self.patch))
        found = list(reading.problems)
        if not found:
            found += broken_rules(examiner.noun, self.id, public(examiner.noun, after), ())
            found += self._taken(after)
            found += examiner.refusing(self.id, content, after)
        self.problems += [(self._place(each.path), each.words) for each in found]

    def _number_evidence(self, before: Content) -> None:
        """What shows a quality is told by its place among the evidence."""
        own = self.patch.get("evidence") or before.get("evidence", [])
        for part, table in SECTIONS[self.examiner.noun].shape.parts.items():
            for child in self.patch.get(part, []) if "evidence" in table.references else ():
                number = str(child.get("evidence") or "")
                if number.isascii() and number.isdigit() and 0 < int(number) <= len(own):
                    child["evidence"] = own[int(number) - 1]["id"]

    def _taken(self, after: Content) -> Iterator[Problem]:
        """A number under which another organisation is known already."""
        for position, item in enumerate(after.get("identifiers", [])):
            other = self.examiner.catalogue.numbers.get((self.examiner.noun, item["value"]))
            if item["scheme"] == NUMBER and other is not None and other.id != self.id:
                yield problem("taken", ("identifiers", position, "value"))

    def _place(self, path: Sequence[str | int]) -> int:
        """The column that a problem is about."""
        for place, column in enumerate(self.examiner.columns):
            if column is not None and path and _is_about(column, path):
                return place
        return -1


def _is_about(column: Column, path: Sequence[str | int]) -> bool:
    if column.name == NUMBER and not column.part:
        return path[0] == "identifiers"
    if column.part:
        said = tuple(path[:3])
        return said == (column.part, column.number - 1, column.name) or said == (column.part, column.number - 1)
    return path[0] == column.name and path[1:2] in ((), (column.language,))


def _is_nothing(value: Any) -> bool:
    return all(each is None for each in value.values()) if isinstance(value, dict) else value is None


def _complete(patch: Content) -> Content:
    """A patch as content, with texts that have no Latvian left out."""
    return {name: value for name, value in patch.items() if not (isinstance(value, dict) and "lv" not in value)}
