"""How each class of field stands in an input of GraphQL: its type, and its value on the way in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from strawberry import UNSET

from service.catalogue.values import Currency
from service.catalogue.words import Language
from service.models import fields as declared
from service.models.rows import plain


def _text_input() -> Any:
    """The languages are those of the directory's texts."""
    languages = {language.value: str | None for language in Language}
    fields = {
        language.value: strawberry.field(
            default=UNSET, description=f"The text in this language: {language.description}"
        )
        for language in Language
    }
    made = type("TextInput", (), {"__annotations__": languages, **fields})
    return strawberry.input(made, description="A text in several languages; one that is not given stays as it is.")


TextInput = _text_input()


@dataclass(frozen=True)
class Form:
    """A class of field in GraphQL: its type, what its rule is given to read, and how its canonical value is told."""

    kind: Callable[[Any], Any]
    read: Callable[[Any], Any]
    tell: Callable[[Any, Any], Any]


def _plain(kind: Any) -> Form:
    return Form(lambda _: kind, lambda value: value, lambda _, value: value)


def _read_text(text: Any) -> dict[str, str | None]:
    given = {language.value: getattr(text, language.value) for language in Language}
    return {language: words for language, words in given.items() if words is not UNSET}


def _name_of(field: Any, value: str) -> str:
    return str(field.choices(value).name)


FORMS: dict[type, Form] = {
    declared.Text: Form(lambda _: TextInput, _read_text, lambda _, value: value),
    declared.Currency: _plain(Currency),
    declared.Line: _plain(str),
    declared.Choice: Form(lambda field: field.choices, lambda choice: choice.value, _name_of),
    declared.ChoiceSet: Form(
        lambda field: list[field.choices],  # type: ignore[name-defined]
        lambda chosen: [choice.value for choice in chosen],
        lambda field, values: [_name_of(field, value) for value in values],
    ),
    declared.LineSet: _plain(list[str]),
    declared.Whole: _plain(int),
    declared.Minor: Form(lambda _: Decimal, str, lambda _, minor: plain(Decimal(minor).scaleb(-2))),
    declared.Number: Form(lambda _: Decimal, str, lambda _, value: value),
    declared.Degrees: _plain(float),
    declared.Flag: _plain(bool),
    declared.Day: Form(lambda _: date, lambda day: day.isoformat(), lambda _, value: value),
}
"""The form of each class of field; a subclass without one of its own has its parent's."""


def form_of(field: Any) -> Form:
    """The form of a field."""
    return next(FORMS[cls] for cls in type(field).__mro__ if cls in FORMS)
