"""Merging what two people wrote from the same base, field by field, as far as it can be done without asking them.

Texts merge by language, sets as sets, owned children by their ids. What both changed in different ways is a clash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from service import models
from service.editing.content import Content, Path
from service.models.fields import ChoiceSet, Currency, Degrees, LineSet, Minor, Text
from service.models.shape import Shape, shape


@dataclass(frozen=True)
class Clash:
    """A place that both changed: what it held, and both versions; None is nothing."""

    path: Path
    base: Any
    ours: Any
    theirs: Any


@dataclass
class Merged:
    """What became of two versions. At a clash `content` has ours, and somebody has to choose."""

    content: Content
    clashes: list[Clash] = field(default_factory=list)


def merge(noun: str, base: Content, ours: Content, theirs: Content) -> Merged:
    """Three versions of a record's content made one."""
    merged = Merged({})
    table = shape(noun)
    _rows(merged, table, merged.content, (), (base, ours, theirs))
    if models.NOUNS[noun].HAS_SLUG:
        asked = ours if ours.get("slug") else base  # A slug that nobody asks for stays as it is.
        _field(merged, None, merged.content, ("slug",), (base, asked, theirs))
    for name, part in table.parts.items():
        versions = [version.get(name, []) for version in (base, ours, theirs)]
        if items := _children(merged, part, (name,), versions):
            merged.content[name] = items
    return merged


def _rows(merged: Merged, table: Shape, into: Content, place: Path, versions: Sequence[Content]) -> None:
    tied = [group for group in _tied(table) if _moves_as_one(table, group, versions)]
    for group in tied:
        _together(merged, into, place, group, versions)
    for name in (*table.scalars, *table.references):
        if not any(name in group for group in tied):
            _field(merged, table.scalars.get(name), into, (*place, name), versions)
    for name in table.sets:
        if members := sorted(_as_sets(*(set(version.get(name, [])) for version in versions))):
            into[name] = members


def _tied(table: Shape) -> list[tuple[str, ...]]:
    """Fields so closely tied that half of one's change and half of another's is neither's: points, and money."""
    points = tuple(name for name, rule in table.scalars.items() if isinstance(rule, Degrees))
    money = tuple(name for name, rule in table.scalars.items() if isinstance(rule, Minor | Currency))
    return [group for group in (points, money) if group]


def _moves_as_one(table: Shape, group: Sequence[str], versions: Sequence[Content]) -> bool:
    """Amounts of one and the same currency can change each by itself."""
    currencies = [name for name in group if isinstance(table.scalars[name], Currency)]
    return not currencies or any(
        version.get(name) != versions[0].get(name) for name in currencies for version in versions
    )


def _together(merged: Merged, into: Content, place: Path, names: Sequence[str], versions: Sequence[Content]) -> None:
    """All of the fields from one side, or a clash at each in which the sides differ."""
    base, ours, theirs = (tuple(version.get(name) for name in names) for version in versions)
    chosen = theirs if ours == base else ours
    into |= {name: value for name, value in zip(names, chosen, strict=True) if value is not None}
    if base != ours != theirs != base:
        rows = zip(names, base, ours, theirs, strict=True)
        merged.clashes += [Clash((*place, name), was, mine, other) for name, was, mine, other in rows if mine != other]


def _field(merged: Merged, rule: Any, into: Content, path: Path, versions: Sequence[Content]) -> None:
    base, ours, theirs = (version.get(str(path[-1])) for version in versions)
    value: Any
    if isinstance(rule, Text) and ours and theirs:
        value, clashes = _by_language(path, base or {}, ours, theirs)
    elif isinstance(rule, ChoiceSet | LineSet):
        sets = (set(version or ()) for version in (base, ours, theirs))
        value, clashes = _in_order(rule, _as_sets(*sets)) or None, []
    else:
        value, clashes = _one(path, base, ours, theirs)
    merged.clashes += clashes
    if value is not None:
        into[str(path[-1])] = value


def _one(path: Path, base: Any, ours: Any, theirs: Any) -> tuple[Any, list[Clash]]:
    if ours in (base, theirs):
        return theirs, []
    return ours, [] if theirs == base else [Clash(path, base, ours, theirs)]


def _by_language(path: Path, base: Content, ours: Content, theirs: Content) -> tuple[Content, list[Clash]]:
    words, clashes = {}, list[Clash]()
    for language in ["lv", *sorted({*base, *ours, *theirs} - {"lv"})]:
        versions = (version.get(language) for version in (base, ours, theirs))
        words[language], told = _one((*path, language), *versions)
        clashes += told
    return {language: said for language, said in words.items() if said is not None}, clashes


def _as_sets(base: set[str], ours: set[str], theirs: set[str]) -> set[str]:
    """What either added is there, what either took away is not."""
    return (theirs | (ours - base)) - (base - ours)


def _in_order(rule: ChoiceSet | LineSet, chosen: set[str]) -> list[str]:
    if isinstance(rule, LineSet):
        return sorted(chosen)
    return [choice.value for choice in rule.choices if choice.value in chosen]


def _children(merged: Merged, part: Shape, place: Path, versions: Sequence[list[Content]]) -> list[Content]:
    """The owned children of one list, in the order of whoever changed it."""
    base, ours, theirs = ({item["id"]: item for item in items} for items in versions)
    children = []
    for id in _order(*(list(version) for version in (base, ours, theirs))):
        child = _child(merged, part, (*place, id), base.get(id), ours.get(id), theirs.get(id))
        if child is not None:
            children.append(child)
    return children


def _child(
    merged: Merged, part: Shape, place: Path, base: Content | None, ours: Content | None, theirs: Content | None
) -> Content | None:
    """A child that both have is merged field by field; one that is gone stays gone, unless it was changed."""
    if ours is None or theirs is None:
        child, clashes = _one(place, base, ours, theirs)
        merged.clashes += clashes
        return None if child is None else dict(child)
    child = {"id": ours["id"]}
    _rows(merged, part, child, place, (base or {}, ours, theirs))
    return child


def _order(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[str]:
    """Every id once, in the order of whoever changed it; if both did, in ours where we moved what was there before."""
    common = {*base} & {*ours} & {*theirs}
    moved = [id for id in ours if id in common] != [id for id in base if id in common]
    ours_first = theirs == base or (moved and ours != base)
    yield from dict.fromkeys([*ours, *theirs, *base] if ours_first else [*theirs, *ours, *base])
