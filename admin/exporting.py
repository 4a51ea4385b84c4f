"""Export: exactly the records that a list shows, in its order and with its columns, as a file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from starlette.responses import Response, StreamingResponse

from admin.lists import columns_of, everything_listed
from admin.sections import SECTIONS
from admin.sheets.cells import Writer, most_children, targets
from admin.sheets.columns import Column, all_columns, first_columns, of_fields
from admin.sheets.files import CSV, MEDIA_TYPES, Row, Rows, as_csv, as_xlsx
from admin.sheets.names import Names
from admin.visit import Desk, Turned, page
from service.accounts import audit
from service.catalogue.catalogue import Catalogue
from service.models import fields as declared
from service.models.account import AuditAct

SLICE = 100
"""Records that are written at once; then others have their turn."""


@page
async def export(desk: Desk) -> Response:
    """A list as a file; that it was taken is written down."""
    noun, kind = desk.noun, desk.request.path_params["kind"]
    if kind not in MEDIA_TYPES:
        raise Turned("missing", 404)
    ids = everything_listed(desk, noun)
    columns = await _columns(desk, noun, ids)
    await _note(desk, noun, kind, columns, len(ids))
    writer = Writer(columns, await Names.of(desk.catalogue, targets(columns)), desk.words)
    rows = _rows(desk.catalogue, writer, ids)
    return as_file(desk, noun, kind, rows, [_is_numeric(column) for column in columns])


def as_file(desk: Desk, name: str, kind: str, rows: Rows, numeric: Sequence[bool]) -> Response:
    """A table to be kept as a file with the day in its name."""
    body = as_csv(rows, desk.language) if kind == CSV else as_xlsx(rows, desk.language, numeric)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{desk.today.isoformat()}.{kind}"'}
    return StreamingResponse(body, media_type=MEDIA_TYPES[kind], headers=headers)


async def _columns(desk: Desk, noun: str, ids: Sequence[str]) -> list[Column]:
    """Those of the list, or all there are."""
    if desk.query.text("columns") != "all":
        listed = of_fields(noun, columns_of(noun, desk.query))
        return list(dict.fromkeys([*first_columns(noun), *listed]))
    parts, most = SECTIONS[noun].shape.parts, dict[str, int]()
    async for records in _slices(desk.catalogue, ids):
        some = most_children(noun, records, parts)
        most = {part: max(most.get(part, 0), some[part]) for part in parts}
    return all_columns(noun, most)


async def _note(desk: Desk, noun: str, kind: str, columns: Sequence[Column], records: int) -> None:
    """What was looked for may name somebody, and is not written down."""
    async with desk.database.transaction() as transaction:
        await audit.note(
            transaction,
            AuditAct.EXPORTED,
            desk.now,
            account=desk.viewer.account,
            about=noun,
            network=desk.door.network,
            format=kind,
            records=records,
            columns=list(dict.fromkeys(column.part or column.name for column in columns)),
        )


async def _rows(catalogue: Catalogue, writer: Writer, ids: Sequence[str]) -> Rows:
    head: list[Row] = [[column.label(writer.words) for column in writer.columns]]
    yield head
    async for records in _slices(catalogue, ids):
        yield [writer.row(record) for record in records]


async def _slices(catalogue: Catalogue, ids: Sequence[str]) -> AsyncIterator[list[Any]]:
    """The records of ids that are still there, some at a time."""
    for start in range(0, len(ids), SLICE):
        found = (catalogue.records.get(id) for id in ids[start : start + SLICE])
        yield [record for record in found if record is not None]
        await asyncio.sleep(0)


def _is_numeric(column: Column) -> bool:
    kinds = (declared.Minor, declared.Number, declared.Whole, declared.Degrees)
    return isinstance(column.shape.scalars.get(column.name), kinds)
