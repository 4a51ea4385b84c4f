"""How many objects a selection tells of at most, where that does not depend on variables."""

from __future__ import annotations

from collections.abc import Callable

from graphql import get_nullable_type, is_list_type

from service.api.compiled.arguments import Argument
from service.api.compiled.classes import DEFINITION
from service.api.compiled.selections import Asked, Selection
from service.catalogue.connection import page_size
from service.catalogue.costs import LARGEST_PAGE, ListSize

COUNTLESS = 10**9
"""More than anybody would keep; also what variables steer, or nothing says how long it can be."""

Page = tuple[frozenset[str], int]
"""The fields of a connection that hold its objects, and how many there are at most."""


class Extents:
    """The extents of the selections of one plan, and how often what they select stands in one answer."""

    def __init__(self, given: Callable[[Asked], list[Argument]]) -> None:
        self._given = given
        self._known: dict[tuple[Selection, Page | None], int] = {}
        self._times: dict[Selection, int] = {}

    def of(self, selection: Selection, page: Page | None = None) -> int:
        """The objects told of by a selection, its own object among them."""
        key = selection, page
        if key not in self._known:
            self._known[key] = min(COUNTLESS, 1 + sum(self._field(asked, page) for asked in selection.fields))
        return self._known[key]

    def times(self, selection: Selection) -> int:
        """How many objects of an answer are told of by a selection at most."""
        return self._times.get(selection, COUNTLESS)

    def follow(self, selection: Selection, times: int = 1, page: Page | None = None) -> None:
        """Find that out for whatever is below a selection."""
        if times <= self._times.get(selection, 0):
            return
        self._times[selection] = min(times, COUNTLESS)
        for asked in selection.fields:
            if asked.below:
                factor, its = self._list(asked, page)
                for each in asked.below:
                    self.follow(each, times * factor, its)

    def _field(self, asked: Asked, page: Page | None) -> int:
        if asked.definition is None:
            return 0
        if DEFINITION not in asked.definition.extensions:
            return COUNTLESS
        if any(argument.read is not None for argument in self._given(asked)):
            return COUNTLESS
        factor, its = self._list(asked, page)
        return factor * max((self.of(each, its) for each in asked.below), default=0)

    def _list(self, asked: Asked, page: Page | None) -> tuple[int, Page | None]:
        """How many objects a field gives, and the page whose connection it gives, if it is one."""
        assert asked.definition is not None
        declared = asked.definition.extensions.get(DEFINITION)
        directives = declared.directives if declared else ()
        size = next((each for each in directives if isinstance(each, ListSize)), None)
        if page and asked.node.name.value in page[0]:
            return page[1], None
        if size and size.sized_fields:
            return 1, (frozenset(size.sized_fields), self._length(asked, size))
        return self._length(asked, size) if is_list_type(get_nullable_type(asked.definition.type)) else 1, None

    def _length(self, asked: Asked, size: ListSize | None) -> int:
        """How long the list of a field is at most."""
        if size is None:
            return COUNTLESS
        if not size.slicing_arguments:
            return size.assumed_size or LARGEST_PAGE
        said = [each.read or each.constant for each in self._given(asked) if each.name in size.slicing_arguments]
        wanted = [LARGEST_PAGE if callable(each) else each for each in said if callable(each) or isinstance(each, int)]
        return page_size(max(wanted, default=None))
