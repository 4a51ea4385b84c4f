"""What changed between two contents of a record: per field, per word, with names instead of ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from service import models
from service.database import Database, Reader
from service.editing.content import Content, Path
from service.editing.fields import show
from service.editing.history import Name, names
from service.editing.references import record_references
from service.models.fields import Text
from service.models.shape import Shape, shape

MOST_WORDS = 2_000
"""Of longer texts the words are not compared: that takes time by the square of their number."""

Mark = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Words:
    """A run of a text, and what became of it."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that changed, as people read it: empty is nothing."""

    path: Path
    before: str
    after: str

    def words(self) -> list[Words]:
        """The two texts run by run: what both have, what came and what went."""
        old, new = (re.findall(r"\s*\S+|\s+$", text) for text in (self.before, self.after))
        if max(len(old), len(new)) > MOST_WORDS:
            runs = [Words("removed", self.before), Words("added", self.after)]
        else:
            runs = list(_runs(old, new))
        return [run for run in runs if run.text]


def _runs(old: list[str], new: list[str]) -> Iterator[Words]:
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Words("same", "".join(old[start:end]))
        else:
            yield Words("removed", "".join(old[start:end]))
            yield Words("added", "".join(new[first:last]))


async def diff(
    reader: Database | Reader, noun: str, before: Content, after: Content, language: str = "lv"
) -> list[Difference]:
    """Every field in which two contents differ, in the order in which the noun declares its fields."""
    referred = {id for content in (before, after) for _, id, _ in record_references(noun, content)}
    return list(_Showing(await names(reader, referred), language).record(noun, before, after))


class _Showing:
    def __init__(self, called: Mapping[str, Name], language: str) -> None:
        self.called = called
        self.language = language

    def record(self, noun: str, before: Content, after: Content) -> Iterator[Difference]:
        table = shape(noun)
        if models.NOUNS[noun].HAS_SLUG and after.get("slug"):
            yield from self._texts(("slug",), before.get("slug", ""), after.get("slug", ""))
        yield from self._row(table, (), before, after)
        for name, part in table.parts.items():
            yield from self._parts(part, (name,), before.get(name, []), after.get(name, []))

    def _row(self, table: Shape, place: Path, before: Content, after: Content) -> Iterator[Difference]:
        for name, field in table.scalars.items():
            old, new = before.get(name), after.get(name)
            if isinstance(field, Text):
                for language in dict.fromkeys([*(old or {}), *(new or {})]):
                    yield from self._texts((*place, name, language), *((v or {}).get(language, "") for v in (old, new)))
            else:
                yield from self._texts((*place, name), *(show(field, value, self.language) for value in (old, new)))
        for name in (*table.references, *table.sets):
            yield from self._texts((*place, name), self._named(before.get(name)), self._named(after.get(name)))

    def _parts(self, part: Shape, place: Path, before: list[Content], after: list[Content]) -> Iterator[Difference]:
        old, new = ({item["id"]: item for item in items} for items in (before, after))
        for id in dict.fromkeys([*old, *new]):
            yield from self._row(part, (*place, id), old.get(id, {}), new.get(id, {}))
        kept = [[id for id in items if id in old and id in new] for items in (old, new)]
        if kept[0] != kept[1]:
            yield from self._texts((*place, "order"), *(self._places(kept[0], ids) for ids in kept))

    def _places(self, first: list[str], ids: list[str]) -> str:
        return ", ".join(str(first.index(id) + 1) for id in ids)

    def _texts(self, path: Path, before: str, after: str) -> Iterator[Difference]:
        if before != after:
            yield Difference(path, before, after)

    def _named(self, value: Any) -> str:
        ids = value if isinstance(value, list) else [value] if value else []
        return ", ".join(self.called[id].name if id in self.called else id for id in ids)
