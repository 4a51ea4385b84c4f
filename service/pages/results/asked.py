"""What a search asks, as it stands in the address. What is nonsense there is left out, never an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import strawberry

from service.catalogue.catalogue import Catalogue
from service.catalogue.filters import Filter
from service.catalogue.near import NearBy, NearRegionInput
from service.catalogue.reach import GOVERNMENTS
from service.models.fields import Choices
from service.models.organisation import Sector
from service.models.service import AccessRoute, AvailabilityState, Fee, ResidenceRule, Response, ServiceForm
from service.pages.telling import Telling

KINDS = ("service", "organisation")
"""What one looks for; services unless said."""

RECORDS = {
    "situation": "taxonomy_term/life_situation",
    "category": "taxonomy_term/service_category",
    "target_group": "taxonomy_term/target_group",
    "field": "taxonomy_term/activity_field",
    "provider": "organisation",
}
"""The parts of a question that name records: terms by code, others by what stands in their address."""

CHOICES: dict[str, type[Choices]] = {
    "access_route": AccessRoute,
    "fee": Fee,
    "availability": AvailabilityState,
    "residence_rule": ResidenceRule,
    "response": Response,
    "form": ServiceForm,
    "sector": Sector,
}
"""The parts that name values of enumerations."""

LONGEST = 200
"""Characters of a text that are looked for."""

OLDEST = 150
MOST = 10
"""Of one part so many values count."""

LAST_PAGE = 50
"""Nobody reads further."""


@dataclass(frozen=True)
class Value:
    """Something that was chosen: what stands in the address, and what it means."""

    name: str
    code: str
    meaning: Any


@dataclass(frozen=True)
class Asked:
    """One question."""

    kind: str = "service"
    words: str = ""
    region: Any = None
    near: bool = False
    age: int | None = None
    values: tuple[Value, ...] = ()
    page: int = 1

    @classmethod
    def of(cls, catalogue: Catalogue, query: Sequence[tuple[str, str]]) -> Self:
        """What an address asks."""
        first = dict(reversed(query))
        kind = first.get("kind", "")
        kind = kind if kind in KINDS else KINDS[0]
        region = catalogue.codes.get(("region", first.get("region", "")))
        return cls(
            kind=kind,
            words=" ".join(first.get("q", "").replace("\0", " ").split())[:LONGEST],
            region=region,
            near=region is not None and first.get("near") == "1",
            age=_number(first.get("age", ""), 0, OLDEST) if kind == "service" else None,
            values=tuple(dict.fromkeys(_values(catalogue, kind, query))),
            page=_number(first.get("page", ""), 1, LAST_PAGE) or 1,
        )

    @property
    def filter(self) -> Filter:
        """What is asked beside the words."""
        made = Filter.of(self.kind)
        assert made is not None
        asked: dict[str, Any] = {}
        for value in self.values:
            meant = value.meaning if value.name in CHOICES else value.meaning.id
            asked.setdefault(value.name, []).append(meant)
        if self.region is not None:
            asked |= self._place()
        return made(**asked) if self.age is None else made(**asked, age=self.age)  # type: ignore[call-arg]

    def _place(self) -> dict[str, Any]:
        if not self.near:
            return {"region": [self.region.id]}
        return {"near": NearBy(region=strawberry.Some(NearRegionInput(id=self.region.id)), point=None)}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked beside the words."""
        return bool(self.values) or self.region is not None or self.age is not None

    @property
    def decision(self) -> str:
        """What the page for a decision is called, where one municipality and one kind of service are asked for."""
        kinds = [value.code for value in self.values if value.name == "category"]
        if len(kinds) != 1 or self.region is None or self.region.kind not in GOVERNMENTS:
            return ""
        return f"{self.region.code}/{kinds[0]}"

    def query(self, **changes: Any) -> list[tuple[str, str]]:
        """The question, with changes, as it is written in an address; a change begins with the first page."""
        return list(replace(self, **{"page": 1, **changes})._written())

    def without(self, value: Value) -> list[tuple[str, str]]:
        """The same question with a value not chosen any more."""
        return self.query(values=tuple(each for each in self.values if each != value))

    def title(self, tell: Telling) -> str:
        """The question in a few words."""
        named = [self.words, *(tell.value(value.meaning) for value in self.values)]
        about = ", ".join(filter(None, named)) or tell.words(f"nouns.{self.kind}")
        return about if self.region is None else f"{about} – {tell.name(self.region)}"

    def of_kind(self, kind: str) -> list[tuple[str, str]]:
        """The same question about something else, as far as that can be asked."""
        kept = tuple(value for value in self.values if value.name in fields(kind))
        return self.query(kind=kind, values=kept, age=None)

    def _written(self) -> Iterator[tuple[str, str]]:
        if self.kind != KINDS[0]:
            yield "kind", self.kind
        if self.words:
            yield "q", self.words
        if self.region is not None:
            yield "region", self.region.code
        if self.near:
            yield "near", "1"
        if self.age is not None:
            yield "age", str(self.age)
        yield from ((value.name, value.code) for value in self.values)
        if self.page > 1:
            yield "page", str(self.page)


def fields(kind: str) -> frozenset[str]:
    """What one can choose of a kind."""
    made = Filter.of(kind)
    return frozenset() if made is None else frozenset({*RECORDS, *CHOICES} & {*made.names()})


def _values(catalogue: Catalogue, kind: str, query: Sequence[tuple[str, str]]) -> Iterator[Value]:
    counted = dict.fromkeys(fields(kind), 0)
    for name, code in query:
        if name in counted and counted[name] < MOST and (meaning := meant(catalogue, name, code)) is not None:
            counted[name] += 1
            yield Value(name, code, meaning)


def meant(catalogue: Catalogue, name: str, code: str) -> Any:
    """The term or the value of an enumeration that a code means; None for nonsense."""
    if name in RECORDS:
        return catalogue.codes.get((RECORDS[name], code)) or catalogue.slugs.get((RECORDS[name], code))
    return next((choice for choice in CHOICES[name] if choice.value == code), None)


def _number(text: str, least: int, most: int) -> int | None:
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        return None
    return int(text) if least <= int(text) <= most else None
