"""Taking a value out of texts and contents, in every way it may be written, and leaving a dated mark in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from service import models
from service.editing.content import Content
from service.editing.references import each_once
from service.editing.slugs import slug_of
from service.models.fields import Clock, Currency, Email, Line, LineSet, PartialDate, Phone, Text, Url
from service.models.shape import Shape, shape

SHORTEST = 4
"""Characters that a value has at least; anything shorter stands in too much that has nothing to do with it."""

MARKS = {"lv": "dzēsts", "en": "redacted"}
"""What is said in the place of a removed value, by language; in Latvian where there is no word for it."""

FORMED = (Url, Email, Phone, Currency, PartialDate, Clock)
"""Lines that cannot hold a mark: they go as a whole."""

BETWEEN_DIGITS = r"[\s().-]*"
COUNTRY = rf"(?:(?:\+|00)371{BETWEEN_DIGITS})?"
NUMBER = re.compile(r"\+?\d[\d\s().-]{4,}\d")

SlugOf = Callable[[str], str]
"""The slug of a record without the value; one that does not hold it stays what it is."""

OWN_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(T.*)?")
"""Ids and moments, which the directory itself writes."""


class Removal:
    """One value that is to go, and the day that is told in its place."""

    def __init__(self, value: str, on: date) -> None:
        self.value = " ".join(value.split())
        self.on = on
        self._pattern = re.compile(_pattern(self.value), re.IGNORECASE)
        slug = slug_of(self.value)
        self._slug = re.compile(rf"(?:^|(?<=-)){re.escape(slug)}(?=-|$)") if len(slug) >= SHORTEST else None

    @property
    def is_too_short(self) -> bool:
        return len(self.value.replace(" ", "")) < SHORTEST or any(map(self.is_in, map(self.mark, MARKS)))

    def mark(self, language: str = "lv") -> str:
        return f"[{MARKS.get(language, MARKS['lv'])} {self.on.isoformat()}]"

    def is_in(self, text: str) -> bool:
        return self._pattern.search(text) is not None

    def text(self, text: str, language: str = "lv") -> str:
        return self._pattern.sub(lambda _: self.mark(language), text)

    def slug(self, slug: str, record: str) -> str:
        """The slug of a record without the value; the start of its id keeps it different from others."""
        return self._slug.sub(f"{slug_of(MARKS['lv'])}-{record[:8]}", slug) if self._slug else slug

    def anything(self, value: Any) -> Any:
        """Any JSON of which nothing is known but that words may stand in it; keys, ids and moments stay."""
        if isinstance(value, str):
            return value if OWN_FORM.fullmatch(value) else self.text(value)
        if isinstance(value, list):
            return [self.anything(item) for item in value]
        if isinstance(value, dict):
            return {name: self.anything(item) for name, item in value.items()}
        return value

    def said(self, payload: Any, noun: str, slug: SlugOf) -> Any:
        """What an act says, or the log of a record: its content, its former slugs, and the few words of acts."""
        if isinstance(payload, list):
            return [self.said(item, noun, slug) for item in payload]
        if not isinstance(payload, dict):
            return payload
        spoken = {"note", "assured_by"} | ({"role"} if "as_of" in payload else set())
        left = {name: self.anything(item) if name in spoken else item for name, item in payload.items()}
        for name in left.keys() & {"confirmations", "availability"}:
            left[name] = self.said(left[name], noun, slug)
        if "content" in left:
            left["content"] = self.content(noun, left["content"], slug)
        if "former_slugs" in left:
            left["former_slugs"] = sorted(map(slug, left["former_slugs"]))
        return left

    def content(self, noun: str, content: Content, slug: SlugOf) -> Content:
        """The content of a record without the value; references and choices are none of its places."""
        table = shape(noun)
        left = self._row(table, content)
        if models.NOUNS[noun].HAS_SLUG and isinstance(content.get("slug"), str):
            left["slug"] = slug(content["slug"])
        for name, part in table.parts.items():
            if name in content:
                items = [self._row(part, item) for item in content[name]]
                left[name] = items if items == content[name] else each_once(part, items)
        return left

    def _row(self, table: Shape, content: Content) -> Content:
        left = {name: self._field(table, name, value) for name, value in content.items()}
        return {name: value for name, value in left.items() if value is not None}

    def _field(self, table: Shape, name: str, value: Any) -> Any:
        """What stays of a field; None when it goes as a whole."""
        kind = table.scalars.get(name)
        if isinstance(kind, Text) and isinstance(value, dict):
            return {language: self.text(str(text), language) for language, text in value.items()}
        if isinstance(kind, LineSet) and isinstance(value, list):
            return sorted({self.text(str(line)) for line in value})
        if isinstance(kind, Line) and not isinstance(kind, FORMED):
            return self.text(str(value))
        if isinstance(kind, FORMED):
            return None if self.is_in(str(value)) else value
        return None if isinstance(value, float) and str(value) == self.value else value


def _pattern(value: str) -> str:
    """Words with any space between them; numbers with any grouping, telephone numbers with or without +371."""
    if not NUMBER.fullmatch(value):
        return r"\s+".join(map(re.escape, value.split()))
    digits = re.sub(r"\D", "", value)
    of_latvia = re.fullmatch(r"(?:00)?(?:371)?([2-9]\d{7})", digits)
    spelled = BETWEEN_DIGITS.join(of_latvia[1] if of_latvia else digits)
    return rf"(?<!\d){COUNTRY if of_latvia else '(?:[+]|00)?'}{spelled}(?!\d)"
