"""What a synthetic directory stands on: the regions and taxonomies that ship, read off their drafts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from service import starter
from service.editing.revisions import Draft

NOUNS = ("source", "region", "taxonomy", "taxonomy_term")
KINDS = ("municipality", "state_city")
USUAL_INHABITANTS = 25_000

Words = dict[str, str]


@dataclass(frozen=True, eq=False)
class Region:
    """A municipality of today, with a point inside it and about how many people live there."""

    id: str
    name: Words
    is_city: bool
    lon: float
    lat: float
    inhabitants: int

    @property
    def whose(self) -> str:
        """The name in the genitive: `Valmieras novada`, `Rīgas`, `Daugavpils`."""
        name = self.name["lv"]
        if name.endswith(" novads"):
            return f"{name[:-1]}a"
        return name if name.endswith("pils") else f"{name}s"


@dataclass(frozen=True, eq=False)
class Term:
    """A term of a taxonomy."""

    id: str
    name: Words
    confidential: bool


@dataclass(frozen=True, eq=False)
class Base:
    """The regions, largest first, and the terms by the code of their taxonomy."""

    drafts: tuple[Draft, ...]
    regions: tuple[Region, ...]
    planning_regions: tuple[tuple[str, Words], ...]
    terms: dict[str, tuple[Term, ...]]


@cache
def base() -> Base:
    """Read once; callers do not change it."""
    everything = starter.drafts()
    drafts = tuple(draft for draft in everything if draft.noun in NOUNS)
    inhabitants = {
        draft.content["region"]: int(draft.content["value"])
        for draft in everything
        if draft.noun == "figure" and draft.content["indicator"] == "population"
    }
    regions = sorted(_regions(drafts, inhabitants), key=lambda region: (-region.inhabitants, region.id))
    planning = [(draft.id, draft.content["name"]) for draft in drafts if draft.content.get("kind") == "planning_region"]
    return Base(drafts, tuple(regions), tuple(planning), _terms(drafts))


def _regions(drafts: Sequence[Draft], inhabitants: dict[str, int]) -> Iterator[Region]:
    for draft in drafts:
        content = draft.content
        if draft.noun == "region" and content["kind"] in KINDS:
            is_city, people = content["kind"] == "state_city", inhabitants.get(draft.id, USUAL_INHABITANTS)
            yield Region(draft.id, content["name"], is_city, content["lon"], content["lat"], people)


def _terms(drafts: Sequence[Draft]) -> dict[str, tuple[Term, ...]]:
    codes = {draft.id: draft.content["code"] for draft in drafts if draft.noun == "taxonomy"}
    terms: dict[str, list[Term]] = {code: [] for code in codes.values()}
    for draft in drafts:
        if draft.noun == "taxonomy_term":
            hidden = bool(draft.content.get("confidential_by_default"))
            terms[codes[draft.content["taxonomy"]]].append(Term(draft.id, draft.content["name"], hidden))
    return {code: tuple(found) for code, found in terms.items()}
