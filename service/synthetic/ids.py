"""Ids made from the seed, the noun and a number, so that a second run finds what the first has written.

They have the form of those that new records get, version 7: what is made later is greater. Ids in no order would
make SQLite touch a page of every index for each record.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import lru_cache
from hashlib import sha256

from service.synthetic.dates import REFERENCE

START = int(datetime.combine(REFERENCE, time(), UTC).timestamp()) * 1000
"""The time in the first id, in milliseconds."""


class Ids:
    """The ids of one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._made = lru_cache(10_000)(self._make)  # Many links lead to the same few organisations.

    def __call__(self, noun: str, *numbers: int) -> str:
        """The first of the numbers is that of the organisation which the record came with."""
        return self._made(noun, numbers)

    def _make(self, noun: str, numbers: tuple[int, ...]) -> str:
        when = f"{START + numbers[0]:012x}"
        rest = sha256(f"{self.seed}:{noun}:{'.'.join(map(str, numbers))}".encode()).hexdigest()
        return f"{when[:8]}-{when[8:]}-7{rest[:3]}-{'89ab'[int(rest[3], 16) % 4]}{rest[4:7]}-{rest[7:19]}"
