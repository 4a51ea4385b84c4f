"""Patching the catalogue: one step is one record with its owned children.

A step first prepares everything that can fail, then assigns, which cannot. Objects keep their identity, so no
reference to them has to be replaced; only the lists in which others keep them change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from service.catalogue import types
from service.catalogue.changes import Change
from service.catalogue.linking import (
    Entry,
    availability_of,
    confirm,
    confirmation_of,
    drop,
    entries,
    put,
    seen_from_sides,
    word_of,
)
from service.catalogue.reading import readers
from service.catalogue.slots import empty
from service.models.revision import Act
from service.models.rows import default_of
from service.models.shape import Shape, shape

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a record and its owned children will hold; nothing of it is assigned yet."""

    record: Any
    noun: str
    values: Values
    parts: list[tuple[Any, Values]] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    confirmations: list[Values] = field(default_factory=list)

    def held(self) -> Iterator[tuple[Any, Values]]:
        """The record and its owned children, each with what it will hold."""
        yield from self.parts
        yield self.record, self.values

    def felt(self) -> bool:
        """Whether something changes by which others are filtered, sorted or searched."""
        return self.changes(self.record.FELT)

    def reshapes(self) -> bool:
        """Whether something changes that shapes the indexes of all others."""
        return self.changes(self.record.SHAPES)

    def changes(self, names: Iterable[str]) -> bool:
        """Whether some of the attributes will hold something else, or their parts will."""
        felt = [(name, self.values[name]) for name in names]
        parts = {part for _, value in felt if isinstance(value, tuple) for part in value}
        changing = (
            (item, name, value) for item, values in self.parts if item in parts for name, value in values.items()
        )
        kept = ((self.record, name, value) for name, value in felt)
        return any(getattr(item, name) != value for item, name, value in (*kept, *changing))


@dataclass(frozen=True, slots=True)
class Said:
    """An act as it will be followed: an assurance, the word of a side, free places."""

    record: Any
    noun: str
    values: Values = field(default_factory=dict)
    word: Values | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A record that leaves the catalogue; a merged one leads to its survivor."""

    record: Any
    noun: str
    survivor: Any | None = None


class Preparing:
    """The reading of one transaction's payloads; new records are empty objects until they are assigned."""

    def __init__(self, catalogue: Catalogue, changes: Iterable[Change]) -> None:
        self.catalogue = catalogue
        self.new: dict[str, Any] = {}
        for change in changes:
            if change.act is Act.PUBLISH and change.record not in catalogue.records:
                record = self.new[change.record] = empty(types.NOUNS[change.noun])
                record.id, record.catalogue = change.record, catalogue

    def publish(self, change: Change) -> Prepared:
        """Read what a record will hold. Raises KeyError, TypeError or ValueError when it does not fit."""
        record, table, content = self._known(change.record), shape(change.noun), change.payload["content"]
        prepared = Prepared(record, change.noun, self._values(table, type(record), content, {}))
        prepared.values.update(_standing(change.payload))
        present = {(type(part), part.id): part for name in table.parts for part in getattr(record, name)}
        evidence: dict[str, Any] = {}
        for name in sorted(table.parts, key=lambda name: name != "evidence"):
            parts = []
            for position, item in enumerate(content.get(name, [])):
                made = types.PARTS[table.parts[name].table]
                part = present.get((made, item["id"])) or empty(made)
                values = self._values(table.parts[name], made, item, evidence)
                values |= {"id": item["id"], "owner": record, "position": position}
                named = "record" if name == "evidence" else change.noun
                values |= {named: record} if named in made.SLOTS else {}
                prepared.parts.append((part, values))
                parts.append(part)
                if name == "evidence":
                    evidence[item["id"]] = part
            prepared.values[name] = tuple(parts)
        if "slug" in content:
            prepared.values["slug"] = content["slug"]
            prepared.slugs.extend([*change.payload.get("former_slugs", []), content["slug"]])
        prepared.confirmations.extend(word_of(said) for said in change.payload.get("confirmations", []))
        return prepared

    def act(self, change: Change) -> Said:
        """Read an act. Raises KeyError, TypeError or ValueError when it does not fit."""
        record = self._known(change.record)
        if type(record) is not types.NOUNS[change.noun]:
            raise ValueError(change.noun)
        if change.act is Act.ASSURE:
            return Said(record, change.noun, _assured(change.payload))
        if change.act is Act.CONFIRM:
            return Said(record, change.noun, word=word_of(change.payload))
        if change.act is Act.AVAILABILITY:
            return Said(record, change.noun, {"last_availability": availability_of(change.payload)})
        raise ValueError(change.act)

    def leave(self, change: Change) -> Leaving:
        """Read a withdrawal or a merge. Raises KeyError when it does not fit."""
        survivor = self.catalogue.records[change.payload["into"]] if change.act is Act.MERGE else None
        return Leaving(self.catalogue.records[change.record], change.noun, survivor)

    def _values(self, table: Shape, made: type[Any], content: Values, evidence: dict[str, Any]) -> Values:
        row = {name: content.get(name, default_of(scalar)) for name, scalar in table.scalars.items()}
        values = {name: reader.of(row) for name, reader in readers(table, made).items()}
        for name, noun in table.references.items():
            id = content.get(name)
            values[name] = None if id is None else evidence[id] if noun == "evidence" else self._known(id)
        for name in table.sets:
            values[name] = tuple(self._known(id) for id in content.get(name, []))
        return values

    def _known(self, id: str) -> Any:
        return self.new[id] if id in self.new else self.catalogue.records[id]


