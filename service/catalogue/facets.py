"""Facets: what one can filter a list by, each value with how many of the list have it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from heapq import nsmallest
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from service.catalogue.connection import page_size
from service.catalogue.costs import DEFAULT_PAGE, LARGEST_PAGE, Cost, ListSize, as_many_as
from service.catalogue.filters import Filter
from service.catalogue.indexes import Selection
from service.catalogue.postings import bitset
from service.catalogue.refs import RecordRef
from service.catalogue.words import Language, in_language, sort_key
from service.models.fields import Choices

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

COUNTING = Cost(weight="600")
"""Finding what fits all but one field of a filter, and counting its values."""

FACETS = as_many_as("by")

FEW = ("region", "taxonomy_term")
"""The nouns whose records are facets; of others there are as many as there is to list."""

VALUES = ListSize(assumed_size=DEFAULT_PAGE, slicing_arguments=["first"], require_one_slicing_argument=False)


@strawberry.type(description="A value one can filter by.")
class FacetValue:
    value: str = strawberry.field(
        description="What to give the filter: an id, the name of a value of an enumeration, a code, `true` or `false`."
    )
    count: int = strawberry.field(description="How many of the list have it, whatever the filter asks of its field.")
    record: RecordRef | None = strawberry.field(
        description="The region or term that the value names; null where it is a plain value."
    )

    @strawberry.field(description="The name of the record; null for plain values, which every client names itself.")
    def name(
        self,
        language: Annotated[
            Language,
            strawberry.argument(description="The language wanted; Latvian is given where it is missing."),
        ] = Language.LV,
    ) -> str | None:
        words = _words(self.record)
        return None if words is None else in_language(words, language)


@strawberry.type(description="The values of one field of a filter.", directives=[COUNTING])
class Facet:
    field: str = strawberry.field(description="The field of the filter.")
    total_count: int = strawberry.field(description="How many different values there are.")
    found: strawberry.Private[Sequence[FacetValue]]

    @strawberry.field(description="The values that most have, with their counts.", directives=[VALUES])
    def values(
        self,
        first: Annotated[
            int | None,
            strawberry.argument(description="How many of the commonest values: 20 unless said, 100 at most."),
        ] = None,
    ) -> list[FacetValue]:
        return list(self.found[: page_size(first)])


def facets_of(kind: type[Filter], published: type[Any]) -> Any:
    """The enumeration of what one can count by: the fields of a filter of which it is known who has which value."""
    many = {name for name, noun in kind.LOOKUPS.items() if noun.partition("/")[0] not in FEW}
    known = {*published.DIMENSIONS, *published.DAILY, *kind.CHOICES} - many
    stem = kind.__name__.removesuffix("Filter")
    members = {n.upper(): (n, f"The values for `{_camel(n)}` of the filter.") for n in kind.names() if n in known}
    made = cast(Any, Choices)(f"{stem}Facet", members, module=published.__module__)
    made.__doc__ = "What to count a list by."
    return made


Counted = tuple[str, int, Any]
"""A value as it is shown, how many have it, and the record it names."""


@dataclass(frozen=True, slots=True)
class Among:
    """What a list shows pages of: all records of a noun, or those on an object, that fit a filter."""

    catalogue: Catalogue
    noun: str
    filter: Filter | None
    objects: Sequence[Any] | None = None

    def facets(self, by: Iterable[str]) -> list[Facet]:
        """Each counted as if the filter asked for nothing by its field."""
        return [self._facet(name) for name in dict.fromkeys(by)]

    def _facet(self, name: str) -> Facet:
        counted = list(self._counted(name))
        best = nsmallest(LARGEST_PAGE, counted, key=_commonest_first)
        found = [FacetValue(value=value, count=count, record=record) for value, count, record in best]
        return Facet(field=_camel(name), total_count=len(counted), found=found)

    def _counted(self, name: str) -> Iterator[Counted]:
        records = self.catalogue.records if name in self._kind.LOOKUPS else None
        for value, count in self.counts(name).items():
            record = None if records is None else records.get(str(value))
            if value is not None and (record is not None or records is None):
                yield _shown(value), count, record

    @property
    def _kind(self) -> type[Filter]:
        kind = Filter.of(self.noun)
        assert kind is not None
        return kind

    def counts(self, name: str, values: Collection[Hashable] | None = None) -> dict[Hashable, int]:
        """How many have each value of a field, or each of some values."""
        if name not in self._kind.CHOICES:
            return self.catalogue.indexes[self.noun].counts(name, self._fitting(name, None), values)
        each = {value: self._fitting(name, [value]) for value in self._kind.CHOICES[name](self.catalogue)}
        return {value: its.mask.bit_count() for value, its in each.items() if its.mask}

    def _fitting(self, name: str, value: Any) -> Selection:
        """What of the list fits when one field asks for something else."""
        fitting = (self.filter or self._kind()).asking(name, value).selection(self.catalogue)
        return fitting if self.objects is None else Selection(fitting.mask & self._ours(self.objects))

    def _ours(self, objects: Sequence[Any]) -> int:
        return bitset({item.ordinal for item in objects}, len(self.catalogue.indexes[self.noun].objects))


def _commonest_first(counted: Counted) -> Any:
    value, count, record = counted
    words = _words(record)
    return (-count, *sort_key(value if words is None else words["lv"]), value)


def _words(record: Any) -> dict[str, str] | None:
    """What a record is called."""
    words: dict[str, str] | None = getattr(record, "name", None) or getattr(record, "title", None)
    return words


def _shown(value: Hashable) -> str:
    if isinstance(value, Enum):
        return value.name
    return str(value).lower() if isinstance(value, bool) else str(value)


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)
