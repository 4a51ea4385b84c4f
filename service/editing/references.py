"""The references within a record's content: to find them, and to let them lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from typing import Any

from service import models
from service.editing.content import Content, Path
from service.models.shape import Shape, shape

Reference = tuple[str, str, Path]
"""The noun referred to, the id, and where in the content it stands."""

Lead = Callable[[str], str | None]
"""Where a reference is to lead; None when it leads nowhere any more."""


def references(table: Shape, content: Content) -> Iterator[Reference]:
    """Every reference of a record and of its owned children; also those to its own evidence."""
    for name, noun in table.references.items():
        if name in content:
            yield noun, content[name], (name,)
    for name, relation in table.sets.items():
        yield from ((relation.noun, id, (name,)) for id in content.get(name, []))
    for name, part in table.parts.items():
        for position, item in enumerate(content.get(name, [])):
            yield from ((noun, id, (name, position, *path)) for noun, id, path in references(part, item))


def record_references(noun: str, content: Content) -> Iterator[Reference]:
    """The references to other records."""
    return (found for found in references(shape(noun), content) if found[0] in models.NOUNS)


def redirected(noun: str, content: Content, lead: Lead) -> Content:
    """The content with each reference to a record led elsewhere.

    What leads nowhere is left out, with the owned child that cannot be without it; only what the record itself
    cannot be without stays, so that publishing tells of it. Owned children that have become the same stand once.
    """
    table = shape(noun)
    changed = _led(table, content, lead)
    for name in table.sets:
        _put(changed, name, sorted({target for id in content.get(name, []) if (target := lead(id))}))
    for name in sorted(table.parts, key=lambda name: name != "evidence"):
        part, items = table.parts[name], content.get(name, [])
        own = {item["id"] for item in changed.get("evidence", [])}
        led = [_led(part, item, lead, own) for item in items if not _is_lost(part, item, lead)]
        _put(changed, name, led if led == items else each_once(part, led))
    return changed


def _led(table: Shape, content: Content, lead: Lead, own: Set[str] = frozenset()) -> Content:
    """One row; `own` is the evidence that the record still has."""
    changed = dict(content)
    for name, noun in table.references.items():
        if name not in content:
            continue
        target = lead(content[name]) if noun in models.NOUNS else content[name] if content[name] in own else None
        if target is not None:
            changed[name] = target
        elif name not in table.required:
            del changed[name]
    return changed


def _put(content: Content, name: str, items: list[Any]) -> None:
    content.pop(name, None)
    if items:
        content[name] = items


def _is_lost(part: Shape, item: Content, lead: Lead) -> bool:
    """Whether an owned child refers to nothing where it has to refer to something."""
    needed = (name for name, noun in part.references.items() if name in part.required and noun in models.NOUNS)
    return any(name in item and lead(item[name]) is None for name in needed)


def each_once(part: Shape, items: list[Content]) -> list[Content]:
    """Owned children without those that say what an earlier one says, or that no table would take beside it."""
    kept: dict[Any, Content] = {}
    for item in items:
        kept.setdefault(_key(part, item), item)
    return list(kept.values())


def _key(part: Shape, item: Content) -> Any:
    together = part.model._meta.unique_together
    if together:
        return tuple(item.get(name) for name in together[0] if name != "owner")
    return repr(sorted((name, value) for name, value in item.items() if name != "id"))
