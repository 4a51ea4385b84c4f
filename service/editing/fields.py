"""One rule per class of field: how to read what people and programs write, what to refuse, how to show it.

Every rule reads both JSON and the text of a form or a sheet, and gives the one canonical JSON value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from service.editing.messages import problem
from service.errors import Problem
from service.models import fields as declared
from service.models.rows import plain

LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
LONGEST_KEY = 300
"""Of a line that is part of a key: two of them have to fit PostgreSQL's index rows of 2,704 bytes."""

LONGEST_NUMBER = 28
"""How many digits are read; with more, decimal arithmetic would begin to round."""

_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Rule = Callable[[Any, Any], Any]


class Refused(Exception):
    """What was written breaks the rule of its field."""

    def __init__(self, code: str, path: tuple[str | int, ...] = (), **values: object) -> None:
        super().__init__(code)
        self.problem: Problem = problem(code, path, **values)

    def at(self, *place: str | int) -> Problem:
        """The problem, with its place within the whole."""
        return Problem(self.problem.code, (*place, *self.problem.path), self.problem.words)


def parse(field: Any, raw: Any) -> Any:
    """The canonical value of what was written for a field, None for nothing; raises Refused."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    return _rule(field)(field, raw)


def show(field: Any, value: Any, language: str = "lv") -> str:
    """A canonical value as people read it."""
    if value is None:
        return ""
    if isinstance(field, declared.Text):
        return str(value.get(language) or value["lv"])
    if isinstance(field, declared.Flag):
        return {"lv": ("nē", "jā"), "en": ("no", "yes")}.get(language, ("no", "yes"))[value]
    if isinstance(field, declared.Minor):
        sign, (major, minor) = "-" if value < 0 else "", divmod(abs(value), 100)
        return f"{sign}{major}{',' if language == 'lv' else '.'}{minor:02d}"
    if isinstance(field, declared.Number) and language == "lv":
        return str(value).replace(".", ",")
    if isinstance(field, declared.PartialDate | declared.Day) and language == "lv":
        return ".".join(reversed(value.split("-")))
    if isinstance(value, list):
        return ", ".join(value)
    return str(value)


def clean(raw: Any, most: int = LONGEST_LINE) -> str:
    """Text in composed letters, without characters that databases and pages choke on; raises Refused."""
    if not isinstance(raw, str):
        raise Refused("wrong_kind", expected="teksts / text")
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n")).strip()
    if _BAD.search(text):
        raise Refused("bad_characters")
    if len(text) > most:
        raise Refused("too_long", most=most)
    return text


def identifier(raw: Any) -> str:
    """The id of a record in its canonical form; raises Refused."""
    if type(raw) is str and _ID.fullmatch(raw):
        return raw  # Most are canonical already, and to look is quicker than to take apart.
    try:
        return str(UUID(raw))
    except (ValueError, AttributeError, TypeError):
        raise Refused("not_an_id") from None


def identifiers(raw: Any) -> list[str]:
    """The id in its canonical form, as a list; an empty one if it is none."""
    try:
        return [identifier(raw)]
    except Refused:
        return []


def _text(field: declared.Text, raw: Any) -> dict[str, str] | None:
    by_language = {"lv": raw} if isinstance(raw, str) else raw
    if not isinstance(by_language, dict):
        raise Refused("wrong_kind", expected='{"lv": "…"}')
    words: dict[str, str] = {}
    for language, text in by_language.items():
        if not isinstance(language, str) or not re.fullmatch("[a-z]{2}", language):
            raise Refused("wrong_kind", expected="lv, en, …")
        if said := _words(language, text):
            words[language] = said
    if not words:
        return None
    if "lv" not in words:
        raise Refused("latvian_required", ("lv",))
    return {"lv": words.pop("lv")} | dict(sorted(words.items()))


def _words(language: str, text: Any) -> str:
    try:
        return "" if text is None else clean(text, LONGEST_TEXT)
    except Refused as refused:
        refused.problem = refused.at(language)
        raise


def _line(field: Any, raw: Any) -> str:
    most = LONGEST_KEY if _is_key(field) else LONGEST_LINE
    return re.sub(r"\s+", " ", clean(str(raw) if _is_short_whole(raw) else raw, most))


@cache
def _is_key(field: Any) -> bool:
    together = field.model._meta.unique_together if field.model else ()
    return bool(field.unique) or any(field.model_field_name in names for names in together)


def _is_short_whole(raw: Any) -> bool:
    """Numbers stand for the text they are written as; Python writes no number of thousands of digits."""
    return type(raw) is int and raw.bit_length() < 64


def _paragraph(field: declared.Paragraph, raw: Any) -> str:
    return clean(raw, LONGEST_TEXT)


def _choice(field: declared.Choice, raw: Any) -> str:
    return _one_of(field.choices, raw)


def _one_of(choices: type[declared.Choices], raw: Any) -> str:
    if type(raw) is str and raw in _values(choices):
        return raw
    word = clean(raw).casefold().replace("-", "_").replace(" ", "_")
    if word not in _values(choices):
        raise Refused("not_a_choice", value=raw, choices=", ".join(choice.value for choice in choices))
    return word


@cache
def _values(choices: type[declared.Choices]) -> frozenset[str]:
    return frozenset(choice.value for choice in choices)


def _choice_set(field: declared.ChoiceSet, raw: Any) -> list[str]:
    chosen = {_one_of(field.choices, item) for item in items(raw)}
    return [choice.value for choice in field.choices if choice.value in chosen]


def _line_set(field: declared.LineSet, raw: Any) -> list[str]:
    return sorted({_line(field, item) for item in items(raw)} - {""})


def items(raw: Any) -> list[Any]:
    """The items of a set: a list, or text with commas, semicolons or lines; raises Refused."""
    if isinstance(raw, str):
        return [part for part in re.split(r"[;,\n]", raw) if part.strip()]
    if not isinstance(raw, list):
        raise Refused("wrong_kind", expected="[…]")
    return raw


HOST = r"(?:[\w-]+\.)+[^\W\d_][\w-]+"


def _url(field: declared.Url, raw: Any) -> str:
    text = _line(field, raw)
    try:
        parts = urlsplit(text)
        sound = parts.port != 0 and parts.scheme in ("http", "https") and re.fullmatch(HOST, parts.hostname or "")
    except ValueError:
        raise Refused("not_a_url") from None
    if not sound or "@" in parts.netloc or " " in text:
        raise Refused("not_a_url")
    rest = text[len(f"{parts.scheme}://{parts.netloc}") :]
    return f"{parts.scheme}://{parts.netloc.lower()}{rest}"


def _email(field: declared.Email, raw: Any) -> str:
    text = _line(field, raw)
    if not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text):
        raise Refused("not_an_email")
    return text.lower()


def _phone(field: declared.Phone, raw: Any) -> str:
    digits = re.sub("^00", "+", re.sub(r"[\s()./-]", "", _line(field, raw)))
    if re.fullmatch("[2-9][0-9]{7}", digits):
        digits = f"+371{digits}"
    if not re.fullmatch("[+][1-9][0-9]{6,14}|1[0-9]{2,5}", digits):
        raise Refused("not_a_phone")
    return digits


def _currency(field: declared.Currency, raw: Any) -> str:
    code = _line(field, raw)
    if not re.fullmatch("[A-Za-z]{3}", code):
        raise Refused("not_a_currency")
    return code.upper()


def _partial_date(field: Any, raw: Any) -> str:
    return _date(_line(field, raw))


@lru_cache(10_000)
def _date(text: str) -> str:
    text = text.removesuffix(".")
    if dotted := re.fullmatch(r"(?:(?:([0-9]{1,2})\.\s?)?([0-9]{1,2})\.\s?)?([0-9]{4})", text):
        text = "-".join(part.zfill(2) for part in reversed(dotted.groups()) if part)
    if not re.fullmatch("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise Refused("not_a_date")
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        raise Refused("not_a_date") from None
    return text


def _day(field: declared.Day, raw: Any) -> str:
    text = _partial_date(field, raw)
    if len(text) != len("2010-03-26"):
        raise Refused("not_a_day")
    return text


def _clock(field: declared.Clock, raw: Any) -> str:
    found = re.fullmatch("([01]?[0-9]|2[0-3])[:.]([0-5][0-9])([:.]00)?", _line(field, raw))
    if not found:
        raise Refused("not_a_time")
    return f"{found[1].zfill(2)}:{found[2]}"


def _whole(field: declared.Whole, raw: Any) -> int:
    number = _decimal(raw)
    if number != number.to_integral_value():
        raise Refused("not_a_number")
    return int(_within(field, number, 2**31 - 1))


def _minor(field: declared.Minor, raw: Any) -> int:
    """Numbers are minor units already; text is an amount in major units, `19 851,44`."""
    cents = _decimal(raw) * (100 if isinstance(raw, str) else 1)
    if cents != cents.to_integral_value() or abs(cents) >= 2**63:
        raise Refused("not_a_number")
    return int(cents)


def _number(field: declared.Number, raw: Any) -> str:
    number = _within(field, _decimal(raw), 10 ** (field.max_digits - field.decimal_places) - 1)
    rounded = round(number, field.decimal_places)
    if rounded != number:
        raise Refused("not_a_number")
    return plain(rounded + 0)  # Without the sign of a negative nought.


def _degrees(field: declared.Degrees, raw: Any) -> float:
    return round(float(_within(field, _decimal(raw), 180)), 6) + 0.0


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Refused("not_a_number")
    if isinstance(raw, int) and not _is_short_whole(raw):
        raise Refused("not_a_number")
    text = re.sub(r"\s", "", str(raw)).replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Refused("not_a_number") from None
    if not number.is_finite() or max(len(number.as_tuple().digits), abs(number.adjusted())) > LONGEST_NUMBER:
        raise Refused("not_a_number")
    return number


def _within(field: Any, number: Decimal, limit: int) -> Decimal:
    if field.least is not None and number < field.least:
        raise Refused("too_small", least=field.least)
    most = limit if field.most is None else field.most
    if number > most:
        raise Refused("too_large", most=most)
    if number < -limit:
        raise Refused("too_small", least=-limit)
    return number


def _flag(field: declared.Flag, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    words = {"jā": True, "ja": True, "yes": True, "true": True, "nē": False, "ne": False, "no": False, "false": False}
    if not isinstance(raw, str) or raw.strip().casefold() not in words:
        raise Refused("not_yes_or_no")
    return words[raw.strip().casefold()]


RULES: dict[type, Rule] = {
    declared.Text: _text,
    declared.Url: _url,
    declared.Email: _email,
    declared.Phone: _phone,
    declared.Currency: _currency,
    declared.PartialDate: _partial_date,
    declared.Clock: _clock,
    declared.Paragraph: _paragraph,
    declared.Line: _line,
    declared.Choice: _choice,
    declared.ChoiceSet: _choice_set,
    declared.LineSet: _line_set,
    declared.Whole: _whole,
    declared.Minor: _minor,
    declared.Number: _number,
    declared.Degrees: _degrees,
    declared.Flag: _flag,
    declared.Day: _day,
}
"""The rule of each class of field; a subclass without one of its own has its parent's."""


def _rule(field: Any) -> Rule:
    return RULES.get(type(field)) or next(RULES[cls] for cls in type(field).__mro__ if cls in RULES)
