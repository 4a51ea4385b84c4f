"""One organisation with all that it brings: the frame in which its records are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from service.editing.revisions import Draft
from service.editing.slugs import slug_of
from service.synthetic.actors import Actor, Cast
from service.synthetic.base import Base, Region, base
from service.synthetic.chance import Chance
from service.synthetic.ids import Ids
from service.synthetic.ties import Network, Tie

Content = dict[str, Any]

PART = 60
"""How many organisations share a source and are published as one set, of about 750 records."""

SAYS = {"lv": "Sintētisks ieraksts, nevis patiesība.", "en": "A synthetic record, not the truth."}


@dataclass(frozen=True)
class Scene:
    """An organisation, its ties, and what of the earlier organisations its records may refer to."""

    base: Base
    ids: Ids
    actor: Actor
    ties: list[Tie]
    chance: Chance
    places: bytearray
    services: bytearray

    @cached_property
    def id(self) -> str:
        return self.ids("organisation", self.actor.number)

    @cached_property
    def source(self) -> str:
        return self.ids("source", self.actor.number // PART * PART)

    @property
    def region(self) -> Region:
        return self.base.regions[self.actor.region]

    def region_of(self, number: int) -> str:
        return self.base.regions[self.places[number]].id

    def service_of(self, number: int) -> str | None:
        """One of the services that an organisation gives."""
        given = self.services[number]
        return self.ids("service", number, self.chance.below(given)) if given else None

    def evidence(self, **more: str) -> Content:
        basis = "stated" if self.chance.happens(85) else "inferred"
        return {"source": self.source, "basis": basis, "says": SAYS, **more}

    def slug(self, name: str, *numbers: int) -> str:
        """Of its own for each record, so that it does not depend on what else is published."""
        return f"{slug_of(name)}-s{'-'.join(map(str, (self.actor.number, *numbers)))}"

    def draft(self, noun: str, content: Content, *numbers: int) -> Draft:
        content.setdefault("evidence", [self.evidence()])
        said = {name: value for name, value in content.items() if value is not None and value != []}
        for name, value in said.items():
            if isinstance(value, list) and isinstance(value[0], dict):
                for place, part in enumerate(value):
                    part["id"] = self.ids(f"{noun}.{name}", self.actor.number, *numbers, place)
        return Draft(noun, self.ids(noun, self.actor.number, *numbers), said)


def scenes(seed: int, size: int) -> Iterator[Scene]:
    """The organisations in order. Those of a smaller directory come first in a larger one."""
    ids, found = Ids(seed), base()
    cast, network = Cast(seed, found), Network(seed, len(found.regions))
    places, services = bytearray(), bytearray()
    for number in range(size):
        actor = cast.next(number)
        ties = network.join(actor)
        places.append(actor.region)
        services.append(actor.services)
        yield Scene(found, ids, actor, ties, Chance(seed, "scene", number), places, services)
