"""How often somebody may try: in the memory of one process, in a fixed number of places."""

from __future__ import annotations

import secrets
import time
from array import array
from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b

from service.errors import TooOften

PLACES = 1 << 14


class Limit:
    """At most `times` in a `period` for each key, spread evenly after a first burst (GCRA).

    A key has its place by a secret hash. Two that share one are both refused a little early; none is ever forgotten
    because others try, and no number of keys takes more memory.
    """

    def __init__(self, times: int, period: timedelta, clock: Callable[[], float] = time.monotonic) -> None:
        self._between = period.total_seconds() / times
        self._burst = period.total_seconds() - self._between
        self._clock = clock
        self._secret = secrets.token_bytes(16)
        self._next = array("d", bytes(8 * PLACES))

    def take(self, *key: str | None) -> None:
        """Count one try; raises TooOften, and does not count, when there were too many."""
        place = self._place(key)
        now = self._clock()
        due = max(self._next[place], now)
        if due - now > self._burst:
            raise TooOften("That was too often; please try again in some minutes.")
        self._next[place] = due + self._between

    def _place(self, key: tuple[str | None, ...]) -> int:
        said = "\0".join(part or "" for part in key).encode("utf-8", "surrogatepass")
        return int.from_bytes(blake2b(said, digest_size=8, key=self._secret).digest()) % PLACES
