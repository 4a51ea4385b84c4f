"""Whom a campaign is to invite: a sheet is handed in, its columns matched, each row looked at, the letters sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from admin import campaigns as shown
from admin.campaigns import Opened, campaigns, links_file, opened
from admin.choosing import Target
from admin.examination import SLICE
from admin.importing import EXAMPLES, PAGE, handed_in
from admin.labels import nouns_name
from admin.paging import asked_page, pages
from admin.sheets import keeping
from admin.sheets.columns import NUMBER, known_columns
from admin.sheets.finding import Finder
from admin.sheets.inviting import NOUN, Guests, addressee
from admin.sheets.keeping import Kept, KeptRow
from admin.sheets.matching import offered
from admin.sheets.names import Names
from admin.sheets.reading import MOST_ROWS, Unreadable
from admin.visit import Desk, Turned, page, upload_page
from service.campaigns import recipients
from service.campaigns.keeping import Campaign, Campaigns
from service.campaigns.words import written
from service.errors import InputError
from service.models.sheet import RECIPIENT, SheetState, Verdict

TAKEN = (Verdict.SAME, Verdict.NEW)
"""The organisation is in the directory, or will be new in it."""


@upload_page
async def upload(desk: Desk) -> Response:
    """Take a sheet that is handed in."""
    keeper = campaigns(desk)
    found = await opened(desk, keeper)
    if not desk.is_post:
        return desk.to(f"campaigns/{found.campaign.id}")
    try:
        id = await handed_in(desk, RECIPIENT)
    except Unreadable as unreadable:
        return shown.show(desk, keeper, found, wrong_file=unreadable.name)
    return desk.to(f"campaigns/{found.campaign.id}/sheets/{id}")


@page
async def sheet(desk: Desk) -> Response:
    """A sheet of recipients, wherever it stands on its way."""
    keeper = campaigns(desk)
    found = await opened(desk, keeper)
    kept = await keeping.one(desk.database, desk.viewer.account, desk.request.path_params["sheet"])
    if kept is None or kept.noun != RECIPIENT:
        return desk.to(f"campaigns/{found.campaign.id}")
    if desk.is_post:
        return await _act(desk, keeper, found, kept)
    if kept.state is not SheetState.EXAMINED or desk.query.text("match"):
        return await _show_matching(desk, found, kept)
    return await _show_examined(desk, keeper, found, kept)


async def _act(desk: Desk, keeper: Campaigns, found: Opened, kept: Kept) -> Response:
    match desk.typed.text("act"):
        case "match":
            return await _match(desk, found, kept)
        case "send" if kept.state is SheetState.EXAMINED:
            return await _send(desk, keeper, found, kept)
        case "drop":
            async with desk.database.transaction() as transaction:
                await keeping.drop(transaction, kept)
            return desk.to(f"campaigns/{found.campaign.id}")
    raise Turned("missing", 404)


async def _match(desk: Desk, found: Opened, kept: Kept) -> Response:
    """Take what was said of the columns, and look at every row."""
    known = known_columns(RECIPIENT)
    typed = [desk.typed.text(f"column.{place}") for place in range(len(kept.headers))]
    columns = [key if key in known else "" for key in typed]
    problem = _problem([key for key in columns if key])
    if problem:
        return await _show_matching(desk, found, kept, columns, problem)
    async with desk.database.transaction() as transaction:
        await keeping.match(transaction, kept, columns, None, clears=False)
    examining = await keeping.one(desk.database, desk.viewer.account, kept.id)
    assert examining is not None
    await _examine(desk, examining)
    return desk.to(f"campaigns/{found.campaign.id}/sheets/{kept.id}")


def _problem(columns: Sequence[str]) -> str:
    if len({*columns}) < len(columns):
        return "matched_twice"
    names = {"name.lv", NUMBER}
    return "" if "email" in columns and names & {*columns} else "guests_need_columns"


async def _examine(desk: Desk, kept: Kept) -> None:
    columns = [known_columns(RECIPIENT).get(key) for key in kept.columns]
    names = await Names.of(desk.catalogue, [Target(NOUN)])
    async with desk.database.snapshot() as reader:
        invited = await recipients.invited_elsewhere(reader)
        colleagues = await recipients.addresses_of_colleagues(reader)
    guests = Guests(columns, Finder(desk.catalogue, NOUN, columns, names), invited, colleagues, desk.words)
    while rows := await keeping.unexamined(desk.database, kept, SLICE):
        findings = {row.id: guests.look(row) for row in rows}
        async with desk.database.transaction() as transaction:
            await keeping.note(transaction, findings)
        await asyncio.sleep(0)
    async with desk.database.transaction() as transaction:
        await keeping.move(transaction, kept, SheetState.EXAMINED)


async def _send(desk: Desk, keeper: Campaigns, found: Opened, kept: Kept) -> Response:
    """Invite whom the sheet names; whoever sends the form twice does it once."""
    rows = await keeping.rows(desk.database, kept, TAKEN, MOST_ROWS)
    if not rows:
        return await _show_examined(desk, keeper, found, kept)
    async with desk.database.transaction() as transaction:
        if not await keeping.move(transaction, kept, SheetState.KEPT):
            return desk.to(f"campaigns/{found.campaign.id}")
    sent = keeping.standing_at(kept, SheetState.KEPT)
    try:
        handed = await keeper.invite(found.campaign.id, [addressee(row) for row in rows])
    except BaseException as error:
        async with desk.database.transaction() as transaction:
            await keeping.move(transaction, sent, SheetState.EXAMINED)
        if isinstance(error, InputError):
            return await _show_examined(desk, keeper, found, kept, error)
        raise
    async with desk.database.transaction() as transaction:
        await keeping.drop(transaction, sent)  # It holds addresses, which now stand in one place only.
    desk.request.app.state.runner.wake()
    if handed:
        return links_file(desk, handed, desk.typed.text("kind"))
    return desk.to(f"campaigns/{found.campaign.id}", "campaign_sent")


async def _show_matching(
    desk: Desk, found: Opened, kept: Kept, columns: Sequence[str] | None = None, problem: str = ""
) -> Response:
    chosen = kept.columns if columns is None else columns
    first = await keeping.first_rows(desk.database, kept, 20)
    examples = [[row.cells[place] for row in first if row.cells[place]][:EXAMPLES] for place in range(len(chosen))]
    return desk.show(
        "campaign_match.html",
        422 if problem else 200,
        campaign=found.campaign,
        sheet=kept,
        columns=[*zip(kept.headers, chosen, examples, strict=True)],
        offered=[(column.key, column.label(desk.words).removesuffix(" (lv)")) for column in offered(RECIPIENT, chosen)],
        problem=problem,
    )


async def _show_examined(
    desk: Desk, keeper: Campaigns, found: Opened, kept: Kept, refused: InputError | None = None
) -> Response:
    counts = await keeping.counts(desk.database, kept)
    wanted = [verdict for verdict in (*TAKEN, Verdict.ERROR) if verdict.value == desk.query.text("show")]
    showing, number = wanted[0].value if wanted else "", asked_page(desk.query)
    rows = await keeping.rows(desk.database, kept, wanted or [*Verdict], PAGE + 1, (number - 1) * PAGE)
    return desk.show(
        "campaign_examined.html",
        422 if refused else 200,
        campaign=found.campaign,
        sheet=kept,
        organisations=nouns_name(desk.words, NOUN),
        counts=[(each.value, desk.words.count(f"guests_{each.value}", counts.get(each.value, 0)))
                for each in (*TAKEN, Verdict.ERROR)],
        total=sum(counts.values()),
        shown=showing,
        rows=[_told(desk, row) for row in rows[:PAGE]],
        pages=pages(number, len(rows) > PAGE, ("show", showing)),
        taken=sum(counts.get(each.value, 0) for each in TAKEN),
        mails=keeper.sends_letters,
        letter=_letter(found.campaign, rows),
        problems=[each.words[desk.language] for each in refused.problems] if refused else [],
    )  # fmt: skip


def _letter(campaign: Campaign, rows: Sequence[KeptRow]) -> tuple[str, str, str]:
    """How the letter to the first of them reads: its language, subject and text."""
    first = next((row.finding for row in rows if row.verdict in TAKEN), None)
    if first is None:
        return "", "", ""
    language = first["patch"]["language"]
    day = written(campaign.last_day, language)
    return language, *campaign.words.filled(language, first["name"], "https://…", day, again=False)


def _told(desk: Desk, row: KeptRow) -> dict[str, Any]:
    finding, patch = row.finding, row.finding.get("patch", {})
    return {
        "number": row.number,
        "name": finding["name"] or desk.words("untitled"),
        "record": finding["record"] if row.verdict is Verdict.SAME else "",
        "email": patch.get("email", ""),
        "language": patch.get("language", ""),
        "verdict": row.verdict.value if row.verdict else "",
        "problems": [words[desk.language] for _, words in finding.get("problems", [])],
    }
