"""The rules within one row, read off the table constraints of its model.

A constraint is declared once, in SQL. Before anything is written it is asked here, in a database in memory, so
that what breaks it is told beside its field; the real tables then hold it too.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import Any

from tortoise.models import Model

from service import models
from service.editing.content import Content, Path
from service.editing.messages import MESSAGES, problem
from service.errors import Problem
from service.models.fields import Check
from service.models.rows import to_column
from service.models.shape import Shape, shape, shape_of

_memory = sqlite3.connect(":memory:", check_same_thread=False)


def broken_rules(noun: str, id: str, content: Content, place: Path) -> Iterator[Problem]:
    """The problems of a record and of its owned children."""
    yield from _row(shape(noun), {"id": id, **content}, place)
    for name, part in shape(noun).parts.items():
        for position, item in enumerate(content.get(name, [])):
            yield from _row(part, {"owner_id": id, **item}, (*place, name, position))


def message_code(check: Check) -> str:
    """The code of the sentence that says what a constraint asks."""
    if check.name in MESSAGES:
        return check.name
    endings = {"_not_in_itself": "not_in_itself", "_currency": "amount_with_currency"}
    if "_not_after_" in check.name:
        return "not_in_order"
    if check.sql.endswith("_minor >= 0"):
        return "amount_not_negative"
    return next((code for ending, code in endings.items() if check.name.endswith(ending)), "broken_rule")


def _row(table: Shape, content: Content, place: Path) -> Iterator[Problem]:
    checks = list(getattr(table.model, "CHECKS", []))
    if not checks:
        return
    answers = _memory.execute(_question(table.model), list(_values(table, content))).fetchone()
    for check, holds in zip(checks, answers, strict=True):
        if holds == 0:
            yield problem(message_code(check), (*place, *fields_of(table, check)[-1:]), rule=check.name)


def _values(table: Shape, content: Content) -> Iterator[object]:
    yield from (content.get("id"), content.get("owner_id"))
    scalars, references = _asked(table.model)
    for name, field in scalars.items():
        yield to_column(field, content.get(name, table.defaults[name]), "sqlite")
    for name in references:
        yield content.get(name)


@cache
def _question(model: type[Model]) -> str:
    scalars, references = _asked(model)
    names = ["id", "owner_id", *scalars, *(f"{name}_id" for name in references)]
    columns = ", ".join(f'? AS "{name}"' for name in names)
    checks = ", ".join(f"({check.sql})" for check in model.CHECKS)  # type: ignore[attr-defined]
    return f"SELECT {checks} FROM (SELECT {columns})"


@cache
def _asked(model: type[Model]) -> tuple[dict[str, Any], list[str]]:
    """The fields that the constraints of a model name; the others need not be read."""
    table = shape_of(model)
    columns = {word for check in model.CHECKS for word in re.findall(r"\w+", check.sql)}  # type: ignore[attr-defined]
    scalars = {name: field for name, field in table.scalars.items() if name in columns}
    return scalars, [name for name in table.references if f"{name}_id" in columns]


def fields_of(table: Shape, check: Check) -> list[str]:
    """The fields that a constraint names, in the order in which it does; a problem is shown at the last."""
    names = (word.removesuffix("_id") for word in re.findall(r"\w+", check.sql))
    return list(dict.fromkeys(name for name in names if name in table.scalars or name in table.references))


def all_checks() -> Iterator[Check]:
    """Every constraint that content can break."""
    for noun in models.NOUNS:
        yield from models.NOUNS[noun].CHECKS
    for part in models.PARTS:
        yield from part.CHECKS
