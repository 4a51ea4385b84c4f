"""The audit: who did what to accounts, tokens, exports and webhooks, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.responses import Response

from admin import details
from admin.details import Telling
from admin.labels import choice_name, nouns_name
from admin.naming import Named
from admin.people import accounts, organisations_called
from admin.sections import SECTIONS
from admin.visit import Desk, page
from service.accounts.audit import Entry

PAGE = 50


@page
async def audit(desk: Desk) -> Response:
    """One page of it, perhaps only of what one account did or what was done to it."""
    keeper, about = accounts(desk), _id(desk, "account")
    entries = await keeper.audit(PAGE + 1, before=_id(desk, "before"), about=about)
    names = {person.id: person.label for person in await keeper.everybody()}
    ids = [id for entry in entries for id in entry.details.get("organisations", ())]
    organisations = await organisations_called(desk, ids)
    older = f"?before={entries[PAGE - 1].id}" + (f"&account={about}" if about else "") if len(entries) > PAGE else ""
    return desk.show(
        "audit.html",
        entries=[_line(desk, entry, names, organisations) for entry in entries[:PAGE]],
        about=names.get(about, about) if about else None,
        older=older,
    )


def _id(desk: Desk, name: str) -> str | None:
    try:
        return str(UUID(desk.query.text(name)))
    except ValueError:
        return None


def _line(desk: Desk, entry: Entry, names: Mapping[str, str], organisations: Mapping[str, Named]) -> dict[str, Any]:
    known = entry.about if entry.about in names else None
    return {
        "at": desk.moment(entry.at),
        "act": choice_name(desk.words, entry.act),
        "account": entry.account,
        "by": names.get(entry.account, entry.account) if entry.account else desk.words("by_the_machine"),
        "about_account": known,
        "about": names[known] if known else _noun(desk, entry),
        "details": details.told(Telling(desk.words, organisations, entry)),
        "network": entry.network or "",
    }


def _noun(desk: Desk, entry: Entry) -> str:
    """The records that were exported; the ids of tokens and sessions tell nobody anything."""
    return nouns_name(desk.words, entry.about) if entry.about in SECTIONS else ""
