"""Who there is: what kind of body each organisation is, decided in order and the same for every size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from service.synthetic.base import Base
from service.synthetic.chance import Chance, Weighted

SERVICES = Weighted({1: 17, 2: 17, 3: 16, 4: 14, 5: 11, 6: 8, 7: 6, 8: 4, 10: 3, 15: 3, 25: 1})
"""How many services a provider gives: four and a half in the mean, since some organisations give none."""


class Group(IntEnum):
    """How an organisation cooperates."""

    PUBLIC = 0
    FUNDER = 1
    NETWORK = 2
    NGO = 3
    COMPANY = 4


@dataclass(frozen=True, slots=True)
class Actor:
    """What one organisation is; `region` is its place in the list of regions, `weight` how sought-after it is."""

    number: int
    form: str | None
    sector: str | None
    group: Group
    region: int
    roles: tuple[str, ...] = ()
    services: int = 0
    parent: int | None = None
    weight: int = 1
    acts_for: str | None = None


HUBS: tuple[tuple[str, str, Group, tuple[str, ...], int], ...] = (
    ("state_institution", "state", Group.PUBLIC, ("ministry",), 60),
    ("municipality", "municipal", Group.PUBLIC, (), 60),
    ("public_foundation", "state", Group.FUNDER, ("funder",), 60),
    ("association", "ngo", Group.NETWORK, ("network",), 40),
    ("international", "international", Group.FUNDER, ("funder",), 30),
    ("state_institution", "state", Group.PUBLIC, ("ministry",), 30),
    ("municipal_agency", "municipal", Group.PUBLIC, ("provider",), 5),
    ("religious", "ngo", Group.NETWORK, ("network", "provider"), 15),
    ("other", "state", Group.NGO, ("research",), 5),
    ("company", "private", Group.COMPANY, ("media",), 3),
    ("foundation", "ngo", Group.FUNDER, ("funder",), 20),
    ("association", "ngo", Group.NETWORK, ("network",), 15),
)
"""The first organisations, in the largest city: those with whom many work. After them come the planning regions
and the other municipalities."""

RIGA = 0

FORMS: Weighted[str | None] = Weighted(
    {
        "association": 520,
        "foundation": 90,
        "religious": 30,
        "company": 120,
        "municipal_institution": 110,
        "municipal_agency": 12,
        "state_institution": 18,
        "public_foundation": 3,
        "international": 5,
        "derived_public_body": 4,
        "unit": 60,
        "other": 10,
        None: 18,
    }
)

SECTORS = {
    "association": "ngo",
    "foundation": "ngo",
    "religious": "ngo",
    "municipality": "municipal",
    "municipal_institution": "municipal",
    "municipal_agency": "municipal",
    "state_institution": "state",
    "public_foundation": "state",
    "derived_public_body": "state",
    "international": "international",
}
PUBLIC = ("municipal", "state")
SOCIETIES = ("association", "foundation", "religious")


class Cast:
    """Gives each organisation its place; remembers of the earlier ones only what later ones need."""

    def __init__(self, seed: int, base: Base) -> None:
        self.seed = seed
        self.base = base
        self.places = Weighted({place: region.inhabitants for place, region in enumerate(base.regions)})
        self.municipalities: dict[int, int] = {}
        self.social_services: set[int] = set()
        self.courts: set[int] = set()
        self.societies: list[list[int]] = [[] for _ in base.regions]

    def next(self, number: int) -> Actor:
        chance = Chance(self.seed, "actor", number)
        actor = self._hub(number) or self._later(number, chance)
        if actor.form == "municipality":
            self.municipalities[actor.region] = number
        elif actor.form in SOCIETIES:
            self.societies[actor.region].append(number)
        return actor

    def _hub(self, number: int) -> Actor | None:
        if number < len(HUBS):
            form, sector, group, roles, weight = HUBS[number]
            region = self.base.regions[RIGA].id if form == "municipality" else None
            return Actor(number, form, sector, group, RIGA, roles, weight=weight, acts_for=region)
        place = number - len(HUBS)
        if place < len(self.base.planning_regions):
            id, _ = self.base.planning_regions[place]
            form = "derived_public_body"
            return Actor(number, form, "state", Group.PUBLIC, RIGA, ("planning_region",), weight=8, acts_for=id)
        where = place - len(self.base.planning_regions) + 1
        if where < len(self.base.regions):
            municipality, form = self.base.regions[where], "municipality"
            weight = 4 + municipality.inhabitants // 10_000
            return Actor(number, form, "municipal", Group.PUBLIC, where, weight=weight, acts_for=municipality.id)
        return None

    def _later(self, number: int, chance: Chance) -> Actor:
        region, form = chance.weighted(self.places), chance.weighted(FORMS)
        if form == "unit":
            return self._unit(number, region, chance)
        if form == "municipal_institution":
            return self._institution(number, region, chance)
        sector = SECTORS.get(form or "")
        if form == "company":
            sector = "private" if chance.happens(85) else "municipal"
        group = _group(form, sector, chance)
        roles = _roles(group, chance)
        services = chance.weighted(SERVICES) if "provider" in roles else 0
        return Actor(number, form, sector, group, region, roles, services)

    def _unit(self, number: int, region: int, chance: Chance) -> Actor:
        societies, services = self.societies[region], chance.weighted(SERVICES)
        if societies and chance.happens(50):
            parent = chance.one(societies)
            return Actor(number, "unit", "ngo", Group.NGO, region, ("provider",), services, parent)
        parent = self.municipalities[region]
        return Actor(number, "unit", "municipal", Group.PUBLIC, region, ("provider",), services, parent)

    def _institution(self, number: int, region: int, chance: Chance) -> Actor:
        """The first of a municipality is its social service, the second its orphan's and custody court."""
        parent, services = self.municipalities[region], chance.weighted(SERVICES)
        form, sector, group = "municipal_institution", "municipal", Group.PUBLIC
        if region not in self.social_services:
            self.social_services.add(region)
            roles, acts_for = ("social_service", "provider"), self.base.regions[region].id
            return Actor(number, form, sector, group, region, roles, services + 3, parent, 5, acts_for)
        if region not in self.courts:
            self.courts.add(region)
            return Actor(number, form, sector, group, region, ("orphans_court",), 0, parent, 3)
        return Actor(number, form, sector, group, region, ("provider",), services, parent)


def _group(form: str | None, sector: str | None, chance: Chance) -> Group:
    if form in ("public_foundation", "international") or (form == "foundation" and chance.happens(6)):
        return Group.FUNDER
    if sector in PUBLIC:
        return Group.PUBLIC
    if form == "company":
        return Group.COMPANY
    return Group.NETWORK if form == "association" and chance.happens(3) else Group.NGO


OTHERS = Weighted({("provider",): 92, ("provider", "research"): 2, ("media",): 2, ("research",): 1, (): 3})


def _roles(group: Group, chance: Chance) -> tuple[str, ...]:
    if group is Group.FUNDER:
        return ("funder",)
    if group is Group.NETWORK:
        return ("network", "provider") if chance.happens(60) else ("network",)
    return chance.weighted(OTHERS)
