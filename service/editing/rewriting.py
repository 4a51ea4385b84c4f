"""Every row outside the published tables that may hold a value: found, counted, and written without it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import orjson

from service.database import Row, Transaction
from service.editing.removing import Removal, SlugOf
from service.models.revision import RevisionKind

PAGE = 500
"""Rows that are read at once."""

WRITTEN: dict[str, tuple[str, ...]] = {
    "slug": ("slug",),
    "revision": ("content", "reason"),
    "change": ("payload",),
    "record": ("assured_by",),
    "confirmation": ("note",),
    "availability": ("role",),
    "audit_entry": ("about", "details"),
    "webhook_delivery": ("problem",),
    "sheet": ("name", "headers"),
    "sheet_row": ("cells", "finding"),
    "sheet_column": ("header",),
    "saved_view": ("name", "pairs"),
    "campaign": ("name", "subject", "letter"),
    "campaign_recipient": ("name", "number", "email"),
    "application": ("email", "capacity", "note", "answer"),
    "report": ("words",),
}
"""By table, the columns that hold what people wrote. The tables of nouns are not among them: they are filled anew."""

NOT_WRITTEN: dict[str, tuple[str, ...]] = {
    "record": ("noun",),
    "slug": ("noun",),
    "revision": ("noun", "author", "decided_by"),
    "change": ("noun",),
    "change_clock": ("epoch",),
    "account": ("email", "name", "language", "password", "totp_secret"),
    "session": ("token", "browser", "network"),
    "api_token": ("name", "token", "hint", "scopes"),
    "one_time_link": ("token",),
    "recovery_code": ("code",),
    "audit_entry": ("network",),
    "lease": ("job", "holder"),
    "webhook": ("url", "secret", "nouns", "acts"),
    "sheet": ("noun", "columns", "language"),
    "sheet_column": ("noun", "column"),
    "saved_view": ("noun",),
    "campaign_recipient": ("language",),
    "application": ("language", "network"),
    "report": ("language",),
}
"""By table, the columns with texts of the directory's own or of an account's, which goes when the account is closed."""

KEYS = {"change": "seq"}
"""The key of a table, where it is not `id`."""

JSON = {
    ("revision", "content"),
    ("change", "payload"),
    ("audit_entry", "details"),
    ("sheet", "headers"),
    ("sheet_row", "cells"),
    ("sheet_row", "finding"),
    ("saved_view", "pairs"),
    ("campaign", "subject"),
    ("campaign", "letter"),
}

ADDRESSES = {("campaign_recipient", "email"), ("application", "email")}
"""Addresses of people; one that holds the value goes as a whole, since a mark is no address."""


class Rewriting:
    """One pass over the tables. `rows` counts by table; `revisions` and `records` are those that held the value."""

    def __init__(self, transaction: Transaction, removal: Removal) -> None:
        self.transaction = transaction
        self.removal = removal
        self.rows: Counter[str] = Counter()
        self.revisions: set[str] = set()
        self.records: set[str] = set()
        self._slugs: dict[tuple[str, str], str] = {}

    async def count(self) -> None:
        """Look, and change nothing."""
        for table in WRITTEN:
            async for _ in self._found(table):
                self.rows[table] += 1

    async def write(self) -> None:
        """Write each row without the value; slugs first, since contents and payloads repeat them."""
        for table, columns in WRITTEN.items():
            key, names = KEYS.get(table, "id"), ", ".join(f'"{name}" = ?' for name in columns)
            sql = f'UPDATE "{table}" SET {names} WHERE {key} = ?'
            async for row, values in self._found(table):
                self.rows[table] += 1
                await self.transaction.execute(sql, *values, row[key])
                if table == "revision":
                    self.revisions.add(str(row["id"]))
                    self.records.add(str(row["record_id"]))

    async def _found(self, table: str) -> AsyncIterator[tuple[Row, list[Any]]]:
        """The rows that hold the value, with what is to stand in their columns."""
        async for row in self._all(table):
            before = [_plain(table, name, row[name]) for name in WRITTEN[table]]
            after = [self._without(table, name, row, value) for name, value in zip(WRITTEN[table], before, strict=True)]
            if after != before:
                columns = zip(WRITTEN[table], after, strict=True)
                yield row, [_json(value) if (table, name) in JSON else value for name, value in columns]

    async def _all(self, table: str) -> AsyncIterator[Row]:
        key, start = KEYS.get(table, "id"), ""
        given: list[Any] = []
        while True:
            sql = f'SELECT * FROM "{table}" {start} ORDER BY {key} LIMIT {PAGE}'
            rows = await self.transaction.fetch(sql, *given)
            for row in rows:
                yield row
            if len(rows) < PAGE:
                return
            start, given = f"WHERE {key} > ?", [rows[-1][key]]

    def _without(self, table: str, name: str, row: Row, value: Any) -> Any:
        if value is None:
            return None
        if table == "slug":
            return self._slug(row)
        if (table, name) == ("revision", "content") and row["kind"] == RevisionKind.CONTENT:
            return self.removal.content(row["noun"], value, self._slug_of(row))
        if (table, name) in (("revision", "content"), ("change", "payload")):
            return self.removal.said(value, row["noun"], self._slug_of(row))
        without = self.removal.anything(value)
        return None if (table, name) in ADDRESSES and without != value else without

    def _slug(self, row: Row) -> str:
        slug = self.removal.slug(row["slug"], str(row["record_id"]))
        if slug != row["slug"]:
            self._slugs[row["noun"], row["slug"]] = slug
        return slug

    def _slug_of(self, row: Row) -> SlugOf:
        """Also of a draft that asks for a slug which no record has."""
        noun, record = row["noun"], str(row["record_id"])
        return lambda slug: self._slugs.get((noun, slug)) or self.removal.slug(slug, record)


def _plain(table: str, name: str, raw: Any) -> Any:
    return orjson.loads(raw) if (table, name) in JSON and isinstance(raw, str) else raw


_json = json.JSONEncoder(ensure_ascii=False).encode
