"""Helpers that publish and load, and that read a published object back as the content it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.dates import PartialDate
from service.database import Database
from service.editing.revisions import Draft, publish
from service.migrations.runner import migrate
from service.models.rows import plain
from service.models.shape import Shape, shape
from service.settings import Settings

TODAY = date(2026, 11, 15)
AUTHOR = "test"


def settings(**changed: Any) -> Settings:
    return replace(Settings.from_env({}), **changed)


async def filled(database: Database, drafts: Sequence[Draft]) -> None:
    """Migrate a new database and publish drafts in it."""
    await migrate(database)
    await publish(database, drafts, author=AUTHOR)


async def load(database: Database, today: date = TODAY, **changed: Any) -> Catalogue:
    return await Catalogue.load(database, settings(**changed), today)


def content_of(item: Any, table: Shape) -> dict[str, Any]:
    """What stands in a published object, as content; nothing is left out that the declaration names."""
    content = {name: _scalar(item, name) for name in table.scalars}
    content |= {name: _id(getattr(item, name)) for name in table.references}
    content |= {name: sorted(target.id for target in getattr(item, name)) for name in table.sets}
    for name, part in table.parts.items():
        content[name] = [{"id": owned.id, **content_of(owned, part)} for owned in getattr(item, name)]
    return {name: value for name, value in content.items() if value not in (None, [])}


def record_content(record: Any, noun: str) -> dict[str, Any]:
    content = content_of(record, shape(noun))
    return content | {"slug": record.slug} if hasattr(record, "slug") else content


def _id(record: Any) -> str | None:
    return None if record is None else str(record.id)


def _scalar(item: Any, name: str) -> Any:
    if name.endswith("_minor"):
        amount = getattr(item, name.removesuffix("_minor"))
        return None if amount is None else int(amount.amount * 100)
    if name == "currency":
        amounts = {getattr(item, n).currency for n in MONEY if getattr(item, n, None) is not None}
        assert len(amounts) <= 1
        return next(iter(amounts), None)
    if name in ("lon", "lat"):
        return None if item.point is None else getattr(item.point, name)
    return _plain(getattr(item, name))


MONEY = ("amount", "value", "unit_price", "co_payment")


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return plain(value) if type(value).__name__ == "Decimal" else getattr(value, "value", value)
