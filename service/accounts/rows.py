"""Rows of the tables of accounts on their way to either engine."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from service.database import Transaction
from service.models.fields import Dialect
from service.models.rows import moment


async def insert(transaction: Transaction, table: str, **values: Any) -> str:
    """Put a row into a table; its new id."""
    row = {"id": str(uuid4()), **values}
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    given = [column(value, transaction.dialect) for value in row.values()]
    await transaction.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', *given)
    return str(row["id"])


def column(value: Any, dialect: Dialect) -> Any:
    """A value as the engine's driver takes it."""
    if isinstance(value, datetime):
        return moment(value, dialect)
    if isinstance(value, date):
        return value if dialect == "postgres" else value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
