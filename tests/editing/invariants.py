"""What is always true of a directory, whoever has done what: asked of its rows, its catalogue and its answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from service import models
from service.api.schema import schema
from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import changes_after
from service.database import Database
from service.editing.acts import WHAT_A_WORD_IS_ABOUT
from service.editing.content import public
from service.editing.history import Past, history, latest
from service.models.ddl import TABLES
from service.models.rows import from_moment
from service.settings import Settings
from tests.editing.crowd import RECORDS, SHELTER, SIGN, Known
from tests.editing.observing import plain, stored

NEEDS_EVIDENCE = [noun for noun, model in models.NOUNS.items() if model.NEEDS_EVIDENCE]
IS_BROKEN = {
    "the log has gaps": """
        SELECT seq FROM change_clock
        WHERE seq <> (SELECT count(*) FROM change) OR seq <> (SELECT max(seq) FROM change)""",
    "a link has one side": "SELECT id FROM cooperation_link WHERE side_a_id = side_b_id",
    "two links overlap": """
        SELECT a.id FROM cooperation_link a JOIN cooperation_link b ON a.kind = b.kind AND a.id < b.id
        AND ((a.side_a_id = b.side_a_id AND a.side_b_id = b.side_b_id)
            OR (a.kind = 'cooperation' AND a.side_a_id = b.side_b_id AND a.side_b_id = b.side_a_id))""",
    "something is published without evidence": f"""
        SELECT id FROM record r WHERE state = 'published' AND noun IN ({", ".join(map(repr, NEEDS_EVIDENCE))})
        AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.owner_id = r.id)""",
    "a record and its row differ": " UNION ALL ".join(
        f"SELECT r.id FROM record r LEFT JOIN \"{noun}\" n ON n.id = r.id WHERE r.noun = '{noun}'"
        " AND (r.state = 'published') <> (n.id IS NOT NULL)"
        for noun in models.NOUNS
    ),
    "a place of a shelter is shown": f"""
        SELECT l.id FROM location l JOIN service_location s ON s.location_id = l.id
        JOIN service_category c ON c.owner_id = s.owner_id
        WHERE c.taxonomy_term_id = '{SHELTER.id}' AND NOT l.confidential AND NOT l.disclosed""",
    "a confidential place and its private row differ": """
        SELECT l.id FROM location l LEFT JOIN location_private p ON p.location_id = l.id
        WHERE l.confidential <> (p.location_id IS NOT NULL)""",
    "a merged record leads nowhere": """
        SELECT id FROM record WHERE merged_into_id NOT IN (SELECT id FROM record)""",
}
"""Statements that find whatever breaks a rule."""

WORDS = """{
    organisations(first: 100) { nodes { id name description phone } }
    services(first: 100) { nodes { id name description } }
    locations(first: 100) { nodes { id name address } }
    cooperationLinks(first: 100) { nodes { id kind description } }
}"""
EVIDENCE = """{
    organisations(first: 100) { nodes { evidence { nodes { locator } } } }
    services(first: 100) { nodes { evidence { nodes { locator } } } }
    locations(first: 100) { nodes { evidence { nodes { locator } } } }
    cooperationLinks(first: 100) { nodes { evidence { nodes { locator } } } }
}"""


class Public:
    """The public side as a process of the product holds it, following the log."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.catalogue: Catalogue | None = None

    async def caught_up(self) -> Catalogue:
        [clock] = await self.database.fetch("SELECT epoch FROM change_clock")
        if self.catalogue is None or self.catalogue.epoch != clock["epoch"]:
            self.catalogue = await self.loaded()
        while changes := await changes_after(self.database, self.catalogue.last_change.seq):
            await Applying(self.catalogue).apply(changes)
        return self.catalogue

    async def loaded(self) -> Catalogue:
        return await Catalogue.load(self.database, Settings.from_env({}), date(2026, 11, 15))


def answer(catalogue: Catalogue, query: str = WORDS) -> str:
    """What anybody is told of the records here."""
    result = schema.execute_sync(query, root_value=catalogue)
    assert result.errors is None, result.errors
    return json.dumps(result.data, ensure_ascii=False)


async def check(database: Database, known: Known, seen: Public) -> None:
    """Every rule of rows, that nothing is seen but what was published last, and that nothing acknowledged is lost."""
    for rule, sql in IS_BROKEN.items():
        assert await database.fetch(sql) == [], rule
    await _check_records(database)
    await _check_words(database)
    await _check_public(database, known, await seen.caught_up())
    await _check_drafts(database, known)