def _standing(payload: Values) -> Values:
    """What a payload says beside the content; of a record that comes back also the acts that still stand."""
    values: Values = {
        "version": payload["version"],
        "first_published_at": datetime.fromisoformat(payload["first_published_at"]),
        "last_modified": datetime.fromisoformat(payload["last_modified"]),
    }
    if "assured_on" in payload:
        values |= _assured(payload)
    if "availability" in payload:
        values["last_availability"] = availability_of(payload["availability"])
    return values


def _assured(payload: Values) -> Values:
    return {"assured_on": date.fromisoformat(payload["assured_on"]), "assured_by": payload["assured_by"]}


def assign(catalogue: Catalogue, prepared: Prepared) -> None:
    """Put the prepared values in place of what was there, and keep the lists of others in step."""
    record, noun = prepared.record, prepared.noun
    before, sides, led = set(entries(record, noun)), _sides(record, noun), catalogue.unlead(noun, record)
    named = [(record, noun), *((term, "taxonomy_term") for term in _terms(record, noun))]
    for item, its in named:
        catalogue.unname(item, its)
    _set(prepared)
    catalogue.records[record.id] = record
    catalogue.merged.pop(record.id, None)  # A merge that was taken back.
    _move(before, set(entries(record, noun)))
    if _sides(record, noun) != sides:
        _turn(record, sides)
    for said in prepared.confirmations:
        confirm(record, said)
    for item, its in named:
        catalogue.name(item, its)
    catalogue.lead(noun, [*led, *prepared.slugs], record)


def _set(prepared: Prepared) -> None:
    for item, values in prepared.held():
        for name, value in values.items():
            setattr(item, name, value)


@contextmanager
def as_foreseen(step: Iterable[Prepared]) -> Iterator[None]:
    """For a moment records hold what they will hold; the lists that others keep of them stay as they are."""
    before = [(item, {name: getattr(item, name) for name in values}) for p in step for item, values in p.held()]
    try:
        for prepared in step:
            _set(prepared)
        yield
    finally:
        for item, values in before:
            for name, value in values.items():
                setattr(item, name, value)


def _move(before: set[Entry], after: set[Entry]) -> None:
    for entry in before - after:
        drop(entry)
    for entry in after - before:
        put(entry)


def take_away(catalogue: Catalogue, leaving: Leaving) -> None:
    """Take a record out of the catalogue; its names lead to the survivor of a merge, if there is one."""
    record, noun, survivor = leaving.record, leaving.noun, leaving.survivor
    _move(set(entries(record, noun)), set())
    if noun == "cooperation_link":
        _turn(record, _sides(record, noun), ())
    catalogue.unname(record, noun)
    del catalogue.records[record.id]
    if survivor is not None:
        catalogue.merged[record.id] = survivor.id
    slugs = catalogue.unlead(noun, record)
    if survivor is not None:
        catalogue.lead(noun, slugs, survivor)


def _terms(record: Any, noun: str) -> list[Any]:
    """The terms of a taxonomy, which are named by its code too."""
    return list(record.terms) if noun == "taxonomy" else []


def _sides(record: Any, noun: str) -> tuple[Any, ...]:
    return (record.kind, record.side_a, record.side_b) if noun == "cooperation_link" else ()


def _turn(link: Any, before: tuple[Any, ...], now: tuple[Any, ...] | None = None) -> None:
    """Show a link from its sides of today instead of those of before."""
    for side in before[1:]:
        if side is not None:
            drop((side, "cooperation", next(seen for seen in side.cooperation if seen.link is link)))
    if now is None:
        for seen in seen_from_sides(link):
            put((seen.organisation, "cooperation", seen))
        link.confirmations = tuple(confirmation_of(link, _said(word)) for word in link.confirmations)


def _said(word: Any) -> Values:
    return {"side": word.side, "state": word.state, "on": word.on, "role": word.role}


def act(said: Said) -> None:
    """Follow an act."""
    for name, value in said.values.items():
        setattr(said.record, name, value)
    if said.word is not None:
        confirm(said.record, said.word)
