"""What single records are called: published ones, and those that are drafts so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from admin.labels import choice_name
from service.catalogue.catalogue import Catalogue
from service.catalogue.types import NOUN_OF
from service.editing.content import Content
from service.i18n import Words
from service.models.shape import shape
from service.showing.days import show_date, shown_day
from service.showing.naming import said, title

__all__ = ["Named", "draft_title", "named", "show_date", "shown_day", "title"]


@dataclass(frozen=True)
class Named:
    """A record as people choose it: its name, and what tells it from others of that name."""

    id: str
    noun: str
    name: str
    note: str = ""
    published: bool = True


def named(record: Any, words: Words) -> Named:
    """A published record."""
    noun = NOUN_OF[type(record)]
    told = " · ".join(filter(None, _NOTES[noun](record, words))) if noun in _NOTES else ""
    return Named(record.id, noun, title(record, words), told)


def draft_title(noun: str, content: Content, words: Words, catalogue: Catalogue) -> str:
    """What a record is called that is a draft so far."""
    for name in ("name", "title", "number", "address"):
        if value := content.get(name):
            return said(value, words) if isinstance(value, dict) else str(value)
    told = (catalogue.node(content[name]) for name in shape(noun).references if name in content)
    found = " – ".join(title(record, words) for record in told if record is not None)
    return found or words("untitled")


_NOTES: dict[str, Callable[[Any, Words], list[str]]] = {
    "organisation": lambda it, words: [
        choice_name(words, it.legal_form) if it.legal_form else "",
        title(it.seat.region, words) if it.seat else "",
        next((item.value for item in it.identifiers), ""),
    ],
    "service": lambda it, words: [title(it.provider, words)],
    "region": lambda it, words: [choice_name(words, it.kind), title(it.parent, words) if it.parent else ""],
    "taxonomy_term": lambda it, words: [title(it.taxonomy, words)],
    "source": lambda it, words: [it.publisher or "", show_date(it.published_on, words)],
    "project": lambda it, words: [show_date(it.starts_on, words)],
    "location": lambda it, words: [title(it.region, words)],
    "agreement": lambda it, words: [choice_name(words, it.basis), show_date(it.signed_on, words)],
}
"""What tells records of a noun from others of the same name."""
