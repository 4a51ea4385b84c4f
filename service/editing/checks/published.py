"""What will be published once a set is: the set on top of the tables, seen by every check alike."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence, Set
from typing import Any

from service.database import Reader
from service.editing.content import Content, Path
from service.editing.tables import chunks, marks
from service.errors import Problem
from service.models.rows import from_column
from service.models.shape import Shape, shape

Places = dict[str, Path]
Check = Callable[["Published", Places], AsyncIterator[Problem]]


class Published:
    """The published side as it will be: without the ids that are `gone`, with the set's contents."""

    def __init__(
        self, transaction: Reader, contents: dict[str, tuple[str, Content]], gone: Set[str] = frozenset()
    ) -> None:
        self.transaction = transaction
        self.contents = contents
        self.replaced = contents.keys() | gone

    def of(self, noun: str) -> dict[str, Content]:
        """The set's own records of a noun."""
        return {id: content for id, (its, content) in self.contents.items() if its == noun}

    async def known(self, noun: str, ids: Set[str]) -> set[str]:
        """Which of the ids are, or are about to be, published records of the noun."""
        return set(await self.columns(noun, ids))

    async def columns(self, noun: str, ids: Set[str], *names: str) -> dict[str, Content]:
        """Some scalars and references of records, by id; those of the set as they will be."""
        mine = self.of(noun)
        found = {id: {name: mine[id].get(name) for name in names} for id in ids & mine.keys()}
        return found | await self.others(noun, "id", ids - self.replaced, *names)

    async def others(self, noun: str, by: str, values: Iterable[str], *names: str) -> dict[str, Content]:
        """The same of the records outside the set that have one of the values in a field."""
        rows = await self._rows(noun, by, values, names)
        return {id: row for id, row in rows.items() if id not in self.replaced}

    async def before(self, noun: str, ids: Iterable[str], *names: str) -> dict[str, Content]:
        """The same as it is published now."""
        return await self._rows(noun, "id", ids, names)

    async def _rows(self, noun: str, by: str, values: Iterable[str], names: Sequence[str]) -> dict[str, Content]:
        table = shape(noun)
        listed = ", ".join(["id", *(f'"{_column(table, name)}" AS "{name}"' for name in names)])
        found: dict[str, Content] = {}
        for some in chunks(values):
            sql = f'SELECT {listed} FROM "{noun}" WHERE "{_column(table, by)}" IN ({marks(some)})'
            for row in await self.transaction.fetch(sql, *some):
                found[str(row["id"])] = {name: _value(table, name, row[name]) for name in names}
        return found


def _column(table: Shape, name: str) -> str:
    return f"{name}_id" if name in table.references else name


def _value(table: Shape, name: str, raw: Any) -> Any:
    if name in table.references:
        return None if raw is None else str(raw)
    return from_column(table.scalars[name], raw)
