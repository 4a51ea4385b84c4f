"""When two people change the same: what each field held when a form was opened, and what is to be chosen then.

A form carries a mark of every field as it was, so that what only one of both changed is taken without asking.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from admin.entries import Clashing
from admin.typed import Typed
from admin.visit import Desk
from service.editing.content import Content
from service.editing.diff import diff

MARKS = "marks"
"""The name of the hidden field with the marks."""


def marks_of(content: Content) -> str:
    """A short mark of each field that holds something."""
    return json.dumps({name: _mark(value) for name, value in content.items()}, separators=(",", ":"))


def read_marks(text: str) -> dict[str, str]:
    """The marks that a form brought; none when it brought something else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


def merged(marks: dict[str, str], ours: Content, theirs: Content) -> tuple[Content, list[str]]:
    """Two versions made one field by field, and the fields that both changed, where ours stands."""
    content, clashing = dict[str, Any](), list[str]()
    for name in dict.fromkeys([*ours, *theirs]):
        was, mine, other = marks.get(name), _mark_of(ours, name), _mark_of(theirs, name)
        chosen = theirs if mine == was else ours
        if name in chosen:
            content[name] = chosen[name]
        if mine not in (was, other) and other != was:
            clashing.append(name)
    return content, clashing


def is_changed(marks: dict[str, str], content: Content, name: str) -> bool:
    """Whether a field holds something else than when the marks were made."""
    return _mark_of(content, name) != marks.get(name)


def _mark_of(content: Content, name: str) -> str | None:
    return _mark(content[name]) if name in content else None


def _mark(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:10]


async def clashing(desk: Desk, noun: str, fields: Iterable[str], ours: Content, theirs: Content) -> dict[str, Clashing]:
    """What the others wrote, for the fields in which something else stands here."""
    names = list(fields)
    mine, other = ({name: content[name] for name in names if name in content} for content in (ours, theirs))
    told: dict[str, list[str]] = {name: [] for name in names}
    for each in await diff(desk.database, noun, mine, other, desk.language):
        if each.after:
            told[str(each.path[0])].append(each.after)
    return {name: Clashing(" · ".join(texts) or desk.words("nothing")) for name, texts in told.items()}


def taken(typed: Typed) -> list[str]:
    """The fields where the others' version is to stand."""
    return [name for name in typed.texts("take") if name]
