"""Load: wrk in a process of its own sends prepared requests in turn over 16 connections."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.requests import NEVER_SEEN

CONNECTIONS = 16
SCRIPT = Path(__file__).parent / "rotation.lua"
LONGEST_ANSWER = "20s"


class NoGenerator(Exception):
    """wrk is not there."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What one round of load has seen: times in milliseconds, sizes in bytes on the wire."""

    answers: int
    seconds: float
    p50: float
    p99: float
    size: float
    errors: int
    generator: float
    """The share of one core that the generator took."""


def prepare() -> str:
    """The name and version of the generator; it is installed where apt may do so. Raises NoGenerator."""
    if shutil.which("wrk") is None and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing wrk ...", flush=True)
        subprocess.run(["apt-get", "update"], stdout=subprocess.DEVNULL, check=False)
        subprocess.run(["apt-get", "install", "-y", "wrk"], stdout=subprocess.DEVNULL, check=False)
    if shutil.which("wrk") is None:
        raise NoGenerator("wrk is needed to make the load; install it (on Debian: apt-get install wrk).")
    told = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)
    return " ".join((told.stdout + told.stderr).split()[:2])


def fire(address: str, requests: Path, seconds: int, turn: int) -> Shot:
    """Send the requests of a file in turn, beginning with another one at each turn."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", LONGEST_ANSWER, "-s", str(SCRIPT)]
    environment = {**os.environ, "REQUESTS": str(requests), "TURN": str(turn), "NEVER_SEEN": NEVER_SEEN}
    began, before = time.monotonic(), _children()
    run = subprocess.run([*command, address], env=environment, capture_output=True, text=True, check=True)
    share = (_children() - before) / (time.monotonic() - began)
    line = next(line for line in run.stdout.splitlines() if line.startswith("SEEN "))
    answers, microseconds, p50, p99, size, errors = map(float, line.split()[1:])
    return Shot(
        answers=int(answers),
        seconds=microseconds / 1e6,
        p50=p50 / 1e3,
        p99=p99 / 1e3,
        size=size / max(answers, 1),
        errors=int(errors),
        generator=share,
    )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
