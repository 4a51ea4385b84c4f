"""Numbers of many as planes are the numbers that they stand for."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from service.search.planes import Planes, best_of, highest, numbers, total

SIZE = 40
LEVELS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 2**SIZE - 1)), max_size=6)
WHOM = st.integers(0, 2**SIZE - 1)


def each(planes: Planes) -> list[int]:
    """The number at each place."""
    return [sum((plane >> place & 1) << power for power, plane in enumerate(planes)) for place in range(SIZE)]


@given(LEVELS, WHOM)
def test_each_has_the_first_of_its_numbers(levels: list[tuple[int, int]], whom: int) -> None:
    assert each(best_of(levels, whom)) == [
        next((number for number, its in levels if (its & whom) >> place & 1), 0) for place in range(SIZE)
    ]


@given(st.lists(LEVELS, max_size=4), WHOM)
def test_sums_are_those_of_each(several: list[list[tuple[int, int]]], whom: int) -> None:
    summands = [best_of(levels, whom) for levels in several]
    assert each(total(summands)) == [sum(each(its)[place] for its in summands) for place in range(SIZE)]


@given(st.dictionaries(st.sampled_from("abc"), st.tuples(LEVELS, WHOM)), st.integers(0, 2 * SIZE))
def test_the_highest_are_found_and_who_is_tied(
    several: Mapping[str, tuple[list[tuple[int, int]], int]], most: int
) -> None:
    whom = {kind: its for kind, (_, its) in several.items()}
    planes = {kind: best_of(levels, its) for kind, (levels, its) in several.items()}
    found = highest(whom, planes, most)
    ranked = {(kind, place): each(planes[kind])[place] for kind, its in whom.items() for place in places(its)}
    sure = {(kind, place) for kind, its in found.sure.items() for place in places(its)}
    tied = {(kind, place) for kind, its in found.tied.items() for place in places(its)}
    assert len(sure) == min(most, len(ranked)) - (found.left if tied else 0)
    assert len({ranked[it] for it in tied}) <= 1
    assert not tied or 0 < found.left < len(tied)
    others = [number for it, number in ranked.items() if it not in sure | tied]
    assert max(others, default=0) <= min((ranked[it] for it in sure | tied), default=300 * 6)
    assert all(ranked[it] > ranked[other] for it in sure for other in tied)


@given(LEVELS, WHOM, WHOM)
def test_numbers_are_read_where_they_are_asked_for(levels: list[tuple[int, int]], whom: int, asked: int) -> None:
    planes = best_of(levels, whom)
    assert numbers(planes, asked, places(asked)) == [each(planes)[place] for place in places(asked)]


def places(bits: int) -> list[int]:
    return [place for place in range(SIZE) if bits >> place & 1]
