"""Choosing records that another one refers to: what is offered, what a typed name means, what the chosen are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from admin.drafts import of_records
from admin.naming import Named, draft_title, named
from admin.visit import Desk
from service.catalogue.catalogue import Catalogue
from service.catalogue.postings import places_of
from service.catalogue.region import Region
from service.catalogue.words import fold
from service.editing.checks import TAXONOMIES
from service.i18n import Words
from service.search.documents import SEARCHED

MOST_OFFERED = 40
"""So many records are offered all at once; of more one searches."""

MOST_FOUND = 8


@dataclass(frozen=True)
class Target:
    """What a field refers to: a noun, and for terms perhaps the code of the one taxonomy they are taken from."""

    noun: str
    taxonomy: str | None = None

    @classmethod
    def of(cls, noun: str, field: str, target: str) -> Target:
        return cls(target, TAXONOMIES.get((noun, field)))

    @property
    def kind(self) -> str:
        """How the search and the catalogue call it."""
        return f"{self.noun}/{self.taxonomy}" if self.taxonomy else self.noun


def offered(catalogue: Catalogue, target: Target, words: Words) -> list[Named] | None:
    """Everything that can be chosen, where that is not too much to look through; None otherwise."""
    index = catalogue.indexes[target.noun]
    mask = index.having(("taxonomy", target.taxonomy)) if target.taxonomy else index.everything
    if not 0 < mask.bit_count() <= MOST_OFFERED or target.noun not in ("taxonomy_term", "taxonomy"):
        return None
    octets = mask.to_bytes(mask.bit_length() // 8 + 1, "little")
    records = [index.objects[place] for place in places_of(octets)]
    return [named(record, words) for record in sorted(records, key=catalogue.types[target.noun].DEFAULT_ORDER[0])]


def found(catalogue: Catalogue, target: Target, text: str, words: Words) -> list[Named]:
    """The records that fit a text best."""
    exact = meant(catalogue, target, text)
    if target.noun in SEARCHED and catalogue.search is not None:
        hits = catalogue.search.find(text, [target.kind], first=MOST_FOUND, language=words.language, completing=True)
        records = [hit.record for hit in hits.hits]
    else:
        index = catalogue.indexes[target.noun]
        mask = index.containing(text)
        octets = mask.to_bytes(mask.bit_length() // 8 + 1, "little")
        records = [index.objects[place] for place in places_of(octets)[:MOST_FOUND]]
    first = [] if exact is None else [catalogue.records[exact]]
    return [named(record, words) for record in sorted(dict.fromkeys([*first, *records]), key=_is_former)]


def _is_former(record: Any) -> bool:
    """Whether it is a region of the past, which is rarely meant where there is one of today."""
    return isinstance(record, Region) and record.valid_to is not None


def meant(catalogue: Catalogue, target: Target, text: str) -> str | None:
    """The one record that a text names without doubt: by id, slug, code, number or its whole name."""
    record = catalogue.find(target.kind, text.strip()) or catalogue.numbers.get((target.noun, text.strip()))
    if record is not None:
        return str(record.id)
    return _by_name(catalogue, target, text)


def _by_name(catalogue: Catalogue, target: Target, text: str) -> str | None:
    if target.noun not in SEARCHED or catalogue.search is None:
        return None
    hits = catalogue.search.find(text, [target.kind], first=2).hits
    same = [hit.id for hit in hits if fold(text) in map(fold, _names(hit.record))]
    return same[0] if len(same) == 1 else None


def _names(record: object) -> Iterable[str]:
    name = getattr(record, "name", None) or getattr(record, "title", None)
    return name.values() if isinstance(name, dict) else ()


async def called(desk: Desk, ids: Sequence[str]) -> dict[str, Named]:
    """What the chosen records are called, published or drafts that the visitor sees; others are left out."""
    known = {id: record for id in ids if (record := desk.catalogue.node(id)) is not None}
    names = {id: named(record, desk.words) for id, record in known.items()}
    for sheet in await of_records(desk, [id for id in ids if id not in known]):
        name = draft_title(sheet.whole.noun, sheet.seen.content, desk.words, desk.catalogue)
        draft = Named(sheet.whole.record, sheet.whole.noun, name, desk.words("not_drafted"), published=False)
        names.setdefault(sheet.whole.record, draft)
    return names
