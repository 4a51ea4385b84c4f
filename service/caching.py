"""What lets others keep an answer: its strong ETag and for how long it may be kept.

An answer follows from the state of what is published, the program with its settings, and the question; the tag of an
answer is made of nothing else, so that a question whose tag the client has is answered without executing anything.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from service.catalogue.catalogue import Catalogue
from service.settings import SETTINGS, Settings

FOR_A_WHILE = b"public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
"""For what was asked by its address."""

NOT_AT_ALL = b"no-store"


SHAPING = (".py", ".graphql", ".po", ".html", ".css", ".js", ".toml")
"""The endings of the sources that shape an answer."""

WRITERS = ("graphql-core", "jinja2", "orjson", "strawberry-graphql", "zstandard")


class Versions:
    """The part of a tag that changes when what is published changes, the day does, or the program."""

    def __init__(self, settings: Settings) -> None:
        shaping = [f"{setting.name}={settings.shown(setting.name)}" for setting in SETTINGS if not setting.local]
        self._program = f"{build()} {shaping}"
        self._state: tuple[object, ...] = ()
        self._digest = ""

    def of(self, catalogue: Catalogue) -> str | None:
        """The version of what is published; None in the middle of a transaction that is being taken over."""
        if not catalogue.settled:
            return None
        state = catalogue.epoch, catalogue.last_change.seq, catalogue.today
        if state != self._state:
            self._state, self._digest = state, digest(f"{self._program}{state}".encode())
        return self._digest


@cache
def build() -> str:
    """What tells this program from another version of it: its own sources, and what writes the bytes."""
    made = blake2b(" ".join(map(version, WRITERS)).encode(), digest_size=16)
    for name, content in sorted(_sources(files("service"), "")):
        made.update(b"%d %s %d " % (len(name), name.encode(), len(content)) + content)
    return made.hexdigest()


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for each in folder.iterdir():
        name = f"{path}/{each.name}"
        if each.is_dir():
            found += _sources(each, name)
        elif each.name.endswith(SHAPING):
            found.append((name, each.read_bytes()))
    return found


def digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()


def tag(version: str, question: str) -> bytes:
    return f'"{version}-{question}"'.encode()


def has(if_none_match: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match header names a tag. Weak ones count too, as RFC 9110 asks."""
    return if_none_match == tag or tag in re.findall(rb'"[\x21\x23-\x7e]*"', if_none_match)
