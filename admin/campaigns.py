"""Campaigns: a letter, whom it went to, how each of them answered, and what can be done about the silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import Response

from admin.entries import Entry
from admin.exporting import as_file
from admin.labels import choice_name
from admin.paging import asked_page, pages
from admin.sheets.files import CSV, MEDIA_TYPES, XLSX, Rows
from admin.visit import Desk, Turned, page
from service.accounts import audit
from service.campaigns.keeping import Campaign, Campaigns, Handed
from service.campaigns.recipients import Answer, Recipient
from service.campaigns.words import MARKS, PRESET, Words
from service.errors import InputError
from service.i18n import LANGUAGES
from service.models.account import AuditAct, Role

PAGE = 100
KINDS = (XLSX, CSV)
UNHEARD = (Answer.SILENT, Answer.UNDELIVERED)
"""Those of whom nothing was heard."""


def campaigns(desk: Desk) -> Campaigns:
    """What the visitor does about campaigns is done by this; only who may invite gets there."""
    if not desk.invites:
        raise Turned("forbidden", 403)
    return Campaigns(desk.database, desk.entrance.settings, desk.viewer.account, desk.permit)


@dataclass(frozen=True)
class Opened:
    """A campaign that is looked at, with everybody whom it invited."""

    campaign: Campaign
    recipients: Sequence[Recipient]

    @property
    def unheard(self) -> list[Recipient]:
        return [each for each in self.recipients if each.answer in UNHEARD]

    def counts(self) -> Counter[Answer]:
        return Counter(each.answer for each in self.recipients)


async def opened(desk: Desk, keeper: Campaigns) -> Opened:
    """The campaign of the page."""
    try:
        return Opened(*await keeper.one(desk.uuid("campaign")))
    except InputError:
        raise Turned("missing", 404) from None


@page
async def everyone(desk: Desk) -> Response:
    """Every campaign, the latest first."""
    keeper = campaigns(desk)
    return desk.show("campaigns.html", campaigns=[_line(desk, each) for each in await keeper.everyone()])


@page
async def new(desk: Desk) -> Response:
    """Begin a campaign with the words that it usually has."""
    keeper = campaigns(desk)
    if not desk.is_post:
        _fill(desk, "", PRESET, "")
        return _form(desk, None)
    try:
        return desk.to(f"campaigns/{await keeper.begin(*_said(desk))}")
    except InputError as refused:
        return _form(desk, None, refused)


@page
async def edit(desk: Desk) -> Response:
    """Change the words or the last day; what went out stays as it is."""
    keeper = campaigns(desk)
    found = (await opened(desk, keeper)).campaign
    if not desk.is_post:
        _fill(desk, found.name, found.words, found.last_day.isoformat())
        return _form(desk, found)
    try:
        await keeper.change(found.id, *_said(desk))
    except InputError as refused:
        return _form(desk, found, refused)
    return desk.to(f"campaigns/{found.id}", "saved")


@page
async def campaign(desk: Desk) -> Response:
    """How a campaign stands; and reminding, or closing it."""
    keeper = campaigns(desk)
    found = await opened(desk, keeper)
    if not desk.is_post:
        return show(desk, keeper, found)
    try:
        return await _act(desk, keeper, found)
    except InputError as refused:
        return show(desk, keeper, found, [each.words[desk.language] for each in refused.problems])


async def _act(desk: Desk, keeper: Campaigns, found: Opened) -> Response:
    id = found.campaign.id
    match desk.typed.text("act"):
        case "remind":
            reminded, handed = await keeper.remind(id)
            if handed:
                return links_file(desk, handed, desk.typed.text("kind"))
            return desk.to(f"campaigns/{id}", "campaign_reminded" if reminded else "campaign_nobody")
        case "close":
            await keeper.close(id)
            return desk.to(f"campaigns/{id}", "campaign_closed")
    raise Turned("missing", 404)


def show(desk: Desk, keeper: Campaigns, found: Opened, problems: Sequence[str] = (), wrong_file: str = "") -> Response:
    """The page of a campaign."""
    counts = found.counts()
    wanted = next((each for each in Answer if each.value == desk.query.text("show")), None)
    listed = [each for each in found.recipients if wanted in (None, each.answer)]
    number = asked_page(desk.query)
    start = (number - 1) * PAGE
    shown = wanted.value if wanted else ""
    return desk.show(
        "campaign.html",
        422 if problems or wrong_file else 200,
        campaign=found.campaign,
        last_day=desk.day(found.campaign.last_day),
        closed_at=_moment(desk, found.campaign.closed_at),
        over=found.campaign.last_day < desk.today,
        total=len(found.recipients),
        counts=[(each.value, choice_name(desk.words, each), counts[each]) for each in Answer],
        shown=shown,
        rows=[_row(desk, each) for each in listed[start : start + PAGE]],
        pages=pages(number, len(listed) > start + PAGE, ("show", shown)),
        unheard=len(found.unheard),
        mails=keeper.sends_letters,
        hands=desk.viewer.role is Role.ADMINISTRATOR,
        problems=problems,
        wrong_file=wrong_file,
        done=desk.done,
    )


def _row(desk: Desk, recipient: Recipient) -> dict[str, Any]:
    known = desk.catalogue.find("organisation", recipient.organisation)
    return {
        "name": recipient.name,
        "organisation": recipient.organisation if known is not None else "",
        "email": recipient.email or "",
        "answer": recipient.answer.value,
        "state": choice_name(desk.words, recipient.answer),
        "at": _moment(desk, recipient.heard_at),
        "again": recipient.reminded_at is not None,
    }


def _line(desk: Desk, campaign: Campaign) -> dict[str, Any]:
    return {
        "id": campaign.id,
        "name": campaign.name,
        "until": desk.day(campaign.last_day),
        "state": "campaign_is_closed" if not campaign.is_open else "",
    }


def _moment(desk: Desk, at: datetime | None) -> str:
    return "" if at is None else desk.moment(at)


def _said(desk: Desk) -> tuple[str, Words, str]:
    typed = desk.typed
    subject, letter = (
        {language: typed.text(f"{name}.{language}") for language in LANGUAGES} for name in ("subject", "letter")
    )
    return typed.text("name"), Words(subject, letter), typed.text("last_day")


def _fill(desk: Desk, name: str, words: Words, last_day: str) -> None:
    desk.typed.put("name", name)
    desk.typed.put("last_day", last_day)
    for field, texts in (("subject", words.subject), ("letter", words.letter)):
        for language, text in texts.items():
            desk.typed.put(f"{field}.{language}", text)


def _form(desk: Desk, campaign: Campaign | None, refused: InputError | None = None) -> Response:
    told: dict[str, list[str]] = {}
    for problem in refused.problems if refused else ():
        language = f"{desk.words(f'in_{problem.path[1]}')}: " if len(problem.path) > 1 else ""
        name = str(problem.path[0]) if problem.path else ""
        told.setdefault(name, []).append(language + problem.words[desk.language])
    words = desk.words
    marks = {f"{mark}_{language}": getattr(MARKS[language], mark) for language in LANGUAGES for mark in MARK_NAMES}
    said = (("name", "line", words("campaign_name"), words("campaign_name_help")),
            ("subject", "texts", words("letter_subject"), ""),
            ("letter", "texts", words("letter_words"), words("letter_words_help", **marks)),
            ("last_day", "short", words("last_day"), words("last_day_help")))  # fmt: skip
    fields = [
        Entry(
            name, kind, label, help=help, required=True, long=name == "letter", problems=told.get(name, []),
            type="date" if name == "last_day" else "text",
        )
        for name, kind, label, help in said
    ]  # fmt: skip
    status = 422 if refused else 200
    general = told.get("", [])
    return desk.show("campaign_form.html", status, campaign=campaign, fields=fields, typed=desk.typed, problems=general)


MARK_NAMES = ("organisation", "link", "day")


@page
async def silent(desk: Desk) -> Response:
    """Those of whom nothing was heard, as a file; that it was taken is written down."""
    keeper, kind = campaigns(desk), desk.request.path_params["kind"]
    if kind not in MEDIA_TYPES:
        raise Turned("missing", 404)
    found = await opened(desk, keeper)
    await _note(desk, found, kind)
    words = desk.words
    head = [*_heads(desk), words("state"), words("invited_on"), words("reminded_on")]
    rows = [
        [
            *_address(each),
            choice_name(words, each.answer),
            *(_moment(desk, at) for at in (each.invited_at, each.reminded_at)),
        ]
        for each in found.unheard
    ]
    return as_file(desk, "campaign-silent", kind, _table(head, rows), [False] * len(head))


async def _note(desk: Desk, found: Opened, kind: str) -> None:
    told: Mapping[str, Any] = {"format": kind, "records": len(found.unheard), "columns": ["campaign_recipient"]}
    about = {"account": desk.viewer.account, "about": found.campaign.id, "network": desk.door.network}
    async with desk.database.transaction() as transaction:
        await audit.note(transaction, AuditAct.EXPORTED, desk.now, **about, **told)


def links_file(desk: Desk, handed: Sequence[Handed], kind: str) -> Response:
    """The links to hand over, which nobody can be shown again."""
    rows = [[*_address(each.recipient), each.link] for each in handed]
    head = [*_heads(desk), desk.words("link_to_hand_over")]
    return as_file(desk, "campaign-links", kind if kind in KINDS else XLSX, _table(head, rows), [False] * len(head))


def _heads(desk: Desk) -> list[str]:
    return [desk.words(name) for name in ("field.name", "field.registration_number", "field.email", "letters_in")]


def _address(recipient: Recipient) -> list[str]:
    return [recipient.name, recipient.number or "", recipient.email or "", recipient.language]


async def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Rows:
    yield [head, *rows]
