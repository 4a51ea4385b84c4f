"""The two directives by which the schema says what a query costs: those of IBM's GraphQL cost specification."""

from __future__ import annotations

import strawberry
from strawberry import UNSET
from strawberry.schema_directive import Location

LARGEST_PAGE = 100
DEFAULT_PAGE = 20


@strawberry.schema_directive(
    name="cost",
    locations=[
        Location.ARGUMENT_DEFINITION,
        Location.ENUM,
        Location.FIELD_DEFINITION,
        Location.INPUT_FIELD_DEFINITION,
        Location.OBJECT,
        Location.SCALAR,
    ],
    description=(
        "How much something weighs in the cost of a query. Unless said: an object in the answer 1, a value in it 0.05, "
        "an input object 1 each time its field is asked, what stands in it nothing. What a field of an input object "
        "weighs is paid once for the same input. A query above 10,000 is refused; `extensions.cost` tells the cost of "
        "each answer."
    ),
)
class Cost:
    weight: str = strawberry.field(description="The weight, a decimal number.")


@strawberry.schema_directive(
    name="listSize",
    locations=[Location.FIELD_DEFINITION],
    description="How many objects or values a list can hold; what is asked of each is paid that many times.",
)
class ListSize:
    assumed_size: int | None = strawberry.field(
        default=UNSET, description="How many where no slicing argument is given: as many as there can be."
    )
    slicing_arguments: list[str] | None = strawberry.field(
        default=UNSET,
        description="The arguments that say how many; the largest counts, above 100 as 100, and of a list its length.",
    )
    sized_fields: list[str] | None = strawberry.field(
        default=UNSET, description="The fields below this one that hold the list, as in a connection."
    )
    require_one_slicing_argument: bool | None = strawberry.field(
        default=True, description="Whether exactly one of the slicing arguments has to be given."
    )


PAGE = ListSize(
    assumed_size=DEFAULT_PAGE,
    slicing_arguments=["first", "last"],
    sized_fields=["nodes", "edges"],
    require_one_slicing_argument=False,
)
"""A connection: 20 unless said, 100 at most."""


def at_most(size: int) -> ListSize:
    """A plain list that holds no more than this."""
    return ListSize(assumed_size=size, require_one_slicing_argument=UNSET)


def as_many_as(argument: str) -> ListSize:
    """A list of as many as an argument names."""
    return ListSize(slicing_arguments=[argument], require_one_slicing_argument=UNSET)


CROWDED = Cost(weight="200")
"""Sorting some thousand objects where nobody has asked since the last change: 1 to 4 ms of a processor."""

SEARCH = Cost(weight="800")
"""Looking for a text in all of a large noun: up to 9 ms of a processor among 20,000 services."""

SEARCH_FEW = Cost(weight="50")
"""The same in a noun of some hundreds."""

EVERY_SIDE = Cost(weight="6000")
"""Going from all links that held on a day to their sides: 70 ms of 128,000."""

EVERY_LINK = Cost(weight="2000")
"""Asking every cooperation link whether it held on a day: 20 ms among 30,000."""
