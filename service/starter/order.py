"""The order of loading: what is referred to comes before what refers to it, in sets of a hundred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

from service import models
from service.editing.revisions import Draft

LARGEST = 100


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """By noun, and within a noun by reference."""
    nouns = list(models.NOUNS)
    waiting = {draft.id: draft for draft in sorted(drafts, key=lambda draft: nouns.index(draft.noun))}
    ordered: dict[str, Draft] = {}
    for draft in waiting.values():
        _place(draft, waiting, ordered, set())
    return list(ordered.values())


def batches(ordered: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Sets of one noun each, none larger than LARGEST."""
    for _, group in groupby(ordered, key=lambda draft: draft.noun):
        while batch := list(islice(group, LARGEST)):
            yield batch


def references(value: Any, known: Iterable[str]) -> Iterator[str]:
    """The ids of other records anywhere in a content."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from references(item, known)
    elif isinstance(value, str) and value in known:
        yield value


def _place(draft: Draft, waiting: dict[str, Draft], ordered: dict[str, Draft], above: set[str]) -> None:
    if draft.id in ordered or draft.id in above:
        return
    for id in references(draft.content, waiting):
        if waiting[id].noun == draft.noun:
            _place(waiting[id], waiting, ordered, above | {draft.id})
    ordered[draft.id] = draft
