"""Takes out of what a stranger wrote what may be about a person: personal codes, e-mail addresses, telephones.

What an organisation publishes of itself an editor finds at its source; here nobody can tell it from what is private.
Registration numbers and days stay.
"""

from __future__ import annotations

import re

from service.editing.checks.emails import FUNCTIONAL

MARK = "[…]"
"""Stands where something was taken out."""

_GAP = r"[ \u00a0\u2009.\-/()]"
_DAY = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)"
_CODE = re.compile(r"(?<!\d)(?:\d{6}[ \u00a0]?[-\u2010-\u2015][ \u00a0]?\d{5}|(?:[0-2]\d|3[0-2])\d{9})(?!\d)")
_PART = r"[^\s@<>(),;:\"'„“”\[\]]"
_EMAIL = re.compile(rf"{_PART}{{1,100}}(?:@|\s?[\[(]at[\])]\s?){_PART}{{2,200}}", re.IGNORECASE)
_TELEPHONE = re.compile(
    rf"(?<![\w])(?!{_DAY})(?:(?:\+|00)\d(?:{_GAP}{{0,2}}\d){{7,14}}|[2-9]\d(?:{_GAP}?\d){{6}})(?!\d)"
)


def masked(text: str) -> str:
    """The text with a mark in the place of each personal code, personal e-mail address and telephone number."""
    text = _EMAIL.sub(lambda found: found[0] if _is_functional(found[0]) else MARK, text)
    return _TELEPHONE.sub(MARK, _CODE.sub(MARK, text))


def _is_functional(address: str) -> bool:
    """Whether an address says that it is an office's: `info@`, `socialais.dienests@`."""
    words = re.split(r"[._\-]", re.split(r"@|\s?[\[(]", address)[0].lower())
    return all(word in FUNCTIONAL for word in words)
