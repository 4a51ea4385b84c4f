"""Looking at the rows of a sheet, some at a time: each visit to its page does a part, and others have their turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from time import monotonic

from admin.choosing import Target
from admin.sheets import keeping
from admin.sheets.cells import targets
from admin.sheets.columns import known_columns
from admin.sheets.examining import Examiner, Finding
from admin.sheets.finding import Finder
from admin.sheets.keeping import Kept, KeptRow
from admin.sheets.names import Names
from admin.visit import Desk
from service.accounts.viewer import Viewer, viewer_now
from service.catalogue.catalogue import Catalogue
from service.editing import history, policy
from service.editing.content import Content
from service.editing.messages import problem
from service.editing.permits import Attempt, Step
from service.editing.policy import grant
from service.errors import Problem
from service.i18n import LANGUAGES, words
from service.models.revision import Act
from service.models.sheet import SheetState
from service.turns import in_turns

SLICE = 250
"""Rows that are looked at before others have their turn."""

AT_ONCE = 2.0
"""Seconds that one visit spends on it."""


async def go_on(desk: Desk, sheet: Kept) -> Kept:
    """Look at the next rows; the sheet as it stands then."""
    began = monotonic()
    finder, examiner = await prepared(desk.catalogue, sheet)
    while monotonic() - began < AT_ONCE:
        rows = await keeping.unexamined(desk.database, sheet, SLICE)
        found = await examined(desk, finder, examiner, rows) if rows else {}
        async with desk.database.transaction() as transaction:
            await keeping.note(transaction, found)
            if len(rows) < SLICE and not await keeping.unexamined(transaction, sheet, 1):
                await keeping.move(transaction, sheet, SheetState.EXAMINED)
                return replace(sheet, state=SheetState.EXAMINED)
    return sheet


async def prepared(catalogue: Catalogue, sheet: Kept) -> tuple[Finder, Examiner]:
    """Who finds the records of a sheet's rows, and who looks at these."""
    known = known_columns(sheet.noun)
    columns = [known.get(key) for key in sheet.columns]
    used = [column for column in columns if column is not None]
    names = await Names.of(catalogue, [Target(sheet.noun), *targets(used)])
    evidence = _evidence(sheet)
    examiner = Examiner(
        catalogue, sheet.noun, columns, names, _nothing, sheet.language, clears=sheet.clears, evidence=evidence
    )
    return Finder(catalogue, sheet.noun, columns, names), examiner


def _nothing(record: str, before: Content | None, after: Content) -> Iterator[Problem]:
    return iter(())


def _evidence(sheet: Kept) -> Content | None:
    """What new records rest on."""
    if sheet.source is None:
        return None
    says = {language: words(language)("from_file", name=sheet.name) for language in LANGUAGES}
    return {"source": sheet.source, "basis": "stated", "says": says}


async def examined(desk: Desk, finder: Finder, examiner: Examiner, rows: list[KeptRow]) -> dict[str, Finding]:
    """What some rows would do, by their ids."""
    found = {row.id: finder.find(row.cells) async for row in in_turns(rows)}
    ids = [str(each.record.id) for each in found.values() if each.record is not None]
    async with desk.database.snapshot() as reader:
        pasts = await history.latest(reader, ids)
        used = await policy.users(reader, ids)
        strict = await policy.has_enough_reviewers(reader)
        viewer = await viewer_now(reader, desk.viewer)
    contents = {id: past.content for id, past in pasts.items() if past.act is Act.PUBLISH}
    examiner.refusing = refusing(viewer, examiner.noun, used, strict=strict)
    findings = {}
    async for row in in_turns(rows):
        each = found[row.id]
        content = contents.get(str(each.record.id)) if each.record is not None else None
        findings[row.id] = examiner.examine(row.cells, each, content)
    return findings


def refusing(
    viewer: Viewer | None, noun: str, used: Mapping[str, frozenset[str]], *, strict: bool
) -> Callable[[str, Content | None, Content], Iterator[Problem]]:
    """Tells what a visitor may not do of what a row would."""
    rule = grant(viewer, noun)

    def refused(record: str, before: Content | None, after: Content) -> Iterator[Problem]:
        author = viewer.account if viewer else None
        attempt = Attempt(Step.PROPOSE, noun, record, before, after, author)
        if policy.allows(viewer, attempt, used, strict):
            return
        changed = policy.changed(before, after)
        closed = sorted(name for name in changed if rule is None or name not in rule.changes)
        yield from (problem("field_not_allowed", (name,)) for name in closed)
        if not closed:
            yield problem("not_allowed", ())

    return refused
