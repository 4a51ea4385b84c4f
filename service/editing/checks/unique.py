"""Values that only one record may have, as the keys of the tables say, told before the tables refuse them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Set

from service.editing.checks.published import Places, Published
from service.editing.content import Content, Path
from service.editing.messages import problem
from service.editing.tables import chunks, marks
from service.errors import Problem
from service.models.shape import Shape, shape
from service.turns import in_turns

Row = tuple[Content, Path]
Key = tuple[str, ...]


async def unique_values_are_free(published: Published, places: Places) -> AsyncIterator[Problem]:
    async for table, is_part, rows in in_turns(_tables(published, places)):
        async for key in in_turns(_keys(table, is_part)):
            taken: dict[Key, Path] = {}
            for content, place in rows:
                values = tuple(content.get(name, "") for name in key)
                if values in taken and all(values):
                    yield problem("twice" if "owner" in key else "taken", (*place, key[-1]))
                taken.setdefault(values, (*place, key[-1]))
            if "owner" not in key:
                for values in await _held(published, table, "owner_id" if is_part else "id", key, taken.keys()):
                    yield problem("taken", taken[values])


def _tables(published: Published, places: Places) -> Iterator[tuple[Shape, bool, list[Row]]]:
    """Each table that the set will write, whether it is one of owned children, and the rows."""
    nouns: dict[str, list[Row]] = {}
    parts: dict[str, tuple[Shape, list[Row]]] = {}
    for id, (noun, content) in published.contents.items():
        nouns.setdefault(noun, []).append((content, places[id]))
        for name, part in shape(noun).parts.items():
            rows = parts.setdefault(part.table, (part, []))[1]
            for position, item in enumerate(content.get(name, [])):
                rows.append(({"owner": id, **item}, (*places[id], name, position)))
    yield from ((shape(noun), False, rows) for noun, rows in nouns.items())
    yield from ((part, True, rows) for part, rows in parts.values() if rows)


def _keys(table: Shape, is_part: bool) -> Iterator[Key]:
    yield from ((name,) for name, field in table.scalars.items() if field.unique)
    yield from table.model._meta.unique_together
    if is_part:
        yield ("id",)


async def _held(published: Published, table: Shape, owner: str, key: Key, wanted: Set[Key]) -> set[Key]:
    """Which of the values records outside the set have."""
    columns = [f"{name}_id" if name in table.references else name for name in key]
    listed = ", ".join(f'"{column}"' for column in columns)
    held = set[Key]()
    for some in chunks({values[-1] for values in wanted}):
        sql = f'SELECT {owner} AS owner, {listed} FROM "{table.table}" WHERE "{columns[-1]}" IN ({marks(some)})'
        for row in await published.transaction.fetch(sql, *some):
            if str(row["owner"]) not in published.replaced:
                held.add(tuple(str(row[column]) for column in columns))
    return held & wanted
