"""What single records are called: published ones, and those that are drafts so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from admin.labels import choice_name, noun_name
from service.catalogue.catalogue import Catalogue
from service.catalogue.types import NOUN_OF
from service.editing.content import Content
from service.i18n import Words
from service.models.shape import shape


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


def title(record: Any, words: Words) -> str:
    """What a published record is called."""
    noun = NOUN_OF[type(record)]
    return _TITLES[noun](record, words) or f"{noun_name(words, noun)} {record.id[:8]}"


def draft_title(noun: str, content: Content, words: Words, catalogue: Catalogue) -> str:
    """What a record is called that is a draft so far."""
    for name in ("name", "title", "number", "address"):
        if said := content.get(name):
            return _said(said, words) if isinstance(said, dict) else str(said)
    told = (catalogue.node(content[name]) for name in shape(noun).references if name in content)
    found = " – ".join(title(record, words) for record in told if record is not None)
    return found or words("untitled")


def _said(text: dict[str, str] | None, words: Words) -> str:
    return "" if text is None else text.get(words.language) or text["lv"]


def _name(record: Any, words: Words) -> str:
    return _said(record.name, words)


def _title(record: Any, words: Words) -> str:
    return _said(record.title, words)


def _link(link: Any, words: Words) -> str:
    return f"{title(link.side_a, words)} – {title(link.side_b, words)}"


def _location(place: Any, words: Words) -> str:
    where = ", ".join(filter(None, (place.address, _said(place.town, words))))
    name = ", ".join(filter(None, (_said(place.name, words), where)))
    return name or ", ".join(filter(None, (title(place.region, words), _secret(place, words))))


def _secret(place: Any, words: Words) -> str:
    return words("confidential") if place.confidential else ""


def _agreement(agreement: Any, words: Words) -> str:
    return " ".join(filter(None, (_said(agreement.title, words), agreement.number)))


def _need(need: Any, words: Words) -> str:
    return f"{title(need.category, words)}: {title(need.region, words)}"


def _figure(figure: Any, words: Words) -> str:
    return f"{_name(figure, words)}: {_number(figure.value, words)} {_said(figure.unit, words)}"


def _number(value: Any, words: Words) -> str:
    return str(value).replace(".", "," if words.language == "lv" else ".")


Title = Callable[[Any, Words], str]

_TITLES: dict[str, Title] = {
    "organisation": _name,
    "service": _name,
    "region": _name,
    "taxonomy": _name,
    "taxonomy_term": _name,
    "project": _title,
    "event": _title,
    "source": lambda source, words: str(source.title),
    "cooperation_link": _link,
    "location": _location,
    "agreement": _agreement,
    "need": _need,
    "figure": _figure,
}

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


def show_date(date: Any, words: Words) -> str:
    """A date as exact as it is known."""
    return "" if date is None else shown_day(date.value, words)


def shown_day(text: str, words: Words) -> str:
    """`2010-03` as people write it."""
    if words.language != "lv":
        return text
    return ".".join(reversed(text.split("-"))) + ("." if "-" in text else "")
