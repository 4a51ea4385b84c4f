"""Who has which value, counted and kept in step; how a list that is shared becomes one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.catalogue.catalogue import Catalogue
from service.catalogue.indexes import Selection, values_by_name
from service.catalogue.linking import LONG, drop, packed, put
from service.catalogue.ordered import Ordered
from service.catalogue.postings import FEW, NOTHING, Postings, bitset, each_place, flags, values_of
from service.catalogue.postings import places_of as found_in
from service.catalogue.types import NOUNS, PARTS

SIZE = 3 * FEW
PLACES = st.sets(st.integers(0, SIZE - 1), max_size=12) | st.sets(st.integers(0, SIZE - 1), max_size=SIZE)
HAVING = st.dictionaries(st.sampled_from("abc"), PLACES.filter(bool))


def having(postings: Postings) -> dict[Any, set[int]]:
    return {value: places_of(postings.having(value, SIZE)) for value in postings.totals}


def places_of(mask: int) -> set[int]:
    return {place for place in range(mask.bit_length()) if mask >> place & 1}


@given(places=PLACES)
def test_a_bitset_has_the_bits_of_its_places(places: set[int]) -> None:
    mask = bitset(places, SIZE)
    assert places_of(mask) == places
    assert [place for place, flag in enumerate(flags(mask, SIZE)) if flag] == sorted(places)
    assert len(flags(mask, SIZE)) == SIZE


@given(places=st.sets(st.integers(0, 10 * len(NOTHING) * 8)), empty=st.integers(0, 600))
def test_places_are_found_again_however_far_apart(places: set[int], empty: int) -> None:
    octets = Selection(bitset(places, max(places, default=0) + 1)).octets + bytes(empty)
    assert found_in(octets) == [*each_place(octets)] == sorted(places)


@given(before=HAVING, after=HAVING)
def test_what_moves_stands_where_it_would_stand_from_the_start(
    before: dict[str, set[int]], after: dict[str, set[int]]
) -> None:
    postings = Postings.of(before, SIZE)
    values = before.keys() | after.keys()
    taken = {value: [*(before.get(value, set()) - after.get(value, set()))] for value in values}
    given = {value: [*(after.get(value, set()) - before.get(value, set()))] for value in values}
    postings.move(taken, given, SIZE)
    assert having(postings) == after
    assert postings.totals == {value: len(places) for value, places in after.items()}


@given(all_=HAVING, chosen=PLACES)
def test_counts_are_those_of_looking_at_each_place(all_: dict[str, set[int]], chosen: set[int]) -> None:
    mask = bitset(chosen, SIZE)
    counted = Postings.of(all_, SIZE).counts(mask, flags(mask, SIZE))
    expected = {value: len(places & chosen) for value, places in all_.items() if places & chosen}
    assert counted == expected
    some = ["b", "nothing"]
    of_some = Postings.of(all_, SIZE).counts_of(some, mask, SIZE)
    assert of_some == {value: count for value, count in expected.items() if value in some}


@given(all_=HAVING, chosen=PLACES)
def test_those_of_a_selection_that_have_a_value_are_found_either_way(
    all_: dict[str, set[int]], chosen: set[int]
) -> None:
    postings, chosen_ones = Postings.of(all_, SIZE), Selection(bitset(chosen, SIZE))
    for values in (["a"], ["a", "b"], ["c", "nothing", "b"], []):
        having = set().union(*(all_.get(value, set()) for value in values))
        assert postings.among(values, chosen_ones.mask, chosen_ones.octets) == sorted(having & chosen)


@pytest.mark.parametrize("noun", NOUNS)
def test_those_that_have_one_of_some_values_are_found_in_order(catalogue: Catalogue, noun: str) -> None:
    index = catalogue.indexes[noun]
    half = Selection(bitset([item.ordinal for item in index.present()][::2], len(index.objects)))
    by_name: dict[str, list[Any]] = {}
    for name, value in index.dimensions():
        by_name.setdefault(name, []).append(value)
    for name, values in by_name.items():
        either = index.having((name, values[0])) | index.having((name, values[-1]))
        found = index.among(half, name, [values[0], values[-1], "nothing"])
        assert found == sorted(places_of(either & half.mask))
    assert index.among(half, "nothing", ["at all"]) == []


@pytest.mark.parametrize("noun", NOUNS)
def test_a_facet_counts_what_fits(catalogue: Catalogue, noun: str) -> None:
    index = catalogue.indexes[noun]
    for every in (1, 2, 3):
        chosen = [item for item in index.present() if item.ordinal % every == 0]
        fitting = Selection(bitset([item.ordinal for item in chosen], len(index.objects)))
        expected: dict[str, dict[Any, int]] = {}
        for item in chosen:
            for name, values in values_by_name(item).items():
                for value in {*values_of(values)}:
                    counts = expected.setdefault(name, {})
                    counts[value] = counts.get(value, 0) + 1
        names = {name for name, _ in index.dimensions()}
        assert {name: index.counts(name, fitting) for name in names} == {n: expected.get(n, {}) for n in names}
        assert index.counts("nothing", fitting) == {}


@dataclass(frozen=True)
class Numbered:
    """What stands in an order by its number, which is its ordinal too."""

    ordinal: int


KEYS = st.sets(st.integers(0, 60).map(Numbered))


def by_number(item: Numbered) -> tuple[int]:
    return (item.ordinal,)


@given(before=KEYS, steps=st.lists(st.tuples(KEYS, KEYS), max_size=4))
def test_an_order_that_follows_is_the_order_made_afresh(
    before: set[Numbered], steps: list[tuple[set[Numbered], set[Numbered]]]
) -> None:
    def order(items: set[Numbered]) -> Ordered:
        return Ordered.of(sorted(items, key=hash), by_number)

    made, followed, there = order(before), order(before), before
    for ordered in (made, followed):
        ordered.ranks()
    for leaving, coming in steps:
        gone = leaving & there
        come = coming - (there - gone)
        there = there - gone | come
        exchange = [*map(by_number, gone)], [(by_number(item), item) for item in come]
        made = made.exchanged(*exchange)
        followed.exchange(*exchange)
        fresh = order(there)
        for ordered in (made, followed):
            assert (ordered.keys, ordered.objects) == (fresh.keys, fresh.objects)
            assert sorted(there, key=lambda item: ordered.ranks()[item.ordinal]) == fresh.objects


def test_ranks_are_made_anew_where_there_is_no_room_left() -> None:
    items = [Numbered(n) for n in range(200)]
    keys = {item: (0, item.ordinal) for item in items[:1]} | {item: (1, -item.ordinal) for item in items[1:]}
    ordered = Ordered.of(items[:2], keys.__getitem__)
    for item in items[2:]:
        ordered.ranks()
        ordered.exchange([], [(keys[item], item)])
        assert sorted(items[: item.ordinal + 1], key=lambda each: ordered.ranks()[each.ordinal]) == ordered.objects


class Holder:
    def __init__(self, items: Any) -> None:
        self.items = items


def test_what_is_shared_is_copied_before_anything_is_put_in_it_or_taken_out() -> None:
    shared = packed([])
    assert shared is packed([])
    one, other = Holder(shared), Holder(shared)
    put((one, "items", 1))
    put((one, "items", 2))
    assert (one.items, other.items) == ([1, 2], ())
    few = packed([1, 2])
    one, other = Holder(few), Holder(few)
    drop((one, "items", 1))
    assert (list(one.items), list(other.items)) == ([2], [1, 2])
    with pytest.raises(ValueError, match="not in list"):
        drop((one, "items", 3))


def test_a_long_list_is_kept_as_it_is() -> None:
    items = [*range(LONG)]
    assert packed(items) is items


def test_no_two_share_a_list_that_can_change(catalogue: Catalogue) -> None:
    parts = [part for record in catalogue.records.values() for part in record.evidence]
    lists = [getattr(item, name) for item in (*catalogue.records.values(), *parts) for name in item.LISTS]
    assert {type(held) for held in lists} <= {tuple, list}
    own = [id(held) for held in lists if isinstance(held, list)]
    assert len(own) == len(set(own))
    assert not any(made.LISTS for made in PARTS.values())
