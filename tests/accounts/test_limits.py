"""The limit: never more than said in any period, and no more memory however many try."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.accounts.limits import PLACES, Limit
from service.errors import TooOften


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.integers(1, 8), st.lists(st.floats(0, 30), max_size=60))
def test_no_period_has_more_than_twice_the_tries_and_no_burst_more_than_said(times: int, waits: list[float]) -> None:
    clock = Clock()
    limit = Limit(times, timedelta(seconds=60), clock)
    taken: list[float] = []
    for wait in waits:
        clock.now += wait
        try:
            limit.take("somebody")
        except TooOften:
            continue
        taken.append(clock.now)
    for start in taken:
        assert sum(start <= each < start + 60 / times for each in taken) <= times
        assert sum(start <= each < start + 60 for each in taken) <= 2 * times


def test_a_first_burst_is_taken_whole_and_the_next_comes_after_its_time() -> None:
    clock = Clock()
    limit = Limit(5, timedelta(seconds=60), clock)
    for _ in range(5):
        limit.take("somebody", None)
    with pytest.raises(TooOften):
        limit.take("somebody", None)
    clock.now += 12.001
    limit.take("somebody", None)
    with pytest.raises(TooOften):
        limit.take("somebody", None)


def test_others_neither_wait_nor_make_anybody_forgotten() -> None:
    limit = Limit(2, timedelta(hours=1), Clock())
    for _ in range(2):
        limit.take("somebody")
    others = 0
    for number in range(PLACES // 4):
        try:
            limit.take(f"other-{number}")
        except TooOften:
            continue
        others += 1
    assert others > PLACES // 4 * 0.9
    assert len(limit._next) == PLACES
    with pytest.raises(TooOften):
        limit.take("somebody")
