"""What a receiver is sent: one change as the public feed tells it, made of the log when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import orjson

from service.catalogue.changes import Change, change_of
from service.catalogue.telling import discreet, line
from service.database import Database, Reader
from service.editing.tables import marks
from service.models.record import RecordState
from service.models.revision import Act
from service.webhooks.register import Webhook

LEAVING = frozenset({Act.WITHDRAW, Act.MERGE})


@dataclass(frozen=True)
class Message:
    """One message; `seq` is the change that it tells, None of a test call."""

    id: str
    body: bytes
    seq: int | None


@dataclass(frozen=True)
class Next:
    """What comes next: a message, and up to which change there is nothing else for this receiver."""

    message: Message | None
    seq: int


async def next_for(database: Database, webhook: Webhook) -> Next:
    """The next change that a webhook asks for.

    A record that has left since is not told any more, but that it left is; should it come back, that is told too.
    """
    async with database.snapshot() as reader:
        [clock] = await reader.fetch("SELECT epoch, seq FROM change_clock WHERE id = 1")
        after = webhook.seq
        while found := await _first(reader, webhook, after):
            if found.act in LEAVING or await _is_published(reader, found):
                told = discreet(found, is_open=await _is_open(reader, found))
                return Next(_message(webhook, str(clock["epoch"]), told), found.seq)
            after = found.seq
        return Next(None, int(clock["seq"]))


def test_message(at: datetime) -> Message:
    """A message that tells nothing."""
    return Message(f"msg_{uuid4().hex}", _body("test", at, {}), None)


def _message(webhook: Webhook, epoch: str, change: Change) -> Message:
    """The same change has the same id however often it is sent, so that its receiver knows it again."""
    id = uuid5(UUID(webhook.id), f"{epoch}:{change.seq}").hex
    return Message(f"msg_{id}", _body(f"{change.noun}.{change.act.value}", change.at, line(epoch, change)), change.seq)


def _body(kind: str, at: datetime, data: dict[str, Any]) -> bytes:
    return orjson.dumps({"type": kind, "timestamp": at.isoformat(), "data": data})


async def _first(reader: Reader, webhook: Webhook, after: int) -> Change | None:
    given: list[Any] = [after]
    sql = "SELECT * FROM change WHERE seq > ?"
    for column, wanted in (("noun", webhook.nouns), ("act", webhook.acts)):
        sql += _one_of(column, wanted)
        given += wanted
    rows = await reader.fetch(f"{sql} ORDER BY seq LIMIT 1", *given)
    return change_of(rows[0]) if rows else None


def _one_of(column: str, wanted: Sequence[str]) -> str:
    return f" AND {column} IN ({marks(wanted)})" if wanted else ""


async def _is_published(reader: Reader, change: Change) -> bool:
    sql = "SELECT id FROM record WHERE id = ? AND state = ?"
    return bool(await reader.fetch(sql, change.record, RecordState.PUBLISHED.value))


async def _is_open(reader: Reader, change: Change) -> bool:
    if change.noun != "location":
        return True
    rows = await reader.fetch("SELECT confidential FROM location WHERE id = ?", change.record)
    return bool(rows) and not rows[0]["confidential"]
