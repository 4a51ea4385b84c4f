"""Content: the whole of a record as JSON, checked field by field against its noun's declaration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from functools import partial
from itertools import count, islice
from typing import Any
from uuid import UUID, uuid5

from service import models
from service.editing.fields import Refused, clean, identifier, items, parse
from service.editing.messages import problem
from service.errors import Problem
from service.models.shape import Shape, shape

LONGEST_SLUG = 200

Path = tuple[str | int, ...]
Content = dict[str, Any]


class Reading:
    """One reading of a record's content; gathers every problem instead of stopping at the first."""

    def __init__(self, place: Path = ()) -> None:
        self.place = place
        self.problems: list[Problem] = []

    def record(self, noun: str, id: str, raw: Any) -> Content:
        """The canonical content of a record; what could not be read is left out and told in `problems`."""
        if noun not in models.NOUNS:
            self.problems.append(problem("unknown_noun", self.place, name=noun))
            return {}
        if not isinstance(raw, dict):
            self.problems.append(problem("wrong_kind", self.place, expected="{…}"))
            return {}
        try:
            owner = UUID(identifier(id))
        except Refused as refused:
            self.problems.append(refused.at(*self.place, "id"))
            return {}
        slugs = {"slug"} if models.NOUNS[noun].HAS_SLUG else set[str]()
        content = self._table(shape(noun), raw, self.place, slugs | shape(noun).parts.keys())
        if slugs:
            self._put(content, "slug", self.place, _slug, raw.get("slug"))
        for name, part in shape(noun).parts.items():
            if found := self._parts(part, raw.get(name), (*self.place, name), owner):
                content[name] = found
        if models.NOUNS[noun].NEEDS_EVIDENCE and not content.get("evidence"):
            self.problems.append(problem("evidence_required", (*self.place, "evidence")))
        return content

    def _table(self, table: Shape, raw: Content, place: Path, extra: Set[str]) -> Content:
        start = len(self.problems)
        for name in sorted(map(str, raw.keys() - table.names - extra)):
            self.problems.append(problem("unknown_field", (*place, name), name=name))
        content: Content = {}
        for name, default in table.defaults.items():
            if default is not None or name in raw:
                self._put(content, name, place, partial(parse, table.scalars[name]), raw.get(name), default)
        for name in table.references:
            if name in raw:
                self._put(content, name, place, _reference, raw[name])
        for name in table.sets:
            if name in raw:
                self._put(content, name, place, _set, raw[name])
        told = {broken.path[len(place)] for broken in self.problems[start:]}
        for name in sorted(table.required - content.keys() - told):
            self.problems.append(problem("required", (*place, name)))
        return content

    def _put(
        self, content: Content, name: str, place: Path, read: Callable[[Any], Any], raw: Any, default: Any = None
    ) -> None:
        try:
            value = None if raw is None else read(raw)
        except Refused as refused:
            self.problems.append(refused.at(*place, name))
            return
        value = default if value is None else value
        if value is not None and value != []:
            content[name] = value

    def _parts(self, part: Shape, raw: Any, place: Path, owner: UUID) -> list[Content]:
        if raw is None:
            return []
        if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
            self.problems.append(problem("wrong_kind", place, expected="[{…}]"))
            return []
        ids = self._part_ids(raw, place, owner)
        return [
            {"id": ids[position], **self._table(part, item, (*place, position), {"id"})}
            for position, item in enumerate(raw)
        ]

    def _part_ids(self, raw: list[Content], place: Path, owner: UUID) -> list[str]:
        """The ids of owned children: the given ones; the others have one made from owner, list and place."""
        if not any("id" in item for item in raw):
            return list(islice(_made_ids(owner, str(place[-1])), len(raw)))
        given: dict[int, str] = {}
        for position, item in enumerate(raw):
            here: Content = {}
            self._put(here, "id", (*place, position), _reference, item.get("id"))
            if here.get("id") in given.values():
                self.problems.append(problem("twice", (*place, position, "id")))
            if here:
                given[position] = here["id"]
        free = (id for id in _made_ids(owner, str(place[-1])) if id not in given.values())
        return [given[position] if position in given else next(free) for position in range(len(raw))]


def _made_ids(owner: UUID, name: str) -> Iterator[str]:
    return (str(uuid5(owner, f"{name}:{number}")) for number in count())


def public(noun: str, content: Content) -> Content:
    """What of a record's content may be published.

    A confidential location keeps all but its municipality to itself; one to four waiting people are never a number.
    """
    if noun == "location" and content.get("confidential"):
        return {name: value for name, value in content.items() if name not in models.Location.CONFIDENTIAL}
    if noun == "need" and 0 < content.get("waiting", 0) < 5:
        return {name: value for name, value in content.items() if name != "waiting"} | {"fewer_than_five": True}
    return content


def _reference(raw: Any) -> str | None:
    return None if raw is None or raw == "" else identifier(raw)


def _set(raw: Any) -> list[str]:
    return [] if raw is None else sorted({identifier(item) for item in items(raw)})


def _slug(raw: Any) -> str | None:
    slug = None if raw is None else clean(raw, LONGEST_SLUG)
    if slug and not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise Refused("not_a_slug")
    return slug or None
