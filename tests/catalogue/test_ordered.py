"""Orders: the first of a selection are those that come first when all of it is sorted, whatever came and left."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from service.catalogue.ordered import Ordered


@dataclass(eq=False)
class Item:
    ordinal: int
    weight: int

    @property
    def key(self) -> tuple[int, int]:
        return (self.weight, self.ordinal)


def order_of(weights: list[int]) -> tuple[list[Item], Ordered]:
    items = [Item(ordinal, weight) for ordinal, weight in enumerate(weights)]
    return items, Ordered.of(items, Item.key.fget)  # type: ignore[attr-defined]


MANY = 150
WEIGHTS = st.lists(st.integers(0, 50), min_size=60, max_size=MANY) | st.lists(st.integers(0, 50), max_size=60)
MASKS = st.integers(0, (1 << MANY) - 1) | st.just((1 << MANY) - 1)


def selected(items: list[Item], mask: int) -> list[Item]:
    return [item for item in items if mask >> item.ordinal & 1]


@given(WEIGHTS, MASKS, st.integers(1, 4), st.booleans())
def test_first_of_a_selection(weights: list[int], mask: int, count: int, descending: bool) -> None:
    items, ordered = order_of(weights)
    some = selected(items, mask)

    found = ordered.first(mask & (1 << len(items)) - 1, count, descending=descending)

    expected = sorted(some, key=lambda item: item.key, reverse=descending)[:count]
    assert found == [item.ordinal for item in expected]


@given(WEIGHTS, MASKS, st.booleans())
def test_what_is_cut_is_found_without_a_look_at_the_objects(weights: list[int], mask: int, descending: bool) -> None:
    items, ordered = order_of(weights)
    for _ in ordered.cut():
        pass
    ordered.exchange([], [])
    ordered.objects.clear()

    found = ordered.first(mask & (1 << len(items)) - 1, 2, descending=descending)

    expected = sorted(selected(items, mask), key=lambda item: item.key, reverse=descending)[:2]
    assert found == [item.ordinal for item in expected]


@given(WEIGHTS.filter(len), st.lists(st.integers(-9, 50), min_size=1, max_size=5), st.booleans(), st.data())
def test_first_of_all_after_some_came_and_left(
    weights: list[int], coming: list[int], at_once: bool, data: st.DataObject
) -> None:
    items, ordered = order_of(weights)
    ordered.first((1 << len(items)) - 1, 1)  # What is kept of the order must not outlive it.
    leaving = data.draw(st.lists(st.sampled_from(items), unique=True, max_size=5))
    new = [Item(len(items) + place, weight) for place, weight in enumerate(coming)]

    gone, come = [item.key for item in leaving], [(item.key, item) for item in new]
    after = ordered.exchanged(gone, come) if at_once else ordered
    if not at_once:
        ordered.exchange(gone, come)

    left = {item.ordinal for item in leaving}
    present = [item for item in items if item.ordinal not in left] + new
    mask = sum(1 << item.ordinal for item in present)
    expected = sorted(present, key=lambda item: item.key)[:3]
    assert after.first(mask, 3) == [item.ordinal for item in expected]
