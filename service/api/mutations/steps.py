"""Makes the field of a mutation of a function that takes one step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from types import ModuleType
from typing import Annotated, Any, get_type_hints

import strawberry
from strawberry import UNSET
from strawberry.types.field import StrawberryField

from service.api.mutations.answering import WRITING, By, Done, Payload, Place, answered
from service.editing.messages import problem
from service.errors import InputError

INPUT = "What is to be done."

Take = Callable[[By, Any], Awaitable[Done]]

ANYWHERE = Place()


def mutation(
    name: str, given: Any, payload: type[Payload], description: str, take: Take, place: Place = ANYWHERE
) -> StrawberryField:
    """The field of a mutation, with a payload named after it."""
    made = strawberry.type(type(f"{name}Payload", (payload,), {}), description=str(payload.__doc__))

    async def resolve(input: Any, info: Any) -> Any:
        return await answered(made, info, lambda by: take(by, input), place, _drafts(input))

    resolve.__annotations__ = {
        "input": Annotated[given, strawberry.argument(description=INPUT)],
        "info": strawberry.Info,
        "return": made | None,
    }
    return strawberry.field(resolve, description=description, directives=[WRITING])


def step(payload: type[Payload], description: str, place: str | None = None) -> Callable[[Take], Any]:
    """Make a mutation of a function, named after it; its input type is named after it too.

    `place` names the field of the input in which the things stand that the step is about, when it is about several.
    """

    def make(take: Take) -> StrawberryField:
        name = take.__name__.title().replace("_", "")
        where = Place(one=True) if place is None else Place((place,))
        return mutation(name, get_type_hints(take)["input"], payload, description, take, where)

    return make


def fields_of(module: ModuleType) -> Mapping[str, StrawberryField]:
    """The mutations of a module by name."""
    return {name: value for name, value in vars(module).items() if isinstance(value, StrawberryField)}


def _drafts(input: Any) -> list[str]:
    """The drafts that an input names: what they are now is told also when nothing was done."""
    one = given(getattr(input, "revision", None)) if hasattr(input, "edition") else None
    return [getattr(each, "id", each) for each in getattr(input, "revisions", [one] if one else [])]


def given(value: Any, otherwise: Any = None) -> Any:
    """A value of an input, or what stands for one that is not given or null."""
    return otherwise if value is UNSET or value is None else value


def hour(by: By, moment: datetime, place: str) -> datetime:
    """An hour in universal time; where no offset is named, it is one of the directory's own."""
    zone = by.context.follower.settings.timezone
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise InputError([problem("not_a_date", (place,))]) from None
