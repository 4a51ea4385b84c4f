"""A schema of what the directory's own has not: unions, lists of lists, every kind of input, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.permission import BasePermission
from strawberry.types import Info


@strawberry.enum
class Colour(Enum):
    RED = "r"
    GREEN = "g"
    BLUE = strawberry.enum_value("b", name="AZURE")


@strawberry.input
class Inner:
    number: int = 7
    colour: Colour | None = Colour.GREEN
    days: list[date | None] | None = None
    again: Inner | None = None


@strawberry.input
class Outer:
    name: str
    inner: Inner | None = None
    many: list[Inner] | None = None
    told: strawberry.Maybe[str] = strawberry.field(default=None)
    erased: strawberry.Maybe[int | None] = strawberry.field(default=None)
    grid: list[list[int] | None] | None = None
    colours: list[Colour] = strawberry.field(default_factory=lambda: [Colour.RED])


@strawberry.input(one_of=True)
class Choice:
    id: strawberry.Maybe[strawberry.ID]
    inner: strawberry.Maybe[Inner]
    days: strawberry.Maybe[list[date]]


def told(value: Any) -> str:
    """What a resolver was given, class by class."""
    if is_dataclass(value):
        shown = {field.name: told(getattr(value, field.name)) for field in fields(value)}
        return f"{type(value).__name__}{shown}"
    if isinstance(value, list):
        return f"[{', '.join(map(told, value))}]"
    if isinstance(value, dict):
        return f"{ {name: told(value[name]) for name in sorted(value)} }"
    return repr(value)


@strawberry.interface
class Animal:
    name: str

    @strawberry.field
    def sound(self, times: int = 1) -> str:
        return f"{self.name}!" * min(max(times, 0), 5)


@strawberry.type
class Dog(Animal):
    friend: Annotated[Pet, strawberry.lazy("tests.api.odd_schema")] | None = None
    colour: Colour = Colour.BLUE


@strawberry.type
class Cat(Animal):
    lives: int | None = 9
    friends: list[Annotated[Pet, strawberry.lazy("tests.api.odd_schema")] | None] = strawberry.field(
        default_factory=list
    )


Pet = Annotated[Dog | Cat, strawberry.union("Pet")]

REX, TOM = Dog(name="Rex"), Cat(name="Tom")
REX.friend = TOM
TOM.friends = [REX, None, Cat(name="Minka", lives=None)]


@strawberry.type
class Leaves:
    text: str = "ā"
    nothing: str | None = None
    whole: int = -(2**31)
    part: float = 0.1
    truth: bool = False
    money: Decimal = Decimal("10.50")
    day: date = date(2026, 11, 15)
    moment: datetime = datetime(2026, 11, 15, 12, 30)  # noqa: DTZ001 - what is written is what matters.
    uuid: UUID = UUID(int=5)
    number_as_text: str = 5  # type: ignore[assignment]
    true_as_number: int = True
    text_as_id: strawberry.ID = 12  # type: ignore[assignment]
    value_of_colour: Colour = "g"  # type: ignore[assignment]
    moment_as_day: date = datetime(2026, 1, 2)  # noqa: DTZ001


class Refused(BasePermission):
    message = "No."

    def has_permission(self, source: Any, info: Info, **kwargs: Any) -> bool:
        return True


@strawberry.type
class Wrong:
    """Each field is what no plan can answer, or what nobody can."""

    nothing: str = None  # type: ignore[assignment]
    too_large: int = 2**31
    no_date: date = "junk"  # type: ignore[assignment]
    nobody: Dog = None  # type: ignore[assignment]
    no_list: list[int] = 5  # type: ignore[assignment]
    other: Dog = strawberry.field(default_factory=lambda: TOM)
    hole: list[int] = strawberry.field(default_factory=lambda: [1, None])
    error: str = ValueError("as a value")  # type: ignore[assignment]

    @strawberry.field
    def raised(self) -> str | None:
        raise ValueError("junk")

    @strawberry.field
    async def awaited(self) -> str:
        return "there"

    @strawberry.field
    def informed(self, info: Info) -> str:
        return info.field_name

    @strawberry.field(permission_classes=[Refused])
    def guarded(self) -> str:
        return "open"


@strawberry.type
class Query:
    @strawberry.field
    def echo(
        self,
        number: int = 5,
        optional: int | None = None,
        text: str | None = "default",
        outer: Outer | None = None,
        choice: Choice | None = None,
        colours: list[Colour] | None = None,
        grid: list[list[int | None]] | None = None,
        days: list[date] | None = None,
        unset: str | None = strawberry.UNSET,
        maybe: strawberry.Maybe[int | None] = None,
        inner: Inner | None = strawberry.UNSET,
    ) -> str:
        return told({name: value for name, value in locals().items() if name != "self"})

    @strawberry.field
    def required(self, outer: Outer, colour: Colour, ids: list[strawberry.ID]) -> str:
        return told([outer, colour, ids])

    @strawberry.field
    def leaves(self) -> Leaves:
        return Leaves()

    @strawberry.field
    def pets(self) -> list[Pet]:
        return [REX, TOM]

    @strawberry.field
    def pet(self, cat: bool = False) -> Pet | None:
        return TOM if cat else REX

    @strawberry.field
    def animals(self, names: list[str | None] | None = None) -> list[Animal | None] | None:
        animals: dict[Any, Animal] = {"Rex": REX, "Tom": TOM}
        return None if names is None else [animals.get(name) for name in names]

    @strawberry.field
    def grid(self, rows: int = 2) -> list[list[int | None] | None]:
        return [[1, None, row] if row else None for row in range(min(max(rows, 0), 5))]

    @strawberry.field
    def generated(self) -> list[Dog]:
        def one_by_one() -> Iterator[Dog]:
            yield REX

        return one_by_one()  # type: ignore[return-value]

    @strawberry.field
    def wrong(self) -> Wrong:
        return Wrong()


@strawberry.type
class Mutation:
    @strawberry.mutation
    def change(self) -> int:
        return 1


odd = strawberry.Schema(Query, mutation=Mutation, types=[Dog, Cat])
