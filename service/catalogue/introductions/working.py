"""Where an organisation works, with whom it belongs together, and whom it already works with.

Only legal persons are introduced: what a unit does, its organisation does; and a municipal side is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from service.catalogue.persons import members
from service.catalogue.reach import governments_above
from service.models.region import RegionKind

Organisations = dict[str, Any]
"""Organisations by id."""


def together(organisation: Any) -> Organisations:
    """The organisation as one: the legal person, its units, and the bodies with which it is one municipal side."""
    side = side_of(organisation.person())
    return {member.id: member for body in side.values() for member in members(body.person())} | side


def side_of(organisation: Any) -> Organisations:
    """It, and the bodies with which it is one municipal side."""
    if not organisation.authority_for:
        return {organisation.id: organisation}
    regions = _acted_for(organisation)
    return {organisation.id: organisation} | {body.id: body for region in regions for body in region.municipal_side}


def _acted_for(organisation: Any) -> Iterable[Any]:
    """The regions to whose municipal side it belongs: those it has authority for, and what became of them."""
    found: dict[str, Any] = {}
    ahead = [authority.region for authority in organisation.authority_for]
    while ahead:
        region = ahead.pop()
        if region.id not in found:
            found[region.id] = region
            ahead.extend(step.successor for step in region.successions)
    return found.values()


def works_in(organisations: Iterable[Any]) -> list[Any]:
    """The municipalities where they are or give services; a wider region where they name that. Not the country."""
    found: dict[str, Any] = {}
    for place in dict.fromkeys(_places(organisations)):
        near = governments_above(place) or ([] if place.kind is RegionKind.COUNTRY else [place])
        found.update((region.id, region) for region in near)
    return list(found.values())


def _places(organisations: Iterable[Any]) -> Iterator[Any]:
    for organisation in organisations:
        yield from organisation.places()
        for service in organisation.services:
            yield from service.places()


def known_to(own: Organisations) -> set[str]:
    """The ids of those that need no introduction to these: who stands above or below them, and all with whom one of
    them has ever had a link, each with its municipal side; what has ended is no news to them."""
    partners = {seen.partner.id: seen.partner for body in own.values() for seen in body.cooperation}
    met = {id for person in {partner.person() for partner in partners.values()} for id in side_of(person)}
    return {*met, *own, *(relative for body in own.values() for relative in _family(body))}


def _family(organisation: Any) -> Iterator[str]:
    """The ids of what it is a part of, at any height, and of all that is part of it."""
    above = organisation.parent
    while above is not None:
        yield above.id
        above = above.parent
    ahead = [*organisation.units]
    while ahead:
        part = ahead.pop()
        yield part.id
        ahead.extend(part.units)
