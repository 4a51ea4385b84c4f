"""What loading and patching share: the lists seen from the other end, acts, what is derived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from service.catalogue import types
from service.catalogue.cooperation import Confirmation, Cooperation
from service.catalogue.service import Availability
from service.models.cooperation import ROLES, ConfirmationRole, ConfirmationState, Side
from service.models.service import AvailabilityState
from service.models.shape import Shape, shape

Entry = tuple[Any, str, Any]
"""Something that keeps a list, the list's name, and what stands in it."""


LONG = 100
"""From here on a list is kept as such from the start, since to copy it would take long."""


def packed(items: list[Any]) -> Sequence[Any]:
    """A list as it is kept: a tuple, which takes half the room, until something is put in it or taken out."""
    return items if len(items) >= LONG else tuple(items)


def put(entry: Entry) -> None:
    """Let something stand in a list. The only place where one grows: what is a tuple is shared by many."""
    holder, name, item = entry
    held = getattr(holder, name)
    if isinstance(held, list):
        held.append(item)
    else:
        setattr(holder, name, [*held, item])


def drop(entry: Entry) -> None:
    """Take something out of a list. Raises ValueError when it is not there."""
    holder, name, item = entry
    held = getattr(holder, name)
    if not isinstance(held, list):
        held = list(held)
        setattr(holder, name, held)
    held.remove(item)


def seen_from(noun: str, table: Shape, name: str) -> str | None:
    """The list in which what is referred to keeps what refers to it; None where it keeps none."""
    return _seen_from(noun, table.model, name)


@cache
def _seen_from(noun: str, model: Any, name: str) -> str | None:
    made = types.NOUNS.get(noun) or types.PARTS[noun]
    back = str(model._meta.fields_map[name].related_name)
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
    """The word of a side, read from a row or a payload. Raises KeyError or ValueError when it is none."""
    return {
        "side": Side(said["side"]),  # type: ignore[call-arg]
        "state": ConfirmationState(said["state"]),  # type: ignore[call-arg]
        "on": date.fromisoformat(str(said["on"])),
        "role": ConfirmationRole(said["role"]),  # type: ignore[call-arg]
    }


def confirm(link: Any, word: dict[str, Any]) -> None:
    """Put the latest word of a side in place of what it said before."""
    link.first_confirmed = _first_confirmed(link.first_confirmed, word)
    words = {said.side: said for said in link.confirmations}
    words[word["side"]] = confirmation_of(link, word)
    link.confirmations = tuple(words[side] for side in sorted(words))


def confirmation_of(link: Any, word: dict[str, Any]) -> Confirmation:
    """The word of one side of a link."""
    return Confirmation(organisation=link.side_a if word["side"] is Side.SIDE_A else link.side_b, **word)


def _first_confirmed(before: date | None, word: dict[str, Any]) -> date | None:
    """The first day on which a side said it is so; taken back with the words themselves."""
    if word["state"] is ConfirmationState.UNASKED:
        return None
    return min(word["on"], before or word["on"]) if word["state"] is ConfirmationState.CONFIRMED else before


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


def municipal_side(region: Any) -> tuple[Any, ...]:
    """Every body with authority for the region or for what came before it, each once."""
    bodies = {a.organisation.id: a.organisation for former in region.before() for a in former.authorities}
    return tuple(bodies[id] for id in sorted(bodies))
