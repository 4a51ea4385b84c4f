"""The public changes feed: what was published and withdrawn, in the order of the log, from any point on.

A cursor is the epoch of the database and the number of a change; after a restore old cursors begin anew. Whoever
follows from nothing has everything that is published, and nothing else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import cast

import orjson
import strawberry
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from strawberry.scalars import JSON

from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import Change as LogEntry
from service.catalogue.changes import change_of
from service.catalogue.connection import Connection, Window
from service.catalogue.following import Follower
from service.catalogue.telling import Place, discreet, line
from service.errors import NotReady
from service.models.revision import Act

TYPE = "application/jsonl"
BATCH = 100
"""How many changes are read and told at once."""


async def newer(catalogue: Catalogue, start: int, most: int) -> list[LogEntry]:
    """The changes after a number, up to what the catalogue holds.

    Raises NotReady when the database was restored and the catalogue is still the one of before.
    """
    newest = catalogue.last_change.seq
    if start >= newest or most == 0:
        return []
    sql = "SELECT * FROM change WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
    rows = await catalogue.database.fetch(sql, start, newest, most)
    # Read after them: what comes from another history must not get a cursor of this one.
    [clock] = await catalogue.database.fetch("SELECT epoch FROM change_clock WHERE id = 1")
    if clock["epoch"] != catalogue.epoch:
        raise NotReady("The directory was restored and is loading; ask again in a few seconds.")
    return [discreet(change, is_open=_is_open(catalogue, change)) for change in map(change_of, rows)]


def _is_open(catalogue: Catalogue, change: LogEntry) -> bool:
    record = catalogue.records.get(change.record)
    return record is not None and not getattr(record, "confidential", False)


@strawberry.type(description="A change of what is published. A withdrawal is a tombstone: it has no payload.")
class Change:
    seq: int = strawberry.field(description="Its number in the change log.")
    noun: str = strawberry.field(description="The kind of record.")
    id: strawberry.ID = strawberry.field(description="The id of the record.")
    act: Act = strawberry.field(description="What was done.")
    at: datetime = strawberry.field(description="When it was done.")
    payload: JSON = strawberry.field(description="The public content after it, or what was said.")


async def feed(catalogue: Catalogue, window: Window) -> Connection[Change]:
    """A page of the feed. A cursor of another history of the database finds the feed from its beginning."""
    place = None if window.after is None else Place.of(window.after)
    if place is None and window.after is not None:
        return Connection(nodes=[], total_count=catalogue.last_change.seq, keys=[], more_before=False, more_after=False)
    start = 0 if place is None or place.epoch != catalogue.epoch else place.seq
    found = await newer(catalogue, start, window.size)
    return Connection(
        nodes=[_shown(change) for change in found],
        total_count=catalogue.last_change.seq,
        keys=[(catalogue.epoch, change.seq) for change in found],
        more_before=start > 0,
        more_after=(found[-1].seq if found else start) < catalogue.last_change.seq,
    )


def _shown(change: LogEntry) -> Change:
    return Change(
        seq=change.seq,
        noun=change.noun,
        id=strawberry.ID(change.record),
        act=change.act,
        at=change.at,
        payload=JSON(change.payload),
    )


async def changes(request: Request) -> Response:
    """`/changes?after=…`: a JSON object a line, up to what the catalogue holds when it is asked."""
    follower = cast(Follower, request.app.state.follower)
    after = request.query_params.get("after")
    place = Place.of(after) if after else None
    if after and place is None:
        return JSONResponse({"errors": [{"message": "`after` is no cursor of this feed."}]}, status_code=400)
    catalogue = follower.current
    anew = place is not None and place.epoch != catalogue.epoch
    start = 0 if place is None or anew else place.seq
    headers = {"Cache-Control": "no-cache", "Kopa-Anew": "true" if anew else "false"}
    told = _lines(catalogue, catalogue.last_change.seq if request.method == "HEAD" else start)
    return StreamingResponse(told, media_type=TYPE, headers=headers)


async def _lines(catalogue: Catalogue, start: int) -> AsyncIterator[bytes]:
    newest, epoch = catalogue.last_change.seq, catalogue.epoch
    while start < newest:
        found = await newer(catalogue, start, min(BATCH, newest - start))
        yield b"".join(orjson.dumps(line(epoch, change)) + b"\n" for change in found)
        start = found[-1].seq
