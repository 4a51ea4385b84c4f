"""Published records as content: the canonical value of each field, read off the objects of the catalogue.

Only what is published is there to be read, so a sheet can show nothing else.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from service.models import fields as declared
from service.models.rows import plain
from service.models.shape import Shape


def value_of(table: Shape, name: str, owner: Any) -> Any:
    """The canonical value of a scalar field; None or an empty list for nothing."""
    field = table.scalars[name]
    if isinstance(field, declared.Minor):
        money = getattr(owner, name.removesuffix("_minor"))
        return None if money is None else int(money.amount * 100)
    if isinstance(field, declared.Currency):
        return _currency(table, owner)
    if isinstance(field, declared.Degrees):
        return None if owner.point is None else getattr(owner.point, name)
    return _plain(field, getattr(owner, name))


def _currency(table: Shape, owner: Any) -> str | None:
    amounts = [name for name, field in table.scalars.items() if isinstance(field, declared.Minor)]
    money = (getattr(owner, name.removesuffix("_minor")) for name in amounts)
    return next((str(each.currency) for each in money if each is not None), None)


def _plain(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, declared.PartialDate):
        return value.value
    if isinstance(field, declared.Day):
        return value if isinstance(value, str) else value.isoformat()
    if isinstance(field, declared.Number):
        return plain(Decimal(value))
    if isinstance(field, declared.ChoiceSet | declared.LineSet):
        return [str(each) for each in value]
    return str(value) if isinstance(field, declared.Choice | declared.Line) else value
