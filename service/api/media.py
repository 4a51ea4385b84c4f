"""What a client accepts: the media type of the answer, and how it is packed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import zstandard

WORTH_PACKING = 1_000
"""Bytes from which on an answer is packed; smaller ones fit into a packet as they are."""

GZIP_LEVEL = 4
ZSTD_LEVEL = 1


class Media(NamedTuple):
    """A media type: whether it is GraphQL's own, and whether clients that name it take 200 for every answer."""

    type: bytes
    graphql: bool = False
    legacy: bool = False


GRAPHQL = Media(b"application/graphql-response+json; charset=utf-8", graphql=True)
LEGACY = Media(b"application/json; charset=utf-8", legacy=True)
ANY = Media(b"application/json; charset=utf-8")
"""For clients that take whatever comes."""

NAMED = 2

RANGES = {
    "application/graphql-response+json": [(GRAPHQL, NAMED)],
    "application/json": [(LEGACY, NAMED)],
    "application/*": [(GRAPHQL, 1), (LEGACY, 1)],
    "*/*": [(GRAPHQL, 0), (LEGACY, 0)],
}
"""The media types that lie in a range, each with how precisely it names them."""


@lru_cache(maxsize=256)
def media_of(accept: str) -> Media | None:
    """The best media type by an Accept header; None when nothing we have is acceptable."""
    if not accept.strip():
        return ANY
    found: dict[Media, tuple[int, float]] = {}
    for name, quality in listed(accept):
        for media, precision in RANGES.get(name, ()):
            found[media] = max(found.get(media, (-1, 0.0)), (precision, quality))
    best = max(
        ((quality, precision, media is GRAPHQL, media) for media, (precision, quality) in found.items()), default=None
    )
    if best is None or best[0] == 0:
        return None
    _, precision, _, media = best
    return media if precision == 2 else ANY


@lru_cache(maxsize=256)
def packing_of(accept_encoding: str) -> str:
    """The content coding by an Accept-Encoding header; the empty one leaves the answer as it is."""
    said = dict(listed(accept_encoding))
    others = said.get("*", 0.0)
    quality = {name: said.get(name, others) for name in PACKINGS}
    best = max(quality, key=lambda name: quality[name])
    return best if 0 < quality[best] >= said.get("identity", 0.0) else ""


def listed(header: str) -> Iterator[tuple[str, float]]:
    """Each member of a header with its quality; what has none that is possible is left out."""
    for member in header.lower().split(","):
        name, *parameters = (part.strip() for part in member.split(";"))
        given = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        if re.fullmatch(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?", given):
            yield name, float(given)


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body)


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(GZIP_LEVEL, wbits=31)
    return packer.compress(body) + packer.flush()


PACKINGS: dict[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "gzip": _gzip}
"""The content codings we have, the better one first; the same bytes are always packed to the same bytes."""
