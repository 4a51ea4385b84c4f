"""Indexes: the objects of one noun by what one can filter them by, by their texts, and in every order."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import repeat
from operator import attrgetter, contains, or_
from typing import Any

from service.catalogue.dimensions import Dimension
from service.catalogue.ordered import Key, Ordered
from service.catalogue.postings import Moved, Postings, bitset, flags, mask_of, values_of
from service.catalogue.putting_together import together
from service.catalogue.words import fold

ROOM = 16_000_000
"""About the bytes of the selections that an index keeps: the same filter is asked again for every list of a query."""

SMALL = 500
"""Bytes of a selection of nothing, with its name."""


CHUNK = 500
"""So many objects are looked at for one name after the other, while the processor still has them at hand."""


@dataclass(frozen=True)
class Selection:
    """What fits a filter."""

    mask: int

    @cached_property
    def octets(self) -> bytes:
        """The bits where one is quickly looked up; who only counts needs none."""
        return self.mask.to_bytes(self.mask.bit_length() // 8 + 1, "little")

    @cached_property
    def beginnings(self) -> dict[str, Any]:
        """Where listings remember what they found first, in the order that was asked for last."""
        return {}

    def passes(self, item: Any) -> bool:
        """Whether an object's bit is set."""
        place = item.ordinal
        return place >> 3 < len(self.octets) and bool(self.octets[place >> 3] >> (place & 7) & 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """How an object stands in its index: its values by name, its folded texts, its key in each order made."""

    values: dict[str, Hashable]
    folded: str
    keys: dict[Any, Key]


Orders = dict[Callable[[Any], Key], Ordered]
"""Orders by what they sort by."""

Move = tuple[str, frozenset[Hashable], frozenset[Hashable]]
"""Of one name the values that an object no longer has, and those that it comes to have."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An object that is to stand otherwise: as it stood before, and as it will; None where it does not."""

    item: Any
    before: Entry | None
    after: Entry | None
    moves: list[Move]

    @classmethod
    def of(cls, item: Any, before: Entry | None, after: Entry | None) -> Turn:
        return cls(item, before, after, moves(before.values if before else {}, after.values if after else {}))

    def has(self, key: Any) -> bool:
        """Whether its place in an order is known; not in one that was made meanwhile."""
        return all(entry is None or key in entry.keys for entry in (self.before, self.after))


def moves(before: dict[str, Hashable], after: dict[str, Hashable]) -> list[Move]:
    """What changes between the values by name."""
    changed = [name for name in before.keys() | after.keys() if before.get(name, ()) != after.get(name, ())]
    sets = [(name, _set_of(before, name), _set_of(after, name)) for name in changed]
    return [(name, old - new, new - old) for name, old, new in sets]


class Index:
    """The objects of one noun. Each keeps its ordinal for as long as it is there; none is given again."""

    def __init__(self, objects: Sequence[Any | None], keys: Iterable[Callable[[Any], Key]] = ()) -> None:
        """`objects` by ordinal; None where one has left."""
        self.objects = list(objects)
        self.everything = bitset([place for place, item in enumerate(objects) if item is not None], len(objects))
        self._folded: list[str] | None = None
        self._postings = _postings(objects)
        self._orders: Orders = {key: Ordered.of(self.present(), key) for key in keys}
        for ordered in self._orders.values():
            ordered.ranks()
        self._fed = {name: _fed_by(objects, name) for name in _feeds(objects)}
        self._turned: set[int] = set()
        self._selections: dict[Hashable, Selection] = {}
        self._counted: tuple[Selection, bytes] | None = None

    def rebuilt(self) -> Index:
        """An index of the same objects as they are now, with the orders that were made."""
        return Index(self.objects, [*self._orders])

    @property
    def size(self) -> int:
        """How many objects there are."""
        return self.everything.bit_count()

    def present(self) -> Iterator[Any]:
        """The objects that are there, by ordinal."""
        return (item for item in self.objects if item is not None)

    def having(self, dimension: Dimension) -> int:
        """The objects that have a value."""
        name, value = dimension
        return self._postings[name].having(value, len(self.objects)) if name in self._postings else 0

    def among(self, fitting: Selection, name: str, values: Iterable[Hashable]) -> list[int]:
        """The ordinals of those of a selection that have one of some values, in ascending order."""
        postings = self._postings.get(name)
        return postings.among(values, fitting.mask, fitting.octets) if postings else []

    def having_any(self, name: str) -> int:
        """The objects that have some value of a name."""
        postings = self._postings.get(name)
        values = postings.totals if postings else ()
        return reduce(or_, (self.having((name, value)) for value in values if value is not None), 0)

    def counts(self, name: str, fitting: Selection, values: Collection[Hashable] | None = None) -> dict[Hashable, int]:
        """A facet: of what fits, how many objects have each value of that name, or each of some; but for those that
        none has."""
        if name not in self._postings:
            return {}
        postings = self._postings[name]
        if fitting.mask == self.everything:
            return {value: many for value, many in postings.totals.items() if values is None or value in values}
        if values is not None:
            return postings.counts_of(values, fitting.mask, len(self.objects))
        if self._counted is None or self._counted[0] is not fitting:
            self._counted = fitting, flags(fitting.mask, len(self.objects))
        return postings.counts(fitting.mask, self._counted[1])

    def dimensions(self) -> Iterator[Dimension]:
        """Every value that some object has."""
        for name, postings in self._postings.items():
            yield from ((name, value) for value in postings.totals)

    def fed(self, name: str) -> array[int]:
        """By the ordinal of each object that of the one it feeds by a reference: to look at the objects takes far
        longer. Where nothing stands any more, some number."""
        if name not in self._fed:
            self._fed[name] = _fed_by(self.objects, name)
        for place in self._turned:
            if (item := self.objects[place]) is not None:
                for reference, its in self._fed.items():
                    its.extend(repeat(0, place + 1 - len(its)))
                    its[place] = getattr(item, reference).ordinal
        self._turned.clear()
        return self._fed[name]

    @property
    def folded(self) -> list[str]:
        """The folded texts by ordinal: made when they are first asked for, as mostly the search is asked."""
        if self._folded is None:
            self._folded = _all_folded(self.objects)
        return self._folded

    def containing(self, text: str) -> int:
        """The objects whose folded texts contain the folded text."""
        found = bytes(map(contains, self.folded, repeat(fold(text))))
        return mask_of(found) & self.everything

    def where(self, holds: Callable[[Any], bool]) -> int:
        """The objects of which something holds."""
        return bitset([item.ordinal for item in self.present() if holds(item)], len(self.objects))

    def ordered(self, key: Callable[[Any], Key]) -> Ordered:
        """All objects by a key; made once for each key that was not known from the start."""
        if key not in self._orders:
            self._orders[key] = Ordered.of(self.present(), key)
        return self._orders[key]

    def first(self, mask: int, count: int, key: Callable[[Any], Key], *, descending: bool) -> list[Any]:
        """The first objects of a selection in an order; none of the others is looked at."""
        places = self.ordered(key).first(mask, count, descending=descending)
        return list(map(self.objects.__getitem__, places))

    def ranks(self, key: Callable[[Any], Key]) -> array[float] | None:
        """The ranks of all objects in an order, if that is one of those that are kept."""
        ordered = self._orders.get(key)
        return None if ordered is None else ordered.ranks()

    def selection(self, name: Hashable, mask: Callable[[], int]) -> Selection:
        """The selection of a name, made when it is not remembered."""
        found = self._selections.get(name)
        if found is None:
            if len(self._selections) * (len(self.objects) // 4 + SMALL) >= ROOM:
                del self._selections[next(iter(self._selections))]
            found = self._selections[name] = Selection(mask())
        return found

    def forget(self) -> None:
        """Remember no selection any more: a slug or code that a filter names may mean another record now."""
        self._selections.clear()
        self._counted = None

    def entry(self, item: Any) -> Entry:
        """How an object would stand here as it is now."""
        return Entry(values_by_name(item), _folded(item), {key: key(item) for key in self._orders})

    def ahead(self, turns: Sequence[Turn]) -> Orders:
        """The orders as they will be after turns; nothing is changed, so a thread may make them."""
        exchanges = {key: _exchange(turns, key) for key in [*self._orders] if all(turn.has(key) for turn in turns)}
        orders = self._orders
        return {key: orders[key].exchanged(*its) if any(its) else orders[key] for key, its in exchanges.items()}

    def follow(self, turns: Sequence[Turn], orders: Orders | None = None) -> list[Ordered]:
        """Let objects stand as they do after their turns, all at once; `orders` were made ahead of these.

        Gives the orders that hold no more: to let go of large ones takes long.
        """
        self.forget()
        for turn in turns:
            if turn.before is None or turn.after is None:
                self._seat(turn)
            elif self._folded is not None:
                self._folded[turn.item.ordinal] = turn.after.folded
        self._turned.update(turn.item.ordinal for turn in turns)
        self._move([(turn.item.ordinal, turn.moves) for turn in turns if turn.moves])
        former = self._orders
        # Orders that were made after the turns were foreseen are made again when they are asked for.
        self._orders = self._exchanged(turns) if orders is None else orders
        return [order for key, order in former.items() if self._orders.get(key) is not order]

    def _exchanged(self, turns: Sequence[Turn]) -> Orders:
        orders = {key: it for key, it in self._orders.items() if all(turn.has(key) for turn in turns)}
        for key, ordered in orders.items():
            ordered.exchange(*_exchange(turns, key))
        return orders

    def _seat(self, turn: Turn) -> None:
        """Give an object its ordinal if it has none; note its texts, and whether it is there."""
        if turn.before is None:
            turn.item.ordinal = len(self.objects)
            self.objects.append(turn.item)
            self.everything |= 1 << turn.item.ordinal
            if self._folded is not None:
                self._folded.append("")
        if turn.after is None:
            self.everything &= ~(1 << turn.item.ordinal)
            self.objects[turn.item.ordinal] = None
        if self._folded is not None:
            self._folded[turn.item.ordinal] = turn.after.folded if turn.after else ""

    def lists(self) -> Iterator[list[Any]]:
        """The long lists that it keeps."""
        if self._folded is not None:
            yield self._folded
        for ordered in self._orders.values():
            yield from ordered.lists()

    def turn(self, moved: Sequence[tuple[int, list[Move]]]) -> None:
        """Let objects, by ordinal, have other values of those that depend on the day."""
        self.forget()
        self._move(moved)

    def _move(self, moved: Sequence[tuple[int, list[Move]]]) -> None:
        taken: defaultdict[str, Moved] = defaultdict(dict)
        given: defaultdict[str, Moved] = defaultdict(dict)
        for place, its in moved:
            for name, old, new in its:
                for value in old:
                    taken[name].setdefault(value, []).append(place)
                for value in new:
                    given[name].setdefault(value, []).append(place)
        size = len(self.objects)
        for name in taken.keys() | given.keys():
            self._postings.setdefault(name, Postings({})).move(taken[name], given[name], size)


def _set_of(values: dict[str, Hashable], name: str) -> frozenset[Hashable]:
    return frozenset(values_of(values[name])) if name in values else frozenset()


def _exchange(turns: Sequence[Turn], key: Any) -> tuple[list[Key], list[tuple[Key, Any]]]:
    """The keys that leave an order, and those that come to it with their objects."""
    gone, come = [], []
    for turn in turns:
        before = turn.before.keys[key] if turn.before else None
        after = turn.after.keys[key] if turn.after else None
        if before != after:
            gone += [] if before is None else [before]
            come += [] if after is None else [(after, turn.item)]
    return gone, come


def values_by_name(item: Any) -> dict[str, Hashable]:
    """The value, or the set of values, of everything by which an object is filtered."""
    return {**daily_values(item), **{name: value(item) for name, value in item.DIMENSIONS.items()}}


def daily_values(item: Any) -> dict[str, Hashable]:
    """Those that depend on the day."""
    return {name: value(item) for name, value in item.DAILY.items()}


def _folded(item: Any) -> str:
    return "\n".join(map(fold, item.texts()))


def _all_folded(objects: Sequence[Any | None]) -> list[str]:
    """The same texts stand in many objects."""
    fold_once = cache(fold)
    return ["" if item is None else "\n".join(map(fold_once, item.texts())) for item in objects]


def _feeds(objects: Sequence[Any | None]) -> tuple[str, ...]:
    first = next(filter(None, objects), None)
    return () if first is None else type(first).FEEDS


def _fed_by(objects: Sequence[Any | None], name: str) -> array[int]:
    ordinal = attrgetter(f"{name}.ordinal")
    return array("I", [0 if item is None else ordinal(item) for item in objects])


def _postings(objects: Sequence[Any | None]) -> dict[str, Postings]:
    present = [item for item in objects if item is not None]
    if not present:
        return {}
    names = {**type(present[0]).DAILY, **type(present[0]).DIMENSIONS}
    found = {name: together(value) for name, value in names.items()}
    for start in range(0, len(present), CHUNK):
        some = present[start : start + CHUNK]
        places = [item.ordinal for item in some]
        for its in found.values():
            its.add(places, some)
    return {name: its.postings(len(objects)) for name, its in found.items()}
