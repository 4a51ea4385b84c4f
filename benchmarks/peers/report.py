"""docs/performance.md: generated from the figures of the last measurements, which are kept beside the peers."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.peers.goals import Goal, fastest_peer, of_growth, of_peers
from benchmarks.peers.lineup import KOPA, UNCHANGED
from benchmarks.peers.load import CONNECTIONS
from benchmarks.peers.questions import QUESTIONS
from benchmarks.peers.rounds import SECONDS, Figure, Figures
from benchmarks.peers.tables import LEAST_LINKS, SETS

ROOT = Path(__file__).parent.parent.parent
SHOWN = ROOT / "docs" / "performance.md"
KEPT = "figures.json"
QUIET = 0.7
"""The load of a machine, per `uptime`, up to which it counts as doing nothing else."""

TITLES = {**QUESTIONS, UNCHANGED: "304: whether a profile has changed, by `If-None-Match`"}


def keep(folder: Path, what: str, figures: Figures, **told: Any) -> None:
    """Remember the figures of a measurement, and write the page anew from all that are known."""
    file = folder / KEPT
    kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
    rows = {question: {name: asdict(each) for name, each in found.items()} for question, found in figures.items()}
    kept[what] = {"figures": rows, "on": f"{datetime.now(UTC):%d %B %Y}", "machine": _machine(), **told}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
    SHOWN.write_text("\n".join(_page(kept)), "utf-8")


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _page(kept: dict[str, Any]) -> Iterator[str]:
    peers, growth = (_figures(kept.get(what, {})) for what in ("peers", "growth"))
    goals = [*of_peers(peers), *of_growth(growth)]
    yield from ("# Performance", "", GENERATED, "")
    yield from ("## Goals", "", *_goals(goals), "", *_left(goals), "")
    if peers:
        yield from ("## Beside others, at 5,000 organisations", "", *_told(kept["peers"]), "")
        yield from (line for question, found in peers.items() for line in _table(question, found))
    if growth:
        yield from ("## At ten times the organisations", "", *_told(kept["growth"]), "", *_growth(growth), "")
    yield METHOD


def _figures(kept: dict[str, Any]) -> Figures:
    return {
        question: {name: Figure(**each) for name, each in found.items()}
        for question, found in kept.get("figures", {}).items()
    }


def _goals(goals: Iterable[Goal]) -> Iterator[str]:
    rows = (
        (goal.what, f"{'≤' if goal.at_most else '≥'} {goal.bound:g}", _number(goal.seen), "yes" if goal.met else "no")
        for goal in goals
    )
    return _rows(("what", "goal", "seen", "met"), rows)


def _left(goals: Sequence[Goal]) -> Iterator[str]:
    missed = [goal for goal in goals if not goal.met]
    if not missed:
        yield "Every goal is met."
        return
    yield "What is left:"
    yield ""
    yield from (f"- {goal.what}: {_number(goal.seen)} instead of {goal.bound:g}." for goal in missed)


def _told(kept: dict[str, Any]) -> Iterator[str]:
    busiest = max(each["generator"] for found in kept["figures"].values() for each in found.values())
    yield (
        f"Measured on {kept['on']}: {kept['machine']}. Load by {kept['generator']}, which took at most "
        f"{busiest:.0%} of one core."
    )
    if kept["busy"] > QUIET:
        yield (
            f"The machine was busy with other work (load {kept['busy']:.1f} before the run): answers a second and "
            "times say little, CPU says more. Measure again on a quiet one."
        )
    yield from (f"{name} is left out: it could not be had." for name in kept.get("missing", {}))


def _table(question: str, figures: dict[str, Figure]) -> Iterator[str]:
    fastest = fastest_peer(figures)
    head = ("", "answers/s", "p50, ms", "p99, ms", "CPU, ms", "of PostgreSQL, ms", "bytes", f"{KOPA} is so many times")
    rows = (_row(name, each, figures[KOPA], name == fastest) for name, each in figures.items())
    yield from (f"### {TITLES[question]}", "", *_rows(head, rows), "")


def _row(name: str, each: Figure, kopa: Figure, fastest: bool) -> tuple[str, ...]:
    times = f"{kopa.rate / each.rate:.3g}" if each.rate else ""
    shown = f"{name} (fastest peer)" if fastest else name
    postgres = _number(each.postgres) if each.postgres else ""
    cells = (f"{each.rate:,.0f}", f"{each.p50:.2f}", f"{each.p99:.2f}", _number(each.cpu), postgres)
    return (shown, *cells, f"{each.size:,.0f}", "" if each is kopa else times)


def _growth(figures: Figures) -> Iterator[str]:
    names = list(next(iter(figures.values())))
    rows = (
        (
            TITLES[question],
            *(_number(found[name].cpu) for name in names),
            *(f"{found[name].size:,.0f}" for name in names),
        )
        for question, found in figures.items()
    )
    heads = (f"{what} at {name}" for what in ("CPU, ms,", "bytes") for name in names)
    return _rows(("", *heads), rows)


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def _number(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


GENERATED = (
    "This page is generated by `make benchmark`; the figures are those of its last run. One process serves each "
    "system, nobody has a cache of answers, and all are asked the same questions about the same data."
)

METHOD = f"""## How it is measured

- The directory is synthetic: `kopa generate --organisations 5000`, seed 1, about 20,000 services and 30,000 links.
- The peers get it in tables made for their benefit: whole numbers as keys, given in the order in which Kopā lists, so
  that nobody has to sort; each link once for either side; the phase of a link, which Kopā derives, as a column; indexes
  for every question, also for the closures of regions and categories; fresh statistics, PostgreSQL without JIT.
- Each question is asked with {SETS} sets of variables in turn. The list asks for the category of some service and a
  region its provider is in, narrow or wide; profiles are of any organisation; networks begin at one that has at least
  {LEAST_LINKS} links; looked for are two words that stand in what is said of some organisation. The peers are given
  these words, and the texts, as the stems that Kopā makes, and PostgreSQL an index of them. The documents stand in
  `benchmarks/peers/documents/`.
- Before anything is measured, every fifth answer of each system is compared with Kopā's as plain data; one difference
  ends the run.
- Load comes over {CONNECTIONS} connections from a process of its own. Everybody has a round of {SECONDS} s in turn,
  several times over, after one to warm up; medians are shown. CPU is what `/proc` says of the server's process for one
  answer, and of PostgreSQL's.
- “A document never seen” has another alias each time, so that it is parsed, checked and run anew.
- “Prepared by hand” is PostGraphile with a table of who is found by which region and category, filled beforehand.
- The floors send one answer of Kopā's, of the usual length, from memory: the bare ASGI app at once, the Starlette
  route after it has read and parsed the body. All Python servers run on uvicorn with the same settings.
- Nobody writes a line of log per request.

Run `python -m benchmarks.peers` for everybody, and `python -m benchmarks.peers --growth` for the growth.
"""
