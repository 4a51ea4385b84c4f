"""Kopā beside its peers: on one machine, from the same data, asked the same questions.

    python -m benchmarks.peers            everybody at 5,000 organisations
    python -m benchmarks.peers --growth   Kopā alone at 5,000 and at 50,000

Both write docs/performance.md. The peers are installed into the benchmark folder the first time, which takes minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import folder
from benchmarks.catalogue import directory
from benchmarks.peers import agreement, load, report
from benchmarks.peers.data import copied
from benchmarks.peers.databases import Postgres
from benchmarks.peers.lineup import DIRECTUS, KOPA, PLAIN, POSTGRAPHILE, PREPARED, UNCHANGED, Lineup
from benchmarks.peers.node import Node
from benchmarks.peers.questions import QUESTIONS, has_document
from benchmarks.peers.rounds import ROUNDS, measured

SIZE, LARGE = 5_000, 50_000
EVERY_SET_SEEN = 6
"""Seconds to warm up until Kopā has been asked everything once; what it remembers is compared, not that it learns."""

DIALECTS = {
    PLAIN: "plain",
    POSTGRAPHILE: "postgraphile",
    PREPARED: "postgraphile_prepared",
    DIRECTUS: "directus",
}
"""Whose answers are compared with Kopā's, and how each is asked."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--growth", action="store_true", help="only how Kopā grows with the directory")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often everybody has a turn")
    options = parser.parse_args()
    own = folder() / "peers"
    own.mkdir(exist_ok=True)
    try:
        told = {"busy": os.getloadavg()[0], "generator": load.prepare()}
        with ExitStack() as stack:
            (growth if options.growth else peers)(stack, own, told, options.rounds)
    except (load.NoGenerator, agreement.Disagreement) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def peers(stack: ExitStack, own: Path, told: dict[str, Any], rounds: int) -> None:
    """Everybody beside everybody."""
    source = directory(SIZE)
    postgres = Postgres(own / "postgres")
    stack.callback(postgres.stop)
    data, fresh = copied(source, own, postgres)
    lineup = Lineup(stack, own, data)
    lineup.add_kopa(KOPA, source)
    lineup.add_new()
    if node := lineup.tried("Node", lambda: Node(own / "node")):
        lineup.tried(POSTGRAPHILE, lambda: lineup.add_postgraphile(node, postgres))
        lineup.tried(DIRECTUS, lambda: lineup.add_directus(node, postgres, fresh))
    if not lineup.missing:
        data.keep()
    lineup.add_plain()
    lineup.add_floors(agreed(lineup))
    lineup.tried("304", lineup.add_unchanged)
    figures = measured(lineup.contenders, [*QUESTIONS, UNCHANGED], postgres.pid, rounds)
    report.keep(own, "peers", figures, **told, missing=lineup.missing)


def agreed(lineup: Lineup) -> dict[str, bytes]:
    """A usual answer to each question, when all give the same ones. Raises Disagreement."""
    print("Comparing the answers ...", flush=True)
    usual = {}
    for question in QUESTIONS:
        expected = agreement.answers(lineup.server(KOPA), "kopa", question, lineup.data)
        for name in (each.name for each in lineup.contenders if each.name in DIALECTS):
            if has_document(DIALECTS[name], question):
                given = agreement.answers(lineup.server(name), DIALECTS[name], question, lineup.data)
                agreement.compare(question, expected, name, given)
        usual[question] = agreement.usual(expected)
    return usual


def growth(stack: ExitStack, own: Path, told: dict[str, Any], rounds: int) -> None:
    """Kopā at two sizes; the larger directory begins with the smaller one, so both are asked the same."""
    postgres = Postgres(own / "postgres")
    stack.callback(postgres.stop)
    data, _ = copied(directory(SIZE), own, postgres)
    lineup = Lineup(stack, own, data)
    for size in (SIZE, LARGE):
        lineup.add_kopa(f"{size:,}", directory(size))
    figures = measured(lineup.contenders, [*QUESTIONS], None, rounds, EVERY_SET_SEEN)
    report.keep(own, "growth", figures, **told)


if __name__ == "__main__":
    sys.exit(main())
