"""What records are called in sheets, and which record a text in a sheet means.

A record is called by its name where no other has it, else by its number, code or id: whatever is written means the
same record when it is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

from admin.choosing import Target
from admin.naming import title
from service.catalogue.catalogue import Catalogue
from service.catalogue.words import fold
from service.i18n import LANGUAGES, words

SLICE = 200
"""Records whose names are folded at once; then others have their turn."""

Meaning = dict[str, str | None]
"""The id of the record that has a folded name; None where several have it."""


class Names:
    """The names of the records of some nouns, as they are now."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._meanings: dict[str, Meaning] = {}
        self._called: dict[tuple[str, str], str] = {}

    @classmethod
    async def of(cls, catalogue: Catalogue, targets: Iterable[Target]) -> Names:
        """With everything that is needed for some targets."""
        names = cls(catalogue)
        for target in dict.fromkeys(targets):
            names._meanings[target.kind] = await _meanings(catalogue, target)
        return names

    def meant(self, target: Target, text: str) -> str | None:
        """The one record that a text means: by id, slug, code, number or its whole name."""
        said = text.strip()
        record = self._catalogue.find(target.kind, said) or self._catalogue.numbers.get((target.noun, said))
        return str(record.id) if record is not None else self._meanings[target.kind].get(fold(said))

    def is_shared(self, target: Target, text: str) -> bool:
        """Whether several records have a name."""
        return self._meanings[target.kind].get(fold(text), "") is None

    def call(self, target: Target, record: Any, language: str) -> str:
        """What a record is called, so that it is found again by that."""
        key = (record.id, language)
        if key not in self._called:
            self._called[key] = next(
                text
                for text in (*_ways(record, language), record.id)
                if text == record.id or (";" not in text and "\n" not in text and self.meant(target, text) == record.id)
            )
        return self._called[key]


async def _meanings(catalogue: Catalogue, target: Target) -> Meaning:
    kept: Meaning | None = catalogue.derived.get(("sheet names", target.kind))
    if kept is not None:
        return kept
    state, found = catalogue.state, Meaning()
    records = catalogue.of(target.noun)
    for start in range(0, len(records), SLICE):
        for record in records[start : start + SLICE]:
            if target.taxonomy is None or record.taxonomy.code == target.taxonomy:
                for name in {fold(each) for each in _names(record)}:
                    found[name] = record.id if found.get(name, record.id) == record.id else None
        await asyncio.sleep(0)
    if catalogue.state is state:
        catalogue.derived["sheet names", target.kind] = found
    return found


def _names(record: Any) -> Iterator[str]:
    name = getattr(record, "name", None) or getattr(record, "title", None)
    if isinstance(name, dict):
        yield from name.values()
    else:
        yield from (title(record, words(language)) for language in LANGUAGES)


def _ways(record: Any, language: str) -> Iterator[str]:
    yield title(record, words(language)).strip()
    yield from (item.value for item in getattr(record, "identifiers", ()) if item.scheme == "registration_number")
    for name in ("register_number", "code", "slug"):
        if said := getattr(record, name, None):
            yield str(said)
