"""Measuring in alternation: everybody gets a short round of load in turn, several times, and the medians count."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from benchmarks.peers.lineup import Contender
from benchmarks.peers.load import Shot, fire
from benchmarks.peers.processes import cpu, settle

ROUNDS = 3
SECONDS = 3
WARM_UP = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """What one system did with one question: answers a second, milliseconds, milliseconds of CPU, bytes."""

    rate: float
    p50: float
    p99: float
    cpu: float
    postgres: float
    size: float
    errors: float
    generator: float


Figures = dict[str, dict[str, Figure]]
"""By question and name."""


def measured(
    contenders: Sequence[Contender],
    questions: Sequence[str],
    postgres: int | None,
    rounds: int = ROUNDS,
    warm_up: int = WARM_UP,
) -> Figures:
    """The figures of everybody, question by question, after so many seconds to warm up."""
    return {question: _question(contenders, question, postgres, rounds, warm_up) for question in questions}


def _question(
    contenders: Sequence[Contender], question: str, postgres: int | None, rounds: int, warm_up: int
) -> dict[str, Figure]:
    asked = [each for each in contenders if question in each.requests]
    for each in asked:
        fire(each.server.address, each.requests[question], warm_up, turn=0)
        settle(each.server.pid)
    found: dict[str, list[Figure]] = {each.name: [] for each in asked}
    for turn in range(1, rounds + 1):
        for each in asked:
            found[each.name].append(_round(each, question, postgres if each.uses_postgres else None, turn))
    figures = {name: _median(several) for name, several in found.items()}
    for line in shown(question, figures):
        print(line, flush=True)
    return figures


def _round(contender: Contender, question: str, postgres: int | None, turn: int) -> Figure:
    pids = [contender.server.pid, *filter(None, [postgres])]
    before = [cpu(pid) for pid in pids]
    shot = fire(contender.server.address, contender.requests[question], SECONDS, turn)
    spent = [cpu(pid) - spent for pid, spent in zip(pids, before, strict=True)]
    settle(contender.server.pid)
    return _figure(shot, spent)


def _figure(shot: Shot, spent: Sequence[float]) -> Figure:
    each = [1000 * seconds / max(shot.answers, 1) for seconds in spent]
    return Figure(
        rate=shot.answers / shot.seconds,
        p50=shot.p50,
        p99=shot.p99,
        cpu=each[0],
        postgres=sum(each[1:]),
        size=shot.size,
        errors=shot.errors,
        generator=shot.generator,
    )


def _median(several: Sequence[Figure]) -> Figure:
    return Figure(
        **{each.name: statistics.median(getattr(one, each.name) for one in several) for each in fields(Figure)}
    )


def shown(question: str, figures: dict[str, Figure]) -> Iterator[str]:
    """The figures of one question as lines for a terminal."""
    yield f"\n{question:44} answers/s   p50 ms   p99 ms   CPU ms  + PostgreSQL   bytes  errors"
    for name, each in figures.items():
        yield (
            f"{name:44} {each.rate:9.0f} {each.p50:8.2f} {each.p99:8.2f} {each.cpu:8.3f} {each.postgres:13.3f}"
            f" {each.size:7.0f} {each.errors:7.0f}"
        )
