"""The catalogue as rows of plain tables, for the peers, and the questions they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.peers.searched import found_by, wanted
from service.catalogue.catalogue import Catalogue
from service.catalogue.cooperation import link_attested
from service.catalogue.dimensions import lineage, upward

DDL = (Path(__file__).parent / "tables.sql").read_text("utf-8")

Rows = dict[str, list[tuple[Any, ...]]]

SETS = 300
"""How many different sets of variables each question is asked with, in turn."""

LEAST_LINKS = 10
"""Networks are asked for from organisations with so many links, so that three steps find about 1,000 others."""


class Tables:
    """Every record numbered in the order in which Kopā lists it, and what stands in each table."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.regions = _listed(catalogue, "region")
        self.categories = [
            term for term in _listed(catalogue, "taxonomy_term") if term.taxonomy.code == "service_category"
        ]
        self.organisations = _listed(catalogue, "organisation")
        self.services = _listed(catalogue, "service")
        seen = (cooperation for organisation in self.organisations for cooperation in organisation.cooperation)
        self.cooperation = sorted(seen, key=lambda each: link_attested(each.link), reverse=True)
        every = (self.regions, self.categories, self.organisations, self.services)
        self.number = {record.id: number for records in every for number, record in enumerate(records, start=1)}

    def rows(self) -> Rows:
        """The rows of each table, in an order in which references resolve."""
        return {
            "region": self._named(self.regions),
            "region_inside": self._inside(self.regions),
            "category": self._named(self.categories),
            "category_inside": self._inside(self.categories),
            "organisation": [self._organisation(each) for each in self.organisations],
            "organisation_place": self._pairs((each, self._places(each)) for each in self.organisations),
            "service": [self._service(each) for each in self.services],
            "service_category": self._pairs((each, each.categories) for each in self.services),
            "service_region": self._pairs((each, each.regions) for each in self.services),
            "cooperation": [self._cooperation(*each) for each in enumerate(self.cooperation, start=1)],
        }

    def questions(self) -> dict[str, list[dict[str, str]]]:
        """The sets of variables of each question, as Kopā is asked: by the ids of the records."""
        chance = Random(7)
        known = chance.choices(self.organisations, k=SETS)
        linked = [each for each in self.organisations if len(each.cooperation) >= LEAST_LINKS]
        networks = [{"id": each.id} for each in chance.choices(linked, k=SETS)]
        return {
            "list": [self._wanted(chance) for _ in range(SETS)],
            "profile": [{"id": each.id} for each in known],
            "network": networks,
            "wide_network": networks,
            "search": [{"text": wanted(chance, self.organisations)} for _ in range(SETS)],
        }

    def _wanted(self, chance: Random) -> dict[str, str]:
        """A category in which somebody gives a service, and a region where the provider is; narrow or wide."""
        while True:
            service = chance.choice(self.services)
            regions, categories = upward(*service.provider.places()), upward(*service.categories)
            if regions and categories:
                return {"region": chance.choice(list(regions)), "category": chance.choice(list(categories))}

    def _named(self, records: Iterable[Any]) -> list[tuple[Any, ...]]:
        return [(self.number[each.id], each.name["lv"]) for each in records]

    def _inside(self, records: Iterable[Any]) -> list[tuple[Any, ...]]:
        return self._pairs((each, lineage(each).values()) for each in records)

    def _pairs(self, pairs: Iterable[tuple[Any, Iterable[Any]]]) -> list[tuple[Any, ...]]:
        flat = ((self.number[one.id], self.number[other.id]) for one, others in pairs for other in others)
        return [(number, *pair) for number, pair in enumerate(flat, start=1)]

    def _places(self, organisation: Any) -> Iterator[Any]:
        return iter({place.id: place for place in organisation.places() if place is not None}.values())

    def _organisation(self, each: Any) -> tuple[Any, ...]:
        form = each.legal_form.name if each.legal_form else None
        seat = self.number[each.seat.region.id] if each.seat else None
        words = (_latvian(each.name), each.slug, form, _latvian(each.description), each.email, each.phone, each.website)
        return (self.number[each.id], *words, found_by(each), seat)

    def _service(self, each: Any) -> tuple[Any, ...]:
        provider = self.number[each.provider.id]
        return (self.number[each.id], provider, _latvian(each.name), _latvian(each.description))

    def _cooperation(self, number: int, each: Any) -> tuple[Any, ...]:
        link, sides = each.link, (self.number[each.organisation.id], self.number[each.partner.id])
        days = (day.value if day else None for day in (link.valid_from, link.valid_to))
        return (number, *sides, link.kind.name, link.phase_today().name, *days)


def _listed(catalogue: Catalogue, noun: str) -> list[Any]:
    key, _ = catalogue.types[noun].DEFAULT_ORDER
    return list(catalogue.indexes[noun].ordered(key).objects)


def _latvian(words: dict[str, str] | None) -> str | None:
    return words["lv"] if words else None
