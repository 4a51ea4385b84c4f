"""What is aimed at, and whether the figures reach it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.peers.lineup import ASGI, DIRECTUS, KOPA, PLAIN, POSTGRAPHILE, PREPARED, STARLETTE, UNCHANGED
from benchmarks.peers.rounds import Figure, Figures

PEERS = (POSTGRAPHILE, DIRECTUS, PLAIN)
"""The systems as their documentation teaches to set them up."""

TIMES_FASTEST = {"list": 40.0, "profile": 10.0, "network": 14.0, "wide_network": 30.0, "search": 10.0}
TIMES_PREPARED = 20.0
OF_STARLETTE = 0.6
OF_ASGI = 0.75
GROWTH = 2.0
"""At ten times the organisations a request takes at most so many times the CPU."""

NAMES = {"list": "Q1", "profile": "Q2", "network": "Q3", "wide_network": "Q3b", "search": "Q4", UNCHANGED: "304"}


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: what is compared, the bound, and what was seen; `at_most` where less is better."""

    what: str
    bound: float
    seen: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        return self.seen <= self.bound if self.at_most else self.seen >= self.bound


def of_peers(figures: Figures) -> Iterator[Goal]:
    """The goals beside others, as far as these others were there."""
    for question, least in TIMES_FASTEST.items():
        by_name = figures.get(question, {})
        if fastest := fastest_peer(by_name):
            times = _rate(by_name, KOPA, fastest)
            yield Goal(f"{NAMES[question]}: times the fastest peer, {fastest}", least, times)
    lists, profiles, unchanged = (figures.get(question, {}) for question in ("list", "profile", UNCHANGED))
    if PREPARED in lists:
        yield Goal(f"Q1: times {PREPARED}", TIMES_PREPARED, _rate(lists, KOPA, PREPARED))
    if STARLETTE in profiles:
        yield Goal(f"Q2: share of the {STARLETTE}", OF_STARLETTE, _rate(profiles, KOPA, STARLETTE))
    if ASGI in unchanged:
        yield Goal(f"304: share of the {ASGI}", OF_ASGI, _rate(unchanged, KOPA, ASGI))


def of_growth(figures: Figures) -> Iterator[Goal]:
    """The goals of growth: CPU at the larger size in times of that at the smaller one."""
    for question, by_name in figures.items():
        small, large = by_name.values()
        what = f"{NAMES[question]}: CPU for ten times the organisations"
        yield Goal(what, GROWTH, large.cpu / small.cpu, at_most=True)


def fastest_peer(figures: dict[str, Figure]) -> str | None:
    """The peer with the most answers a second."""
    known = [name for name in PEERS if name in figures and figures[name].rate]
    return max(known, key=lambda name: figures[name].rate, default=None)


def _rate(figures: dict[str, Figure], one: str, other: str) -> float:
    return figures[one].rate / figures[other].rate
