"""The audit: who did what to accounts, tokens, exports and webhooks, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.responses import Response

from admin.labels import choice_name
from admin.people import accounts
from admin.visit import Desk, page
from service.accounts.audit import Entry

PAGE = 50


@page
async def audit(desk: Desk) -> Response:
    """One page of it, perhaps only of what one account did or what was done to it."""
    keeper, about = accounts(desk), _id(desk, "account")
    entries = await keeper.audit(PAGE + 1, before=_id(desk, "before"), about=about)
    names = {person.id: person.label for person in await keeper.everybody()}
    older = f"?before={entries[PAGE - 1].id}" + (f"&account={about}" if about else "") if len(entries) > PAGE else ""
    return desk.show(
        "audit.html",
        entries=[_line(desk, entry, names) for entry in entries[:PAGE]],
        about=names.get(about, about) if about else None,
        older=older,
    )


def _id(desk: Desk, name: str) -> str | None:
    try:
        return str(UUID(desk.query.text(name)))
    except ValueError:
        return None


def _line(desk: Desk, entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    known = entry.about if entry.about in names else None
    return {
        "at": desk.moment(entry.at),
        "act": choice_name(desk.words, entry.act),
        "account": entry.account,
        "by": names.get(entry.account, entry.account) if entry.account else desk.words("by_the_machine"),
        "about_account": known,
        "about": names[known] if known else entry.about or "",
        "details": [f"{name}: {_shown(value)}" for name, value in sorted(entry.details.items())],
        "network": entry.network or "",
    }


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
