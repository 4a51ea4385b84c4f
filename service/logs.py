"""Logs: a JSON object a line, each with the id of the request it belongs to.

Nothing that tells who looked for what: no query, no query string, and of an address only its network.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Any
from uuid import uuid4

import orjson

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being answered."""

KNOWN = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "color_message"})


class Lines(logging.Formatter):
    """A log record as one line of JSON; what is given as `extra` becomes fields of its own."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
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


def configure(level: str) -> None:
    """Send every log to standard error as lines of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    # These would tell what was asked for: addresses with their query strings, statements with their values.
    logging.getLogger("uvicorn").setLevel(max(logging.WARNING, logging.getLogger().level))
    for name in ("aiosqlite", "tortoise"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))


def new_request_id(given: str | None) -> str:
    """The id that a proxy gave the request, when it looks like one; else a new one."""
    return given if given and re.fullmatch(r"[A-Za-z0-9._-]{8,64}", given) else uuid4().hex


def network_of(host: str | None) -> str | None:
    """The network an address lies in: /24 of IPv4, /48 of IPv6; None for what is no address."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return None
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
