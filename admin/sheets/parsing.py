"""What a cell means: the canonical value for its field, whatever of the known ways it is written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from admin.labels import choice_name
from admin.sheets.cells import target_of
from admin.sheets.columns import Column
from admin.sheets.names import Names
from service.catalogue.words import fold
from service.editing.fields import Refused, parse
from service.i18n import LANGUAGES, words
from service.models import fields as declared


class Unknown(Exception):
    """A cell names a record that there is not, or several; the name of the sentence, and the words."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name)
        self.name = name
        self.text = text


def meaning(column: Column, text: str, names: Names) -> Any:
    """The value that a filled cell stands for. Raises Refused and Unknown."""
    field = column.shape.scalars.get(column.name)
    if isinstance(field, declared.Text):
        return parse(field, {"lv": text})["lv"]
    if isinstance(field, declared.Choice):
        return parse(field, _choice(field.choices, text))
    if isinstance(field, declared.ChoiceSet):
        return parse(field, [_choice(field.choices, each) for each in _members(field.choices, text)])
    if isinstance(field, declared.LineSet):
        return parse(field, text.replace(",", ";"))
    if field is not None:
        return parse(field, text)
    return _reference(column, text, names)


def _reference(column: Column, text: str, names: Names) -> Any:
    target = target_of(column)
    if target is None:
        return text
    if column.name in column.shape.references:
        return _named(target, text, names)
    return sorted({_named(target, each.strip(), names) for each in re.split("[;\n]", text) if each.strip()})


def _named(target: Any, text: str, names: Names) -> str:
    found = names.meant(target, text)
    if found is None:
        raise Unknown("several_named" if names.is_shared(target, text) else "nobody_named", text)
    return found


@cache
def _labels(choices: type[declared.Choices]) -> Mapping[str, str]:
    return {fold(choice_name(words(language), each)): each.value for language in LANGUAGES for each in choices}


def _choice(choices: type[declared.Choices], text: str) -> str:
    """A value as it is called on the screen, or as programs call it."""
    return _labels(choices).get(fold(text), text)


def _members(choices: type[declared.Choices], text: str) -> list[str]:
    """The members of a set; a label may have commas in it."""
    parts = [part.strip() for part in re.split("[;\n]", text) if part.strip()]
    return [
        each.strip()
        for part in parts
        for each in ([part] if fold(part) in _labels(choices) else part.split(","))
        if each.strip()
    ]


__all__ = ["Refused", "Unknown", "meaning"]
