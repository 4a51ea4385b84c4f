"""Text as a careful printer sets it: quotes, dashes in ranges, and spaces at which no line ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from babel.dates import format_date

KEPT = "\u00a0"
"""A space at which no line ends."""

NARROW = "\u202f"
"""The same, narrower: between thousands."""

QUOTES = {"lv": ("„", "”"), "en": ("“", "”")}

UNITS = r"(?:gad|mēne|mēn\.|nedēļ|dien|stund|minū|kilom|km|met|m\b|€|eiro|eur\b|lvl\b|%|year|month|week|day|hour|min)"
SHORT = r"(?:Nr|plkst|apm|piem|sk|lpp|tālr|No|approx)"

Change = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_ANYWHERE: list[Change] = [
    (re.compile(r"(?<=\S) - (?=\S)"), " – "),
    (re.compile(r"(?<![\d-])((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)(?![\d-])"), r"\1–\2"),
    (re.compile(rf"(?<![\d-])(\d{{1,3}}) ?[-–] ?(\d{{1,3}})(?=\.?\s?{UNITS})", re.IGNORECASE), r"\1–\2"),
    (re.compile(r"(?<![\d.,\u202f])\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)"), lambda it: re.sub(r"\s", NARROW, it[0])),
    (re.compile(rf"(?<=\d)\s(?={UNITS})", re.IGNORECASE), KEPT),
    (re.compile(rf"\b({SHORT}\.)\s(?=\d)", re.IGNORECASE), rf"\1{KEPT}"),
    (re.compile(r"\b([A-ZĀČĒĢĪĶĻŅŠŪŽ]\.)\s(?=[A-ZĀČĒĢĪĶĻŅŠŪŽ])"), rf"\1{KEPT}"),
    (re.compile(r"(?<=\S)\s(?=[–·]\s)"), KEPT),
    (re.compile(r"\b(no|līdz|from|to|until)\s(?=\d)", re.IGNORECASE), rf"\1{KEPT}"),
]
_LATVIAN: list[Change] = [
    (re.compile(r"(?<=\d\.)\s(?=[a-zāčēģīķļņšūž])"), KEPT),
    (re.compile(r"\b(u\.|t\.)\s(?=(?:c|tml|sk|i)\.)"), rf"\1{KEPT}"),
    (re.compile(r"(?<![\d.])(\d+)\.(\d{2})(?=\s?(?:€|eiro|EUR|LVL))"), r"\1,\2"),
]
_MARKS = re.compile(r'["„“”‟«»]')


@lru_cache(50_000)
def fine(text: str, language: str) -> str:
    """A text of a language, set well; to set it again changes nothing."""
    text = _quoted(text, language)
    for found, instead in (*_ANYWHERE, *(_LATVIAN if language == "lv" else ())):
        text = found.sub(instead, text)
    return text


def _quoted(text: str, language: str) -> str:
    """A mark after a space, or at the beginning, opens; any other closes."""
    opening, closing = QUOTES.get(language, QUOTES["en"])

    def turned(mark: re.Match[str]) -> str:
        before = text[mark.start() - 1 : mark.start()]
        return opening if not before or before.isspace() or before in "([–-/" else closing

    return _MARKS.sub(turned, text)


def on_day(on: date, language: str) -> str:
    """When: “2026. gada 22. novembrī”, “on 22 November 2026”."""
    if language != "lv":
        return f"on {on.day}{KEPT}{_month(on, 'en_GB')}{KEPT}{on.year}"
    month = re.sub("is$", "ī", re.sub("(?<!i)s$", "ā", _month(on, "lv")))
    return KEPT.join((f"{on.year}.", "gada", f"{on.day}.", month))


def _month(on: date, locale: str) -> str:
    return str(format_date(on, "MMMM", locale=locale))
