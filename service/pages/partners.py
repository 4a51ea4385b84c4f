"""A small picture of whom an organisation works with: lines to its partners, drawn full where they work together now.

The list beside it says the same in words, so who does not see it misses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.catalogue.cooperation import Phase
from service.pages.telling import Telling

MOST = 10
"""More partners than that make no picture."""

FEWEST = 2
ROW = 38
WIDTH = 800
CENTRE = WIDTH // 2
REACH = 110
"""From the middle to a partner."""

LONGEST = 34
"""Characters of a name."""


@dataclass(frozen=True)
class Partner:
    """Somebody in the picture, and where."""

    record: Any
    label: str
    x: int
    y: int
    left: bool
    active: bool


@dataclass(frozen=True)
class Picture:
    """The partners around the middle."""

    height: int
    partners: Sequence[Partner]

    @property
    def middle(self) -> int:
        return self.height // 2


def picture(cooperation: Sequence[Any], tell: Telling) -> Picture | None:
    """Those that come first in a list of cooperation; nothing of so few that words say it better."""
    active: dict[Any, bool] = {}
    for seen in cooperation:
        active[seen.partner] = active.get(seen.partner, False) or seen.link.phase_today() is Phase.ACTIVE
    if len(active) < FEWEST:
        return None
    chosen = list(active.items())[:MOST]
    rows = (len(chosen) + 1) // 2
    partners = [_placed(place, rows, len(chosen), partner, now, tell) for place, (partner, now) in enumerate(chosen)]
    return Picture(rows * ROW, partners)


def _placed(place: int, rows: int, count: int, partner: Any, active: bool, tell: Telling) -> Partner:
    """Left and right in turn; the shorter side stands in the middle of its height."""
    left, row = place % 2 == 0, place // 2
    missing = 0 if left else rows - count // 2
    name = tell.name(partner)
    label = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
    y = round((row + 0.5 + missing / 2) * ROW)
    return Partner(partner, label, CENTRE - REACH if left else CENTRE + REACH, y, left, active)
