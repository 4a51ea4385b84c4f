"""Between what GraphQL is given and the content of records: names, values, and places of problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from service import models
from service.api.mutations.values import form_of
from service.editing.content import Content, Path
from service.models.shape import Shape, shape

MINOR = "_minor"


def input_name(name: str) -> str:
    """The name of a field of content as inputs have it; amounts are given in major units."""
    return name.removesuffix(MINOR)


def shown_name(name: str) -> str:
    """The same as GraphQL writes it."""
    return to_camel_case(input_name(name))


def patch_of(noun: str, given: Any) -> Content:
    """The patch that an input holds: what is not given is not in it, null is None."""
    patch = _row(shape(noun), given)
    if models.NOUNS[noun].HAS_SLUG and given.slug is not UNSET:
        patch["slug"] = given.slug
    for name, part in shape(noun).parts.items():
        children = getattr(given, input_name(name))
        if children is not UNSET:
            patch[name] = None if children is None else [_child(part, child) for child in children]
    return patch


def _child(part: Shape, given: Any) -> Content:
    return _row(part, given) | ({} if given.id in (UNSET, None) else {"id": given.id})


def _row(table: Shape, given: Any) -> Content:
    values = {name: getattr(given, input_name(name)) for name in (*table.scalars, *table.references, *table.sets)}
    return {name: _read(table, name, value) for name, value in values.items() if value is not UNSET}


def _read(table: Shape, name: str, value: Any) -> Any:
    return value if value is None or name not in table.scalars else form_of(table.scalars[name]).read(value)


def told(noun: str, content: Content) -> dict[str, Any]:
    """Content as an input would give it."""
    table = shape(noun)
    shown = dict(_told_row(table, content))
    for name, part in table.parts.items():
        if name in content:
            shown[shown_name(name)] = [{"id": item["id"], **dict(_told_row(part, item))} for item in content[name]]
    return shown | ({"slug": content["slug"]} if content.get("slug") else {})


def _told_row(table: Shape, content: Content) -> Iterator[tuple[str, Any]]:
    for name in (*table.scalars, *table.references, *table.sets):
        if name in content:
            yield shown_name(name), told_value(table, name, content[name])


def told_value(table: Shape, name: str, value: Any) -> Any:
    """One value of content as an input would give it; what its field no longer knows, such as a mark, as it is."""
    if value is None or name not in table.scalars:
        return value
    try:
        return form_of(table.scalars[name]).tell(table.scalars[name], value)
    except (ValueError, TypeError, ArithmeticError):
        return value


def shown_path(path: Path) -> list[str]:
    """A place in content as GraphQL names it."""
    return [step if not step.isidentifier() else shown_name(step) for step in map(str, path)]


def placed(path: Path, names: Iterable[str], *, one: bool) -> list[str]:
    """The place of a problem within an input in which the things that a step is about stand at these names.

    A step with one thing tells no place in a set; what is known by its id stands in the set, too.
    """
    if not path or str(path[0]).isidentifier():
        return shown_path(path)
    steps = path[1:] if one and isinstance(path[0], int) else path
    return [*map(to_camel_case, names), *shown_path(steps)]
