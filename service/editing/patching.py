"""Patches: a part of a record's content, to be laid over what it holds.

What a patch does not name stays; null empties. Texts are patched by language, owned children by their ids: a list of
children is the whole list, but of each child only what is named changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service import models
from service.editing.content import Content
from service.editing.fields import identifiers
from service.models.fields import Text
from service.models.shape import Shape, shape

Patch = Mapping[str, Any]


def patched(noun: str, content: Content, patch: Patch) -> Content:
    """The content with a patch laid over it; it still has to be read, since a patch may say anything."""
    if noun not in models.NOUNS:
        return {**content, **patch}
    table = shape(noun)
    changed = _row(table, content, {name: value for name, value in patch.items() if name not in table.parts})
    for name in table.parts.keys() & patch.keys():
        changed[name] = _children(table.parts[name], content.get(name, []), patch[name])
    return {name: value for name, value in changed.items() if value is not None and value != []}


def _row(table: Shape, content: Content, patch: Patch) -> Content:
    changed = dict(content)
    for name, value in patch.items():
        of_languages = isinstance(table.scalars.get(name), Text) and isinstance(value, Mapping)
        changed[name] = _text(content.get(name) or {}, value) if of_languages else value
    return {name: value for name, value in changed.items() if value is not None}


def _text(text: Mapping[str, str], patch: Patch) -> dict[str, Any] | None:
    words = {language: said for language, said in {**text, **patch}.items() if said is not None}
    return words or None


def _children(part: Shape, children: list[Content], patches: Any) -> Any:
    if not isinstance(patches, list) or not all(isinstance(patch, Mapping) for patch in patches):
        return patches
    held = {child["id"]: child for child in children}
    return [_row(part, held.get(_id(patch), {}), patch) for patch in patches]


def _id(patch: Patch) -> str | None:
    return next(iter(identifiers(patch.get("id"))), None)
