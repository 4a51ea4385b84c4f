"""Pages: walking visits everything once, and no cursor, number or edit in between breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import Direction, Window, cursor, listed
from service.catalogue.filters import Order
from service.catalogue.listing import listing
from tests.catalogue.asking import FILTERS, filter_of, filters, fitting, orders

Ask = Callable[[Window], Any]

LISTED = tuple(FILTERS)
EVERY = (*LISTED, "taxonomy", "agreement")
JUNK = ("", "junk", "Ā", "====", "W10", "bnVsbA", "eyJhIjoxfQ", "W251bGxd", "\0", "\ud800", "W1tbW1tbXV1dXV1d" * 50)
ELSEWHERE = (
    cursor((1, 2, 3)),
    cursor(("",)),
    cursor((True, "2013", "x")),
    cursor((False, 10**15)),
    cursor(("ž" * 40, "x")),
)
CURSORS = st.sampled_from((*JUNK, *ELSEWHERE))


def _expected(catalogue: Catalogue, noun: str, given: dict[str, Any] | None, order: Order | None) -> list[Any]:
    """What a list holds, in its order, found by looking at every object and sorting."""
    items = fitting(catalogue, noun, given or {}) if noun in FILTERS else list(catalogue.of(noun))
    return _sorted(items, catalogue.types[noun], order)


def _sorted(items: list[Any], made: Any, order: Order | None) -> list[Any]:
    key, descending = made.DEFAULT_ORDER
    if order is not None:
        key, descending = order.KEYS[order.field], order.direction is Direction.DESC
    subject = getattr(made, "SUBJECT", None)
    return sorted(items, key=(lambda item: key(getattr(item, subject))) if subject else key, reverse=descending)


def _lists(catalogue: Catalogue, noun: str, data: st.DataObject) -> tuple[Ask, list[Any]]:
    """A list of a noun with any filter and order, and what it is to hold."""
    if noun not in FILTERS:
        return (lambda window: listing(catalogue, noun, None, None, window)), _expected(catalogue, noun, None, None)
    given = data.draw(st.none() | filters(catalogue, noun))
    order = data.draw(orders(noun))
    chosen = None if given is None else filter_of(noun, given)
    expected = _expected(catalogue, noun, given, order)
    return (lambda window: listing(catalogue, noun, chosen, order, window)), expected


def _nested(catalogue: Catalogue, noun: str, data: st.DataObject) -> tuple[Ask, list[Any]]:
    """A list that hangs on a record, with any filter and order where it takes them."""
    lists = [
        (record, name) for record in catalogue.of(noun) for name in type(record).LISTS if len(getattr(record, name)) > 1
    ]
    record, name = data.draw(st.sampled_from(lists))
    items = getattr(record, name)
    of = next((of for of, made in catalogue.types.items() if isinstance(items[0], made)), None)
    of = "cooperation_link" if name == "cooperation" else of
    given = data.draw(st.none() | filters(catalogue, of)) if of in FILTERS else None
    order = data.draw(orders(of)) if of in FILTERS else None
    if given is not None:
        fits = fitting(catalogue, str(of), given)
        expected = [item for item in items if getattr(item, "link", item) in fits] if name == "cooperation" else fits
        items = [item for item in items if item in expected]
    chosen = None if given is None else filter_of(str(of), given)
    expected = _sorted(items, type(items[0]), order) if items else []
    return (lambda window: listed(getattr(record, name), chosen, order, window)), expected


def _walk(ask: Ask, expected: list[Any], size: int, *, backward: bool) -> None:
    seen: list[Any] = []
    position: str | None = None
    for _ in range(len(expected) // size + 1):
        window = Window(last=size, before=position) if backward else Window(first=size, after=position)
        page = ask(window)
        info = page.page_info()
        assert page.total_count == len(expected)
        seen = [*page.nodes, *seen] if backward else [*seen, *page.nodes]
        ahead, behind = info.has_previous_page, info.has_next_page
        if not backward:
            ahead, behind = behind, ahead
        assert behind == (position is not None)
        assert ahead == (len(seen) < len(expected))
        assert [edge.node for edge in page.edges()] == page.nodes
        if page.nodes:
            assert (info.start_cursor, info.end_cursor) == (page.edges()[0].cursor, page.edges()[-1].cursor)
        position = info.start_cursor if backward else info.end_cursor
        if not ahead:
            break
    assert seen == expected


@settings(max_examples=200)
@given(noun=st.sampled_from(EVERY), data=st.data(), size=st.integers(1, 30), backward=st.booleans())
def test_walking_a_list_visits_everything_once(
    catalogue: Catalogue, noun: str, data: st.DataObject, size: int, *, backward: bool
) -> None:
    ask, expected = _lists(catalogue, noun, data)
    _walk(ask, expected, size, backward=backward)


@settings(max_examples=200)
@given(noun=st.sampled_from(EVERY), data=st.data(), size=st.integers(1, 5), backward=st.booleans())
def test_walking_a_list_on_a_record_visits_everything_once(
    catalogue: Catalogue, noun: str, data: st.DataObject, size: int, *, backward: bool
) -> None:
    ask, expected = _nested(catalogue, noun, data)
    _walk(ask, expected, size, backward=backward)


COUNTS = st.none() | st.sampled_from([-(2**31), -1, 0, 1, 2, 5, 100, 101, 1000, 2**31 - 1])


@settings(max_examples=200)
@given(noun=st.sampled_from(LISTED), data=st.data(), first=COUNTS, last=COUNTS)
def test_any_window_is_a_slice(
    catalogue: Catalogue, noun: str, data: st.DataObject, first: int | None, last: int | None
) -> None:
    ask, expected = _lists(catalogue, noun, data)
    cursors = _cursors(ask, expected)
    places = st.none() | st.sampled_from(range(len(expected))) if expected else st.none()
    after, before = data.draw(places), data.draw(places)
    page = ask(Window(first, _at(cursors, after), last, _at(cursors, before)))
    low = 0 if after is None else after + 1
    high = max(low, len(expected) if before is None else before)
    backward = first is None and (last is not None or (before is not None and after is None))
    wanted = first if first is not None else last
    size = min(20 if wanted is None else max(0, min(wanted, 100)), high - low)
    start, end = (high - size, high) if backward else (low, low + size)
    assert page.nodes == expected[start:end]
    assert page.page_info().has_previous_page == (start > 0)
    assert page.page_info().has_next_page == (end < len(expected))
    assert page.total_count == len(expected)


@settings(max_examples=200)
@given(noun=st.sampled_from(LISTED), data=st.data(), size=st.integers(0, 3), backward=st.booleans())
def test_a_cursor_of_another_filter_divides_the_list(
    catalogue: Catalogue, noun: str, data: st.DataObject, size: int, *, backward: bool
) -> None:
    order, given = data.draw(orders(noun)), data.draw(filters(catalogue, noun))
    everything = _expected(catalogue, noun, None, order)
    place = data.draw(st.sampled_from(range(len(everything))))
    cursors = _cursors(lambda window: listing(catalogue, noun, None, order, window), everything)
    fits = fitting(catalogue, noun, given)
    around = everything[:place] if backward else everything[place + 1 :]
    wanted = [item for item in around if item in fits]
    window = Window(last=size, before=cursors[place]) if backward else Window(first=size, after=cursors[place])
    page = listing(catalogue, noun, filter_of(noun, given), order, window)
    assert page.nodes == (wanted[len(wanted) - min(size, len(wanted)) :] if backward else wanted[:size])
    more, behind = len(wanted) > size, len(fits) > len(wanted)
    info = page.page_info()
    assert (info.has_next_page, info.has_previous_page) == ((behind, more) if backward else (more, behind))


def _at(cursors: list[str], place: int | None) -> str | None:
    return None if place is None else cursors[place]


def _cursors(ask: Ask, expected: list[Any]) -> list[str]:
    found: list[str] = []
    for _ in range(0, len(expected), 100):
        found += [edge.cursor for edge in ask(Window(first=100, after=found[-1] if found else None)).edges()]
    assert len(found) == len(expected)
    return found


@settings(max_examples=200)
@given(
    noun=st.sampled_from(LISTED),
    data=st.data(),
    after=st.none() | CURSORS,
    before=st.none() | CURSORS | st.text(),
)
def test_a_cursor_of_nobody_finds_something_sensible(
    catalogue: Catalogue, noun: str, data: st.DataObject, after: str | None, before: str | None
) -> None:
    ask, expected = _lists(catalogue, noun, data)
    page = ask(Window(first=5, after=after, before=before))
    assert page.total_count == len(expected)
    start = expected.index(page.nodes[0]) if page.nodes else 0
    assert page.nodes == expected[start : start + len(page.nodes)]
    assert page.page_info().start_cursor == (page.edges()[0].cursor if page.nodes else None)


@settings(max_examples=200)
@given(noun=st.sampled_from(LISTED), data=st.data())
def test_a_cursor_of_another_order_never_fails(catalogue: Catalogue, noun: str, data: st.DataObject) -> None:
    other, items = _lists(catalogue, data.draw(st.sampled_from(EVERY)), data)
    ask, expected = _lists(catalogue, noun, data)
    for position in _cursors(other, items)[:2]:
        for window in (Window(first=3, after=position), Window(last=3, before=position)):
            assert set(ask(window).nodes) <= set(expected)


def test_a_cursor_that_is_none_has_nothing_around_it(catalogue: Catalogue) -> None:
    for descending in (True, False):
        noun = "figure" if descending else "organisation"
        for window in (Window(after="junk"), Window(before="junk"), Window(last=5, before="junk")):
            page = listing(catalogue, noun, None, None, window)
            info = page.page_info()
            assert page.nodes == []
            assert not info.has_next_page
            assert not info.has_previous_page
            assert info.start_cursor is info.end_cursor is None


def test_twenty_come_unless_said_and_a_hundred_at_most(catalogue: Catalogue) -> None:
    sizes = [len(listing(catalogue, "cooperation_link", None, None, w).nodes) for w in (Window(), Window(first=1000))]
    assert sizes == [20, 100]
    assert len(listing(catalogue, "cooperation_link", None, None, Window(last=1000)).nodes) == 100
