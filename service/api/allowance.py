"""How much each client may ask for: a bucket that fills by the minute, and that the cost of every answer empties."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from time import monotonic

from service.clients import household_of
from service.errors import TooOften

MOST_CLIENTS = 10_000
"""Those seen last; whoever comes again after as many others has a full bucket."""

MINUTE = 60.0

TOLERANCE = 1e-6
"""Costs are whole; what fractions of seconds lose in adding up is not held against anybody."""


class Allowances:
    """The buckets of the clients of this process."""

    def __init__(self, a_minute: int, now: Callable[[], float] = monotonic) -> None:
        self.a_minute = a_minute
        self._now = now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, host: str | None, cost: int, account: str | None = None) -> None:
        """Take the cost of an answer from the bucket of an account, or of the client's address.

        What costs more than a whole bucket empties it.

        :raises TooOften: there is not enough in it.
        """
        whom = account or household_of(host or "")
        if whom is None or not self.a_minute:
            return
        now, price = self._now(), min(float(cost), self.a_minute)
        left = self._filled(whom, now)
        if left < price - TOLERANCE:
            raise _refusal(ceil((price - left) * MINUTE / self.a_minute))
        self._left[whom] = max(0.0, left - price), now
        self._left.move_to_end(whom)
        if len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)

    def _filled(self, whom: str, now: float) -> float:
        left, then = self._left.get(whom, (float(self.a_minute), now))
        return min(float(self.a_minute), left + (now - then) * self.a_minute / MINUTE)


def _refusal(seconds: int) -> TooOften:
    return TooOften(f"This client has asked for too much; ask again in {seconds} seconds.", seconds)
