"""Looking for a record by its name, whatever kind it is of: from the top of every page."""

from __future__ import annotations

from starlette.responses import Response

from admin.labels import nouns_name
from admin.naming import named
from admin.visit import Desk, page
from service.search.documents import SEARCHED

MOST_FOUND = 20
FIRST = ("organisation", "service", "project", "event", "region", "taxonomy_term")
"""Of what fits, editors mostly mean the organisation."""


@page
async def find(desk: Desk) -> Response:
    """The records that fit best, those of one kind together."""
    text, search = desk.query.text("find").strip(), desk.catalogue.search
    nouns = [noun for noun in SEARCHED if noun in desk.nouns]
    exact = [record for noun in FIRST if (record := desk.catalogue.numbers.get((noun, text))) is not None]
    hits = [] if search is None else search.find(text, nouns, None, MOST_FOUND, 0, desk.language, completing=True).hits
    found = {record.id: named(record, desk.words) for record in (*exact, *(hit.record for hit in hits))}
    by_noun = {noun: [each for each in found.values() if each.noun == noun] for noun in FIRST if noun in nouns}
    return desk.show(
        "find.html",
        text=text,
        groups=[(noun, nouns_name(desk.words, noun), those) for noun, those in by_noun.items() if those],
    )
