"""From readable records, which name each other by key, to drafts, which refer by id."""

from __future__ import annotations

from typing import Any

from service import models
from service.editing.checks import TAXONOMIES
from service.editing.revisions import Draft
from service.models.shape import Shape, shape
from service.starter.ids import identify

Words = dict[str, str]
Content = dict[str, Any]


def both(lv: str, en: str) -> Words:
    """Words in both languages."""
    return {"lv": lv, "en": en}


def evidence(
    source: str,
    lv: str,
    en: str,
    *,
    inferred: bool = False,
    field: str | None = None,
    locator: str | None = None,
) -> Content:
    """What a source says of a record; `field` when it speaks of one field only."""
    basis = "inferred" if inferred else "stated"
    return {"source": source, "basis": basis, "says": both(lv, en), "field": field, "locator": locator}


def draft(noun: str, key: str, content: Content) -> Draft:
    """The draft of a record whose references are still keys."""
    found = _with_ids(noun, shape(noun), content)
    for item in found["evidence"] if models.NOUNS[noun].NEEDS_EVIDENCE else ():
        item.setdefault("basis", "stated")
    return Draft(noun, identify(noun, key), {name: value for name, value in found.items() if value not in (None, [])})


def _with_ids(noun: str, table: Shape, content: Content) -> Content:
    found = dict(content)
    for name, target in table.references.items():
        if found.get(name):
            found[name] = _id(noun, name, target, found[name])
    for name, relation in table.sets.items():
        found[name] = [_id(noun, name, relation.noun, key) for key in found.get(name, ())]
    for name, part in table.parts.items():
        found[name] = [_with_ids(noun, part, item) for item in found.get(name, ())]
    return found


def _id(noun: str, field: str, target: str, key: str) -> str:
    """A term is named without its taxonomy wherever the field allows only one."""
    if target == "taxonomy_term" and (noun, field) in TAXONOMIES:
        return identify(target, f"{TAXONOMIES[noun, field]}/{key}")
    return identify(target, key)
