"""The decorator of everything published: plain linked objects that are the GraphQL types at the same time.

A class names its attributes once. What stands in the annotation says how GraphQL shows it:

    name: Words                       a text by language; the field takes `language`
    services: Many[ServiceRef]        a list; the field is a connection
    services: Crowd[ServiceRef]       the same, when thousands are usual
    ordinal: Hidden[int]              for Python only
    provider: OrganisationRef         as it is

Where a list is to show something else than the attribute holds, a property `shown_<attribute>` says what.

Descriptions come from the model's fields unless the class gives its own.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Callable, Sequence
from enum import EnumType
from typing import Annotated, Any, TypeVar, cast, dataclass_transform

import strawberry
from strawberry.types.base import get_object_definition
from tortoise.models import Model

from service.catalogue.costs import CROWDED, PAGE, Cost, at_most
from service.catalogue.faceted import connection_field
from service.catalogue.words import Language, Words, in_language
from service.models.fields import Choices

T = TypeVar("T")

Many = Sequence[T]
"""A list of other published objects; GraphQL shows it as a connection. Nobody but `linking` changes one."""

Crowd = Sequence[T]
"""Such a list that can hold a good part of all there is, as the services of a region; it weighs more to ask for."""

Hidden = strawberry.Private[T]
"""An attribute that GraphQL does not show."""

LANGUAGE = "The language wanted; Latvian is given where it is missing."

TEXT = Cost(weight="0.1")
"""A text has to be chosen by language, and is longer than other values."""

MOST_WORDS = 20
"""How many single words, as codes of languages, a list is reckoned to hold in the cost of a query."""

_TEXT = re.compile(r"Words(?P<null> \| None)?")
_MANY = re.compile(r"(?P<size>Many|Crowd)\[(?P<ref>\w+)\]")
_VALUES = re.compile(r"Sequence\[(?P<kind>\w+)\]")
_HIDDEN = re.compile(r"Hidden\[.+\]")


@dataclass_transform(kw_only_default=True)
def published(
    model: type[Model] | None = None,
    *,
    interface: bool = False,
    value: bool = False,
    descriptions: dict[str, str] | None = None,
) -> Callable[[type[T]], type[T]]:
    """Make a class a published type: slots, identity, and a GraphQL type or interface.

    The class is made anew for its slots, so its methods cannot use `super()` without arguments.

    `descriptions` are those of the attributes that are no fields of the model. A `value` equals another one that
    holds the same.
    """

    def decorate(cls: type[T]) -> type[T]:
        words = _inherited(cls) | _descriptions(model) | (descriptions or {})
        annotations = dict(cls.__annotations__)
        slotted = _with_slots(cls, BY_VALUE if value else BY_IDENTITY)
        for name, annotation in list(slotted.__annotations__.items()):
            _declare(slotted, name, str(annotation), words)
        declare = strawberry.interface if interface else strawberry.type
        made = declare(slotted, description=cls.__doc__)
        for field in get_object_definition(made, strict=True).fields:
            field.description = field.description or words.get(field.python_name)
            if values := _VALUES.fullmatch(str(annotations.get(field.python_name))):
                field.directives = [*field.directives, at_most(_most(slotted, values["kind"]))]
        for attribute in dataclasses.fields(made):  # type: ignore[arg-type]
            # Whoever compares dataclasses field by field, as pytest does, would never come out of the circles.
            attribute.compare = False
        return made

    return decorate


def graphql_enum(cls: type[Choices]) -> None:
    """Make an enumeration known to GraphQL with the descriptions it carries."""
    if "__strawberry_definition__" not in vars(cls):
        strawberry.enum(cls)
    definition = cls.__strawberry_definition__  # type: ignore[attr-defined]
    definition.description = cls.__doc__
    for value in definition.values:
        value.description = cls[value.name].description


def _hash_of_values(self: Any) -> int:
    return hash(tuple(getattr(self, name) for name in self.SLOTS))


BY_IDENTITY = {"__eq__": object.__eq__, "__hash__": object.__hash__}
BY_VALUE = {"__hash__": _hash_of_values}
"""Strawberry's dataclasses compare what is in them by themselves."""


def _with_slots(cls: type[T], comparing: dict[str, Any]) -> type[T]:
    """The class with slots; `SLOTS` names all its attributes, `LISTS` those that are lists of others."""
    namespace = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    annotations = namespace.get("__annotations__", {})
    inherited = getattr(cls, "SLOTS", ())
    namespace["__slots__"] = tuple(sorted(_attributes(annotations) - set(inherited)))
    namespace["SLOTS"] = (*inherited, *namespace["__slots__"])
    namespace["LISTS"] = (
        *getattr(cls, "LISTS", ()),
        *(name for name, annotation in annotations.items() if _MANY.fullmatch(str(annotation))),
    )
    namespace |= {"__repr__": _repr, **comparing}
    namespace["__annotations__"] = dict(annotations)
    return cast(type[T], type(cls.__name__, cls.__bases__, namespace))


def _attributes(annotations: dict[str, object]) -> set[str]:
    return {name for name, annotation in annotations.items() if "ClassVar" not in str(annotation)}


def _repr(self: Any) -> str:
    return f"<{type(self).__name__} {getattr(self, 'id', '')}>"


def _inherited(cls: type[Any]) -> dict[str, str]:
    definitions = filter(None, (get_object_definition(ancestor) for ancestor in cls.__mro__[1:]))
    return {f.python_name: f.description for definition in definitions for f in definition.fields if f.description}


def _descriptions(model: type[Model] | None) -> dict[str, str]:
    if model is None:
        return {}
    found = {name: field.description for name, field in model._meta.fields_map.items() if field.description}
    money = {n.removesuffix("_minor"): d.removesuffix(".") for n, d in found.items() if n.endswith("_minor")}
    return found | {name: f"{text.split(' in minor units')[0]}." for name, text in money.items()}


def _declare(cls: type[Any], name: str, annotation: str, words: dict[str, str]) -> None:
    description = words.get(name)
    if text := _TEXT.fullmatch(annotation):
        cls.__annotations__[name] = strawberry.Private[Words]
        setattr(cls, f"{name}_in", _text_field(name, description, nullable=bool(text["null"])))
    elif many := _MANY.fullmatch(annotation):
        cls.__annotations__[name] = strawberry.Private[list]  # type: ignore[type-arg]
        shown = f"shown_{name}" if hasattr(cls, f"shown_{name}") else name
        noun = many["ref"].removesuffix("Ref")
        prices = [PAGE, CROWDED] if many["size"] == "Crowd" else [PAGE]
        setattr(cls, f"{name}_page", connection_field(name, shown, noun, description, prices))
    elif _HIDDEN.fullmatch(annotation):
        cls.__annotations__[name] = strawberry.Private[object]


def _most(cls: type[Any], kind: str) -> int:
    """How many different values a list of this kind of values can hold."""
    values = getattr(sys.modules[cls.__module__], kind, None)
    return len(values) if isinstance(values, EnumType) else MOST_WORDS


def _text_field(name: str, description: str | None, *, nullable: bool) -> Any:
    chosen = Annotated[Language, strawberry.argument(description=LANGUAGE)]

    def resolve(self: Any, language: Language = Language.LV) -> str | None:
        words: Words | None = getattr(self, name)
        return None if words is None else in_language(words, language)

    resolve.words = name  # type: ignore[attr-defined]  # Compiled plans choose the language themselves.
    resolve.__annotations__ = {"language": chosen, "return": str | None if nullable else str}
    return strawberry.field(resolve, name=_camel(name), description=description, directives=[TEXT])


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)
