"""One cooperation: who in which role, since when, what each side says, and what shows it."""

from __future__ import annotations

from typing import Any

from service.models.cooperation import ROLES, Side
from service.pages import addresses, queries, structured
from service.pages.organisation import trail_to as trail_to_organisation
from service.pages.view import View


def cooperation(view: View) -> str:
    record = view.record()
    title = f"{view.tell.name(record.side_a)} – {view.tell.name(record.side_b)}"
    trail = [
        *trail_to_organisation(view, record.side_a),
        (title, addresses.address(record, view.language)),
    ]
    return view.show(
        "cooperation.html",
        title=title,
        description=f"{view.tell.choice(record.kind).capitalize()}: {title}. {view.tell.standing(record)}.",
        record=record,
        trail=trail,
        sides=_sides(view, record),
        graphql=queries.opened(queries.COOPERATION_LINK, id=record.id),
        data=structured.graph(view, {"@type": "WebPage", "name": title}, trail),
    )


def _sides(view: View, record: Any) -> list[tuple[Any, str, str]]:
    """Each side with its role and its word."""
    both = zip(Side, ROLES[record.kind], (record.side_a, record.side_b), strict=True)
    return [(party, view.tell.choice(role), view.tell.word_of(record, side)) for side, role, party in both]
