"""A source: what it is, under which licence, and what the directory knows from it."""

from __future__ import annotations

from itertools import islice
from typing import Any

from service.catalogue.source import Source
from service.catalogue.types import NOUN_OF
from service.pages import addresses, queries, structured
from service.pages.view import View

SHOWN = ("organisation", "service", "cooperation_link", "project", "event", "agreement", "need", "figure", "region")
"""The nouns that are shown, in this order."""

FEW = 16
"""Of each noun so many are shown."""

LOOKED_AT = 3_000
"""A register supports tens of thousands of records."""


def source(view: View) -> str:
    record = view.record()
    trail = [
        (view.words("page.home"), addresses.path("home", view.language)),
        (record.title, addresses.address(record, view.language)),
    ]
    main = {"@type": "CreativeWork", "name": record.title, "publisher": record.publisher, "url": record.url}
    return view.show(
        "source.html",
        title=record.title,
        description=view.tell.plain(record.description) or view.words("page.source.about", name=record.title),
        record=record,
        trail=trail,
        supported=_supported(record),
        shown=FEW,
        graphql=queries.opened(queries.SOURCE, slug=record.slug),
        data=structured.graph(view, main, trail),
    )


def _supported(record: Source) -> list[tuple[str, list[Any]]]:
    """The first records that rest on it, by noun; each once. Places and terms alone say little."""
    found: dict[str, list[Any]] = {noun: [] for noun in SHOWN}
    for each in dict.fromkeys(item.record for item in islice(record.supports, LOOKED_AT)):
        its = found.get(NOUN_OF[type(each)])
        if its is not None and len(its) < FEW:
            its.append(each)
    return [(noun, its) for noun, its in found.items() if its]
