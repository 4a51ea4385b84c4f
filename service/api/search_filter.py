"""What narrows a search: what the filters of several nouns have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import strawberry

from service.api.nouns import SearchNoun
from service.catalogue.filters import Filter
from service.catalogue.indexes import Selection
from service.search.documents import SEARCHED

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

PLACED_BY = {"region": {"region": "within"}}
"""Where a noun has another name for the same."""


@strawberry.input(description="Which records to find; a noun that knows nothing of what is asked is left out.")
class SearchFilter:
    noun: list[SearchNoun] | None = strawberry.field(default=None, description="Records of these kinds.")
    region: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In, for or about one of these regions, by id or code, as in the filter of the noun."
    )
    category: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of one of these categories or narrower ones, by id or code."
    )
    target_group: list[strawberry.ID] | None = strawberry.field(
        default=None, description="For one of these target groups, by id or code."
    )
    situation: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Helping in one of these life situations, by id or code."
    )

    def narrowing(self, catalogue: Catalogue) -> tuple[Sequence[str], Mapping[str, Selection] | None]:
        """The nouns to look in, and what of them fits."""
        wanted = SEARCHED if self.noun is None else [noun for noun in SEARCHED if noun in self.noun]
        fitting = {noun: its.selection(catalogue) for noun in wanted if (its := self._of(noun)) is not None}
        return (list(fitting), fitting) if self._asked() else (wanted, None)

    def _of(self, noun: str) -> Filter | None:
        """The same asked of one noun; None where its filter has no such field."""
        kind, names = Filter.of(noun), PLACED_BY.get(noun, {})
        asked = {names.get(name, name): value for name, value in self._asked().items()}
        return kind(**asked) if kind is not None and asked.keys() <= {*kind.names()} else None

    def _asked(self) -> dict[str, list[strawberry.ID]]:
        named = {
            "region": self.region,
            "category": self.category,
            "target_group": self.target_group,
            "situation": self.situation,
        }
        return {name: value for name, value in named.items() if value is not None}
