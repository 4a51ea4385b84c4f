"""Connections of nouns that have a filter: they are counted by its fields too."""

from __future__ import annotations

import re
import types
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from service.catalogue import refs
from service.catalogue.connection import (
    FILTER,
    ORDER,
    After,
    Before,
    Connection,
    First,
    Last,
    Window,
    listed,
)
from service.catalogue.facets import FACETS, Among, Facet

T = TypeVar("T")

FILTERED = {
    "Source": "source",
    "Region": "region",
    "TaxonomyTerm": "taxonomy",
    "Location": "location",
    "Organisation": "organisation",
    "Service": "service",
    "Project": "project",
    "CooperationLink": "cooperation",
    "Cooperation": "cooperation",
    "Event": "event",
    "Need": "need",
    "Figure": "figure",
}
"""The nouns that have a filter, an order and facets, and the module that declares them."""


@strawberry.type(description="A page of objects.")
class Faceted(Connection[T], Generic[T]):
    among: strawberry.Private[Among]


@cache
def connection_of(noun: str) -> Any:
    """The connection type of what has a name in `refs`."""
    ref: Any = getattr(refs, f"{noun}Ref")
    if noun not in FILTERED:
        return Connection[ref]
    bases, name = (Faceted[ref],), f"{noun}Connection"
    inside = {"facets": _facets(noun), "__module__": __name__}
    made: Any = types.new_class(name, bases, {}, lambda namespace: namespace.update(inside))
    return strawberry.type(made, description="A page of objects.")


def _facets(noun: str) -> Any:
    def facets(self: Any, by: Any) -> list[Facet]:
        found: list[Facet] = self.among.facets(each.value for each in by)
        return found

    enumeration: Any = Annotated[f"{_stem(noun)}Facet", strawberry.lazy(_module(noun))]
    by = Annotated[list[enumeration], strawberry.argument(description="What to count by.")]
    facets.__annotations__ = {"by": by, "return": list[Facet]}
    description = (
        "How many on all pages have each value of a field of the filter. Each field is counted as if the filter asked "
        "for nothing by it, so the counts say what choosing another value would give."
    )
    return strawberry.field(facets, description=description, directives=[FACETS])


def faceted(
    found: Connection[T], noun: str, catalogue: Any, filter: Any = None, objects: Sequence[Any] | None = None
) -> Any:
    """A page as the connection of its noun, which can count what it is a page of: of everything, or of some objects."""
    return connection_of(noun)(
        nodes=found.nodes,
        total_count=found.total_count,
        keys=found.keys,
        more_before=found.more_before,
        more_after=found.more_after,
        among=Among(catalogue, _snake(_stem(noun)), filter, objects),
    )


def connection_field(
    attribute: str,
    shown: str,
    noun: str,
    description: str | None,
    prices: Sequence[object],
    *,
    kept: bool = True,
) -> Any:
    """The GraphQL field of a list: the objects of the attribute `shown` as a connection.

    :param kept: whether the list stays, so that its orders are worth remembering; false for what is made when asked.
    """
    camel = "".join(word.capitalize() if place else word for place, word in enumerate(attribute.split("_")))

    def resolve(
        self: Any,
        filter: Any = None,
        order_by: Any = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Any:
        objects = getattr(self, shown)
        found = listed(objects, filter, order_by, Window(first, after, last, before), self if kept else None)
        return faceted(found, noun, self.catalogue, filter, objects)

    def resolve_plain(
        self: Any,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Any:
        return listed(getattr(self, shown), None, None, Window(first, after, last, before), self if kept else None)

    resolver: Any = resolve if noun in FILTERED else resolve_plain
    if kept:
        resolver.lists = shown  # Compiled plans read the list themselves.
    resolver.__annotations__ = arguments(noun) | {"return": connection_of(noun)}
    return strawberry.field(resolver, name=camel, description=description, directives=prices)


def arguments(noun: str) -> dict[str, Any]:
    """The annotations of a connection field's arguments."""
    window = {"first": First, "after": After, "last": Last, "before": Before}
    if noun not in FILTERED:
        return window
    return {
        "filter": _lazy(f"{_stem(noun)}Filter", _module(noun), FILTER),
        "order_by": _lazy(f"{_stem(noun)}Order", _module(noun), ORDER),
    } | window


def _lazy(name: str, module: str, description: str) -> Any:
    lazy: Any = Annotated[name, strawberry.lazy(module)]
    return Annotated[lazy | None, strawberry.argument(description=description)]


def _stem(noun: str) -> str:
    """What a noun is filtered as."""
    return "CooperationLink" if noun == "Cooperation" else noun


def _module(noun: str) -> str:
    return f"service.catalogue.{FILTERED[noun]}"


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
