"""Logs: a JSON object a line, each with the id of the request it belongs to.

Nothing that tells who looked for what: no query, no query string, and of an address only its network.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from asyncio import get_running_loop
from collections.abc import Callable
from contextlib import nullcontext, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import count
from os import getpid
from secrets import token_hex
from time import time
from typing import Any, TextIO

import orjson

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being answered."""

NAMES = {level: logging.getLevelName(level).lower() for level in (logging.DEBUG, logging.INFO)}

KNOWN = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "color_message"})


class Lines(logging.Formatter):
    """A log record as one line of JSON; what is given as `extra` becomes fields of its own."""

    def format(self, record: logging.LogRecord) -> str:
        line = _head(record.created, record.levelname.lower(), record.name, record.process, record.getMessage())
        if (id := request_id.get()) is not None:
            line["request_id"] = id
        line |= {name: value for name, value in vars(record).items() if name not in KNOWN}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        try:
            return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
        except TypeError:
            # Half a character or a huge number, which orjson refuses: the line counts more than its looks.
            return json.dumps(line, default=str, skipkeys=True)


def _head(at: float, level: str, logger: str, pid: int | None, message: str) -> dict[str, Any]:
    """What every line begins with."""
    moment = f"{_second(int(at))}.{int(at % 1 * 1000):03}+00:00"
    return {"at": moment, "level": level, "logger": logger, "pid": pid, "message": message}


@lru_cache(maxsize=2)
def _second(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Handler(logging.StreamHandler[TextIO]):
    """Writes records as lines to standard error at once; what happens with every request may wait for more of it."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(Lines())
        self._waiting: list[bytes] = []
        self._size = 0

    def emit(self, record: logging.LogRecord) -> None:
        self._write()
        super().emit(record)

    def flush(self) -> None:
        with self.lock or nullcontext():
            self._write()
            super().flush()

    def put(self, line: dict[str, Any]) -> None:
        """Write a line of which no record was made, with those that come soon after it."""
        text = orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
        with self.lock or nullcontext():
            if self._size + len(text) > TOGETHER:
                self._write()
            first = not self._waiting
            self._waiting.append(text)
            self._size += len(text)
            if first and not _later(self.flush):
                self._write()

    def _write(self) -> None:
        """Write what waits. That nobody reads it any more stops nothing else."""
        if self._waiting:
            text = b"".join(self._waiting).decode()
            self._waiting.clear()
            self._size = 0
            with suppress(OSError, ValueError):
                self.stream.write(text)


TOGETHER = 4_096
"""Bytes that are written together at most: so many go into a pipe in one piece, whoever else writes into it."""

AFTER = 0.05
"""Seconds after which a line that waited is written, whether more has come or not."""


def _later(act: Callable[[], None]) -> bool:
    """Have something done soon by the running loop; False when there is none."""
    try:
        get_running_loop().call_later(AFTER, act)
    except RuntimeError:
        return False
    return True


def tell(log: logging.Logger, level: int, message: str, fields: dict[str, Any]) -> None:
    """Log what happens with every request: in a fifth of the time, a record of it is made only for foreign handlers."""
    if not log.isEnabledFor(level):
        return
    line: dict[str, Any] = {}
    for handler in logging.root.handlers:
        if not isinstance(handler, Handler):
            handler.handle(log.makeRecord(log.name, level, "", 0, message, (), None, extra=fields))
            continue
        line = line or _head(time(), NAMES[level], log.name, getpid(), message) | fields
        handler.put(line)


def configure(level: str) -> None:
    """Send every log to standard error as lines of JSON."""
    logging.basicConfig(level=level.upper(), handlers=[Handler()], force=True)
    logging.captureWarnings(True)
    # These would tell what was asked for: addresses with their query strings, statements with their values.
    logging.getLogger("uvicorn").setLevel(max(logging.WARNING, logging.getLogger().level))
    for name in ("aiosqlite", "tortoise"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))


PROCESS = token_hex(8)
"""What tells the requests of this process from those of all others."""

_numbers = count(1)


def new_request_id(given: bytes | None) -> str:
    """The id that a proxy gave the request, when it looks like one; else a new one."""
    if given and re.fullmatch(rb"[A-Za-z0-9._-]{8,64}", given):
        return given.decode()
    return f"{PROCESS}{next(_numbers):016x}"


def address_of(host: str | None) -> IPv4Address | IPv6Address | None:
    """The address that a host is written as; None for what is no address."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(maxsize=4096)
def network_of(host: str | None) -> str | None:
    """The network an address lies in: /24 of IPv4, /48 of IPv6; None for what is no address."""
    address = address_of(host)
    if address is None:
        return None
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
