"""Whether all systems answer the same: nothing is measured before they do."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import httpx2
import orjson

from benchmarks.peers.data import Data
from benchmarks.peers.processes import Server
from benchmarks.peers.questions import ANSWER, document, plain
from benchmarks.peers.requests import GRAPHQL

EVERY = 5
"""Of the sets of variables every fifth is compared."""


class Disagreement(Exception):
    """Two systems answer differently."""


def answers(server: Server, dialect: str, question: str, data: Data) -> list[bytes]:
    """What a server answers to some sets of variables."""
    sets = data.variables(question, numbered=dialect != "kopa")[::EVERY]
    text = document(dialect, question)
    with httpx2.Client(base_url=server.address, timeout=60) as client:
        return [client.post(GRAPHQL, json={"query": text, "variables": each}).content for each in sets]


def compare(question: str, expected: Sequence[bytes], name: str, given: Sequence[bytes]) -> None:
    """Raises Disagreement where one answer is not the same data as the other."""
    for number, (one, other) in enumerate(zip(expected, given, strict=True)):
        if (wanted := _data(one)) != (found := _data(other)):
            where = _difference(wanted, found)
            raise Disagreement(f"{name} answers {question} number {number * EVERY} differently: {where}")


def usual(answers: Sequence[bytes]) -> bytes:
    """The answer whose length is nearest to the mean."""
    mean = statistics.fmean(map(len, answers))
    return min(answers, key=lambda answer: abs(len(answer) - mean))


def _data(answer: bytes) -> Any:
    read = orjson.loads(answer)
    if read.get("errors") or read.get("data") is None:
        raise Disagreement(answer[:500].decode())
    return plain(read["data"][ANSWER])


def _difference(one: Any, other: Any, path: str = "") -> str:
    """Where two values differ first."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = [(f"{path}.{name}", one[name], other[name]) for name in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{path}[{place}]", *pair) for place, pair in enumerate(zip(one, other, strict=True))]
    else:
        return f"{path}: {one!r:.200} and {other!r:.200}"
    return next((_difference(a, b, where) for where, a, b in pairs if a != b), path)
