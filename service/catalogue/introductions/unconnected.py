"""The NGOs of a region of which no active link with its municipal side is known."""

from __future__ import annotations

from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from service.catalogue.completeness import completeness_of
from service.catalogue.cooperation import Phase
from service.catalogue.costs import PAGE, Cost
from service.catalogue.faceted import connection_field
from service.catalogue.indexes import Selection
from service.catalogue.persons import persons
from service.catalogue.postings import bitset
from service.catalogue.published import LANGUAGE, TEXT
from service.catalogue.reach import governed, objects_of
from service.catalogue.refs import RegionRef
from service.catalogue.words import Language, Words, in_language
from service.models.organisation import LegalForm, Sector
from service.models.source import Completeness

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

UNCONNECTED = Cost(weight="5000")
"""Looking for the NGOs of a region and the links of its municipal side."""

NO_NEWS: Words = {
    "lv": "Kopā nav ziņu par to, vai šīs organizācijas pašlaik sadarbojas ar vietējo pašvaldību ({region}). "
    "Ja sadarbība notiek, ziņas par to vēl nav saņemtas.",
    "en": "Kopā does not know whether these organisations work with the local government at present ({region}). "
    "If they do, nobody has told it yet.",
}
NO_SIDE: Words = {
    "lv": "Kopā nav ziņu par to, kas šeit pārstāv vietējo pašvaldību ({region}), tāpēc nav ziņu arī par sadarbību.",
    "en": "Kopā does not know who acts for the local government here ({region}), so it knows of no cooperation either.",
}


@strawberry.type(description="What is not known: of which NGOs of a region no active link with its municipal side is.")
class Unconnected:
    region: RegionRef = strawberry.field(description="The region asked for.")
    completeness: Completeness = strawberry.field(
        description="How much the directory holds of the register of which it holds least; absence proves nothing."
    )
    places: strawberry.Private[list[Any]]
    side: strawberry.Private[list[Any]]

    @strawberry.field(description="What that says and what it does not, in a sentence.", directives=[TEXT])
    def text(self, language: Annotated[Language, strawberry.argument(description=LANGUAGE)] = Language.LV) -> str:
        [meant] = self.places if len(self.places) == 1 else [self.region]
        words = NO_NEWS if self.side else NO_SIDE
        return in_language(words, language).format(region=in_language(meant.name, language))

    municipalities = connection_field(
        "municipalities",
        "places",
        "Region",
        "The municipalities that are meant: those in the region, or those of today in which it lies.",
        [PAGE],
        kept=False,
    )

    municipal_side = connection_field(
        "municipal_side",
        "side",
        "Organisation",
        "The municipal side of each of them; it counts as one, with the bodies of former municipalities.",
        [PAGE],
        kept=False,
    )

    organisations = connection_field(
        "organisations",
        "unknown",
        "Organisation",
        "The NGOs that are there, are active there or give services there, by themselves or by a unit, and of which no "
        "active link with the municipal side is known.",
        [PAGE, UNCONNECTED],
        kept=False,
    )

    @property
    def catalogue(self) -> Any:
        region: Any = self.region
        return region.catalogue

    @cached_property
    def unknown(self) -> list[Any]:
        mask = ngos_at(self.catalogue, self.places) & ~ngos_with(self.catalogue, self.side)
        return list(objects_of(self.catalogue.indexes["organisation"], mask))


def unconnected(catalogue: Catalogue, name: str) -> Unconnected | None:
    """Those of a region, by its id or code; None when there is no such region."""
    region = catalogue.find("region", name)
    if region is None:
        return None
    places = governed(catalogue, region) or [region]
    return Unconnected(region=region, completeness=completeness_of(catalogue), places=places, side=side_of(places))


def side_of(places: list[Any]) -> list[Any]:
    """The municipal side of regions, each body once."""
    return list({body.id: body for place in places for body in place.municipal_side}.values())


def ngos_at(catalogue: Catalogue, places: list[Any]) -> int:
    """The NGOs that are or work in some regions."""
    index = catalogue.indexes["organisation"]
    there = (index.having((name, place.id)) for place in places for name in ("region", "served"))
    ngos = index.having(("sector", Sector.NGO))
    return persons(index, reduce(or_, there) & ngos) & ngos


def ngos_with(catalogue: Catalogue, side: list[Any]) -> int:
    """The NGOs with which a municipal side has an active link, and the side itself; a unit's link is its
    organisation's."""
    index, links = catalogue.indexes["organisation"], catalogue.indexes["cooperation_link"]
    its = links.among(catalogue.once(_active), "organisation", (body.id for body in side))
    ends = {end for name in ("side_a", "side_b") for end in map(links.fed(name).__getitem__, its)}
    return persons(index, bitset(ends.union(body.ordinal for body in side), len(index.objects)))


def _active(catalogue: Catalogue) -> Selection:
    """The active links that may be those of an NGO."""
    links = catalogue.indexes["cooperation_link"]
    ngos = links.having(("sector", Sector.NGO)) | links.having(("legal_form", LegalForm.UNIT))
    return Selection(ngos & links.having(("phase", Phase.ACTIVE)))
