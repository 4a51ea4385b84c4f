"""What single published records are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from service.catalogue.types import NOUN_OF
from service.i18n import Words
from service.showing.labels import noun_name


def title(record: Any, words: Words) -> str:
    """What a published record is called."""
    noun = NOUN_OF[type(record)]
    return _TITLES[noun](record, words) or f"{noun_name(words, noun)} {record.id[:8]}"


def said(text: dict[str, str] | None, words: Words) -> str:
    """A text in the language of the page, in Latvian where it is missing."""
    return "" if text is None else text.get(words.language) or text["lv"]


def _name(record: Any, words: Words) -> str:
    return said(record.name, words)


def _title(record: Any, words: Words) -> str:
    return said(record.title, words)


def _link(link: Any, words: Words) -> str:
    return f"{title(link.side_a, words)} – {title(link.side_b, words)}"


def _location(place: Any, words: Words) -> str:
    where = ", ".join(filter(None, (place.address, said(place.town, words))))
    name = ", ".join(filter(None, (said(place.name, words), where)))
    return name or ", ".join(filter(None, (title(place.region, words), _secret(place, words))))


def _secret(place: Any, words: Words) -> str:
    return words("confidential") if place.confidential else ""


def _agreement(agreement: Any, words: Words) -> str:
    return " ".join(filter(None, (said(agreement.title, words), agreement.number)))


def _need(need: Any, words: Words) -> str:
    return f"{title(need.category, words)}: {title(need.region, words)}"


def _figure(figure: Any, words: Words) -> str:
    return f"{_name(figure, words)}: {_number(figure.value, words)} {said(figure.unit, words)}"


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
