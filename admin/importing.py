"""Import: a file is handed in, its columns are matched, every row is looked at, and what changes becomes drafts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from admin.choosing import Target
from admin.examination import go_on
from admin.labels import noun_name, nouns_name
from admin.paging import asked_page, pages
from admin.sheets import keeping
from admin.sheets.columns import known_columns
from admin.sheets.keeping import Kept, KeptRow
from admin.sheets.matching import offered
from admin.sheets.names import Names
from admin.sheets.reading import MOST_ROWS, Unreadable, read_table
from admin.visit import Desk, Turned, page, upload_page
from service import models
from service.editing import history, revisions
from service.editing.drafts import Draft
from service.editing.patching import patched
from service.editing.permits import Step
from service.editing.policy import allows_some
from service.errors import InputError, Problem
from service.models.sheet import SheetState, Verdict
from service.turns import in_turns

PAGE = 50
TAKEN = (Verdict.NEW, Verdict.CHANGED)
THERE = (Verdict.CHANGED, Verdict.SAME)
EXAMPLES = 3
"""So many cells of each column are shown while it is matched."""


@upload_page
async def upload(desk: Desk) -> Response:
    """Where a file is handed in."""
    noun = desk.noun
    if not allows_some(desk.viewer, Step.PROPOSE, noun):
        raise Turned("forbidden", 403)
    if not desk.is_post:
        return await _show_upload(desk)
    try:
        return desk.to(f"imports/{await handed_in(desk, noun)}")
    except Unreadable as unreadable:
        return await _show_upload(desk, unreadable.name)


async def handed_in(desk: Desk, noun: str) -> str:
    """The id of the sheet that a form brings. Raises Unreadable."""
    file = desk.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Unreadable("sheet_missing")
    table = await asyncio.to_thread(read_table, await file.read())
    name = "".join(letter for letter in PurePath(file.filename).name if letter.isprintable())[-100:].strip() or noun
    return await keeping.keep(desk.database, desk.viewer.account, noun, name, table, desk.language, desk.now)


async def _show_upload(desk: Desk, problem: str = "") -> Response:
    noun = desk.noun
    return desk.show(
        "import.html",
        422 if problem else 200,
        noun=noun,
        heading=nouns_name(desk.words, noun),
        problem=problem,
        most=desk.words.number(MOST_ROWS),
        own=await keeping.own(desk.database, desk.viewer.account, noun),
    )


@page
async def sheet(desk: Desk) -> Response:
    """A sheet, wherever it stands on its way."""
    found = await keeping.one(desk.database, desk.viewer.account, desk.request.path_params["sheet"])
    if found is None or found.noun not in desk.nouns:
        raise Turned("missing", 404)
    if found.state is SheetState.KEPT:
        return desk.to(f"batches/{found.batch}") if found.batch else await _show_progress(desk, found)
    if desk.is_post:
        return await _act(desk, found)
    if found.state is SheetState.EXAMINING:
        found = await go_on(desk, found)
    if found.state is SheetState.MATCHING or desk.query.text("match"):
        return await _show_matching(desk, found)
    if found.state is SheetState.EXAMINING:
        return await _show_progress(desk, found)
    return await _show_examined(desk, found)


async def _act(desk: Desk, sheet: Kept) -> Response:
    match desk.typed.text("act"):
        case "match":
            return await _match(desk, sheet)
        case "keep" if sheet.state is SheetState.EXAMINED:
            return await _keep(desk, sheet)
        case "drop":
            async with desk.database.transaction() as transaction:
                await keeping.drop(transaction, sheet)
            return desk.to(sheet.noun)
    raise Turned("missing", 404)


async def _match(desk: Desk, sheet: Kept) -> Response:
    """Take what was said of the columns."""
    known, typed = known_columns(sheet.noun), desk.typed
    columns = [typed.text(f"column.{place}") for place in range(len(sheet.headers))]
    columns = [key if key in known else "" for key in columns]
    twice = {key for key in columns if key and columns.count(key) > 1}
    source, problems = await _source(desk)
    if twice:
        problems["columns"] = "matched_twice"
    elif not any(key and not known[key].is_told for key in columns):
        problems["columns"] = "matched_nothing"
    if problems:
        return await _show_matching(desk, sheet, columns, problems)
    async with desk.database.transaction() as transaction:
        await keeping.match(transaction, sheet, columns, source, clears=typed.has("clears", "yes"))
    return desk.to(f"imports/{sheet.id}")


async def _source(desk: Desk) -> tuple[str | None, dict[str, str]]:
    """The source that was named, by its title, address or id."""
    text = desk.typed.text("source").strip()
    if not text:
        return None, {}
    target = Target("source")
    found = (await Names.of(desk.catalogue, [target])).meant(target, text)
    return found, {} if found else {"source": "found_nothing"}


async def _show_matching(
    desk: Desk, sheet: Kept, columns: Sequence[str] | None = None, problems: dict[str, str] | None = None
) -> Response:
    chosen = sheet.columns if columns is None else columns
    first = await keeping.first_rows(desk.database, sheet, 20)
    examples = [[row.cells[place] for row in first if row.cells[place]][:EXAMPLES] for place in range(len(chosen))]
    source = desk.catalogue.records.get(sheet.source or "")
    return desk.show(
        "import_match.html",
        422 if problems else 200,
        noun=sheet.noun,
        sheet=sheet,
        heading=nouns_name(desk.words, sheet.noun),
        columns=[*zip(sheet.headers, chosen, examples, strict=True)],
        offered=[
            (column.key, column.label(desk.words)) for column in offered(sheet.noun, chosen) if not column.is_told
        ],
        problems=problems or {},
        clears=desk.typed.has("clears", "yes") if desk.is_post else sheet.clears,
        source=desk.typed.text("source") if desk.is_post else source.title if source else "",
        sources=[record.title for record in desk.catalogue.of("source")][-100:],
        needs_source=models.NOUNS[sheet.noun].NEEDS_EVIDENCE,
    )


async def _show_progress(desk: Desk, sheet: Kept) -> Response:
    counts = await keeping.counts(desk.database, sheet)
    total = sum(counts.values())
    return desk.show(
        "import_progress.html",
        noun=sheet.noun,
        sheet=sheet,
        done=total - counts.get("", 0),
        total=total,
    )


async def _show_examined(desk: Desk, sheet: Kept, refused: InputError | None = None) -> Response:
    counts = await keeping.counts(desk.database, sheet)
    wanted = [verdict for verdict in Verdict if verdict.value == desk.query.text("show")]
    verdicts = wanted or [verdict for verdict in Verdict if verdict is not Verdict.SAME]
    number, show = asked_page(desk.query), wanted[0].value if wanted else ""
    rows = await keeping.rows(desk.database, sheet, verdicts, PAGE + 1, (number - 1) * PAGE)
    return desk.show(
        "import_examined.html",
        422 if refused else 200,
        noun=sheet.noun,
        one=noun_name(desk.words, sheet.noun),
        sheet=sheet,
        counts=[(verdict.value, desk.words.count(f"rows_{verdict.value}", counts.get(verdict.value, 0)))
                for verdict in Verdict],
        show=show,
        rows=[_told(desk, sheet, row) for row in rows[:PAGE]],
        pages=pages(number, len(rows) > PAGE, ("show", show)),
        taken=sum(counts.get(verdict.value, 0) for verdict in TAKEN),
        problems=await _refusals(desk, sheet, refused.problems if refused else []),
    )  # fmt: skip


def _told(desk: Desk, sheet: Kept, row: KeptRow) -> dict[str, Any]:
    finding, known = row.finding, known_columns(sheet.noun)
    heads = [
        known[key].label(desk.words) if key else header
        for key, header in zip(sheet.columns, sheet.headers, strict=True)
    ]
    return {
        "number": row.number,
        "name": finding.get("name", ""),
        "address": f"{sheet.noun}/{finding.get('record')}" if row.verdict in THERE else "",
        "verdict": row.verdict.value if row.verdict else "",
        "changes": [(heads[place], before, after) for place, before, after in finding.get("changes", [])],
        "problems": [
            (heads[place] if place >= 0 else "", words[desk.language]) for place, words in finding.get("problems", [])
        ],
    }


async def _keep(desk: Desk, sheet: Kept) -> Response:
    """Let what changes become one set of drafts; whoever sends the form twice finds the same set."""
    counts = await keeping.counts(desk.database, sheet)
    if not any(counts.get(verdict.value) for verdict in TAKEN):
        return await _show_examined(desk, sheet)
    async with desk.database.transaction() as transaction:
        if not await keeping.move(transaction, sheet, SheetState.KEPT):
            return desk.to(f"imports/{sheet.id}")
    claimed = keeping.standing_at(sheet, SheetState.KEPT)
    try:
        drafts = await _drafts(desk, sheet)
        saved = await revisions.propose(desk.database, drafts, author=desk.viewer.account, permit=desk.permit)
    except InputError as refused:
        await _moved(desk, claimed, SheetState.EXAMINED, None)
        return await _show_examined(desk, sheet, refused)
    except BaseException:
        await _moved(desk, claimed, SheetState.EXAMINED, None)
        raise
    await _moved(desk, claimed, SheetState.KEPT, saved.batch)
    return desk.to(f"batches/{saved.batch}", "kept_as_drafts")


async def _moved(desk: Desk, sheet: Kept, state: SheetState, batch: str | None) -> None:
    async with desk.database.transaction() as transaction:
        await keeping.move(transaction, sheet, state, batch)


async def _drafts(desk: Desk, sheet: Kept) -> list[Draft]:
    """A draft of each row that changes something, on what its record holds now."""
    rows = await keeping.rows(desk.database, sheet, TAKEN, MOST_ROWS)
    changed = [row.finding["record"] for row in rows if row.verdict is Verdict.CHANGED]
    now = await history.latest(desk.database, changed)
    drafts = []
    async for row in in_turns(rows):
        past = now.get(row.finding["record"])
        content = patched(sheet.noun, past.content if past else {}, row.finding["patch"])
        drafts.append(Draft(sheet.noun, row.finding["record"], content, past.revision if past else None))
    return drafts


async def _refusals(desk: Desk, sheet: Kept, problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Each problem with the row that it is about."""
    if not problems:
        return []
    rows = await keeping.rows(desk.database, sheet, TAKEN, MOST_ROWS)
    return [(_row_name(rows, each), each.words[desk.language]) for each in problems[:PAGE]]


def _row_name(rows: Sequence[KeptRow], problem: Problem) -> str:
    place = problem.path[0] if problem.path else None
    return f"{rows[place].number}. {rows[place].finding['name']}" if isinstance(place, int) else ""
