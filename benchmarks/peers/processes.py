"""Servers as processes of their own: started on a free port, watched in /proc, and ended by their number."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_START = 900.0


class NotStarted(Exception):
    """A server ended, or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Server:
    """A process that answers on a port of this machine."""

    pid: int
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def served(
    command: list[str],
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    ready: str = "/",
) -> Iterator[Server]:
    """A server that answers at `ready`; it finds its port in `PORT`, or where the command says `{port}`.

    :raises NotStarted: it ended, or did not answer in time.
    """
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KOPA_")}
    variables = {**kept, **(environment or {}), "PORT": str(port)}
    command = [word.replace("{port}", str(port)) for word in command]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=output, stderr=output)
    try:
        server = Server(process.pid, port)
        _wait(lambda: _answers(server.address + ready), process, log)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(holds: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while not holds():
        if process.poll() is not None or time.monotonic() > end:
            raise NotStarted(log.read_text("utf-8", "replace")[-2000:])
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        return httpx2.get(url, timeout=5).status_code < 500
    except httpx2.HTTPError:
        return False


def cpu(pid: int) -> float:
    """Seconds of processor time that a process, its children and those that have ended took."""
    return sum(_ticks(each) for each in _tree(pid)) / TICKS


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            yield from _tree(int(child))


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))


def settle(pid: int, longest: float = 10.0) -> None:
    """Wait until a server has finished what clients that have gone left behind."""
    end = time.monotonic() + longest
    while time.monotonic() < end:
        before = cpu(pid)
        time.sleep(0.1)
        if cpu(pid) - before <= 1 / TICKS:
            return
