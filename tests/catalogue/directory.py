"""A small made-up directory with every noun, every field and every kind of reference in it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from service.editing.revisions import Draft
from service.models.cooperation import LinkKind
from service.models.organisation import Sector
from service.models.shape import Shape, shape
from tests.catalogue.values import scalars

Content = dict[str, Any]

SIZES = {"source": 8, "location": 30, "organisation": 60, "service": 90, "project": 12, "agreement": 10}
SIZES |= {"cooperation_link": 120, "event": 15, "need": 25, "figure": 40}

REGIONS = (
    ("lv", "country", "Latvija", None),
    ("pr-vidzeme", "planning_region", "Vidzemes plānošanas reģions", "lv"),
    ("pr-riga", "planning_region", "Rīgas plānošanas reģions", "lv"),
    ("valmieras-novads", "municipality", "Valmieras novads", "pr-vidzeme"),
    ("cesu-novads", "municipality", "Cēsu novads", "pr-vidzeme"),
    ("adazu-novads", "municipality", "Ādažu novads", "pr-riga"),
    ("riga", "state_city", "Rīga", "pr-riga"),
    ("valmiera", "state_city_in_municipality", "Valmiera", "valmieras-novads"),
    ("rujiena", "town", "Rūjiena", "valmieras-novads"),
    ("burtnieku-pagasts", "parish", "Burtnieku pagasts", "valmieras-novads"),
    ("burtnieku-novads-2009", "former", "Burtnieku novads", None),
    ("raunas-novads-2009", "former", "Raunas novads", None),
    ("vidzemes-apgabals", "former", "Vidzemes apgabals", None),
)
SUCCESSIONS = {
    "riga": (("riga", "unchanged"),),
    "burtnieku-novads-2009": (("valmieras-novads", "merged_into"),),
    "raunas-novads-2009": (("cesu-novads", "split"), ("adazu-novads", "split")),
    "vidzemes-apgabals": (("burtnieku-novads-2009", "split"), ("raunas-novads-2009", "split")),
}
TERMS = {
    "service_category": ("shelter", "crisis:shelter", "counselling", "legal:counselling", "dementia"),
    "target_group": ("children", "orphans:children", "dementia", "shelter"),
    "activity_field": ("social", "family:social", "dementia:family"),
    "life_situation": ("violence", "homeless"),
}
"""Terms by taxonomy, `narrower:broader`; some codes stand in several taxonomies."""

HELP = {
    "violence": ("service_category/crisis", "target_group/children"),
    "homeless": ("service_category/shelter", "service_category/dementia"),
}
"""What helps in a situation, and whom."""


TAXONOMY_OF = {
    "fields": "activity_field",
    "category": "service_category",
    "categories": "service_category",
    "target_group": "target_group",
    "target_groups": "target_group",
}
"""Which taxonomy the terms of a field come from."""


def ident(noun: str, name: object) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://example.lv/{noun}/{name}"))


def proof(owner: str, position: int) -> str:
    """The id of a record's piece of evidence."""
    return ident("evidence", f"{owner}/{position}")


