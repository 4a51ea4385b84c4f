"""What a noun is made of, read off its declaration: scalars, references, sets of references, owned children."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from tortoise.fields.relational import ForeignKeyFieldInstance, ManyToManyFieldInstance
from tortoise.models import Model

from service import models
from service.models.fields import noun_table
from service.models.record import Published
from service.models.rows import default_of


@dataclass(frozen=True)
class SetShape:
    """A set of references: the noun it points to and the table that keeps it."""

    noun: str
    table: str
    column: str


@dataclass(frozen=True)
class Shape:
    """The fields of one table, by what they are; `parts` are the owned children."""

    model: type[Model]
    table: str
    scalars: dict[str, Any]
    references: dict[str, str]
    sets: dict[str, SetShape]
    parts: dict[str, Shape]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every field but the owned children."""
        return frozenset((*self.scalars, *self.references, *self.sets))

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """What the scalars hold when nobody says anything; not to be changed."""
        return {name: default_of(field) for name, field in self.scalars.items()}

    @cached_property
    def required(self) -> frozenset[str]:
        """The scalars and references that somebody has to give."""
        fields = self.model._meta.fields_map
        names = (*self.scalars, *self.references)
        return frozenset(name for name in names if not fields[name].null and fields[name].default is None)


@cache
def shape(noun: str) -> Shape:
    """The shape of a noun, by the name of its table; KeyError if there is no such noun."""
    model: type[Published] = models.NOUNS[noun]
    parts = {
        part._meta.fields_map["owner"].related_name: shape_of(part)  # type: ignore[attr-defined]
        for part in models.PARTS
        if _target(part._meta.fields_map["owner"]) in (noun, "record")
    }
    return shape_of(model, parts)


def shape_of(model: type[Model], parts: dict[str, Shape] | None = None) -> Shape:
    """The shape of one table; `parts` are the owned children of a noun."""
    scalars: dict[str, Any] = {}
    references: dict[str, str] = {}
    sets: dict[str, SetShape] = {}
    for name in _declared(model):
        field = model._meta.fields_map[name]
        if isinstance(field, ForeignKeyFieldInstance):
            references[name] = _target(field)
        elif isinstance(field, ManyToManyFieldInstance):
            sets[name] = SetShape(_target(field), field.through, field.forward_key)
        else:
            scalars[name] = field
    return Shape(model, str(model._meta.db_table), scalars, references, sets, parts or {})


def _declared(model: type[Model]) -> list[str]:
    """The fields as they stand in the class: no keys, nothing that other classes point back with."""
    fields = model._meta.fields_map
    references = {f"{name}_id" for name, field in fields.items() if isinstance(field, ForeignKeyFieldInstance)}
    internal = {"id", "owner", "position"} | references
    return [
        name
        for name, field in fields.items()
        if name not in internal
        and not type(field).__name__.startswith("Backward")
        and not getattr(field, "_generated", False)
    ]


def _target(field: Any) -> str:
    return noun_table(field.model_name.removeprefix("kopa."))
