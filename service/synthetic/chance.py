"""Chance that falls the same way on every machine: a seed and a name give the same draws for ever."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things of which some are drawn more often than others."""

    def __init__(self, weights: Mapping[T, int]) -> None:
        self.things = list(weights)
        self.sums = list(accumulate(weights.values()))

    def at(self, share: float) -> T:
        return self.things[bisect_right(self.sums, share * self.sums[-1])]


class Chance:
    """The draws of one seed and name. Of Python's generator only `random()` is promised to stay as it is."""

    def __init__(self, *name: object) -> None:
        self.share = Random(":".join(map(str, name))).random

    def happens(self, percent: float) -> bool:
        return self.share() * 100 < percent

    def below(self, limit: int) -> int:
        return int(self.share() * limit)

    def between(self, least: int, most: int) -> int:
        return least + self.below(most - least + 1)

    def one(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def weighted(self, weights: Weighted[T]) -> T:
        return weights.at(self.share())

    def some(self, things: Sequence[T], least: int, most: int) -> list[T]:
        """So many different things, or fewer where the same came twice."""
        return list(dict.fromkeys(self.one(things) for _ in range(self.between(least, most))))
