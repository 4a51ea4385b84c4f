"""What loading and patching share: empty objects, the lists seen from the other end, acts, what is derived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from service.catalogue import types
from service.catalogue.cooperation import Confirmation, Cooperation
from service.catalogue.service import Availability
from service.models.cooperation import ROLES, ConfirmationRole, ConfirmationState, Side
from service.models.service import AvailabilityState
from service.models.shape import Shape, shape

Entry = tuple[Any, str, Any]
"""Something that keeps a list, the list's name, and what stands in it."""


def empty(made: type[Any]) -> Any:
    """An object without values: lists are empty, everything else is null."""
    item: Any = object.__new__(made)
    for name in made.SLOTS:
        setattr(item, name, None)
    for name in made.LISTS:
        setattr(item, name, [])
    return item


def seen_from(noun: str, table: Shape, name: str) -> str | None:
    """The list in which what is referred to keeps what refers to it; None where it keeps none."""
    made = types.NOUNS.get(noun) or types.PARTS[noun]
    back = str(table.model._meta.fields_map[name].related_name)  # type: ignore[attr-defined]
    return back if back in made.LISTS else None


def entries(record: Any, noun: str) -> Iterator[Entry]:
    """Every place in a list of others where the record, or one of its owned children, stands."""
    table = shape(noun)
    yield from _references(record, table)
    for name, relation in table.sets.items():
        back = seen_from(relation.noun, table, name)
        if back is not None:
            yield from ((target, back, record) for target in getattr(record, name))
    for name, part in table.parts.items():
        for item in getattr(record, name):
            yield from _references(item, part)


def _references(item: Any, table: Shape) -> Iterator[Entry]:
    for name, noun in table.references.items():
        target = getattr(item, name)
        back = seen_from(noun, table, name)
        if target is not None and back is not None:
            yield target, back, item


def referred(record: Any, noun: str) -> Iterator[Any]:
    """Every record to which the record, or one of its owned children, refers."""
    table = shape(noun)
    yield from (target for name in table.sets for target in getattr(record, name))
    items = [(record, table), *((item, part) for name, part in table.parts.items() for item in getattr(record, name))]
    for item, its in items:
        targets = (getattr(item, name) for name, target in its.references.items() if target in types.NOUNS)
        yield from (target for target in targets if target is not None)


def word_of(said: dict[str, Any]) -> dict[str, Any]:
    """The word of a side from a payload, read. Raises KeyError or ValueError when it is none."""
    return {
        "side": Side(said["side"]),  # type: ignore[call-arg]
        "state": ConfirmationState(said["state"]),  # type: ignore[call-arg]
        "on": date.fromisoformat(said["on"]),
        "role": ConfirmationRole(said["role"]),  # type: ignore[call-arg]
    }


def confirmation_of(link: Any, said: dict[str, Any]) -> Confirmation:
    """The word of one side, from a row or from a payload."""
    side = Side(said["side"])  # type: ignore[call-arg]
    return Confirmation(
        side=side,
        organisation=link.side_a if side is Side.SIDE_A else link.side_b,
        state=ConfirmationState(said["state"]),  # type: ignore[call-arg]
        on=date.fromisoformat(str(said["on"])),
        role=ConfirmationRole(said["role"]),  # type: ignore[call-arg]
    )


def first_confirmed(before: date | None, said: dict[str, Any]) -> date | None:
    """The first day on which a side said it is so; taken back with the words themselves."""
    if said["state"] == ConfirmationState.UNASKED:
        return None
    on = date.fromisoformat(str(said["on"]))
    return min(on, before or on) if said["state"] == ConfirmationState.CONFIRMED else before


def availability_of(said: dict[str, Any]) -> Availability:
    """What a provider said of its places, from a row or from a payload."""
    return Availability(
        state=AvailabilityState(said["state"]),  # type: ignore[call-arg]
        free_places=said.get("free_places"),
        weeks_to_wait=said.get("weeks_to_wait"),
        as_of=date.fromisoformat(str(said["as_of"])),
    )


def seen_from_sides(link: Any) -> list[Cooperation]:
    """A link seen from each of its two sides."""
    role_a, role_b = ROLES[link.kind]
    return [
        Cooperation(link=link, role=role, partner=partner, partner_role=partner_role, organisation=own)
        for own, role, partner, partner_role in (
            (link.side_a, role_a, link.side_b, role_b),
            (link.side_b, role_b, link.side_a, role_a),
        )
    ]


def municipal_side(region: Any) -> list[Any]:
    """Every body with authority for the region or for what came before it, each once."""
    bodies = {a.organisation.id: a.organisation for former in region.before() for a in former.authorities}
    return [bodies[id] for id in sorted(bodies)]
