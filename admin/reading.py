"""From content to what a browser would send of it, and back: by these two every form is filled and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from admin.controls import control_of
from admin.sections import SECTIONS
from admin.typed import Pair, Typed
from service import models
from service.editing.content import Content
from service.editing.patching import Patch
from service.models.shape import Shape

KEPT = "kept"
"""Marks a row that the record already has, so that it stays although nothing may be filled in it."""


def spread(noun: str, content: Content, language: str) -> Typed:
    """What a browser would send of a form with this content."""
    return Typed(_record(noun, content, language))


def _record(noun: str, content: Content, language: str) -> Iterator[Pair]:
    table = SECTIONS[noun].shape
    yield from _row(table, "", content, language)
    yield from ((name, content[name]) for name in ("slug",) if content.get(name))
    for part, shape in table.parts.items():
        for number, item in enumerate(content.get(part, [])):
            yield f"{part}.{number}.id", item["id"]
            yield f"{part}.{number}.{KEPT}", "yes"
            yield from _row(shape, f"{part}.{number}.", item, language)


def _row(table: Shape, place: str, content: Content, language: str) -> Iterator[Pair]:
    for name, field in table.scalars.items():
        if content.get(name) is not None:
            yield from control_of(table.table, name, field).write(field, place + name, content[name], language)
    yield from ((place + name, content[name]) for name in table.references if content.get(name))
    yield from ((place + name, id) for name in table.sets for id in content.get(name, []))


def read(noun: str, typed: Typed, names: Iterable[str]) -> Patch:
    """What a form says of the named fields, as a patch; None is nothing."""
    table, wanted = SECTIONS[noun].shape, frozenset(names)
    patch = {name: value for name, value in read_row(table, "", typed).items() if name in wanted}
    if "slug" in wanted and models.NOUNS[noun].HAS_SLUG:
        patch["slug"] = typed.text("slug").strip() or None
    for part, shape in table.parts.items():
        if part in wanted:
            asked = asked_of(noun, shape)
            patch[part] = [_item(shape, f"{part}.{row}.", typed, asked) for row in typed.rows(part)]
    return patch


def read_row(table: Shape, place: str, typed: Typed) -> dict[str, Any]:
    """The fields of one row of a table."""
    found: dict[str, Any] = {}
    for name, field in table.scalars.items():
        found[name] = control_of(table.table, name, field).read(field, place + name, typed)
    for name in table.references:
        found[name] = typed.text(place + name) or None
    for name in table.sets:
        found[name] = [id for id in dict.fromkeys(typed.texts(place + name)) if id]
    return found


def _item(table: Shape, place: str, typed: Typed, asked: Sequence[str]) -> dict[str, Any]:
    row = read_row(table, place, typed)
    return {"id": typed.text(f"{place}id") or None, **{name: row[name] for name in asked}}


def asked_of(noun: str, table: Shape) -> list[str]:
    """The fields of an owned child in the order of asking: what it refers to comes first."""
    names = [*table.references, *table.sets, *table.scalars]
    return [name for name in names if (table.table, name) != ("evidence", "speaks_for") or noun == "cooperation_link"]


def settle(noun: str, typed: Typed) -> None:
    """Leave out the rows in which nothing was filled."""
    for part in SECTIONS[noun].shape.parts:
        typed.settle(part)