class Making:
    """One directory in the making. `fullness` is the share of the optional fields that are filled."""

    def __init__(self, seed: int, fullness: float, sizes: dict[str, int]) -> None:
        self.rng = Random(seed)
        self.fullness = fullness
        self.drafts: dict[str, Draft] = {}
        self.ids: dict[str, list[str]] = {noun: [ident(noun, n) for n in range(size)] for noun, size in sizes.items()}
        self.ids["region"] = [ident("region", code) for code, *_ in REGIONS]
        self.terms = {
            taxonomy: [ident("taxonomy_term", f"{taxonomy}/{code.partition(':')[0]}") for code in codes]
            for taxonomy, codes in TERMS.items()
        }
        self.ids["taxonomy"] = [ident("taxonomy", taxonomy) for taxonomy in TERMS]
        self.ids["taxonomy_term"] = [id for ids in self.terms.values() for id in ids]

    def maybe(self) -> bool:
        return self.rng.random() < self.fullness

    def some(self, ids: list[str], most: int = 3) -> list[str]:
        return sorted(self.rng.sample(ids, self.rng.randint(1, min(most, len(ids)))))

    def add(self, noun: str, id: str, given: Content) -> None:
        """A draft with random content, and over it what is given; what is given as None is left out."""
        table = shape(noun)
        content = self._table(table) | {name: self._parts(id, part) for name, part in table.parts.items()}
        content |= given
        FIXES.get(noun, lambda making, id, content: None)(self, id, content)
        self.drafts[id] = Draft(noun, id, {name: value for name, value in content.items() if value not in (None, [])})

    def _table(self, table: Shape) -> Content:
        content = scalars(table, self.rng, self.fullness)
        for name, target in table.references.items():
            if target in self.ids and (name in table.required or self.maybe()):
                content[name] = self.rng.choice(self._targets(name, target))
        for name, relation in table.sets.items():
            if self.maybe():
                content[name] = self.some(self._targets(name, relation.noun))
        _set_right(table, content)
        return content

    def _targets(self, name: str, target: str) -> list[str]:
        return self.terms[TAXONOMY_OF[name]] if name in TAXONOMY_OF else self.ids[target]

    def _parts(self, owner: str, part: Shape) -> list[Content]:
        evidence = part.table == "evidence"
        count = self.rng.randint(1, 2) if evidence else self.rng.randint(1, 3) if self.maybe() else 0
        rows: list[Content] = []
        for position in range(count):
            row = self._table(part)
            row |= {name: f"{row[name]} {position}" for name in ("scheme", "value") if isinstance(row.get(name), str)}
            if evidence:
                row["id"] = proof(owner, position)
            if "evidence" in part.references:
                row["evidence"] = proof(owner, 0)
            rows.append(PART_FIXES.get(part.table, lambda row, owner, position: row)(row, owner, position))
        return rows


def _set_right(table: Shape, content: Content) -> None:
    """Put periods in order, give amounts a currency and points both halves."""
    for first, last in (("valid_from", "valid_to"), ("starts_on", "ends_on"), ("period_from", "period_to")):
        _in_order(content, first, last)
    _in_order(content, "valid_from", "attested_on")
    _in_order(content, "register_valid_from", "register_valid_to")
    _in_order(content, "minimum_age", "maximum_age")
    amounts = [name for name in table.scalars if name.endswith("_minor")]
    if amounts and not any(name in content for name in amounts):
        content.pop("currency", None)
    elif amounts:
        content.setdefault("currency", "EUR")
    for halves in (("lon", "lat"), ("opens_at", "closes_at")):
        if not all(half in content for half in halves):
            for half in halves:
                content.pop(half, None)


def _in_order(content: Content, first: str, last: str) -> None:
    if first in content and last in content:
        start, end = content[first], content[last]
        if start > (f"{end}~" if isinstance(end, str) else end):
            del content[last]


def _number(owner: str) -> int:
    return UUID(owner).int % 10**9


def _identifier(row: Content, owner: str, position: int) -> Content:
    if position:
        return {"scheme": "other", "value": f"{_number(owner)}-{position}"}
    return {"scheme": "registration_number", "value": f"40{_number(owner):09}"}


PART_FIXES: dict[str, Callable[[Content, str, int], Content]] = {
    "organisation_name": lambda row, owner, position: {"name": f"Cits nosaukums {position}"},
    "organisation_identifier": _identifier,
    "taxonomy_alias": lambda row, owner, position: {"name": f"vārds {position}"},
    "region_nuts": lambda row, owner, position: row | {"version": 2003 + 3 * position},
    "project_participation": lambda row, owner, position: row | {"role": ("funder", "lead", "partner")[position]},
    "event_participation": lambda row, owner, position: row | {"role": ("host", "speaker", "organiser")[position]},
}


def _agreement(making: Making, id: str, content: Content) -> None:
    content["number"] = content.get("number") or "12/2025"
    if "unit_price_minor" in content:
        content["unit"] = content.get("unit") or {"lv": "stunda"}


def _event(making: Making, id: str, content: Content) -> None:
    if "starts_on" not in content:
        content |= {"ends_on": None, "start_time": None}


