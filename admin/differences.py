"""What changed in a record, and what speaks against something, as people read it: names instead of paths and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from admin.choosing import called
from admin.labels import choice_name, field_name
from admin.sections import SECTIONS
from admin.visit import Desk
from service.editing.diff import Difference
from service.editing.diff import Words as Run
from service.editing.fields import show
from service.errors import Problem
from service.i18n import LANGUAGES, Words
from service.models.fields import Choice, ChoiceSet, Flag

ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Changed:
    """One field that changed: where it stands, and its text run by run."""

    place: str
    runs: Sequence[Run]


async def told(desk: Desk, noun: str, found: Iterable[Difference]) -> list[Changed]:
    """The differences that say something, with names also for what is a draft so far."""
    telling = [each for each in found if not _is_default(desk, noun, each)]
    ids = [id for each in telling for id in ID.findall(f"{each.before} {each.after}")]
    names = await called(desk, list(dict.fromkeys(ids)))

    def name(match: re.Match[str]) -> str:
        known = names.get(match[0])
        return known.name if known else match[0]

    def said(each: Difference, text: str) -> str:
        return _chosen(desk.words, noun, each.path, ID.sub(name, text))

    named = [Difference(each.path, said(each, each.before), said(each, each.after)) for each in telling]
    return [Changed(place(desk.words, noun, each.path), each.words()) for each in named]


def _chosen(words: Words, noun: str, path: Sequence[str | int], text: str) -> str:
    """The values of an enumeration as people call them; any other text as it is."""
    table, field = SECTIONS[noun].shape, str(path[0])
    if field in table.parts and len(path) > 2:
        table, field = table.parts[field], str(path[2])
    rule = table.scalars.get(field)
    if not text or not isinstance(rule, Choice | ChoiceSet):
        return text
    called = {choice.value: choice_name(words, choice) for choice in rule.choices}
    return ", ".join(called.get(value, value) for value in text.split(", "))


def _is_default(desk: Desk, noun: str, difference: Difference) -> bool:
    """Whether a new record merely says no where nobody has said anything."""
    field = SECTIONS[noun].shape.scalars.get(str(difference.path[0]))
    return isinstance(field, Flag) and not difference.before and difference.after == show(field, False, desk.language)


def place(words: Words, noun: str, path: Sequence[str | int]) -> str:
    """A field and what it is part of, as people call them."""
    table, (name, *rest) = SECTIONS[noun].shape, [str(step) for step in path]
    steps = [field_name(words, noun, name)] if name in SECTIONS[noun].fields else []
    if name in table.parts and len(rest) > 1 and rest[1] != "id":
        steps.append(field_name(words, table.parts[name].table, rest[1]))
    if rest and rest[-1] in LANGUAGES:
        steps.append(words(f"choice.language.{rest[-1]}"))
    return ", ".join(steps)


def placed(words: Words, noun: str, problems: Iterable[Problem], skip: int) -> list[tuple[str, str]]:
    """Each sentence with the field that it is about; none of what is about the record as a whole."""
    return [
        (place(words, noun, each.path[skip:]) if each.path[skip:] else "", each.words[words.language])
        for each in problems
    ]
