"""What held on a day is found by its days and years as by looking at each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.catalogue.dimensions import Dimensions
from service.catalogue.indexes import Index
from service.catalogue.spans import held_on, spans

DAYS = st.dates(date(2019, 11, 1), date(2022, 3, 1)) | st.sampled_from([date.min, date.max])


class Held:
    """Something that is indexed by its span alone."""

    FEEDS = ()
    DAILY: Dimensions = {}
    DIMENSIONS = spans(lambda held: held.span)

    def __init__(self, ordinal: int, start: date | None, end: date | None) -> None:
        self.ordinal = ordinal
        self.span = start, end

    def texts(self) -> list[str]:
        return []

    def held(self, day: date) -> bool:
        start, end = self.span
        return start is not None and start <= day and (end is None or day <= end)


@given(held=st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=30), day=DAYS, near=st.integers(-1, 1))
def test_it_is_found_as_by_looking_at_each(held: list[tuple[date | None, date | None]], day: date, near: int) -> None:
    found: list[Any] = [Held(place, *span) for place, span in enumerate(held)]
    index = Index(found)
    ends = [each for span in held for each in span if each and date.min < each < date.max]
    for asked in [day, *(each + timedelta(days=near) for each in ends)]:
        bits = held_on(index, asked)
        assert [bool(bits >> item.ordinal & 1) for item in found] == [item.held(asked) for item in found]