async def check_thoroughly(database: Database, known: Known, seen: Public) -> None:
    """What takes longer: all history, all of the log, and a catalogue that is loaded afresh."""
    await check(database, known, seen)
    assert answer(await seen.loaded()) == answer(await seen.caught_up())
    for record, signs in known.published.items():
        found = json.dumps([past.content for past in await history(database, record)], ensure_ascii=False)
        assert signs <= set(SIGN.findall(found)), "an acknowledged publication is not in history"
    published = set().union(*known.published.values())
    for row in await database.fetch("SELECT noun, payload FROM change"):
        payload = plain(row["payload"])
        signs = set(SIGN.findall(json.dumps(payload, ensure_ascii=False)))
        assert signs <= published, "the log tells what was never published"
        hidden = row["noun"] == "location" and payload.get("content", {}).get("confidential")
        assert not hidden or "Zīmju iela" not in str(payload), "the log tells a confidential address"
    for model in TABLES:
        rows = str(await database.fetch(f'SELECT * FROM "{model._meta.db_table}"'))
        assert not known.redacted & set(SIGN.findall(rows)), f"{model._meta.db_table} holds what was redacted"


async def _check_records(database: Database) -> None:
    rows = {str(row["id"]): row for row in await database.fetch("SELECT * FROM record")}
    states = {"publish": "published", "withdraw": "withdrawn", "merge": "merged"}
    for id, past in (await latest(database, RECORDS)).items():
        assert (rows[id]["state"], rows[id]["version"]) == (states[past.act.value], past.version)
        assert from_moment(rows[id]["last_modified"]) == past.at, "more than content moved last_modified"
        content = public(past.noun, past.content) if past.act.value == "publish" else None
        assert await stored(database, past.noun, id) == content


async def _check_words(database: Database) -> None:
    """What a side said stands only as long as what it spoke about is what it was."""
    said: dict[tuple[str, str], Any] = {}
    for row in await database.fetch("SELECT link_id, side, state, at FROM confirmation ORDER BY at, id"):
        said[str(row["link_id"]), row["side"]] = row
    same = await _ever_the_same(database)
    for (link, _), row in said.items():
        pasts = await history(database, link)
        if row["state"] != "unasked" and pasts[0].act.value == "publish":
            then = next(past for past in pasts if past.at <= from_moment(row["at"]))
            assert _about(pasts[0], same) == _about(then, same), "a word stands about something else"


async def _ever_the_same(database: Database) -> dict[str, str]:
    """One of those that were ever merged for all of them: a word that was said meanwhile stays when they part again."""
    same: dict[str, str] = {}
    for row in await database.fetch("SELECT record_id, payload FROM change WHERE act = 'merge'"):
        gone, kept = (same.get(id, id) for id in (str(row["record_id"]), plain(row["payload"])["into"]))
        same |= {id: kept for id, other in [*same.items(), (gone, gone)] if other == gone}
    return same


def _about(link: Past, same: Mapping[str, str]) -> list[Any]:
    return [same.get(value, value) for value in map(link.content.get, WHAT_A_WORD_IS_ABOUT)]


async def _check_public(database: Database, known: Known, catalogue: Catalogue) -> None:
    rows = await database.fetch("SELECT id FROM record WHERE state = 'published'")
    hidden = {str(row["id"]) for row in await database.fetch("SELECT id FROM location WHERE confidential")}
    shown = {str(row["id"]) for row in rows} - hidden
    expected = {sign for id, sign in known.last.items() if id in shown and sign}
    assert set(SIGN.findall(answer(catalogue))) == expected, "what is seen is not what was published last"
    # The evidence of several drafts is merged, so that of earlier ones may still be there.
    published = set().union(*known.published.values())
    assert set(SIGN.findall(answer(catalogue, EVIDENCE))) <= published, "evidence that was never published is seen"


async def _check_drafts(database: Database, known: Known) -> None:
    """Each draft stands where it was left, with the words that were acknowledged last."""
    rows = {
        str(row["id"]): row
        for row in await database.fetch("SELECT id, state, content FROM revision WHERE batch IS NOT NULL")
    }
    assert rows.keys() == known.drafts.keys()
    for id, (_, sign, state) in known.drafts.items():
        assert rows[id]["state"] == state.value
        if sign and state.value != "done":
            assert sign in str(rows[id]["content"]), "an acknowledged draft lost its words"
