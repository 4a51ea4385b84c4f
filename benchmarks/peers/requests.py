"""The requests that are sent, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import orjson

from benchmarks.peers.processes import Server
from benchmarks.peers.questions import ANSWER

GRAPHQL = "/graphql"
NEVER_SEEN = "f00000000:"
"""What in a request gets another number each time it is sent, as long as this one."""

ACCEPT = "application/graphql-response+json, application/json"

Variables = Sequence[dict[str, Any]]


class NoTag(Exception):
    """An answer has no tag by which to ask whether it has changed."""


def posts(text: str, sets: Variables, path: str = GRAPHQL) -> Iterator[bytes]:
    """A document posted with each set of variables."""
    for each in sets:
        body = orjson.dumps({"query": text, "variables": each})
        yield _request(f"POST {path}", "Content-Type: application/json", f"Content-Length: {len(body)}") + body


def numbered(text: str) -> str:
    """The document with a place for a number, so that it is another one each time."""
    return text.replace(f"{ANSWER}:", NEVER_SEEN)


def conditional(server: Server, text: str, sets: Variables) -> Iterator[bytes]:
    """Whether answers are still what the server has just given. Raises NoTag."""
    headers = {"Accept": ACCEPT, "Accept-Encoding": "identity"}
    with httpx2.Client(base_url=server.address, timeout=60, headers=headers) as client:
        for each in sets:
            path = f"{GRAPHQL}?query={quote(text)}&variables={quote(orjson.dumps(each))}"
            tag = client.get(path).headers.get("etag")
            if tag is None or client.get(path, headers={"If-None-Match": tag}).status_code != 304:
                raise NoTag("It gave no tag, or not 304 for it.")
            yield _request(f"GET {path}", f"If-None-Match: {tag}")


def _request(what: str, *headers: str) -> bytes:
    lines = (f"{what} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {ACCEPT}", *headers)
    return "\r\n".join((*lines, "", "")).encode()


def written(file: Path, requests: Iterable[bytes]) -> Path:
    """A file of requests, as the generator reads it."""
    file.write_bytes(b"\0".join(requests))
    return file
