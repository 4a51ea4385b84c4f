"""Whether two catalogues hold the same: everything in them as plain data, whatever the ordinals.

The order of the lists that others keep of a record does not count; that of its own lists does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import compress
from typing import Any

from service.catalogue import types
from service.catalogue.catalogue import Catalogue
from service.catalogue.indexes import Index, Selection
from service.catalogue.types import NOUN_OF
from service.models.shape import Shape, shape
from tests.catalogue.asking import ORDERS

Place = tuple[Any, ...]
State = dict[Place, Any]

NAMED = ("slugs", "codes", "numbers")
UNCOMPARED = {"catalogue", "ordinal"}
TABLE_OF: dict[str, Shape] = {part.table: part for noun in types.NOUNS for part in shape(noun).parts.values()}
PART_OF = {made: name for name, made in types.PARTS.items()}


def keys_of(noun: str) -> list[Any]:
    """Every key by which the records of a noun are put in order."""
    chosen = list(ORDERS[noun].KEYS.values()) if noun in ORDERS else []
    return list(dict.fromkeys([*chosen, types.NOUNS[noun].DEFAULT_ORDER[0]]))


def with_all_orders(catalogue: Catalogue) -> Catalogue:
    """Make every order now, so that from here on they are kept by patches and not made when compared."""
    for noun, index in catalogue.indexes.items():
        for key in keys_of(noun):
            index.ordered(key)
    return catalogue


def state(catalogue: Catalogue) -> State:
    """Everything a catalogue holds, by place."""
    return dict(_state(catalogue))


def assert_same(one: Catalogue, other: Catalogue) -> None:
    """Names the first difference; whoever shows the objects themselves would never come out of the circles."""
    told = difference(state(one), state(other))
    assert told is None, told


def difference(ours: State, theirs: State) -> str | None:
    if ours == theirs:
        return None
    for place in sorted(ours.keys() | theirs.keys(), key=repr):
        mine, other = ours.get(place, "nothing"), theirs.get(place, "nothing")
        if mine != other:
            return f"{'.'.join(map(str, place))}: {_short(mine)} instead of {_short(other)}"
    return None


def _short(value: Any) -> str:
    said = str(value)
    return said if len(said) < 400 else f"{said[:400]}…"


def _state(catalogue: Catalogue) -> Iterator[tuple[Place, Any]]:
    yield ("last_change",), (catalogue.last_change.seq, catalogue.last_change.at)
    yield ("epoch",), catalogue.epoch
    yield ("today",), catalogue.today
    yield ("merged",), catalogue.merged
    for name in NAMED:
        for key, record in getattr(catalogue, name).items():
            yield (name, *key), _id(catalogue, record)
    for id, record in catalogue.records.items():
        noun = NOUN_OF[type(record)]
        yield (noun, id, "is kept as it says"), (record.id, record.catalogue is catalogue)
        yield from _attributes(catalogue, record, shape(noun), (noun, id))
    for noun, index in catalogue.indexes.items():
        yield from _index(catalogue, noun, index)


def _attributes(catalogue: Catalogue, item: Any, table: Shape, place: Place) -> Iterator[tuple[Place, Any]]:
    for name, kind in _kinds(type(item)):
        value = getattr(item, name)
        if kind == "parts":
            yield (*place, name), [part.id for part in value]
            for part in value:
                yield from _attributes(catalogue, part, TABLE_OF[PART_OF[type(part)]], (*place, name, part.id))
        elif kind == "of others":
            yield (*place, name), sorted(_plain(catalogue, each) for each in value)
        else:
            yield (*place, name), _plain(catalogue, value)


@cache
def _kinds(made: Any) -> list[tuple[str, str]]:
    """The attributes that are compared, and which of them are owned children, or lists that others keep."""
    table = shape(NOUN_OF[made]) if made in NOUN_OF else TABLE_OF[PART_OF[made]]
    own = {*table.sets, "confirmations", "municipal_side"}
    of_others = {name for name in made.LISTS if name not in own}
    kinds = dict.fromkeys(of_others, "of others") | dict.fromkeys(table.parts, "parts")
    return [(name, kinds.get(name, "own")) for name in made.SLOTS if name not in UNCOMPARED]


SIMPLE = {str, int, bool, type(None), datetime, date, Decimal}


def _plain(catalogue: Catalogue, value: Any) -> Any:
    """A value without objects: of records and parts the id, of small values their attributes."""
    made = type(value)
    if made in SIMPLE:
        return value
    if made in NOUN_OF:
        return _id(catalogue, value)
    if made in PART_OF:
        return _part_id(catalogue, value)
    if isinstance(value, list | tuple):
        return [_plain(catalogue, each) for each in value]
    if isinstance(value, dict):
        return list(value.items())
    if hasattr(value, "SLOTS"):
        return tuple((name, _plain(catalogue, getattr(value, name))) for name in value.SLOTS)
    return value


def _id(catalogue: Catalogue, record: Any) -> str:
    """The id; said otherwise of an object that is not the one by which the record is known."""
    return str(record.id) if catalogue.records.get(record.id) is record else f"not the known {record.id}"


def _part_id(catalogue: Catalogue, part: Any) -> str:
    owner = catalogue.records.get(part.owner.id)
    lists = shape(NOUN_OF[type(owner)]).parts if owner is not None else ()
    held = any(part is mine for name in lists for mine in getattr(owner, name))
    return str(part.id) if held else f"not the held {part.id}"


def _index(catalogue: Catalogue, noun: str, index: Index) -> Iterator[tuple[Place, Any]]:
    place = ("index", noun)
    present, whole = list(index.present()), Selection(index.everything)
    yield (*place, "size"), index.size
    yield (*place, "objects"), sorted(_id(catalogue, item) for item in present)
    at_home = all(index.everything >> item.ordinal & 1 and index.objects[item.ordinal] is item for item in present)
    yield (*place, "ordinals fit"), at_home
    by_ordinal = [None if item is None else item.id for item in index.objects]
    for dimension in index.dimensions():
        having = f"{index.having(dimension):b}"[::-1]
        ids = sorted(map(str, compress(by_ordinal, map(int, having))))
        yield (*place, *dimension), (ids, index.counts(dimension[0], whole)[dimension[1]])
    for item in present:
        yield (*place, "folded", item.id), index.folded[item.ordinal]
        for name in type(item).FEEDS:
            fed = catalogue.indexes[NOUN_OF[type(getattr(item, name))]].objects[index.fed(name)[item.ordinal]]
            yield (*place, "feeds", item.id, name), _id(catalogue, fed)
    for key in keys_of(noun):
        ordered = index.ordered(key)
        found = [(held, item.id) for held, item in zip(ordered.keys, ordered.objects, strict=True)]
        yield (*place, "order", key.__name__), found
