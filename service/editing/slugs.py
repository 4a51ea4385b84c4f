"""Slugs: the readable names of records in addresses. An old slug leads to its record for ever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from uuid import uuid4

from service.database import Transaction
from service.editing.tables import chunks, marks

LONGEST = 80
MORE = 8
"""How many times as many numbered slugs are tried when all before were taken."""


def slug_of(name: str) -> str:
    """`Valmieras Sociālais dienests` -> `valmieras-socialais-dienests`; cut at a word."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", folded)
    slug = ""
    for word in words:
        if slug and len(slug) + len(word) >= LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:LONGEST]
    return slug or "x"


class Slugs:
    """The slugs of one noun within one transaction, as far as its records are concerned."""

    def __init__(self, noun: str, transaction: Transaction) -> None:
        self.noun = noun
        self.transaction = transaction
        self.owner: dict[str, str] = {}
        self.current: dict[str, str] = {}
        self.changed: dict[str, str] = {}

    @classmethod
    async def load(cls, noun: str, transaction: Transaction, wanted: Mapping[str, str | None]) -> Slugs:
        """The slugs that records have, and who has those that they want."""
        slugs = cls(noun, transaction)
        await slugs._ask("record_id", wanted)
        await slugs._ask("slug", [slug for slug in wanted.values() if slug])
        return slugs

    async def _ask(self, column: str, values: Iterable[str]) -> None:
        # With the noun, too, in its condition SQLite would read all slugs of the noun to find those of some records.
        of_noun = "" if column == "record_id" else " AND noun = ?"
        for some in chunks(values):
            sql = f'SELECT noun, slug, record_id, "current" FROM slug WHERE {column} IN ({marks(some)}){of_noun}'
            for row in await self.transaction.fetch(sql, *some, *([self.noun] if of_noun else [])):
                if row["noun"] == self.noun:
                    self._know(str(row["slug"]), str(row["record_id"]), bool(row["current"]))

    def _know(self, slug: str, record: str, current: bool) -> None:
        """Take note of a row, unless it was already changed here."""
        self.owner.setdefault(slug, record)
        if current:
            self.current.setdefault(record, slug)

    async def give(self, record: str, wanted: str | None, name: str) -> str | None:
        """The record's slug; None when the wanted one belongs to another record.

        Without a wanted one a record keeps what it has, a new record gets one from its name.
        """
        slug = wanted or self.current.get(record) or await self._free(slug_of(name), record)
        if self.owner.get(slug, record) != record:
            return None
        if self.current.get(record) != slug:
            self.changed[record] = slug
        self.current[record] = slug
        self.owner[slug] = record
        return slug

    async def _free(self, slug: str, record: str) -> str:
        """The slug itself or the first numbered one that nobody has."""
        first = 1
        while True:
            candidates = [slug if number == 1 else f"{slug}-{number}" for number in range(first, first * MORE)]
            await self._ask("slug", candidates)
            for candidate in candidates:
                if self.owner.get(candidate, record) == record:
                    return candidate
            first *= MORE

    async def save(self, transaction: Transaction) -> None:
        """Write the slugs that changed."""
        await transaction.execute_many(
            'UPDATE slug SET "current" = (1 = 0) WHERE record_id = ?', [(record,) for record in self.changed]
        )
        await transaction.execute_many(
            'INSERT INTO slug (id, noun, slug, record_id, "current") VALUES (?, ?, ?, ?, (1 = 1))'
            ' ON CONFLICT (noun, slug) DO UPDATE SET "current" = excluded."current"',
            [(str(uuid4()), self.noun, slug, record) for record, slug in self.changed.items()],
        )