def _service(making: Making, id: str, content: Content) -> None:
    content["register_number"] = f"R-{_number(id)}" if making.maybe() else None
    if content["register_number"] is None:
        content |= {"register_valid_from": None, "register_valid_to": None}


def _location(making: Making, id: str, content: Content) -> None:
    content["address"] = f"Iela{_number(id)} 1"
    content["disclosed"] = True  # So that it is what the draft says, whatever is given there.
    if content.get("confidential"):
        content["region"] = ident("region", making.rng.choice(("valmieras-novads", "riga", "cesu-novads")))


def _need(making: Making, id: str, content: Content) -> None:
    content["fewer_than_five"] = False
    content["waiting"] = making.rng.choice((None, 0, 1, 4, 5, 12))


def _figure(making: Making, id: str, content: Content) -> None:
    subject = making.rng.choice(("region", "organisation", "service", "project"))
    content |= dict.fromkeys(("region", "organisation", "service", "project"))
    content[subject] = making.rng.choice(making.ids[subject])


def _organisation(making: Making, id: str, content: Content) -> None:
    earlier = making.ids["organisation"][: making.ids["organisation"].index(id)]
    content["parent"] = making.rng.choice(earlier) if earlier and making.rng.random() < 0.3 else None
    if content["parent"] is None and content.get("legal_form") == "unit":
        content["legal_form"] = None


def _link(making: Making, id: str, content: Content) -> None:
    content["side_a"], content["side_b"] = making.rng.sample(making.ids["organisation"], 2)
    # The project keeps two links of one kind, pair and time apart; only public bodies delegate.
    content["project"] = making.rng.choice(making.ids["project"])
    if content["kind"] == LinkKind.DELEGATION and not _is_public(making.drafts[content["side_a"]].content):
        content["kind"] = LinkKind.PURCHASE.value


def _is_public(organisation: Content) -> bool:
    return organisation.get("sector") in (Sector.MUNICIPAL, Sector.STATE)


FIXES: dict[str, Callable[[Making, str, Content], None]] = {
    "agreement": _agreement,
    "event": _event,
    "service": _service,
    "location": _location,
    "need": _need,
    "figure": _figure,
    "organisation": _organisation,
    "cooperation_link": _link,
}


def made(seed: int = 7, fullness: float = 0.6, sizes: dict[str, int] = SIZES) -> list[Draft]:
    """The drafts of one directory; the same seed gives the same directory."""
    making = Making(seed, fullness, sizes)
    _regions(making)
    _terms(making)
    for noun in sizes:
        for id in making.ids[noun]:
            making.add(noun, id, {})
    return list(making.drafts.values())


def _regions(making: Making) -> None:
    for code, kind, name, parent in REGIONS:
        former = kind == "former"
        steps = [
            {
                "successor": ident("region", to),
                "relation": relation,
                "part": {"lv": f"daļa {to}"} if relation == "split" else None,
                "on": "2021-07-01",
                "former_atvk": "0961000" if making.maybe() else None,
            }
            for to, relation in SUCCESSIONS.get(code, ())
        ]
        given = {
            "code": code,
            "kind": kind,
            "former_kind": "municipality" if former else None,
            "name": {"lv": name, "en": f"{name} (en)"},
            "parent": ident("region", parent) if parent else None,
            "valid_from": "1990" if former else None,
            "valid_to": "2021-06-30" if former else None,
            "successions": steps,
        }
        making.add("region", ident("region", code), given)


def _terms(making: Making) -> None:
    for taxonomy, codes in TERMS.items():
        making.add("taxonomy", ident("taxonomy", taxonomy), {"code": taxonomy})
        for code in codes:
            own, _, broader = code.partition(":")
            parent = ident("taxonomy_term", f"{taxonomy}/{broader}") if broader else None
            given = {"taxonomy": ident("taxonomy", taxonomy), "code": own, "parent": parent}
            if own in HELP:
                given["related"] = [ident("taxonomy_term", term) for term in HELP[own]]
            making.add("taxonomy_term", ident("taxonomy_term", f"{taxonomy}/{own}"), given)
