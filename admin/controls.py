"""How each class of field stands in a form: what a browser sends of it, and what is read from that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from admin.typed import Pair, Typed
from service.editing.fields import show
from service.i18n import LANGUAGES
from service.models import fields as declared

Write = Callable[[Any, str, Any, str], Iterator[Pair]]
Read = Callable[[Any, str, Typed], Any]

ONE_LINE = frozenset({"name", "title", "town", "unit", "programme", "part", "criterion"})
"""Texts in several languages that are written in one line."""


@dataclass(frozen=True)
class Control:
    """One class of field in a form: the macro that draws it, and how its value travels.

    `write` gives what a browser sends of a canonical value; `read` what the rule of the field is given to read, None
    for nothing. `hint` is the key of a sentence for every field of the class.
    """

    kind: str
    write: Write
    read: Read
    hint: str = ""
    type: str = "text"
    mode: str = ""


def _write(field: Any, name: str, value: Any, language: str) -> Iterator[Pair]:
    yield name, show(field, value, language)


def _write_plain(field: Any, name: str, value: Any, language: str) -> Iterator[Pair]:
    yield name, str(value)


def _read(field: Any, name: str, typed: Typed) -> str | None:
    return typed.text(name).strip() or None


def _write_text(field: Any, name: str, value: Any, language: str) -> Iterator[Pair]:
    yield from ((f"{name}.{spoken}", value[spoken]) for spoken in LANGUAGES if spoken in value)


def _read_text(field: Any, name: str, typed: Typed) -> dict[str, str | None]:
    """A patch by language: texts in other languages stay."""
    return {language: typed.text(f"{name}.{language}").strip() or None for language in LANGUAGES}


def _write_all(field: Any, name: str, value: Any, language: str) -> Iterator[Pair]:
    yield from ((name, each) for each in value)


def _read_all(field: Any, name: str, typed: Typed) -> list[str]:
    return typed.texts(name)


def _write_lines(field: Any, name: str, value: Any, language: str) -> Iterator[Pair]:
    yield name, "\n".join(value)


def _read_lines(field: Any, name: str, typed: Typed) -> list[str]:
    return [line for line in typed.text(name).splitlines() if line.strip()]


def _write_flag(field: Any, name: str, value: Any, language: str) -> Iterator[Pair]:
    if value or field.null:
        yield name, "yes" if value else "no"


def _read_flag(field: Any, name: str, typed: Typed) -> str | None:
    return typed.text(name) or (None if field.null else "no")


CONTROLS: dict[type, Control] = {
    declared.Text: Control("texts", _write_text, _read_text),
    declared.Url: Control("line", _write, _read, type="url", mode="url"),
    declared.Email: Control("line", _write, _read, type="email", mode="email"),
    declared.Phone: Control("line", _write, _read, type="tel", mode="tel"),
    declared.Currency: Control("short", _write, _read),
    declared.PartialDate: Control("short", _write, _read, hint="date_help"),
    declared.Clock: Control("short", _write, _read, type="time"),
    declared.Paragraph: Control("paragraph", _write, _read),
    declared.Line: Control("line", _write, _read),
    declared.Choice: Control("choice", _write_plain, _read),
    declared.ChoiceSet: Control("choices", _write_all, _read_all),
    declared.LineSet: Control("paragraph", _write_lines, _read_lines, hint="one_a_line"),
    declared.Whole: Control("short", _write_plain, _read, mode="numeric"),
    declared.Minor: Control("short", _write, _read, hint="amount_help", mode="decimal"),
    declared.Number: Control("short", _write, _read, mode="decimal"),
    declared.Degrees: Control("short", _write_plain, _read, mode="decimal"),
    declared.Flag: Control("flag", _write_flag, _read_flag),
    declared.Day: Control("short", _write_plain, _read, type="date"),
}
"""The control of each class of field; a subclass without one of its own has its parent's."""

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _write_days(field: Any, name: str, value: Any, language: str) -> Iterator[Pair]:
    yield from ((name, day) for day in value.split(","))


def _read_days(field: Any, name: str, typed: Typed) -> str | None:
    return ",".join(typed.texts(name)) or None


SPECIAL: dict[tuple[str, str], Control] = {
    ("evidence", "field"): Control("choice", _write_plain, _read),
    ("service_schedule", "byday"): Control("choices", _write_days, _read_days),
}
"""Fields that are lines in the tables, and of which people choose."""


def control_of(table: str, name: str, field: Any) -> Control:
    """The control of a field of a table."""
    found = SPECIAL.get((table, name))
    return found or next(CONTROLS[cls] for cls in type(field).__mro__ if cls in CONTROLS)
