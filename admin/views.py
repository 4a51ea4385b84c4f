"""Views: lists that somebody wants to see again, by a name; their addresses can be handed to anybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from admin.typed import Pair
from admin.visit import Desk, page
from service.database import Transaction
from service.models.rows import from_json

PASSING = ("after", "before", "page", "lang", "columns", "done")
"""What a query tells of a visit, and not of the list."""

MOST_VIEWS = 30
MOST_PAIRS = 60
LONGEST_NAME = 60
LONGEST_QUERY = 3_000


@dataclass(frozen=True)
class View:
    """A list under a name."""

    id: str
    name: str
    pairs: list[Pair]

    @property
    def query(self) -> str:
        return "?" + urlencode(self.pairs)


async def own(desk: Desk, noun: str) -> list[View]:
    """The visitor's views of a noun, by name."""
    sql = "SELECT id, name, pairs FROM saved_view WHERE account_id = ? AND noun = ?"
    rows = await desk.database.fetch(sql, desk.viewer.account, noun)
    found = [View(str(row["id"]), row["name"], [(a, b) for a, b in from_json(row["pairs"])]) for row in rows]
    return sorted(found, key=lambda view: view.name.casefold())


@page
async def views(desk: Desk) -> Response:
    """Keep the list as it is shown, or forget a view."""
    noun, typed = desk.noun, desk.typed
    pairs = pairs_of(typed.text("query"))
    async with desk.database.transaction() as transaction:
        if forgotten := typed.text("forget"):
            sql = "DELETE FROM saved_view WHERE account_id = ? AND noun = ? AND id = ?"
            for view in await own(desk, noun):
                if view.id == forgotten:
                    await transaction.execute(sql, desk.viewer.account, noun, view.id)
        elif name := _name(typed.text("name")):
            await _keep(transaction, desk, noun, name, pairs)
    return RedirectResponse(f"/admin/{noun}?{urlencode(pairs)}", 303)


def pairs_of(query: str) -> list[Pair]:
    """What of a query tells of the list."""
    if len(query) > LONGEST_QUERY:
        return []
    found = parse_qsl(query.removeprefix("?"), errors="ignore")
    return [pair for pair in found if pair[0] not in PASSING and "\0" not in "".join(pair)][:MOST_PAIRS]


def _name(text: str) -> str:
    shown = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return shown[:LONGEST_NAME].strip()


async def _keep(transaction: Transaction, desk: Desk, noun: str, name: str, pairs: list[Pair]) -> None:
    sql = "SELECT COUNT(*) AS n FROM saved_view WHERE account_id = ? AND noun = ? AND name <> ?"
    [row] = await transaction.fetch(sql, desk.viewer.account, noun, name)
    if int(row["n"]) < MOST_VIEWS:
        await transaction.execute(
            "INSERT INTO saved_view (id, account_id, noun, name, pairs) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (account_id, noun, name) DO UPDATE SET pairs = excluded.pairs",
            *(str(uuid4()), desk.viewer.account, noun, name, json.dumps(pairs, ensure_ascii=False)),
        )
