"""Help at once, on pages about a crisis or violence: whom to call, and a way to be gone from the page.

Which pages those are, and which lines there are, is data: `service/starter/data/help_lines.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.types import NOUN_OF
from service.catalogue.words import fold
from service.pages.results.asked import RECORDS
from service.starter.files import words

if TYPE_CHECKING:
    from service.pages.view import View

FILE = "help_lines.toml"

TOLD_BY: dict[str, tuple[str, ...]] = {
    "service": ("categories", "target_groups"),
    "organisation": ("fields", "target_groups"),
    "cooperation_link": ("categories",),
    "need": ("category", "target_group"),
    "taxonomy_term": (),
}
"""By noun what of a record tells what it is about."""

LOOKED_AT = 100
"""So many services tell what a link is about."""


@dataclass(frozen=True)
class Line:
    """Whom one can call, and the source that says so."""

    number: str
    name: Mapping[str, str]
    says: Mapping[str, str]
    source: Any


@dataclass(frozen=True)
class Help:
    """What such a page has beside its own content."""

    lines: list[Line]
    leave: str


def help_on(view: View, values: Mapping[str, Any]) -> Help | None:
    """The help on a page that shows some values; None on one that is about something else."""
    if not _is_concerned(values.get("record"), values.get("asked")):
        return None
    return Help(lines(view.catalogue), words(FILE)["leave"][view.language])


def lines(catalogue: Catalogue) -> list[Line]:
    """The lines whose sources are published, in the order of the file."""
    found = ((said, catalogue.slugs.get(("source", said["source"]))) for said in words(FILE)["line"])
    return [Line(said["number"], said["name"], said["says"], source) for said, source in found if source is not None]


def _is_concerned(record: Any, asked: Any) -> bool:
    if asked is not None and (_says_so(asked.words) or any(map(_is_about, _chosen(asked)))):
        return True
    return record is not None and any(map(_is_about, _terms(record)))


def _chosen(asked: Any) -> Iterator[Any]:
    return (value.meaning for value in asked.values if value.name in RECORDS)


def _terms(record: Any) -> Iterator[Any]:
    """The terms that tell what a record is about."""
    noun = NOUN_OF[type(record)]
    for name in TOLD_BY.get(noun, ()):
        told = getattr(record, name)
        yield from told if isinstance(told, list | tuple) else filter(None, (told,))
    if noun == "organisation":
        yield from record.categories()
    if noun == "cooperation_link":
        yield from chain.from_iterable(service.categories for service in record.services[:LOOKED_AT])
    if noun == "taxonomy_term":
        yield record


def _is_about(term: Any) -> bool:
    """Whether a term, or one above it, is among the concerned."""
    while NOUN_OF.get(type(term)) == "taxonomy_term":
        if (term.taxonomy.code, term.code) in _concerned():
            return True
        term = term.parent
    return False


def _says_so(text: str) -> bool:
    return any(word.startswith(_beginnings()) for word in fold(text).split())


@cache
def _concerned() -> frozenset[tuple[str, str]]:
    return frozenset((taxonomy, code) for taxonomy, codes in words(FILE)["concerned"].items() for code in codes)


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(fold(word) for those in words(FILE)["words"].values() for word in those)
