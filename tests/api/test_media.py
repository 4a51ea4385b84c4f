"""Media types and packings by what a client accepts."""

from __future__ import annotations

import gzip

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from service.api.media import ANY, GRAPHQL, LEGACY, PACKINGS, Media, media_of, packing_of

OURS = "application/graphql-response+json"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", ANY),
        ("*/*", ANY),
        ("application/*", ANY),
        ("text/html, */*;q=0.8", ANY),
        (OURS, GRAPHQL),
        (f"{OURS};charset=utf-8", GRAPHQL),
        (OURS.upper(), GRAPHQL),
        ("application/json", LEGACY),
        (f"{OURS}, application/json;q=0.9", GRAPHQL),
        (f"application/json, {OURS}", GRAPHQL),
        (f"application/json, {OURS};q=0.9", LEGACY),
        (f"{OURS};q=0.1, application/json;q=0.2, */*;q=0.3", LEGACY),
        (f"{OURS};q=0, application/json", LEGACY),
        (f"{OURS};q=0, */*", ANY),
        (f"{OURS};q=0, application/json;q=0, */*", None),
        ("application/*;q=0, */*", None),
        ("text/html", None),
        ("*/*;q=0", None),
        ("application/json;q=x", None),
        ("application/json;q=2", None),
        ("garbage", None),
    ],
)
def test_the_media_type(accept: str, expected: Media | None) -> None:
    assert media_of(accept) == expected


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("zstd;q=0.5, gzip", "gzip"),
        ("zstd;q=0, gzip;q=0.001", "gzip"),
        ("gzip;q=0", ""),
        ("*", "zstd"),
        ("*;q=0", ""),
        ("*, zstd;q=0", "gzip"),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.1, gzip;q=0.5", "gzip"),
        ("br", ""),
        ("GZIP", "gzip"),
    ],
)
def test_the_packing(accepted: str, expected: str) -> None:
    assert packing_of(accepted) == expected


@given(st.text())
def test_no_header_breaks_anything(header: str) -> None:
    assert media_of(header) in (ANY, GRAPHQL, LEGACY, None)
    assert packing_of(header) in ("", *PACKINGS)


@given(st.binary(max_size=5_000))
def test_what_is_packed_comes_out_again_and_is_packed_the_same(body: bytes) -> None:
    unpack = {"gzip": gzip.decompress, "zstd": lambda packed: zstandard.ZstdDecompressor().decompress(packed)}
    for name, pack in PACKINGS.items():
        assert unpack[name](pack(body)) == body
        assert pack(body) == pack(body)
