"""Connections: pages of ordered objects with keyset cursors that survive edits between two pages."""

from __future__ import annotations

import base64
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import ge, gt, le, lt
from typing import Annotated, Any, Generic, TypeVar

import orjson
import strawberry

from service.catalogue.costs import DEFAULT_PAGE, LARGEST_PAGE
from service.catalogue.ordered import Key, Ordered
from service.catalogue.orders import Keys, among, in_default_order, in_order, key_on
from service.models.fields import Choices

T = TypeVar("T")

Passes = Callable[[Any], bool]


class Direction(Choices):
    """Directions of an order."""

    ASC = "asc", "From the first to the last."
    DESC = "desc", "From the last to the first."


@dataclass(frozen=True, slots=True)
class Window:
    """Which page is asked for; counts are clamped to what is allowed, a cursor nobody gave finds nothing.

    What comes before a cursor is read backward from it when nobody says otherwise.
    """

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def size(self) -> int:
        return page_size(self.first if self.first is not None else self.last)

    @property
    def backward(self) -> bool:
        asked_before = self.before is not None and self.after is None
        return self.first is None and (self.last is not None or asked_before)

    @property
    def at_the_start(self) -> bool:
        """Whether it is the first page."""
        return self.after is None and self.before is None and not self.backward


def page_size(wanted: int | None) -> int:
    """How many objects a page holds at most when so many are wanted."""
    return DEFAULT_PAGE if wanted is None else max(0, min(wanted, LARGEST_PAGE))


@strawberry.type(description="Where a page stands among the others.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more comes after this page.")
    has_previous_page: bool = strawberry.field(description="Whether something comes before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first object of the page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last object of the page.")


@strawberry.type(description="An object and its place in the order.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="The place of the object, to ask for what comes after or before.")
    node: T = strawberry.field(description="The object.")


@strawberry.type(description="A page of objects.")
class Connection(Generic[T]):
    nodes: list[T] = strawberry.field(description="The objects of the page.")
    total_count: int = strawberry.field(description="How many objects there are on all pages.")
    keys: strawberry.Private[Sequence[Key]]
    more_before: strawberry.Private[bool]
    more_after: strawberry.Private[bool]

    @strawberry.field(description="The objects of the page with their cursors.")
    def edges(self) -> list[Edge[T]]:
        return [Edge(cursor=cursor(key), node=node) for key, node in zip(self.keys, self.nodes, strict=True)]

    @strawberry.field(description="Where the page stands among the others.")
    def page_info(self) -> PageInfo:
        return PageInfo(
            has_next_page=self.more_after,
            has_previous_page=self.more_before,
            start_cursor=cursor(self.keys[0]) if self.keys else None,
            end_cursor=cursor(self.keys[-1]) if self.keys else None,
        )


def cursor(key: Key) -> str:
    """A key in a form that travels in a query."""
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def key_of(text: str) -> Key:
    """The key that a cursor carries. Raises ValueError when it is no cursor of ours."""
    key = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    if not isinstance(key, list):
        raise ValueError(text)
    return tuple(key)


def page(ordered: Ordered, passes: Passes, total: int, window: Window, *, descending: bool) -> Any:
    """The page of a window over what passes."""
    size = len(ordered.objects)
    reading = range(size)[::-1] if descending else range(size)
    bounds = _bounds(window, size, lambda place: ordered.keys[reading[place]], descending=descending)
    if bounds is None:
        return _nothing(total)
    start, end = bounds
    inside = reading[start:end]
    found = passing_places(ordered, passes, inside[::-1] if window.backward else inside, window.size + 1)
    chosen = found[: window.size]
    more_before = bool(passing_places(ordered, passes, reading[:start][::-1], 1))
    more_after = bool(passing_places(ordered, passes, reading[end:], 1))
    if window.backward:
        chosen.reverse()
        more_before |= len(found) > window.size
    else:
        more_after |= len(found) > window.size
    return Connection(
        nodes=[ordered.objects[place] for place in chosen],
        total_count=total,
        keys=[ordered.keys[place] for place in chosen],
        more_before=more_before,
        more_after=more_after,
    )


def part(objects: Sequence[Any], key: Callable[[Any], Key], window: Window, *, descending: bool) -> Any:
    """The page of a window over objects that stand in their order, all of which are meant."""
    total = len(objects)
    bounds = _bounds(window, total, lambda place: key(objects[place]), descending=descending)
    if bounds is None:
        return _nothing(total)
    start, end = bounds
    if window.backward:
        start = max(start, end - window.size)
    else:
        end = min(end, start + window.size)
    nodes = list(objects[start:end])
    return Connection(
        nodes=nodes, total_count=total, keys=Keys(nodes, key), more_before=start > 0, more_after=end < total
    )


def _nothing(total: int) -> Any:
    """The page of a cursor that is none."""
    return Connection(nodes=[], total_count=total, keys=[], more_before=False, more_after=False)


def _bounds(window: Window, size: int, key_at: Callable[[int], Key], *, descending: bool) -> tuple[int, int] | None:
    """What lies between the two cursors, counted in reading order; None when one of them is no cursor of this order."""
    if window.after is None and window.before is None:
        return 0, size
    passed, reached = (lt, le) if descending else (gt, ge)
    start, end, places = 0, size, range(size)
    try:
        if window.after is not None:
            after = key_of(window.after)
            start = bisect_left(places, True, key=lambda place: passed(key_at(place), after))
        if window.before is not None:
            before = key_of(window.before)
            end = bisect_left(places, True, key=lambda place: reached(key_at(place), before))
    except (ValueError, TypeError):
        return None
    return start, max(start, end)


def passing_places(ordered: Ordered, passes: Passes, places: range, most: int) -> list[int]:
    """The first places at which something passes."""
    return list(islice((place for place in places if passes(ordered.objects[place])), most))


FIRST = "How many of the first objects to give: 20 unless said, 100 at most."
AFTER = "Give what comes after this cursor."
LAST = "How many of the last objects to give, 100 at most; without `first`."
BEFORE = "Give what comes before this cursor."
FILTER = "Give only what fits."
ORDER = "The order."

First = Annotated[int | None, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]
Last = Annotated[int | None, strawberry.argument(description=LAST)]
Before = Annotated[str | None, strawberry.argument(description=BEFORE)]


def listed(objects: Sequence[Any], filter: Any, order_by: Any, window: Window, owner: Any = None) -> Any:
    """A page of a list that hangs on an object: its owner, where the order is to be remembered."""
    if not objects:
        return _nothing(0)
    kind = type(objects[0])
    key, descending = kind.DEFAULT_ORDER if order_by is None else order_by.chosen()
    if order_by is None and owner is not None:
        ordered = in_default_order(objects, owner)
    else:
        ordered = in_order(objects, key, owner, descending=descending)
    if filter is not None:
        ordered = among(ordered, filter.selection(objects[0].catalogue).octets)
    return part(ordered, key_on(kind, key), window, descending=descending)
