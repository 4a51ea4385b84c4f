"""The input types of every noun and of every kind of owned child, read off their declarations."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

import strawberry
from strawberry import UNSET
from strawberry.types.base import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from service import models
from service.api.mutations.contents import input_name
from service.api.mutations.values import form_of
from service.catalogue import types
from service.models.shape import Shape, shape

KEPT = "What is not given stays as it is; null empties."
LIST_KEPT = "The whole list, each with its id if it has one: of those only what is given changes."
SLUG = "The readable name in its address; made from its name when nobody gives one."

Fields = dict[str, tuple[Any, str]]
"""The fields of an input by name: the type of each and its description."""

DRAFT: Fields = {
    "batch": (strawberry.ID, "The set of drafts to add it to, of those that are published together."),
}
NEW: Fields = {
    "id": (strawberry.ID, "The id that the record is to have, so that others of the set can refer to it; else made."),
    **DRAFT,
}
CHANGED: Fields = {
    "base": (strawberry.ID, "The revision of the record that its author has seen; else the newest."),
    "revision": (strawberry.ID, "The draft to change; else a new one is begun with what the record holds."),
    "edition": (int, "The edition of that draft that its author has seen; another one is refused then."),
    **DRAFT,
}


def declared(name: str, fields: Fields, description: str, required: Fields | None = None) -> Any:
    """An input type. A field that is not given is UNSET, and none has to be given but the required ones."""
    needed = required or {}
    annotations = {name: kind for name, (kind, _) in needed.items()}
    annotations |= {name: kind | None for name, (kind, _) in fields.items()}
    namespace: dict[str, Any] = {name: strawberry.field(description=said) for name, (_, said) in needed.items()}
    namespace |= {name: strawberry.field(default=UNSET, description=said) for name, (_, said) in fields.items()}
    return strawberry.input(type(name, (), {"__annotations__": annotations, **namespace}), description=description)


def noun_fields(noun: str) -> Fields:
    """What an input can say of a record."""
    table = shape(noun)
    slug: Fields = {"slug": (str, SLUG)} if models.NOUNS[noun].HAS_SLUG else {}
    shown = _shown(noun)
    parts: Fields = {
        input_name(name): (list[part_input(part.model)], f"{shown[name]} {LIST_KEPT}")  # type: ignore[misc]
        for name, part in table.parts.items()
    }
    return {**slug, **_fields(table), **parts}


@cache
def part_input(model: Any) -> Any:
    """The input type of a kind of owned child."""
    id: Fields = {"id": (strawberry.ID, "The id of one that is there already; else a new one is made.")}
    table = types_of_part(model)
    return declared(f"{model.__name__}Input", {**id, **_fields(table)}, _sentence(model))


def types_of_part(model: Any) -> Shape:
    """The shape of an owned child, by its model."""
    found = (part for noun in models.NOUNS for part in shape(noun).parts.values() if part.model is model)
    return next(found)


def _fields(table: Shape) -> Fields:
    described = {name: str(table.model._meta.fields_map[name].description) for name in table.names}
    scalars: Fields = {
        input_name(name): (form_of(field).kind(field), _description(name, described[name]))
        for name, field in table.scalars.items()
    }
    references: Fields = {name: (strawberry.ID, described[name]) for name in table.references}
    sets: Fields = {name: (list[strawberry.ID], described[name]) for name in table.sets}
    return {**scalars, **references, **sets}


def _description(name: str, said: str) -> str:
    """Amounts are kept in minor units and given in major ones."""
    return said if input_name(name) == name else f"{said.partition(' in minor units')[0].rstrip('.')}."


def _shown(noun: str) -> dict[str, str]:
    """How the published type describes its lists of owned children."""
    fields = get_object_definition(types.NOUNS[noun], strict=True).fields
    told = {field.graphql_name or to_camel_case(field.python_name): field.description or "" for field in fields}
    return {name: told[to_camel_case(name)] for name in shape(noun).parts}


def _sentence(model: Any) -> str:
    return inspect.cleandoc(model.__doc__).partition("\n")[0]
