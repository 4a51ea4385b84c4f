"""What readers report: the list of those that wait, and what became of each, said with one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from admin.labels import choice_name, noun_name
from admin.paging import asked_page, pages
from admin.visit import Desk, Turned, page
from service.editing.permits import Step
from service.editing.policy import allows_some
from service.errors import InputError
from service.models.report import ReportKind, ReportState
from service.reporting import reports
from service.reporting.reports import Report
from service.showing.naming import title

PAGE = 25


@dataclass(frozen=True)
class Heard:
    """A report as the panel shows it."""

    id: str
    noun: str
    one: str
    record: str
    name: str
    kind: str
    field: str
    words: str
    at: str
    urgent: bool


@page
async def everything(desk: Desk) -> Response:
    """Every report that waits."""
    if not hears(desk):
        raise Turned("forbidden", 403)
    number = asked_page(desk.query)
    start = (number - 1) * PAGE
    async with desk.database.snapshot() as reader:
        found, total = await reports.waiting(reader, PAGE + 1, start), await reports.count(reader)
    return desk.show(
        "reports.html",
        total=desk.words.count("reports", total),
        reports=heard(desk, found[:PAGE]),
        pages=pages(number, len(found) > PAGE),
        done=desk.done,
    )


@page
async def close(desk: Desk) -> Response:
    """Say what became of a report; the way leads back to where it was said."""
    state = next((each for each in ReportState if each.value == desk.typed.text("state")), ReportState.OPEN)
    if not desk.is_post or state is ReportState.OPEN:
        raise Turned("missing", 404)
    try:
        closed = await reports.close(
            desk.database, desk.uuid("report"), state, desk.now, account=desk.viewer.account, permit=desk.permit
        )
    except InputError as refused:
        forbidden = refused.problems[0].code == "not_allowed"
        raise Turned("forbidden" if forbidden else "missing", 403 if forbidden else 404) from None
    return desk.to(_back(desk.typed.text("from"), closed), "report_closed")


def _back(place: str, closed: Report) -> str:
    return {"home": "", "record": f"{closed.noun}/{closed.record}"}.get(place, "work/reports")


def hears(desk: Desk) -> bool:
    """Whether the visitor is told what readers report."""
    return any(allows_some(desk.viewer, Step.HEAR, noun) for noun in desk.nouns)


async def first_ones(desk: Desk, most: int) -> tuple[list[Heard], int]:
    """The first reports that wait, and how many there are in all."""
    if not hears(desk):
        return [], 0
    async with desk.database.snapshot() as reader:
        return heard(desk, await reports.waiting(reader, most)), await reports.count(reader)


async def of_record(desk: Desk, noun: str, id: str) -> list[Heard]:
    """Those that wait about a record."""
    if not allows_some(desk.viewer, Step.HEAR, noun):
        return []
    return heard(desk, await reports.of_record(desk.database, id))


def heard(desk: Desk, found: Sequence[Report]) -> list[Heard]:
    return [_heard(desk, report) for report in found]


def _heard(desk: Desk, report: Report) -> Heard:
    record = desk.catalogue.node(report.record)
    words = "" if report.words is None else report.words
    return Heard(
        id=report.id,
        noun=report.noun,
        one=noun_name(desk.words, report.noun),
        record=report.record,
        name=title(record, desk.words) if record is not None else desk.words("untitled"),
        kind=choice_name(desk.words, report.kind),
        field=choice_name(desk.words, report.field) if report.field else "",
        words=words,
        at=desk.moment(report.at),
        urgent=report.kind is ReportKind.UNSAFE,
    )
